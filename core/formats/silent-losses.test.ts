import { expect, it } from 'vitest';
import { csv } from './csv.ts';
import type { DatasetDocument } from './document.ts';
import type { ExportRun, Format } from './format.ts';
import { formats } from './index.ts';
import { silentlyLost } from './testing/kinds-of-things.ts';

it.each(formats.map((format) => ({ name: format.name, format })))(
  'X252 $name keeps each kind of thing, or names it as lost',
  async ({ format }) => {
    expect(await silentlyLost(format)).toEqual([]);
  },
);

/** CSV that writes documents as `change` leaves them. */
const broken = (change: (document: DatasetDocument) => DatasetDocument, losses: readonly string[] = []): Format => ({
  ...csv,
  write(run) {
    const spoiled: ExportRun = {
      ...{ source: run.source, ledger: run.ledger, annotators: run.annotators, links: () => run.links(), entities: () => run.entities() },
      async *documents() {
        for await (const document of run.documents()) {
          for (const kind of losses) run.ledger.lose(kind, document.relations.length);
          yield change(document);
        }
      },
    };
    return csv.write(spoiled);
  },
});
type Annotations = DatasetDocument['annotations'];
const inAnnotations = (change: (one: Annotations[number]) => object) => (document: DatasetDocument) => ({
  ...document,
  annotations: document.annotations.map((one) => ({ ...one, ...change(one) })),
});

it.each<[string, Format, readonly string[]]>([
  ['an attribute', broken(inAnnotations(({ attributes: { words: _, ...attributes } }) => ({ attributes }))), ['the attribute words']],
  ['further fragments', broken(inAnnotations(({ spans }) => ({ spans: spans.slice(0, 1) }))), ['a further fragment']],
  ['relations', broken((document) => ({ ...document, relations: [] })), expect.arrayContaining(['a relation', 'the note of a relation'])],
  ['relations, and names them', broken((document) => ({ ...document, relations: [] }), ['relations']), []],
  [
    'what overlaps',
    broken((document) => ({ ...document, annotations: document.annotations.filter(({ id }) => id !== 'quote-3') })),
    ['an annotation that overlaps another'],
  ],
  ['who fills a role', broken(inAnnotations(() => ({ args: [] }))), expect.arrayContaining(['a role that an entity fills'])],
])('X252 a format that drops %s is told by what it drops in silence', async (_, format, lost) => {
  expect(await silentlyLost(format)).toEqual(lost);
});
