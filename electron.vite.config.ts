import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

// The builder declares __dirname and require for a bundle that names them, and these packages declare their own. PDF.js draws by a package
// of native code where it finds one, which nobody asks it for.
const ownNames = [
  { file: /[\\/]node_modules[\\/]open[\\/]index\.js$/, name: /\b__dirname\b/g, own: 'ownFolder' },
  { file: /[\\/]node_modules[\\/]fflate[\\/]esm[\\/]index\.mjs$/, name: /\brequire\b/g, own: 'ownRequire' },
  {
    file: /[\\/]node_modules[\\/]pdfjs-dist[\\/]legacy[\\/]build[\\/]pdf\.mjs$/,
    name: /\brequire\("@napi-rs\/canvas"\)/g,
    own: 'undefined',
  },
];
const keepOwnNames = {
  name: 'keep-own-names',
  transform(code: string, id: string): string | null {
    const found = ownNames.find(({ file }) => file.test(id));
    return found ? code.replaceAll(found.name, found.own) : null;
  },
};

// What PDF.js reads from the disk; host/import/pdfjs.ts knows the folder's name.
const characterMaps = {
  name: 'character-maps',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: Uint8Array }): string }) {
    const folder = resolve(here, 'node_modules/pdfjs-dist/cmaps');
    for (const name of readdirSync(folder)) {
      this.emitFile({ type: 'asset', fileName: `cmaps/${name}`, source: readFileSync(join(folder, name)) });
    }
  },
};

/**
 * The three bundles of the desktop shell; the loopback host serves the third one as well. Main and the
 * command beside it carry all they need, so that `out/` runs by itself. Preload is CommonJS, since a sandboxed preload script cannot be an ES module.
 */
export default defineConfig({
  main: {
    plugins: [keepOwnNames, characterMaps],
    build: {
      outDir: resolve(here, 'out/main'),
      sourcemap: false,
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        // Files are read in a thread of its own, which is a file of its own; host/import/reader.ts knows its name.
        // The command goes beside them, for the package that npm installs and for the desktop app to hand its words to.
        input: {
          main: resolve(here, 'electron/main.ts'),
          'import-worker': resolve(here, 'host/import/worker.ts'),
          cli: resolve(here, 'cli/main.ts'),
        },
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
      // It comes from this computer, and what is not needed at first is a chunk of its own already.
      chunkSizeWarningLimit: 5000,
      rolldownOptions: { input: { index: resolve(here, 'renderer/index.html') } },
    },
  },
});
