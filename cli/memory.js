// With more room for new objects, Node would let a large project take a hundred megabytes more before it collects garbage, without being faster. Node
// accepts this option only at its start, so the program starts again in place of itself, if the system can do that.
const newSpace = '--max-semi-space-size';
// Without this, Node searches everything that was read of a large project for garbage several times, although all of it is still needed.
const atFirst = '--initial-old-space-size';
// An export streams data next to a project that stays in memory. Without this, Node would keep garbage until it has twice the size of that.
const growth = '--heap-growing-percent';
// Limits how much freed memory glibc keeps for later. By default it has one arena per thread and a threshold that grows, and keeps most of it.
const givenBack = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '1000000' };

/**
 * Starts the running command again with these limits and never returns, unless the limits are already set. Returns false if that is not possible or
 * not necessary.
 * @param {boolean} isProgram whether the command was started, not imported: a program that imports it has state that would be lost
 */
export function startsAnew(isProgram) {
  const { execArgv, execPath, argv, env, platform, versions } = process;
  const isGiven = [...execArgv, env.NODE_OPTIONS ?? ''].some((option) => option.includes(newSpace));
  const isOwn = isProgram && platform !== 'win32' && !versions.electron && typeof process.execve === 'function';
  if (isGiven || !isOwn) return false;
  const isExport = argv[2] === 'export';
  const settings = [`${newSpace}=8`, isExport ? `${growth}=50` : `${atFirst}=128`];
  process.execve(execPath, [execPath, ...execArgv, ...settings, ...argv.slice(1)], isExport ? { ...givenBack, ...env } : env);
  return true;
}
