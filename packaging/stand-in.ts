import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Electron stores its fuses after this marker: a version, their number, and a character for each.
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The fuses as Electron 45 ships them. */
export const shippedFuses = '101100011';

/**
 * Makes a stand-in for a downloaded Electron in `folder`: files with the right names, and a fake program that has fuses to set. It shows what an
 * installer would contain, but nothing about how it runs.
 * @param fuses a character for each fuse, null for a program without any
 * @param body what precedes the fuses; on Windows an .exe whose icon and version can be changed
 */
export function makeStandIn(
  folder: string,
  platform: 'linux' | 'darwin' | 'win32',
  fuses: string | null = shippedFuses,
  body: Buffer = Buffer.from('#!/bin/sh\necho "a stand-in, not Electron" >&2\nexit 1\n'),
): void {
  const write = (path: string, content: string | Buffer): void => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  };
  const wire =
    fuses === null ? Buffer.alloc(0) : Buffer.concat([Buffer.from(sentinel), Buffer.from([1, fuses.length]), Buffer.from(fuses)]);
  const program = Buffer.concat([body, wire, Buffer.from('\n')]);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version']) write(name, 'stand-in\n');
  if (platform !== 'darwin') {
    mkdirSync(join(folder, 'resources'), { recursive: true });
    for (const language of ['en-US', 'de']) write(join('locales', `${language}.pak`), 'stand-in\n');
    const name = platform === 'linux' ? 'electron' : 'electron.exe';
    write(name, program);
    chmodSync(join(folder, name), 0o755);
    return;
  }
  const contents = join('Electron.app', 'Contents');
  const frameworks = join(contents, 'Frameworks');
  write(join(contents, 'Info.plist'), plist('Electron', 'com.github.Electron'));
  write(join(contents, 'MacOS', 'Electron'), program);
  write(join(contents, 'Resources', 'en.lproj', 'locale.pak'), 'stand-in\n');
  const framework = join(frameworks, 'Electron Framework.framework');
  write(join(framework, 'Electron Framework'), program);
  for (const language of ['en', 'de'])
    write(join(framework, 'Versions', 'A', 'Resources', `${language}.lproj`, 'locale.pak'), 'stand-in\n');
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${kind}`;
    write(join(frameworks, `${name}.app`, 'Contents', 'Info.plist'), plist(name, 'com.github.Electron.helper'));
    write(join(frameworks, `${name}.app`, 'Contents', 'MacOS', name), program);
  }
}

function plist(name: string, identifier: string): string {
  const entries = { CFBundleExecutable: name, CFBundleName: name, CFBundleIdentifier: identifier, CFBundlePackageType: 'APPL' };
  const lines = Object.entries(entries).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>${lines.join('')}</dict></plist>
`;
}
