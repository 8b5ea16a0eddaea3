import { encode } from '@msgpack/msgpack';
import { zlibSync } from 'fflate';
import type { SpacyDoc, SpacySpan } from './spacy-doc.ts';
import { StringStore } from './spacy-strings.ts';

/** One document of a DocBin: its tokens, its spans by key in `doc.spans`, and its `doc.user_data`. */
export interface BinEntry {
  readonly doc: SpacyDoc;
  readonly spans: Readonly<Record<string, readonly SpacySpan[]>>;
  readonly userData: unknown;
}

// Numbers of attributes in spaCy 3 (spacy/attrs.pxd): the word, which must come first, and whether it begins a sentence.
const attributes = { orth: 65, sentStart: 80 };
const bytesPerToken = 2 * 8;
const bytesPerSpan = 40;

/**
 * A file of documents as spaCy 3 stores them (`DocBin`, version 0.1): a zlib stream of one MessagePack map in which strings are numbers. Keeps
 * everything that is added until `bytes` is called.
 */
export class DocBin {
  readonly #strings = new StringStore();
  readonly #tokens: Uint8Array[] = [];
  readonly #spaces: Uint8Array[] = [];
  readonly #lengths: number[] = [];
  readonly #spanGroups: Uint8Array[] = [];
  readonly #userData: Uint8Array[] = [];
  tokens = 0;

  get documents(): number {
    return this.#lengths.length;
  }

  add({ doc, spans, userData }: BinEntry): void {
    const { tokens } = doc;
    const table = new DataView(new ArrayBuffer(tokens.length * bytesPerToken));
    for (const [index, { text, startsSentence }] of tokens.entries()) {
      const at = index * bytesPerToken;
      const { high, low } = this.#strings.add(text);
      table.setUint32(at, low, true);
      table.setUint32(at + 4, high, true);
      table.setInt32(at + 8, startsSentence ? 1 : -1, true);
      table.setInt32(at + 12, startsSentence ? 0 : -1, true);
    }
    this.#tokens.push(new Uint8Array(table.buffer));
    this.#spaces.push(Uint8Array.from(tokens, ({ space }) => (space ? 1 : 0)));
    this.#lengths.push(tokens.length);
    const groups = Object.entries(spans).map(([name, group]) =>
      encode({ name, attrs: {}, spans: group.map((span) => this.#span(doc, span)) }),
    );
    this.#spanGroups.push(encode(groups));
    this.#userData.push(encode(userData));
    this.tokens += tokens.length;
  }

  bytes(): Uint8Array {
    const lengths = new DataView(new ArrayBuffer(this.#lengths.length * 4));
    for (const [index, length] of this.#lengths.entries()) lengths.setInt32(index * 4, length, true);
    const message = encode({
      version: '0.1',
      attrs: [attributes.orth, attributes.sentStart],
      tokens: joined(this.#tokens),
      spaces: joined(this.#spaces),
      lengths: new Uint8Array(lengths.buffer),
      strings: this.#strings.strings(),
      cats: this.#lengths.map(() => ({})),
      flags: this.#lengths.map(() => ({ has_unknown_spaces: false })),
      span_groups: this.#spanGroups,
      user_data: this.#userData,
    });
    return zlibSync(message, { level: 6 });
  }

  // Big-endian, unlike everything else in the file.
  #span({ tokens }: SpacyDoc, { start, end, id, label, knowledgeId }: SpacySpan): Uint8Array {
    const view = new DataView(new ArrayBuffer(bytesPerSpan));
    for (const [index, text] of [id, knowledgeId, label].entries()) {
      const { high, low } = this.#strings.add(text);
      view.setUint32(index * 8, high);
      view.setUint32(index * 8 + 4, low);
    }
    const places = [start, end, tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0];
    for (const [index, place] of places.entries()) view.setInt32(24 + index * 4, place);
    return new Uint8Array(view.buffer);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
