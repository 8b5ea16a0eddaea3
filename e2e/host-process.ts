import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** The checkout's own folder. */
export const root = join(import.meta.dirname, '..');

/** A host as a process of its own, as a person would start it. */
export interface HostProcess {
  /** The address that it printed, with the token. */
  readonly url: string;
  readonly output: () => string;
  readonly pid: number;
  /** Ends it as a power cut would: no clean-up, no flush. */
  kill(): Promise<void>;
  /** Asks it to close, and resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `node args` and waits until it prints a loopback address. @throws Error with its output when it ends before. */
export function startHost(args: readonly string[], env: NodeJS.ProcessEnv): Promise<HostProcess> {
  const child = spawn(process.execPath, [...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    const read = (piece: Buffer) => {
      output += piece.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(output)?.[0];
      if (url)
        resolve({
          url,
          output: () => output,
          pid: child.pid ?? 0,
          kill: () => end(child, ended, 'SIGKILL').then(() => undefined),
          stop: () => end(child, ended, 'SIGTERM'),
        });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`the host ended with ${code}:\n${output}`)));
  });
}

async function end(child: ChildProcess, ended: Promise<number | null>, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  return ended;
}
