import { z } from 'zod';
import { articleCalls } from './contract/articles.ts';
import { codebookCalls } from './contract/codebook.ts';
import { copyCalls } from './contract/copies.ts';
import { datasetCalls, ExportProgress } from './contract/dataset.ts';
import { homeCalls } from './contract/home.ts';
import { lookupCalls } from './contract/lookups.ts';
import { searchCalls } from './contract/search.ts';
import { ArticleSummary, workspaceCalls } from './contract/workspace.ts';
import { Notice, type Reply } from './failure.ts';
import { Id } from './model/annotation.ts';
import { Gesture } from './steps/edit.ts';

/**
 * The boundary between page and host: every call with its input and output, and every event. Electron IPC and loopback HTTP
 * both carry `call(method, input, bytes?) -> Reply`. A new call stands in core/contract/, by what it is about, and
 * is answered in host/handlers/.
 */

/** The most bytes of JSON that one step may take on its way to the host: room for replacing an article with tens of thousands of annotations. */
export const stepLimit = 64_000_000;

/** Every call. `takesBytes` marks the calls that carry a file's raw bytes beside their input. */
export const contract = {
  ...workspaceCalls,
  ...articleCalls,
  ...lookupCalls,
  ...codebookCalls,
  ...searchCalls,
  ...datasetCalls,
  ...copyCalls,
  ...homeCalls,
} as const;

export type Contract = typeof contract;
export type Method = keyof Contract;
export type Input<M extends Method> = z.input<Contract[M]['input']>;
export type Output<M extends Method> = z.output<Contract[M]['output']>;

/** What the host does for each call. `bytes` is there for the calls that take a file. */
export type Handlers = { [M in Method]: (input: z.output<Contract[M]['input']>, bytes: Uint8Array) => Promise<Output<M>> };
/** What the page sees: each call as a function that rejects with AppError. */
export type Client = { [M in Method]: (input: Input<M>, bytes?: Uint8Array) => Promise<Output<M>> };

/** Everything that the host tells the page unasked. */
export const HostEvent = z.discriminatedUnion('event', [
  /** Another page wrote this gesture. */
  z.strictObject({ event: z.literal('gesture'), page: Id, gesture: Gesture }),
  /** An article was imported, by whichever page. */
  z.strictObject({ event: z.literal('article'), summary: ArticleSummary }),
  /** Which page may write now; null when none does. */
  z.strictObject({ event: z.literal('lease'), page: Id.nullable() }),
  /** How far work of the page that hears this is; none comes for what is soon done. */
  z.strictObject({ event: z.literal('progress'), job: Id, progress: ExportProgress }),
  /** A menu item of the desktop shell was chosen: run the command with this id. */
  z.strictObject({ event: z.literal('command'), id: z.string() }),
  z.strictObject({ event: z.literal('notice'), notice: Notice }),
  /** What the notice with this id told of has been put right. */
  z.strictObject({ event: z.literal('notice-gone'), id: z.string() }),
  /** Other programs or another page changed these articles, who there is, or the registry: read the others anew; null means everything: open the workspace anew. */
  z.strictObject({ event: z.literal('outside'), articles: z.array(Id).nullable() }),
  /** The host is about to close: everything unsaved should be sent now. */
  z.strictObject({ event: z.literal('closing') }),
]);
export type HostEvent = z.infer<typeof HostEvent>;

/** What the preload script of the desktop shell puts at `window.pressmark`; the loopback page has none and uses HTTP. */
export interface Bridge {
  call(method: string, input: unknown, bytes?: Uint8Array): Promise<Reply>;
  /** Calls `listener` for each event until the returned function is called. */
  listen(listener: (event: HostEvent) => void): () => void;
}
