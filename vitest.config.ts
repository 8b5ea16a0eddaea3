import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './e2e/browser.ts';

// On a build machine a test gets further tries, as the end-to-end tests do; here it fails at once.
const retry = process.env['CI'] ? 2 : 0;
// A long run takes as long as it takes, and what it found once is found: no second try.
const isSoak = Boolean(process.env['SOAK']);

export default defineConfig({
  test: {
    // One for each of two cores; left to itself it keeps one core free.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{core,host,electron,cli,renderer,packaging,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.{ts,tsx}', '**/node_modules/**'],
          testTimeout: isSoak ? 0 : 60_000,
          retry: isSoak ? 0 : retry,
          // As Node runs the program itself, and the libraries loaded once for all files: most of the time went into loading them.
          experimental: { viteModuleRunner: false },
          isolate: false,
        },
      },
      {
        plugins: [react()],
        // All at once before the first test: found on the way, each would reload the page under a running test, with a second React in it.
        optimizeDeps: {
          include: [
            'axe-core',
            'react',
            'react-dom/client',
            'react/jsx-dev-runtime',
            'react-aria-components',
            '@tanstack/react-virtual',
            'zustand',
            'zustand/vanilla',
            'dequal',
            '@observablehq/plot',
            'zod',
            'prosemirror-model',
            'prosemirror-state',
            'prosemirror-view',
          ],
        },
        test: {
          name: 'chromium',
          include: ['renderer/**/*.browser.test.{ts,tsx}'],
          testTimeout: 30_000,
          retry,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
