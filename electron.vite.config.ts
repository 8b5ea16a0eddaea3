import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/**
 * The three bundles of the desktop shell; the loopback host serves the third one as well. Main carries all it needs, so that
 * `out/` runs by itself. Preload is CommonJS, since a sandboxed preload script cannot be an ES module.
 */
export default defineConfig({
  main: {
    build: {
      outDir: resolve(here, 'out/main'),
      sourcemap: false,
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        // Files are read in a thread of its own, which is a file of its own; host/import/reader.ts knows its name.
        input: { main: resolve(here, 'electron/main.ts'), 'import-worker': resolve(here, 'host/import/worker.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(here, 'out/preload'),
      sourcemap: false,
      minify: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'renderer'),
    base: './',
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: resolve(here, 'out/renderer'),
      sourcemap: false,
      minify: true,
      // The page's rules allow no inlined fonts and no inlined scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: resolve(here, 'renderer/index.html') } },
    },
  },
});
