/** A file that the user chose or dropped. */
export interface ChosenFile {
  readonly name: string;
  bytes(): Promise<Uint8Array>;
}
