import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { roundTrip } from './testing/round-trip.ts';
import { spoiledJson } from './testing/spoiled-json.ts';
import { webAnnotation } from './web-annotation.ts';
import { readWebAnnotation } from './web-annotation-read.ts';

const source = (...given: Parameters<typeof project>) => sourceFrom(project(...given), () => hashOf(createHash('sha256')));
const file = (path: string, value: unknown) => ({ path, bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) });

roundTrip(webAnnotation, {
  rule: 'X97',
  carried: (all, lose) => ({
    ...all,
    documents: all.documents.map((document) => {
      const annotations = document.annotations.filter(({ status }) => status !== 'rejected');
      lose('rejected suggestions', document.annotations.length - annotations.length);
      return { ...document, annotations };
    }),
  }),
});

const text = 'Ana 💪 said “no” and “never”.';
const end = (id: string) => ({ article: 'doc', annotation: id });
const sample = () =>
  source(text, {
    annotations: [
      annotation(
        'q',
        text,
        [
          { start: 12, end: 16 },
          { start: 21, end: 28 },
        ],
        { roles: [{ role: 'speaker', target: { kind: 'author' } }] },
      ),
      annotation('p', text, [{ start: 21, end: 28 }]),
    ],
    relations: [
      {
        ...{ id: 'r', type: 'continues', annotator: 'anna', from: end('q'), to: end('p'), attributes: {}, note: '' },
        ...{ origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
      },
    ],
  });
const pageOf = async (given = sample()) => {
  const { files } = await exported(webAnnotation, given);
  return { files, json: files.get('pages/doc.jsonld') ?? '', page: JSON.parse(files.get('pages/doc.jsonld') ?? '') };
};

it('X96 a fragment is a target, whose position in code points and quoted text with its surroundings select the same words', async () => {
  const { page, files } = await pageOf();
  const [quote, , link] = page.items;
  expect(quote['pm:discontinuous']).toBe(true);
  expect(quote.target.map(({ selector }: { selector: unknown }) => selector)).toEqual([
    [
      { type: 'TextPositionSelector', start: 11, end: 15 },
      { type: 'TextQuoteSelector', exact: '“no”', prefix: 'Ana 💪 said ', suffix: ' and “never”.' },
    ],
    [
      { type: 'TextPositionSelector', start: 20, end: 27 },
      { type: 'TextQuoteSelector', exact: '“never”', prefix: 'Ana 💪 said “no” and ', suffix: '.' },
    ],
  ]);
  expect(quote.body.map(({ purpose, value }: Record<string, unknown>) => [purpose, value])).toEqual([
    ['classifying', 'QUOTE'],
    ['tagging', 'direct'],
    ['tagging', 'named'],
  ]);
  expect(quote['role:speaker']).toEqual([{ id: 'urn:pressmark:author' }]);
  expect(link).toMatchObject({ motivation: 'linking', target: quote.id, body: [{ value: 'continues' }, { source: page.items[1].id }] });
  expect(files.get(page['pm:document']['pm:file'])).toBe(text);
});

it('X96 pages follow each other, and count the items before them', async () => {
  const given = sample();
  const three = {
    ...given,
    async *articles() {
      for await (const { article, sets } of given.articles())
        for (const id of ['a', 'b', 'c']) yield { article: { ...article, meta: { ...article.meta, id } }, sets: id === 'b' ? [] : sets };
    },
  };
  const { files } = await exported(webAnnotation, three);
  const collection = JSON.parse(files.get('collection.jsonld') ?? '');
  const pages = ['a', 'b', 'c'].map((id) => JSON.parse(files.get(`pages/${id}.jsonld`) ?? ''));
  const [a, b, c] = pages.map(({ id }) => id);
  expect([collection.first, collection.last]).toEqual([a, c]);
  expect(pages.map(({ prev, next }) => [prev, next])).toEqual([
    [undefined, b],
    [a, c],
    [b, undefined],
  ]);
  expect(pages.map(({ startIndex, items }) => [startIndex, items.length])).toEqual([
    [0, 2],
    [2, 0],
    [2, 2],
  ]);
  expect(collection.total).toBe(4);
});

const context = 'http://www.w3.org/ns/anno.jsonld';
const about = (selector: unknown, more: object = {}) => ({
  ...{
    '@context': context,
    id: 'http://example.org/1',
    type: 'Annotation',
    body: { type: 'TextualBody', value: 'Person', purpose: 'tagging' },
  },
  ...{ target: { source: 'https://example.org/a/story.txt', selector }, ...more },
});
const read = (...values: unknown[]) =>
  readWebAnnotation([...values.map((value, index) => file(`${index}.json`, value)), file('texts/story.txt', 'Ana 💪 saw Ana.')]);

it('X98 annotations from elsewhere are read with their text, in the forms that the model has', () => {
  const creator = { id: 'http://example.org/bo', name: 'Bo' };
  const bodies = [
    { type: 'TextualBody', value: 'Person', purpose: 'tagging' },
    { type: 'TextualBody', value: 'Mayor', purpose: 'tagging' },
    { type: 'TextualBody', value: 'sure?' },
    { source: 'http://example.org/ana', purpose: 'identifying' },
  ];
  const first = about({ type: 'TextPositionSelector', start: 0, end: 3 }, { creator, created: '2026', body: bodies });
  const second = about({ type: 'FragmentSelector', value: 'char=10,13' }, { id: 'http://example.org/2', body: 'http://example.org/page' });
  const third = about(
    { type: 'TextQuoteSelector', exact: 'Ana', prefix: 'saw ' },
    { id: 'http://example.org/3', motivation: 'highlighting', body: undefined },
  );
  const link = { type: 'Annotation', id: 'x', motivation: 'linking', target: 'http://example.org/1', body: 'http://example.org/2' };
  const { documents, problems } = read(
    {
      type: 'AnnotationCollection',
      first: { type: 'AnnotationPage', items: [first, second] },
    },
    [third, link],
  );
  expect(problems).toEqual([]);
  expect(documents.length).toBe(1);
  expect(documents[0]).toMatchObject({ text: 'Ana 💪 saw Ana.', unit: null, url: 'https://example.org/a/story.txt' });
  expect(documents[0]?.annotations).toMatchObject([
    {
      ...{ id: 'http://example.org/1', layer: 'Person', annotator: 'Bo', note: 'sure?', created: '2026', status: null },
      attributes: { tags: ['Mayor'], identifying: 'http://example.org/ana' },
      spans: [{ start: 0, end: 3, text: null }],
    },
    { layer: 'annotation', attributes: { resource: 'http://example.org/page' }, spans: [{ start: 10, end: 13 }] },
    { layer: 'highlighting', spans: [{ start: 10, end: 13, text: 'Ana' }] },
  ]);
  expect(documents[0]?.relations).toMatchObject([{ type: 'linking', from: 'http://example.org/1', to: 'http://example.org/2' }]);
});

it('X98 what does not say where it is, or is not there, is a problem of its file alone', () => {
  const good = about({ type: 'TextPositionSelector', start: 0, end: 3 });
  const spoiled: [unknown, string][] = [
    [about({ type: 'TextQuoteSelector', exact: 'Ana' }), 'in several places'],
    [about({ type: 'TextQuoteSelector', exact: 'Bo' }), 'not in the text'],
    [about({ type: 'TextPositionSelector', start: 3, end: 3 }), 'not a start before an end'],
    [about({ type: 'XPathSelector', value: '/p' }), 'neither a TextPositionSelector'],
    [about({ type: 'TextPositionSelector', start: 0, end: 3, refinedBy: {} }), 'refined by another'],
    [about(undefined), 'a whole resource'],
    [{ type: 'Annotation', body: 'x' }, 'no target'],
    [{ type: 'Annotation', motivation: 'linking', target: 'urn:a', body: 'urn:b' }, 'is missing'],
    [{ hello: 'world' }, 'no Web Annotation'],
    ['{', 'breaks the rules of JSON'],
  ];
  for (const [value, message] of spoiled) {
    const { documents, problems } = read(good, value);
    expect([documents.length, documents[0]?.annotations.length, problems.length], message).toEqual([1, 1, 1]);
    expect(problems[0]).toMatchObject({ file: '1.json', message: expect.stringContaining(message) });
  }
});

it('X98 nothing that stands in a file stops the reader', async () => {
  const { json } = await pageOf();
  fc.assert(
    fc.property(spoiledJson(json), (spoiled) => {
      const { documents, problems } = readWebAnnotation([file('pages/doc.jsonld', spoiled), file('texts/doc.txt', text)]);
      if (problems.length > 0) expect(documents).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('X96 its files are recognised, others are not', async () => {
  const { json } = await pageOf();
  const is = (beginning: string) => webAnnotation.recognises?.(['a.jsonld'], beginning.slice(0, 4096));
  expect([is(json), is('{"@context": "https://schema.org", "@type": "Claim"}'), is('[{"data": {"text": "a"}}]')]).toEqual([
    true,
    false,
    false,
  ]);
});
