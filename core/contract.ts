import { z } from 'zod';
import { articleCalls } from './contract/articles.ts';
import { codebookCalls } from './contract/codebook.ts';
import { comparisonCalls } from './contract/comparison.ts';
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
 * The boundary between page and host: every call with its input and output, and every event. Electron IPC and loopback HTTP both carry
 * `call(method, input, bytes?) -> Reply`. To add a call, define it in core/contract/, in the file for its subject, and answer it in
 * host/handlers/.
 */

/** The most bytes of JSON that one step may have when it is sent to the host. Enough to replace an article with tens of thousands of annotations. */
export const stepLimit = 64_000_000;

/** Every call. `takesBytes` marks calls that carry the raw bytes of a file next to their input. */
export const contract = {
  ...workspaceCalls,
  ...articleCalls,
  ...lookupCalls,
  ...comparisonCalls,
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

/** What the host does for each call. `bytes` holds the file for calls that take one. */
export type Handlers = { [M in Method]: (input: z.output<Contract[M]['input']>, bytes: Uint8Array) => Promise<Output<M>> };
/** What the page sees: each call as a function that rejects with AppError. */
export type Client = { [M in Method]: (input: Input<M>, bytes?: Uint8Array) => Promise<Output<M>> };

/** Everything that the host reports to the page without being asked. */
export const HostEvent = z.discriminatedUnion('event', [
  /** Another page wrote this gesture. */
  z.strictObject({ event: z.literal('gesture'), page: Id, gesture: Gesture }),
  /** An article was imported, by whichever page. */
  z.strictObject({ event: z.literal('article'), summary: ArticleSummary }),
  /** Which page may write now; null if none. */
  z.strictObject({ event: z.literal('lease'), page: Id.nullable() }),
  /** The progress of a job of this page. Not sent for jobs that finish quickly. */
  z.strictObject({ event: z.literal('progress'), job: Id, progress: ExportProgress }),
  /** A menu item of the desktop shell was chosen: run the command with this id. */
  z.strictObject({ event: z.literal('command'), id: z.string() }),
  z.strictObject({ event: z.literal('notice'), notice: Notice }),
  /** The problem reported by the notice with this id has been solved. */
  z.strictObject({ event: z.literal('notice-gone'), id: z.string() }),
  /**
   * Another program or page changed these articles, the list of annotators or the registry. The page must read the work of the others again. Null
   * means that everything may have changed and the workspace must be opened again.
   */
  z.strictObject({ event: z.literal('outside'), articles: z.array(Id).nullable() }),
  /** The host is about to close: send everything unsaved now. */
  z.strictObject({ event: z.literal('closing') }),
]);
export type HostEvent = z.infer<typeof HostEvent>;

/** What the preload script of the desktop shell provides as `window.pressmark`. The loopback page does not have it and uses HTTP. */
export interface Bridge {
  call(method: string, input: unknown, bytes?: Uint8Array): Promise<Reply>;
  /** Calls `listener` for each event until the returned function is called. */
  listen(listener: (event: HostEvent) => void): () => void;
}
