import { Utf8Text } from './utf8-text.ts';

const enough = 65_536;

/** Elements, one on each line, stored as bytes, because strings built from so many small parts take several times the memory. */
export class Lines {
  readonly #full: Uint8Array[] = [];
  readonly #last = new Utf8Text();

  get isEmpty(): boolean {
    return this.#full.length === 0 && this.#last.length === 0;
  }

  add(line: string): void {
    this.#last.add('\n  ').add(line);
    if (this.#last.length < enough) return;
    this.#full.push(this.#last.copy());
    this.#last.clear();
  }

  /** All of them, in UTF-8. */
  *parts(): Generator<Uint8Array> {
    yield* this.#full;
    yield this.#last.bytes();
  }
}
