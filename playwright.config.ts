import { defineConfig } from '@playwright/test';
import type { HostKind } from './e2e/app.ts';

/** One set of specs on two hosts: the loopback host in Chromium, and the desktop app where Electron's runtime is installed. */
export default defineConfig<{ hostKind: HostKind }>({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Most of a test is waiting, so that three share two cores well.
  workers: 3,
  // On a build machine that does other work a test gets a second try, and is then told as flaky.
  retries: process.env['CI'] ? 1 : 0,
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
