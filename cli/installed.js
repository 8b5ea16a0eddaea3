#!/usr/bin/env node
// The command as npm installs it. It is built, because Node does not strip types in node_modules. Any Node since 20 can read this file.
import module from 'node:module';
import { startsAnew } from './memory.js';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(`pressmark: Node ${process.versions.node} is too old to run Pressmark. Install Node 22.22 or newer.`);
  process.exitCode = 1;
} else if (!startsAnew(import.meta.main === true)) {
  // Some versions of Node still report at every start that their database is experimental.
  const warn = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] !== 'ExperimentalWarning') warn.call(process, warning, ...rest);
  };
  module.enableCompileCache?.();
  const { run } = await import('../out/main/cli.js');
  await run(process.argv.slice(2));
}
