import fc from 'fast-check';
import type { Annotation, AnnotationSetRecord } from '../../model/annotation.ts';
import { normalise } from '../../model/article.ts';
import { type Range, spanAt, unite } from '../../text/span.ts';
import type { DatasetSource } from '../format.ts';
import type { Hash } from '../ledger.ts';
import { type CaseInput, sourceOf } from './case.ts';

/** The time of every record in these tests. */
export const time = '2026-11-20T10:00:00.000Z';

/** One article `doc` with `text` and one annotator's set on it. `set` contains what the test is about. */
export function project(text: string, set: Partial<AnnotationSetRecord> = {}, more: Partial<CaseInput> = {}): CaseInput & { text: string } {
  const hash = '0'.repeat(64);
  const meta = {
    id: 'doc',
    title: 'Title',
    source: null,
    date: null,
    url: null,
    language: null,
    originalName: 'doc.txt',
    headings: [],
    words: 1,
    textSha256: hash,
    originalSha256: hash,
    imported: time,
  };
  return {
    text,
    project: { id: 'p', name: 'Project' },
    changed: time,
    codebookVersion: 1,
    annotators: [{ id: 'anna', name: 'Anna', role: 'annotator' }],
    articles: [{ meta, textFile: 'doc' }],
    sets: [
      {
        annotator: 'anna',
        set: { article: 'doc', annotations: [], mentions: [], relations: [], decisions: [], completion: null, ...set },
      },
    ],
    entities: [],
    links: [],
    ...more,
  };
}

/** `project` as a dataset source. */
export function sourceFrom({ text, ...input }: CaseInput & { text: string }, newHash: () => Hash): DatasetSource {
  return sourceOf(input, () => text, newHash);
}

/** A finished quote on `ranges` of `text`, with the changes in `more`. */
export function annotation(id: string, text: string, ranges: readonly Range[], more: Partial<Annotation> = {}): Annotation {
  return {
    id,
    article: 'doc',
    annotator: 'anna',
    layer: 'QUOTE',
    spans: ranges.map((range) => spanAt(text, range)),
    attributes: { type: 'direct', speaker_form: 'named' },
    roles: [],
    note: '',
    origin: { kind: 'person' },
    codebook: 1,
    created: time,
    modified: time,
    ...more,
  };
}

/** Any character except a lone surrogate. fast-check's own unit `binary` takes seconds to start. */
export const character = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

// Text with everything that is difficult for offsets: astral characters, combining marks, joined emoji, right-to-left script, Unicode line ends.
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: character, maxLength: 6 }),
  fc.constantFrom(
    '💪',
    '👩‍👩‍👧',
    '🇫🇷',
    'é',
    'a\u0323\u0307',
    'שלום',
    'مرحبا',
    '\u202e',
    '\u2028',
    '\u2029',
    '\u0085',
    '“',
    '”',
    '\n',
    '\r\n',
    ' ',
    ',',
    '"',
    '=1+1',
  ),
);
/** A normalised text, not empty. */
export const someText = fc
  .array(piece, { minLength: 1, maxLength: 25 })
  .map((pieces) => normalise(pieces.join('')).text)
  .filter((text) => text.length > 0);

const splitsPair = (text: string, at: number) => /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));

/** A text with annotations whose fragments may be nested, crossing or apart. */
export const someWork = someText.chain((text) => {
  const cuts = Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) => !splitsPair(text, at));
  const range = fc
    .tuple(fc.nat(cuts.length - 2), fc.nat(cuts.length - 2))
    .map(([a, b]): Range => ({ start: cuts[Math.min(a, b)] as number, end: cuts[Math.max(a, b) + 1] as number }));
  const spans = fc.array(range, { minLength: 1, maxLength: 3 });
  return fc.record({ text: fc.constant(text), fragments: fc.array(spans, { minLength: 1, maxLength: 8 }) });
});

/** The annotations `a0`, `a1`… of such work. */
export const annotationsOf = ({ text, fragments }: { text: string; fragments: readonly (readonly Range[])[] }) =>
  fragments.map((ranges, index) =>
    annotation(
      `a${index}`,
      text,
      ranges.reduce<Range[]>((united, range) => unite(text, united, range), []),
    ),
  );
