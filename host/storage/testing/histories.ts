import { dequal } from 'dequal';
import { AppError } from '../../../core/failure.ts';
import { randomFrom } from '../../testing/random.ts';
import { isTemporary } from '../durable-write.ts';
import { openProject, type Project } from '../project.ts';
import type { CodebookRequest } from '../project-interface.ts';
import { sha256 } from '../strict-json.ts';
import type { Author, Step } from './author.ts';
import type { Between } from './fault-runs.ts';
import { differences, first, folder, second, type TestArticle, testOptions } from './scenario.ts';
import { type Fault, faultCodes, type SimulatedFileSystem } from './simulated-file-system.ts';
import { dataLeft } from './simulated-nodes.ts';

/**
 * The result of many histories. Each is a path from the first start to a kill, a power cut or a close, and the next start. Histories with a common
 * beginning are played once up to where they part, so there are fewer `steps` than histories.
 */
export interface HistoryCounts {
  histories: number;
  steps: number;
  faults: number;
  cuts: number;
  /** Ends at which the disk differed from that at all earlier ends, so that it was opened. */
  opened: number;
  readonly broken: string[];
}

const steps = [
  ...([
    'add',
    'add',
    'add',
    'add',
    'note',
    'both',
    'both',
    'change',
    'remove',
    'entity',
    'merge',
    'undo',
    'undo',
    'undo',
    'redo',
    'redo',
  ] as const),
  ...(['codebook', 'import', 'flush', 'flush'] as const),
] satisfies readonly (Step | 'codebook' | 'import' | 'flush')[];
type Happening = (typeof steps)[number];

// A fault at an operation of a step, once or from there to the end of the step.
interface Misfortune {
  readonly code: Fault;
  readonly at: number;
  readonly stays: boolean;
}

/** A disk between two runs of the program, with everything that it may rightly hold. */
interface Node {
  readonly disk: SimulatedFileSystem;
  readonly may: readonly Author[];
  readonly articles: ReadonlySet<TestArticle>;
  readonly way: string;
}

/**
 * Plays histories from `base`, whose project holds the first article and what `author` did, until there are `wanted` or a promise is broken. With a
 * folder `known`, each start knows what earlier starts found out, including those of other histories, and each end is also checked without that.
 */
export async function playHistories(
  base: SimulatedFileSystem,
  author: Author,
  seed: number,
  wanted: number,
  between: Between = (disk) => disk,
  known: string | null = null,
): Promise<HistoryCounts> {
  const teller = new Teller(seed, between, known);
  while (teller.counts.histories < wanted && teller.counts.broken.length === 0) {
    let node: Node | null = { disk: base.copy(), may: [author], articles: new Set([first]), way: '' };
    for (let run = 0; run < 4 && node; run++) node = await teller.run(node);
  }
  return teller.counts;
}

class Teller {
  readonly counts: HistoryCounts = { histories: 0, steps: 0, faults: 0, cuts: 0, opened: 0, broken: [] };
  readonly #random: () => number;
  readonly #between: Between;
  readonly #known: string | null;
  readonly #numbers = new Map<Author, number>();
  #seen = new Map<string, string | null>();
  #count = 0;

  constructor(seed: number, between: Between, known: string | null) {
    this.#random = randomFrom(seed);
    this.#between = between;
    this.#known = known;
  }

