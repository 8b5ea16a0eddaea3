#!/usr/bin/env node
// Replaces fpm, which makes .deb files. Lays out in $PRESSMARK_DEB what the .deb would contain according to its arguments, and records those
// arguments.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = process.env.PRESSMARK_DEB;
const words = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'arguments.json'), JSON.stringify(words, null, 2));
for (const script of ['after-install', 'after-remove']) cpSync(words[words.indexOf(`--${script}`) + 1], join(folder, script));
for (const [, from, to] of words.map((word) => /^(\/.*?)\/?=(\/.+)$/.exec(word)).filter(Boolean)) {
  mkdirSync(dirname(join(folder, to)), { recursive: true });
  cpSync(from, join(folder, to), { recursive: true });
}
writeFileSync(words[words.indexOf('--package') + 1], 'a stand-in, not a .deb\n');
