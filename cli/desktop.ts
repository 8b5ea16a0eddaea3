import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { home } from './places.ts';

/** The result of starting the desktop window: `exit` is its exit code once it closes, `reason` one sentence for the person. */
export type DesktopStart = { started: true; exit: Promise<number> } | { started: false; reason: string };

/** Where the desktop window would open. Tests pass their own. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The user's number; null if the system has none. */
  readonly user: number | null;
  /** The folder of Electron's package; null if it is not installed. */
  readonly electron: string | null;
  /** The folder that holds package.json and out/. */
  readonly app: string;
  /** How long a start may still fail, in milliseconds. */
  readonly patience: number;
}

function electronFolder(): string | null {
  // Only its package.json: loading the package itself would start a download.
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** The surroundings of this process. */
export function here(): Surroundings {
  return {
    platform: process.platform,
    env: process.env,
    user: process.getuid?.() ?? null,
    electron: electronFolder(),
    app: home,
    patience: 4_000,
  };
}

/** The path of Electron's program in its package folder; null if it is missing. Nothing is loaded or run. */
export function findRuntime(electron: string, env: NodeJS.ProcessEnv): string | null {
  const pathFile = join(electron, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electron, 'dist'), readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/** Why no window can open here, as far as can be told before anything is downloaded; null if there is no obstacle. */
function obstacle({ platform, env, user, app }: Surroundings): string | null {
  if (env['CI']) return 'No desktop window in an automated run (CI is set); opening in the browser instead.';
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return 'There is no display to open a window on; opening in the browser instead.';
  if (platform === 'linux' && user === 0) return "Electron's sandbox does not start for the root user; opening in the browser instead.";
  if (!existsSync(join(app, 'out', 'main', 'main.js')))
    return 'The desktop window is not built yet (npm run build); opening in the browser instead.';
  return null;
}

interface Ending {
  readonly code: number | null;
  /** The ending in words: `code 1`, `signal SIGTRAP`, or why it could not start. */
  readonly words: string;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a program with this terminal's input and output and passes signals on to it; `ended` never rejects. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): { ended: Promise<Ending> } {
  const child = spawn(program, args, { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both processes. This one only waits for the other to end.
  const pass = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve({ code: null, words: error.message }));
    child.once('exit', (code, signal) => resolve({ code, words: code === null ? `signal ${signal}` : `code ${code}` }));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
  return { ended };
}

/** Downloads Electron's program with its own installer, visibly for the person. Returns null if that worked, otherwise why it did not. */
async function install(electron: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  console.log("Downloading Electron's runtime, once…");
  const { code, words } = await run(process.execPath, [join(electron, 'install.js')], env).ended;
  if (code === 0 && findRuntime(electron, env) !== null) return null;
  return code === 0 ? 'nothing was installed' : words;
}

/**
 * Opens the project at `projectFolder` (absolute), or the Project home if that is null, in the desktop window. Downloads Electron's runtime the first
 * time. If the window cannot open, `reason` says why, and the caller opens the browser. Electron's sandbox is never switched off.
 */
export async function startDesktop(projectFolder: string | null, surroundings: Surroundings = here()): Promise<DesktopStart> {
  const { electron, app, patience } = surroundings;
  const reason = obstacle(surroundings);
  if (reason !== null) return { started: false, reason };
  if (electron === null) return { started: false, reason: 'Electron is not installed; opening in the browser instead.' };
  const { ELECTRON_RUN_AS_NODE: _, ...env } = surroundings.env;
  if (findRuntime(electron, env) === null) {
    const failure = await install(electron, env);
    if (failure !== null)
      return { started: false, reason: `Electron's runtime could not be downloaded (${failure}); opening in the browser instead.` };
  }
  const program = findRuntime(electron, env);
  if (program === null) return { started: false, reason: "Electron's runtime is gone again; opening in the browser instead." };
  const { ended } = run(program, [app, ...(projectFolder === null ? [] : [projectFolder])], env);
  let timer: NodeJS.Timeout | undefined;
  const up = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience);
  });
  const early = await Promise.race([ended, up]);
  clearTimeout(timer);
  if (early !== null && early.code !== 0)
    return { started: false, reason: `Electron could not start on this system (${early.words}); opening in the browser instead.` };
  return { started: true, exit: ended.then(({ code }) => code ?? 1) };
}
