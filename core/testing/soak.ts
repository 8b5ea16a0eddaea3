/** Whether the long runs were asked for: `npm run soak`, or the environment variable `SOAK` set to anything. */
export const isSoak = Boolean(process.env['SOAK']);

/** How much to do: `short` in `npm test`, `long` in `npm run soak`. */
export function soak<T>(short: T, long: T): T {
  return isSoak ? long : short;
}

/** The seed for the random runs of this process: the environment variable `SEED`, otherwise a new number from 0 to 2³¹ - 1. */
export const seed = process.env['SEED'] ? Number(process.env['SEED']) : Math.floor(Math.random() * 2 ** 31);

/** Prints what a test counted, in one line: `J20 sequences: 20000 runs, 0 broken, seed 7`. */
export function tell(subject: string, counts: Readonly<Record<string, number>>): void {
  const told = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
  process.stdout.write(`${subject}: ${[...told, `seed ${seed}`].join(', ')}\n`);
}
