import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openOrCreateSample } from '../../host/sample.ts';

/** The folder of the repository. */
export const home = join(import.meta.dirname, '..', '..');
/** The file that starts the command. */
export const launcher = join(home, 'cli', 'pressmark.js');
/** The address that `serve` prints, with its token. */
export const addressLine = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/;

/** What the command printed and how it ended. `code` is null if a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command. `said` resolves to the first match on stdout, and rejects if the command ends before that. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  said(text: RegExp): Promise<string>;
}

/**
 * The real command, for the tests of one file. It runs in its own folder, which also holds its settings, and as in an automated run, in which it
 * opens no window. The folder exists from `beforeAll` to `afterAll`.
 */
export function realCommand() {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pressmark-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const start = (args: readonly string[], program: readonly string[] = [process.execPath, launcher]): Started => {
    const [file = '', ...before] = program;
    const child = spawn(file, [...before, ...args], {
      cwd: folder,
      env: { ...process.env, PRESSMARK_HOME: join(folder, 'home'), CI: '1', NO_COLOR: '1' },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      stdout += piece;
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece;
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
    const said = (text: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = text.exec(stdout)?.[0];
          if (found !== undefined) resolve(found);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(() => reject(new Error(`it ended without saying ${text}: ${stdout}${stderr}`)));
      });
    return { child, ended, said };
  };

  return {
    folder: (): string => folder,
    start,
    /** Runs it until it ends. */
    run: (...args: string[]): Promise<Ended> => start(args).ended,
    /** Creates a project with the sample articles in a folder of this name, and returns its path. */
    sample: async (name: string): Promise<string> => {
      const place = join(folder, name);
      await (await openOrCreateSample(place, join(home, 'seeds'), 'Ann')).close();
      return place;
    },
  };
}

/** Calls a method at an address that `serve` printed, as its page would. */
export async function callAt(address: string, method: string, input: unknown): Promise<{ ok: boolean; value: Record<string, unknown> }> {
  const { origin, hash } = new URL(address);
  const headers = { authorization: `Bearer ${hash.slice('#token='.length)}`, 'content-type': 'application/json', origin };
  const response = await fetch(`${origin}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(input) });
  return (await response.json()) as { ok: boolean; value: Record<string, unknown> };
}
