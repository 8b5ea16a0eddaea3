// `npm start`: builds Pressmark, then opens the sample project. Any Node since 20 can read this file.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const home = dirname(import.meta.dirname);
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// npm passes a signal only to the shell between us, which ends without passing it on. If the shell is gone, that counts as the signal.
const shell = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === shell) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, 250);
watch.unref();

const builder = join(home, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
const build = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: home, stdio: 'inherit' });
// A terminal sends Ctrl-C to both processes. This one only waits for the other to end.
const pass = (signal) => {
  if (signal !== 'SIGINT' || !process.stdin.isTTY) build.kill(signal);
};
for (const signal of signals) process.on(signal, pass);
const ending = await new Promise((resolve) => {
  build.once('error', () => resolve(1));
  build.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
});
for (const signal of signals) process.off(signal, pass);

if (ending !== 0) {
  console.error('pressmark: Pressmark could not be built. Run "npm ci" first.');
  process.exitCode = ending;
} else {
  process.argv = [process.argv[0], join(import.meta.dirname, 'pressmark.js'), 'open', '--sample'];
  await import('./pressmark.js');
}
