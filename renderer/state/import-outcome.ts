/** One file of an import, as it went: `known` where the project had its text, `stopped` and `left` where the person did not want it. */
export interface ImportOutcome {
  readonly name: string;
  readonly state: 'waiting' | 'imported' | 'known' | 'refused' | 'stopped' | 'left';
  /** What there is to be read about it, in sentences; empty where it went as wanted. */
  readonly detail: string;
}
