import { AppError } from '../../core/failure.ts';
import { imagesOf } from '../storage/testing/crash-images.ts';
import { type Fault, faultCodes, type Operation, type SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import type { DiskStates } from './disk-state.ts';

/** Something that the product does on a disk. */
export interface Deed<Begun = unknown> {
  readonly name: string;
  /** The disk that it starts on, which is not changed. */
  readonly start: SimulatedFileSystem;
  /** What is done beforehand, on a disk that does not fail, such as opening a project. */
  begin(disk: SimulatedFileSystem): Promise<Begun>;
  /** Does it, and all of it again when called again. `promise` is called each time something is acknowledged. */
  act(begun: Begun, promise: () => void): Promise<void>;
  /** What has been reported to the person so far, apart from rejections. */
  told(begun: Begun): readonly string[];
  end(begun: Begun): Promise<void>;
}

/** What happens to a deed: a fault at one operation, and what happens to all later operations. */
export interface Plan {
  readonly fault: Fault;
  readonly after: Fault | null;
}

const codePlans: readonly Plan[] = faultCodes.flatMap((fault) => [
  { fault, after: null },
  { fault, after: fault },
]);
const shortPlans: readonly Plan[] = [
  { fault: 'short', after: null },
  { fault: 'short', after: 'short' },
  { fault: 'short', after: 'ENOSPC' },
];

// Operations on an open file, whatever becomes of its name.
const ofOpenFiles: ReadonlySet<Operation> = new Set(['write', 'sync', 'size', 'truncate', 'readAll', 'read', 'close']);
const openPlans = codePlans.filter(({ fault }) => fault !== 'ENOENT');

/** Every plan that makes sense for an operation: only something with a name can be missing, and only a write can be short. */
export function plansFor(operation: Operation): readonly Plan[] {
  if (operation === 'write') return [...openPlans, ...shortPlans];
  return ofOpenFiles.has(operation) ? openPlans : codePlans;
}

/** The result of the trials of a deed. */
export interface TrialCounts {
  runs: number;
  faults: number;
  cuts: number;
  lost: string[];
  unreadable: string[];
  /** Faults that were reported to nobody, each by its code and operation. */
  swallowed: string[];
}

/** The counts before any trial. */
export function noTrials(): TrialCounts {
  return { runs: 0, faults: 0, cuts: 0, lost: [], unreadable: [], swallowed: [] };
}

// A run without faults: the states that the disk goes through, and for each promise the first state at which it was given.
interface Course {
  readonly operations: readonly { readonly operation: Operation; readonly path: string }[];
  readonly states: readonly string[];
  readonly promised: readonly number[];
  readonly told: readonly string[];
}

/** Tries deeds, each with faults and with power cuts. Adds the findings to `counts`. */
export class Trials {
  readonly counts: TrialCounts;
  readonly #states: DiskStates;
  readonly #courses = new Map<string, Promise<Course>>();

  constructor(states: DiskStates, counts: TrialCounts = noTrials()) {
    this.#states = states;
    this.counts = counts;
  }

  /** The operations of `deed` in a run without faults. */
  async operationsOf(deed: Deed): Promise<Course['operations']> {
    return (await this.#courseOf(deed)).operations;
  }

  /**
   * Runs `deed` with `plan` at its operation number `at`, then checks the disk as the next start and as a power cut would find it, and runs it again.
   */
  async fault(deed: Deed, at: number, plan: Plan): Promise<void> {
    try {
      await this.#fault(deed, at, plan);
    } catch (error) {
      this.counts.unreadable.push(`${deed.name}: ${plan.fault}${plan.after ? ` then ${plan.after}` : ''} at ${at} threw ${String(error)}`);
    }
  }

  async #fault(deed: Deed, at: number, { fault, after }: Plan): Promise<void> {
    const course = await this.#courseOf(deed);
    const disk = deed.start.copy();
    const begun = await deed.begin(disk);
    const from = disk.operations;
    let struck = '';
    disk.fault = (index, operation, path) => {
      if (index < from + at) return null;
      if (index === from + at) struck = `${operation} ${path}`;
      const now = index === from + at ? fault : after;
      if (now !== null && !(now === 'short' && operation !== 'write')) this.counts.faults++;
      return now;
    };
    let promises = 0;
    const act = async () => {
      promises = 0;
      await deed.act(begun, () => promises++);
    };
    const told = await failureOf(act());
    disk.fault = null;
    this.counts.runs++;
    const name = `${deed.name}: ${fault}${after ? ` then ${after}` : ' once'} at ${at} (${struck})`;
    const isTold = told !== null || deed.told(begun).some((message) => !course.told.includes(message));
    if (!isTold && !(fault === 'short' && after !== 'ENOSPC')) this.counts.swallowed.push(name);
    const least = told === null ? course.states.length - 1 : (course.promised[promises - 1] ?? 0);
    this.counts.cuts++;
    await this.#hold(
      course,
      disk.afterPowerCut('none', () => false),
      least,
      `${name}, power cut`,
    );
    await this.#hold(course, disk, least, `${name}, next start`);
    // The same page tries again, and then everything must be as it should.
    const refusal = await failureOf(act());
    const end = refusal === null ? course.states.length - 1 : least;
    if (refusal !== null && refusal.failure.code === 'not-saved') this.counts.lost.push(`${name}, tried again: ${refusal.failure.message}`);
    const closing = await failureOf(deed.end(begun));
    if (closing) this.counts.lost.push(`${name}, closing: ${closing.failure.message}`);
    await this.#hold(course, disk, end, `${name}, tried again (${refusal?.failure.message ?? 'done'})`);
  }

  /**
   * Cuts the power before each operation of `deed` and at its end, in every way in which names and data may be left, including the `further` ones.
   * Only every `step`th image is checked.
   */
  async cuts(deed: Deed, step = 1, further: readonly ((index: number) => boolean)[] = []): Promise<void> {
    const course = await this.#courseOf(deed);
    const disk = deed.start.copy();
    const begun = await deed.begin(disk);
    const from = disk.operations;
    let promises = 0;
    const moments: { name: string; least: number; images: SimulatedFileSystem[] }[] = [];
    let count = 0;
    const take = (name: string, least: number) => {
      moments.push({ name, least, images: imagesOf(disk, further, () => count++ % step === 0) });
    };
    disk.observe = (index, operation, path) => take(`${index - from} (${operation} ${path})`, course.promised[promises - 1] ?? 0);
    await deed.act(begun, () => promises++);
    disk.observe = null;
    take('the end', course.states.length - 1);
    for (const { name, least, images } of moments) {
      for (const [number, image] of images.entries()) {
        this.counts.cuts++;
        await this.#hold(course, image, least, `${deed.name}: image ${number} before ${name}`);
      }
    }
    await deed.end(begun);
  }

  // The disk must be in a state that a run without faults goes through, and not in one before what was promised.
  async #hold(course: Course, disk: SimulatedFileSystem, least: number, name: string): Promise<void> {
    const { content, problems } = await this.#states.of(disk);
    for (const problem of problems) this.counts.unreadable.push(`${name}: ${problem}`);
    const found = course.states.lastIndexOf(content);
    if (problems.length === 0 && found < least) this.counts.lost.push(`${name}: state ${found} instead of ${least} or later`);
  }

  #courseOf(deed: Deed): Promise<Course> {
    let course = this.#courses.get(deed.name);
    if (!course) {
      course = this.#run(deed);
      this.#courses.set(deed.name, course);
    }
    return course;
  }

  async #run(deed: Deed): Promise<Course> {
    const disk = deed.start.copy();
    const begun = await deed.begin(disk);
    const operations: Course['operations'][number][] = [];
    const seen: { promises: number; disk: SimulatedFileSystem }[] = [];
    let promises = 0;
    const see = () => seen.push({ promises, disk: disk.copy() });
    disk.observe = (_, operation, path) => {
      operations.push({ operation, path });
      see();
    };
    await deed.act(begun, () => promises++);
    disk.observe = null;
    see();
    const told = [...deed.told(begun)];
    const states: string[] = [];
    const promised: number[] = [];
    for (const moment of seen) {
      const { content, problems } = await this.#states.of(moment.disk);
      if (problems.length > 0) throw new RangeError(`${deed.name} leaves a disk with problems: ${problems.join('; ')}`);
      if (content !== states.at(-1)) states.push(content);
      while (promised.length < moment.promises) promised.push(states.length - 1);
    }
    await deed.end(begun);
    return { operations, states, promised, told };
  }
}

// Anything but a failure in words for a person is a defect.
async function failureOf(work: Promise<void>): Promise<AppError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
