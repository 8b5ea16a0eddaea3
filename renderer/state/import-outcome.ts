/** The outcome of importing one file. `known` means that the project already had its text, `stopped` and `left` that the user did not want it. */
export interface ImportOutcome {
  readonly name: string;
  readonly state: 'waiting' | 'imported' | 'known' | 'refused' | 'stopped' | 'left';
  /** What the user should read about it, in sentences. Empty if everything went as expected. */
  readonly detail: string;
}
