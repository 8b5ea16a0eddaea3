// With more room for what is new, Node lets a large project take a hundred megabytes more before it collects what is no longer needed, and
// is no faster for it. Node takes this at its start alone, so that it starts anew in its place, where the system can do that.
const newSpace = '--max-semi-space-size';
// Without this Node looks through all that was read of a large project, several times, for what is no longer needed, when all of it is.
const atFirst = '--initial-old-space-size';
// An export is a stream beside a project that stays as it is: without this Node lets what went by lie until there is twice as much of it.
const growth = '--heap-growing-percent';
// What glibc keeps for later of the memory that was given back to it, which is most of it with one store for each thread and a bound that grows.
const givenBack = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '1000000' };

/**
 * Starts the running command anew with these limits and never comes back, unless it has one already; false where it cannot be or need not be.
 * @param {boolean} isProgram whether the command was started, not imported: whoever imports it has set up more than would be there afterwards
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