  /** One run of the program from `node` on. Returns one of its ends to continue from, null if there is none. */
  async run({ disk, may, articles: known, way: before }: Node): Promise<Node | null> {
    // Many ends of one run have the same disk; those of different runs hardly ever do.
    this.#seen = new Map();
    let way = before;
    let candidates = may;
    const articles = new Set(known);
    const project = await this.#open(disk, may);
    if (!project) return this.#break(`${way}: the project cannot be opened for writing`);
    const now = await this.#found(project, may, articles);
    if (typeof now === 'string') return this.#break(`${way}: ${now}`);
    let author = now;
    const ends: Node[] = [];
    for (let left = 1 + this.#below(4); left > 0; left--) {
      const happening = steps[this.#below(steps.length)] as Happening;
      const task = this.#taskOf(happening, project, author, candidates, articles);
      if (!task) continue;
      this.counts.steps++;
      const after = [...candidates, ...task.after];
      const moments = new Set([this.#below(6), this.#below(16), this.#below(16), this.#below(30)]);
      const from = disk.operations;
      const fault = this.#below(3) === 0 ? this.#fault() : null;
      way += ` ${happening}${fault ? ` (${fault.code} at ${fault.at}${fault.stays ? ' for good' : ''})` : ''}`;
      const images: Node[] = [];
      disk.observe = (index) => {
        if (moments.has(index - from)) images.push(...this.#cuts(disk, after, articles, `${way} cut at ${index - from}`));
      };
      disk.fault = fault && ((index, operation) => this.#fate(fault, index - from, operation === 'write'));
      const isDone = await succeeds(task.act());
      disk.fault = null;
      disk.observe = null;
      for (const image of images) await this.#end(image);
      ends.push(...images.slice(0, 1));
      if (isDone && task.after.length > 0) {
        // A change of the codebook reads the journal again, and so takes in what was not acknowledged.
        author = task.after.find(({ accepted }) => dequal(accepted, project.gestures())) ?? (task.after[0] as Author);
        candidates = task.after.includes(author) && project.gestures().length === author.accepted.length ? [author] : task.after;
      } else candidates = after;
      if (isDone && task.article) articles.add(task.article);
      // Only the disk shows what the codebook is then, so the next start finds out.
      if (happening === 'codebook' || task.isCodebook) {
        if (!isDone || project.gestures().length !== author.accepted.length) break;
      }
      const [difference] = await differences(project, author);
      if (difference) return this.#break(`${way}: ${difference}, in memory`);
      if (this.counts.broken.length > 0) return null;
    }
    const cuts = this.#cuts(disk, candidates, articles, `${way} cut`);
    for (const cut of cuts) await this.#end(cut);
    ends.push(...cuts);
    const isClosed = this.#below(2) === 0;
    if (isClosed) await project.close();
    const last: Node = {
      disk: isClosed ? disk : disk.afterKill(),
      may: candidates,
      articles,
      way: `${way} ${isClosed ? 'close' : 'kill'}`,
    };
    await this.#end({ ...last, disk: last.disk.copy() });
    ends.push(last);
    return ends[this.#below(ends.length)] ?? null;
  }

  #taskOf(happening: Happening, project: Project, author: Author, candidates: readonly Author[], articles: ReadonlySet<TestArticle>) {
    const plain = { after: [] as readonly Author[], article: null, isCodebook: false };
    if (happening === 'flush') return { ...plain, act: () => project.flush() };
    if (happening === 'import') return { ...plain, article: second, act: () => project.addArticle(second) };
    // No two gestures share an id, whichever history they belong to.
    author.count = this.#count += 2;
    const request = happening === 'undo' || happening === 'redo' || happening === 'codebook' ? author.codebookRequest(happening) : null;
    if (request) {
      const others = candidates.filter((each) => each !== author && dequal(each.file, author.file));
      const after = [author, ...others].map((each) => afterCodebook(each, request));
      // A later step came before the one to undo was found, so the codebook is no longer what that one made of it. The project refuses this, as other
      // tests show.
      if (!after.every((each) => each !== null)) return null;
      return { ...plain, after, isCodebook: true, act: () => project.changeCodebook(request) };
    }
    if (happening === 'codebook') return null;
    const article = articles.has(second) && this.#below(3) === 0 ? second : first;
    const gesture = author.gesture(happening, article.id, article.text);
    if (!gesture) return null;
    const after = author.copy();
    after.accept(gesture);
    return { ...plain, after: [after], act: () => project.apply(gesture) };
  }

  #fault(): Misfortune {
    const code: Fault = this.#below(5) === 0 ? 'short' : (faultCodes[this.#below(faultCodes.length - 1)] as Fault);
    return { code, at: this.#below(15), stays: this.#below(2) === 0 };
  }

  #fate({ code, at, stays }: Misfortune, index: number, isWrite: boolean): Fault | null {
    if (index < at || (index > at && !stays) || (code === 'short' && !isWrite)) return null;
    this.counts.faults++;
    return code;
  }

  // Some of the states that a power cut may leave the disk in now.
  #cuts(disk: SimulatedFileSystem, may: readonly Author[], articles: ReadonlySet<TestArticle>, way: string): Node[] {
    const promised = new Set(articles);
    const ways = new Map<string, Node>();
    for (let count = 0; count < 8; count++) {
      const left = disk.hasUnsyncedData ? (dataLeft[this.#below(dataLeft.length)] ?? 'none') : 'none';
      const kept = this.#below(2 ** Math.min(disk.pendingNames, 12));
      const name = `${left} ${kept}`;
      if (ways.has(name)) continue;
      const image = disk.afterPowerCut(left, (index) => (kept >> (index % 12)) % 2 === 1);
      ways.set(name, { disk: image, may, articles: promised, way: `${way} (${name})` });
    }
    this.counts.cuts += ways.size;
    return [...ways.values()];
  }

  // The end of a history: what the next start finds must be right. A copy is opened, so that the history can continue from the disk itself.
  async #end({ disk, may, articles, way }: Node): Promise<void> {
    this.counts.histories++;
    const files = [...disk.files()].filter(([path]) => !isTemporary(path.slice(path.lastIndexOf('/') + 1)));
    const promise = `${may.map((author) => this.#numberOf(author))} ${articles.size}`;
    const key = sha256(Buffer.concat([Buffer.from(promise), ...files.flatMap(([path, bytes]) => [Buffer.from(`\n${path}\n`), bytes])]));
    if (!this.#seen.has(key)) {
      this.counts.opened++;
      this.#seen.set(key, await this.#problemOf(disk.copy(), may, articles));
    }
    const problem = this.#seen.get(key);
    if (problem) this.#break(`${way}: ${problem}`);
  }

  async #problemOf(disk: SimulatedFileSystem, may: readonly Author[], articles: ReadonlySet<TestArticle>): Promise<string | null> {
    const before = this.#known === null ? null : disk.copy();
    try {
      const project = await this.#start(disk);
      if (project.readOnly) return 'the project is read-only';
      if (before) {
        const other = await openProject(folder, testOptions(before));
        if (!dequal(await toldBy(project), await toldBy(other))) return 'another start tells something else';
      }
      const found = await this.#found(project, may, articles);
      return typeof found === 'string' ? found : null;
    } catch (error) {
      return String(error);
    }
  }

  // Opens the project, sometimes with a fault first, and without one if the project is then read-only.
  async #open(disk: SimulatedFileSystem, may: readonly Author[]): Promise<Project | null> {
    const fault = this.#below(4) === 0 ? this.#fault() : null;
    const from = disk.operations;
    if (fault && may.length > 0) {
      disk.fault = (index, operation) => this.#fate(fault, index - from, operation === 'write');
      await succeeds(this.#start(disk));
      disk.fault = null;
    }
    const project = await this.#start(disk);
    return project.readOnly ? null : project;
  }

  #start(disk: SimulatedFileSystem): Promise<Project> {
    const fileSystem = this.#between(disk);
    if (this.#known === null) return openProject(folder, testOptions(fileSystem));
    const stamps = (paths: readonly string[]) => {
      const files = disk.files();
      return paths.map((path) => files.get(path)).map((content) => (content ? sha256(content) : null));
    };
    const stamped = Object.assign(fileSystem, { stamps });
    return openProject(folder, { ...testOptions(stamped), cache: this.#known });
  }

  // Finds which of the permitted states the project is in; a sentence if it is in none.
  async #found(project: Project, may: readonly Author[], articles: ReadonlySet<TestArticle>): Promise<Author | string> {
    for (const { id, text } of articles) if ((await project.readArticle(id)).text !== text) return `${id} has another text`;
    const gestures = project.gestures();
    const author = may.find(({ accepted, file }) => dequal(gestures, accepted) && dequal(project.codebookFile, file));
    if (!author)
      return `it holds ${gestures.map(({ id }) => id)}, not one of ${may.map(({ accepted }) => accepted.map(({ id }) => id).join()).join(' | ')}`;
    const [difference] = await differences(project, author);
    return difference ?? author;
  }

  #numberOf(author: Author): number {
    const number = this.#numbers.get(author) ?? this.#numbers.size;
    this.#numbers.set(author, number);
    return number;
  }

  #break(problem: string): null {
    this.counts.broken.push(problem);
    return null;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

// What an opening finds out by itself, as a person sees it.
async function toldBy(project: Project): Promise<unknown> {
  await project.lookAtJournal();
  return [project.notices, await project.summaries(), project.importedArticles(), await project.histories()];
}

// Whether it succeeded. Anything but an expected failure is a defect.
async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return false;
  }
}

// The author after the project accepted `request`; null if it refuses, because the codebook has changed since.
function afterCodebook(author: Author, request: CodebookRequest): Author | null {
  try {
    return author.withCodebook(request);
  } catch (error) {
    if (error instanceof AppError && error.failure.code === 'conflict') return null;
    throw error;
  }
}
