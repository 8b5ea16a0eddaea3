import { getHeapStatistics } from 'node:v8';
import type { GivenFile } from '../../../core/formats/foreign.ts';
import { type Random, randomFrom } from '../random.ts';
import { spoiltBytes } from './mutation.ts';

/** Something that reads what others wrote. */
export interface Parser {
  readonly name: string;
  /** Sound inputs, each of one file or of several that belong together. */
  readonly seeds: readonly (readonly GivenFile[])[];
  /** Spoils one file in such a way that it is still half valid in its format. */
  readonly spoil: (bytes: Uint8Array, random: Random) => Uint8Array;
  /** Repairs what would hide every change, such as a checksum. */
  readonly seal?: (bytes: Uint8Array) => Uint8Array;
  /** Reads an input. Returns true if it was accepted, false if it was refused in words; throws for anything else. */
  read(files: readonly GivenFile[]): boolean | Promise<boolean>;
}

/** The result of a run of inputs; `slowest` in milliseconds, `heaviest` in megabytes of heap and buffers that one input took. */
export interface Fuzzed {
  readonly runs: number;
  readonly taken: number;
  readonly slowest: number;
  readonly heaviest: number;
}

/** No input may take longer, in milliseconds, or more memory, in megabytes. */
export const limits = { ms: 2000, mb: 512 } as const;

/**
 * Gives `parser` its seeds, which it must accept, and then `runs` spoilt inputs, the same ones for the same `seed`.
 * @throws Error with the input, if it is neither accepted nor refused in words, is too slow, takes too much memory, or changes what all objects share
 */
export async function fuzz(parser: Parser, runs: number, seed: number): Promise<Fuzzed> {
  for (const files of parser.seeds) {
    if (!(await parser.read(files))) throw new Error(`${parser.name}: the seed itself was refused\n${shown(files)}`);
  }
  let [taken, slowest, heaviest] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const files = spoilt(parser, randomFrom(Math.imul(seed, 0x9e3779b1) + run));
    try {
      let { isTaken, ms, mb } = await measured(parser, files);
      // Garbage that earlier inputs left must not count, so an input that took long is read once more.
      if (ms > limits.ms / 4 || mb > limits.mb / 4) {
        const again = await measured(parser, files);
        [isTaken, ms, mb] = [again.isTaken, Math.min(ms, again.ms), Math.min(mb, again.mb)];
      }
      if (isTaken) taken++;
      if (ms > limits.ms) throw new Error(`it took ${Math.round(ms)} ms`);
      if (mb > limits.mb) throw new Error(`it took ${Math.round(mb)} MB`);
      if (shared() !== sharedAtFirst) throw new Error('it changed what all objects share');
      [slowest, heaviest] = [Math.max(slowest, ms), Math.max(heaviest, mb)];
    } catch (error) {
      throw new Error(
        `${parser.name}, seed ${seed}, input ${run}: ${(error instanceof Error ? error.message : String(error)).slice(0, 1000)}\n${shown(files)}`,
        {
          cause: error,
        },
      );
    }
  }
  return { runs, taken, slowest, heaviest };
}

// The milliseconds and megabytes that reading `files` takes.
async function measured(parser: Parser, files: readonly GivenFile[]): Promise<{ isTaken: boolean; ms: number; mb: number }> {
  const before = memory();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const isTaken = await parser.read(files);
  const { user, system } = process.cpuUsage(cpu);
  // If the machine is busy with other work, only the processor time counts.
  return { isTaken, ms: Math.min(performance.now() - start, (user + system) / 1000), mb: memory() - before };
}

function spoilt({ seeds, spoil, seal }: Parser, random: Random): readonly GivenFile[] {
  const files = seeds[Math.floor(random() * seeds.length)] ?? [];
  const chosen = Math.floor(random() * files.length);
  return files.map(({ path, bytes }, index) => {
    if (index !== chosen) return { path, bytes };
    if (random() < 0.3) return { path, bytes: spoiltBytes(bytes, random) };
    const after = spoil(bytes, random);
    return { path, bytes: seal && random() < 0.8 ? seal(after) : after };
  });
}

function memory(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return (used_heap_size + external_memory) / 1e6;
}

const shared = () => [Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one).length).join();
const sharedAtFirst = shared();

function shown(files: readonly GivenFile[]): string {
  return files
    .map(({ path, bytes }) => `${path}: ${JSON.stringify(Buffer.from(bytes.subarray(0, 3000)).toString('latin1'))}`)
    .join('\n')
    .slice(0, 6000);
}
