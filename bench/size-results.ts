/** What bench:size found of a project of one size. Times in milliseconds, memory and sizes in bytes, medians unless it says otherwise. */
export interface SizeRow {
  readonly articles: number;
  readonly annotations: number;
  readonly bytes: number;
  /** Of a project that was opened on this computer before, and of one that was not. */
  readonly start: number;
  readonly firstStart: number;
  /** When the list of all articles was there, of one that was opened before. */
  readonly listed: number;
  readonly address: number;
  /** Of processor time, by the host alone, until the first article was painted. */
  readonly startCpu: number;
  readonly sent: number;
  readonly open: number;
  readonly key: number;
  readonly apply: number;
  readonly search: number;
  readonly searchP95: number;
  readonly memory: number;
  readonly check: number;
  readonly read: number;
  readonly exports: readonly Exported[];
}

/** What one format took of it. */
export interface Exported {
  readonly format: string;
  /** Into a folder, and as a zip. */
  readonly folder: number;
  readonly zip: number;
  /** Of processor time, which other work on the machine changes less. */
  readonly folderCpu: number;
  readonly zipCpu: number;
  readonly memory: number;
}
