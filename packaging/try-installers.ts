import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStandIn, shippedFuses } from './stand-in.ts';

/**
 * Makes electron-builder build the contents of the installers around a stand-in for Electron, and checks them: electron-builder's own check of the
 * configuration, the content of app.asar, how the system learns about project files, and the fuses. No program of Electron is run, and nothing is
 * signed. Run it on Linux after `npm run package` and `npm --prefix packaging ci`.
 */
const here = import.meta.dirname;
const builder = join(here, 'node_modules', 'electron-builder', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'pressmark-installers-'));
const inFolder = (...names: string[]): string => join(folder, ...names);
let passed = 0;
let skipped = 0;

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`not so: ${what}`);
  passed++;
  console.log(`so it is: ${what}`);
}

/** The output of electron-builder for `target`. @throws Error with the output if it ends with an error */
function build(
  platform: 'linux' | 'mac' | 'win',
  target: string,
  electron: string,
  env: NodeJS.ProcessEnv = {},
  more: string[] = [],
): string {
  const words = [`--${platform}`, target, '--x64', `-c.electronDist=${electron}`, `-c.directories.output=${inFolder(platform)}`, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...words], {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
}

function refusal(electron: string): string {
  try {
    return build('linux', 'dir', electron);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Unpacks app.asar and returns the folder. */
function unpacked(asar: string, name: string): string {
  const { extractAll } = createRequire(join(here, 'node_modules', 'app-builder-lib', 'package.json'))('@electron/asar') as {
    extractAll(archive: string, folder: string): void;
  };
  extractAll(asar, inFolder(name));
  return inFolder(name);
}

function expectApp(platform: string, asar: string): void {
  const app = unpacked(asar, `app-${platform}`);
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
  const needed = [
    'package.json',
    'out/main/main.js',
    'out/main/cli.js',
    'out/main/import-worker.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
  ];
  expect(
    `${platform}: app.asar holds shell, command, page and sample`,
    [...needed, 'THIRD-PARTY.txt', 'seeds'].every((name) => files.includes(name)),
  );
  expect(`${platform}: app.asar holds no sources and no libraries besides`, !files.some((name) => /\.tsx?$|node_modules/.test(name)));
  const { main, type } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as { main: string; type: string };
  expect(`${platform}: it starts at the shell`, main === 'out/main/main.js' && type === 'module');
  const script = `const { run } = await import(${JSON.stringify(join(app, 'out', 'main', 'cli.js'))}); await run(process.argv.slice(1));`;
  const command = (...words: string[]) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script, '--', ...words], {
      encoding: 'utf8',
      env: { PRESSMARK_HOME: inFolder('home') },
    });
  command('new', inFolder(`summit-${platform}`), '--sample');
  expect(`${platform}: its command works`, command('check', inFolder(`summit-${platform}`)).includes('whole'));
}

try {
  for (const platform of ['linux', 'darwin'] as const) makeStandIn(inFolder('electron', platform), platform);
  const anyProgram = readFileSync(join(here, 'node_modules', 'electron-winstaller', 'vendor', 'Setup.exe'));
  makeStandIn(inFolder('electron', 'win32'), 'win32', shippedFuses, anyProgram);
  const linux = inFolder('electron', 'linux');

  const deb = inFolder('deb');
  const said = build('linux', 'deb', linux, { CUSTOM_FPM_PATH: join(here, 'stand-in-fpm.js'), PRESSMARK_DEB: deb });
  expect('deb: the configuration passes the check of electron-builder', said.includes('packaging'));
  expect('deb: every fuse is set and read back', said.includes('RunAsNode=off') && said.includes('OnlyLoadAppFromAsar=on'));
  expectApp('deb', join(deb, 'opt', 'Pressmark', 'resources', 'app.asar'));
  const entry = readFileSync(join(deb, 'usr/share/applications/pressmark.desktop'), 'utf8');
  expect('deb: a project file is handed to the program, its sandbox on', /^Exec=\/opt\/Pressmark\/pressmark %U$/m.test(entry));
  expect('deb: the desktop knows its kind of file', entry.includes('MimeType=application/vnd.pressmark.project+json;'));
  expect('deb: windows and entry belong together', /^StartupWMClass=pressmark$/m.test(entry));
  expect(
    'deb: the system knows the ending',
    readFileSync(join(deb, 'usr/share/mime/packages/pressmark.xml'), 'utf8').includes('glob pattern="*.pressmark"'),
  );
  expect('deb: icons of every size', readdirSync(join(deb, 'usr/share/icons/hicolor')).length === 8);
  const after = readFileSync(join(deb, 'after-install'), 'utf8');
  expect(
    'deb: `pressmark` is a command, and the sandbox may start',
    after.includes('/usr/bin/pressmark') && after.includes('chrome-sandbox'),
  );

  for (const [what, fuses, words] of [
    ['a program without fuses', null, 'sentinel'],
    ['a fuse that fuses.json does not name', `${shippedFuses}1`, 'trict'],
  ] as const) {
    const electron = inFolder('electron', `${fuses}`);
    makeStandIn(electron, 'linux', fuses);
    const reason = refusal(electron);
    expect(`${what} ends the build`, reason.includes(words) && !reason.includes('read back'));
  }

  build('mac', 'dir', inFolder('electron', 'darwin'), {}, ['-c.mac.identity=null']);
  const contents = inFolder('mac', 'mac', 'Pressmark.app', 'Contents');
  expectApp('mac', join(contents, 'Resources', 'app.asar'));
  const info = readFileSync(join(contents, 'Info.plist'), 'utf8');
  expect('mac: the system knows the ending', /CFBundleTypeExtensions<\/key>\s*<array>\s*<string>pressmark<\/string>/.test(info));
  expect('mac: app.asar has its checksum', info.includes('ElectronAsarIntegrity'));

  const toldOfWindows = build('win', 'dir', inFolder('electron', 'win32'));
  expectApp('win', inFolder('win', 'win-unpacked', 'resources', 'app.asar'));

  expect('win: every fuse is set and read back', toldOfWindows.includes('RunAsNode=off'));
  const program = readFileSync(inFolder('win', 'win-unpacked', 'Pressmark.exe'));
  const has = (words: string, encoding: 'utf8' | 'utf16le') => program.includes(Buffer.from(words, encoding));
  expect('win: the program says its name and has the checksum of app.asar', has('Pressmark', 'utf16le') && has('app.asar', 'utf8'));

  tryAppImage(linux);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('not run: fpm, makensis, dmg, signing, notarising, and any program of Electron; see docs/release.md');
console.log(`${passed} passed, 0 failed, ${skipped} skipped`);

function tryAppImage(electron: string): void {
  const tools = inFolder('tools');
  const programs = ['mksquashfs', 'desktop-file-validate'].map((name) => ({ name, path: join('/usr/bin', name) }));
  const missing = programs.filter(({ path }) => !existsSync(path));
  if (missing.length > 0) {
    skipped++;
    return console.log(`not run: AppImage, which needs ${missing.map(({ name }) => name).join(' and ')}`);
  }
  for (const place of ['runtimes', 'lib/x64']) mkdirSync(join(tools, place), { recursive: true });
  for (const { name, path } of programs) symlinkSync(path, join(tools, name));
  writeFileSync(join(tools, 'runtimes', 'runtime-x64'), 'a stand-in, not a runtime\n');
  build('linux', 'AppImage', electron, { APPIMAGE_TOOLS_PATH: tools });
  expect(
    'AppImage: it is put together',
    readdirSync(inFolder('linux')).some((name) => name.endsWith('.AppImage')),
  );
}
