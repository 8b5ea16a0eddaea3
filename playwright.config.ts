import { defineConfig } from '@playwright/test';
import type { HostKind } from './e2e/app.ts';

/** One set of specs on two hosts: the loopback host in Chromium, and the desktop app where Electron's runtime is installed. */
export default defineConfig<{ hostKind: HostKind }>({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  reporter: [['list']],
  forbidOnly: true,
  use: { viewport: { width: 1440, height: 900 } },
  projects: [
    { name: 'loopback', use: { hostKind: 'loopback' } },
    { name: 'electron', use: { hostKind: 'electron' } },
  ],
});
