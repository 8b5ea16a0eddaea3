import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const here = import.meta.dirname;
const config = readFileSync(join(here, 'electron-builder.yml'), 'utf8');
const jsonIn = (...names: string[]) => JSON.parse(readFileSync(join(here, ...names), 'utf8'));
const checkout = JSON.parse(readFileSync(join(dirname(here), 'package.json'), 'utf8'));

it('D42 AppImage and deb, dmg and nsis, of one configuration, around the Electron that Pressmark is tried with', () => {
  const targets = [...config.matchAll(/- \{ target: (\w+), arch: \[x64, arm64\] \}/g)].map(([, target]) => target);
  expect(targets).toEqual(['AppImage', 'deb', 'dmg', 'nsis']);
  expect(/^electronVersion: (.*)$/m.exec(config)?.[1]).toBe(checkout.dependencies.electron);
});

it('D42 what makes the installers is pinned, and apart from what npm ci of Pressmark installs', () => {
  const { devDependencies } = jsonIn('package.json');
  const { packages } = jsonIn('package-lock.json');
  for (const [name, version] of Object.entries(devDependencies)) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages[`node_modules/${name}`].version).toBe(version);
    expect(Object.keys({ ...checkout.dependencies, ...checkout.devDependencies })).not.toContain(name);
  }
});

it('D43 every fuse of the program is set: nothing runs it as Node, inspects it or puts another app in its place', () => {
  expect(jsonIn('fuses.json')).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  });
  expect(config).toMatch(/^asar: true$/m);
  expect(config).toMatch(/^afterPack: after-pack\.js$/m);
  const hook = readFileSync(join(here, 'after-pack.js'), 'utf8');
  for (const words of ['fuses.json', 'strictlyRequireAllFuses: true', 'getCurrentFuseWire']) expect(hook).toContain(words);
});

it('D43 nothing that an installer does switches the sandbox off, and the hardened runtime of a Mac has one exception', () => {
  expect(config).toMatch(/^ {2}executableArgs: \[\]$/m);
  expect(config).toMatch(/^ {2}hardenedRuntime: true$/m);
  const entitlements = readFileSync(join(here, 'entitlements.plist'), 'utf8');
  expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual(['com.apple.security.cs.allow-jit']);
});

it('D44 project files belong to Pressmark, and it looks for no updates', () => {
  expect(config).toMatch(/^fileAssociations:\n {2}- ext: pressmark$/m);
  expect(config).toMatch(/^publish: null$/m);
});

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

it('D45 the icons are pictures of the sizes that each system asks for', () => {
  const sizesOf = readdirSync(join(here, 'icons', 'linux')).map((name) => {
    const picture = readFileSync(join(here, 'icons', 'linux', name));
    expect(picture.subarray(0, 4)).toEqual(png);
    expect(name).toBe(`${picture.readUInt32BE(16)}x${picture.readUInt32BE(20)}.png`);
    return picture.readUInt32BE(16);
  });
  expect(sizesOf.sort((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256, 512]);
  for (const name of ['app', 'project']) {
    const ico = readFileSync(join(here, 'icons', `${name}.ico`));
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    expect(entries.map((entry) => ico.readUInt8(entry) || 256)).toEqual([16, 24, 32, 48, 64, 256]);
    for (const entry of entries) {
      const start = ico.readUInt32LE(entry + 12);
      expect([ico.subarray(start, start + 4), ico.readUInt32BE(start + 16) % 256]).toEqual([png, ico.readUInt8(entry)]);
    }
    const icns = readFileSync(join(here, 'icons', `${name}.icns`));
    const widths: number[] = [];
    for (let place = 8; place < icns.readUInt32BE(4); place += icns.readUInt32BE(place + 4)) widths.push(icns.readUInt32BE(place + 24));
    expect([icns.toString('latin1', 0, 4), icns.length, widths]).toEqual([
      'icns',
      icns.readUInt32BE(4),
      [32, 64, 128, 256, 256, 512, 512, 1024],
    ]);
  }
});
