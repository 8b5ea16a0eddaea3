/**
 * Builds a text as its UTF-8 bytes, for files made of very many small pieces: neither the pieces nor the whole become strings. Texts built one
 * after another reuse the same buffer.
 */
export class Utf8Text {
  #room = new Uint8Array(16_384);
  #length = 0;
  #isWellFormed = true;

  /** Its length in bytes. */
  get length(): number {
    return this.#length;
  }

  /** Whether every added text was free of lone surrogates. */
  get isWellFormed(): boolean {
    return this.#isWellFormed;
  }

  /** Adds a text. A lone surrogate becomes U+FFFD. */
  add(text: string): this {
    this.#addText(text);
    return this;
  }

  /** Adds UTF-8. */
  addBytes(bytes: Uint8Array): this {
    this.#grow(bytes.length);
    this.#room.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Adds the bytes of `other` from `start` up to `end`. */
  addPart(other: Utf8Text, start = 0, end = other.length): this {
    this.#grow(end - start);
    this.#room.set(other.#room.subarray(start, end), this.#length);
    this.#length += end - start;
    this.#isWellFormed &&= other.#isWellFormed;
    return this;
  }

  /** Adds a whole number, 0 or greater, in decimal digits. */
  addNumber(number: number): this {
    this.#grow(20);
    let end = this.#length + 1;
    for (let least = 10; least <= number; least *= 10) end++;
    this.#length = end;
    let rest = number;
    do {
      const tens = Math.floor(rest / 10);
      this.#room[--end] = 0x30 + (rest - tens * 10);
      rest = tens;
    } while (rest > 0);
    return this;
  }

  /** The bytes in the buffer itself. Copy them before adding more. */
  bytes(): Uint8Array {
    return this.#room.subarray(0, this.#length);
  }

  /** A copy of the bytes. */
  copy(): Uint8Array {
    return this.#room.slice(0, this.#length);
  }

  /** Removes all text, so that a new one can be built. */
  clear(): this {
    this.#length = 0;
    this.#isWellFormed = true;
    return this;
  }

  #addText(text: string): void {
    // A UTF-16 code unit becomes at most three bytes.
    this.#grow(text.length * 3);
    const room = this.#room;
    let at = this.#length;
    for (let index = 0; index < text.length; index++) {
      let code = text.charCodeAt(index);
      if (code < 0x80) {
        room[at++] = code;
        continue;
      }
      if (code < 0x800) {
        room[at++] = 0xc0 | (code >> 6);
        room[at++] = 0x80 | (code & 0x3f);
        continue;
      }
      if (code >= 0xd800 && code < 0xe000) {
        const low = text.charCodeAt(index + 1);
        if (code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
          index++;
          const point = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          room[at++] = 0xf0 | (point >> 18);
          room[at++] = 0x80 | ((point >> 12) & 0x3f);
          room[at++] = 0x80 | ((point >> 6) & 0x3f);
          room[at++] = 0x80 | (point & 0x3f);
          continue;
        }
        code = 0xfffd;
        this.#isWellFormed = false;
      }
      room[at++] = 0xe0 | (code >> 12);
      room[at++] = 0x80 | ((code >> 6) & 0x3f);
      room[at++] = 0x80 | (code & 0x3f);
    }
    this.#length = at;
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#room.length) return;
    const room = new Uint8Array(Math.max(this.#length + more, 2 * this.#room.length));
    room.set(this.bytes());
    this.#room = room;
  }
}
