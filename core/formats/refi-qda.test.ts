import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { spanAt } from '../text/span.ts';
import { refiQda } from './refi-qda.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, annotationsOf, project, someWork, sourceFrom, time } from './testing/project.ts';

type Given = Parameters<typeof sourceFrom>[0];

async function projectOf(given: Given) {
  const { bytes, files, outcome } = await exported(
    refiQda,
    sourceFrom(given, () => hashOf(createHash('sha256'))),
  );
  const entries = unzipSync(bytes.get('project.qdpx') as Uint8Array);
  const qde = strFromU8(entries['project.qde'] as Uint8Array);
  return { entries, qde, outcome, codebook: files.get('codebook.qdc') ?? '' };
}

/** The attributes of every element `name`, in order. */
const elements = (xml: string, name: string): Record<string, string>[] =>
  [...xml.matchAll(new RegExp(`<${name}( [^>]*?)?/?>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries([...(attributes ?? '').matchAll(/ ([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key as string, value as string])),
  );
/** Names of codes by their ids. */
const codeNames = (xml: string) => new Map(elements(xml, 'Code').map(({ guid, name }) => [guid as string, name as string]));

it('X118 each fragment is a selection in code points of the article’s file; fragments of one whole are tied in order', async () => {
  await fc.assert(
    fc.asyncProperty(someWork, async (work) => {
      const annotations = annotationsOf(work);
      const { entries, qde } = await projectOf(project(work.text, { annotations }));
      const [source] = elements(qde, 'TextSource');
      const file = entries[`sources/${source?.['guid']}.txt`];
      expect(source?.['plainTextPath']).toBe(`internal://${source?.['guid']}.txt`);
      const points = [...strFromU8(file as Uint8Array)];
      const covered = elements(qde, 'PlainTextSelection').map((one) =>
        points.slice(Number(one['startPosition']), Number(one['endPosition'])).join(''),
      );
      expect(covered.sort()).toEqual(annotations.flatMap(({ spans }) => spans.map(({ text }) => text)).sort());
      const ties = elements(qde, 'Link').filter(({ name }) => name === 'Continues');
      expect(ties.length).toBe(annotations.reduce((sum, { spans }) => sum + spans.length - 1, 0));
      const order = elements(qde, 'PlainTextSelection').map(({ guid }) => guid);
      for (const { originGUID, targetGUID } of ties) expect(order.indexOf(targetGUID)).toBe(order.indexOf(originGUID) + 1);
    }),
    { numRuns: 20 },
  );
});

const text = 'Ruiz 💪 said “no”.';
const words = (start: number, end: number) => spanAt(text, { start, end });
const rich: Given = project(
  text,
  {
    mentions: [{ id: 'm', article: 'doc', annotator: 'anna', span: words(0, 4), entity: 'ruiz' }],
    annotations: [
      annotation('q', text, [{ start: 13, end: 17 }], {
        attributes: { type: 'direct', speaker_form: 'named', unsure: true },
        roles: [
          { role: 'speaker', target: { kind: 'mention', id: 'm' } },
          { role: 'addressee', target: { kind: 'entity', id: 'ruiz' } },
        ],
        note: 'A "note" & <more>\nline two',
        origin: { kind: 'suggestion', rule: 'quote.direct', version: '3', confidence: 0.5 },
      }),
      annotation('s', text, [{ start: 13, end: 17 }], {
        layer: 'STANCE',
        attributes: { polarity: 'against', explicitness: 'explicit', unsure: false },
        roles: [{ role: 'holder', target: { kind: 'author' } }],
      }),
      annotation('f', text, [{ start: 0, end: 17 }], {
        layer: 'FACT',
        attributes: {
          quantity: [{ value: 1, value_max: 2, modifier: 'at_least', unit: 'votes', counts: 'no', mention: 'm' }],
          evidence: [{ url: 'https://example.org/a&b', accessed: '2026', says: 'supports', note: '' }],
        },
      }),
    ],
    relations: [
      {
        ...{ id: 'r', type: 'evidence_for', annotator: 'anna', attributes: {}, note: 'because', override: 'same hall' },
        ...{ from: { article: 'doc', annotation: 'q' }, to: { article: 'doc', annotation: 's' } },
        ...{ origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
      },
    ],
    decisions: [
      {
        id: 'd',
        article: 'doc',
        annotator: 'anna',
        verdict: 'rejected',
        layer: 'QUOTE',
        spans: [words(0, 4)],
        rule: 'r',
        version: '1',
        decided: time,
      },
    ],
    completion: { article: 'doc', annotator: 'anna', done: true, marked: time },
  },
  {
    entities: [newEntity('ruiz', 'anna', 'PERSON', 'Ana "Ruiz"', time), newEntity('gone', 'anna', 'PERSON', 'Gone', time)].map((one) =>
      one.id === 'gone' ? { ...one, fields: { ...one.fields, removed: { value: true, time } } } : one,
    ),
  },
);

it('X119 layers, roles, values and truths are codes; entities are cases; roles and relations are links; the rest is told in words', async () => {
  const { qde, outcome } = await projectOf(rich);
  const names = codeNames(qde);
  const selections = qde.split('<PlainTextSelection ').slice(1);
  const codesAt = (excerpt: string, has: string) => {
    const found = selections.find((one) => one.includes(` name="${excerpt}"`) && one.includes(has)) ?? '';
    return [...(found.split('</PlainTextSelection>')[0] ?? '').matchAll(/<CodeRef targetGUID="([^"]+)"/g)].map(([, guid]) =>
      names.get(guid as string),
    );
  };
  expect(codesAt('“no”', 'Suggested')).toEqual(['Quote', 'Quote: Type: direct', 'Quote: Speaker form: named', 'Quote: Unsure']);
  expect(codesAt('“no”', 'author')).toEqual(['Stance', 'Stance: Polarity: against', 'Stance: Explicitness: explicit']);
  expect(codesAt('Ruiz', '')).toEqual(['Mention', 'Quote: Speaker']);
  for (const told of [
    'Suggested by quote.direct 3, confidence 0.5',
    'Holder: the author of the article',
    'Quantity: 1 to 2 votes; at least; no',
    'Evidence: supports https://example.org/a&amp;b; 2026',
    'Status: draft',
    'A "note" &amp; &lt;more&gt;\nline two',
    'Related all the same, because: same hall\nbecause',
    `Anna, ${time}`,
  ])
    expect(qde).toContain(told);
  const links = elements(qde, 'Link').map(({ name, direction }) => `${name} ${direction}`);
  expect(links.sort()).toEqual(['Addressee OneWay', 'Evidence for OneWay', 'Quantity OneWay', 'Speaker OneWay']);
  const guids = new Set([...qde.matchAll(/ guid="([^"]+)"/g)].map(([, guid]) => guid));
  for (const [, guid] of qde.matchAll(/(?:targetGUID|originGUID|creatingUser)="([^"]+)"/g)) expect(guids).toContain(guid);
  expect(elements(qde, 'Case').map(({ name }) => name)).toEqual(['Ana &quot;Ruiz&quot;']);
  expect(outcome.losses).toEqual([
    { kind: 'attributes that are false, which no code says', count: 1 },
    { kind: 'entities that were merged into others or removed', count: 1 },
    { kind: 'suggestions that were rejected', count: 1 },
  ]);
});

it('X120 codes keep their place in the codebook, and no two have one name, which programs would take for one code', async () => {
  const codebook: Codebook = structuredClone(defaultCodebook);
  const [quote, term] = codebook.layers;
  if (quote && term) {
    term.title = 'quote';
    quote.roles.forEach((role) => {
      role.title = 'Type';
    });
  }
  const { qde, codebook: qdc } = await projectOf({ ...rich, codebook });
  const names = [...codeNames(qde).values()];
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  expect(names).toContain('quote (2)');
  expect(codeNames(qdc)).toEqual(codeNames(qde));
  expect(elements(qde, 'Code').find(({ name }) => name === 'Stance: Polarity: against')).toMatchObject({
    isCodable: 'true',
    color: '#C8372D',
  });
  expect(elements(qde, 'Code').find(({ name }) => name === 'Stance: Polarity')).toMatchObject({ isCodable: 'false' });
});

it('C38 texts lie in the project file as they are, so that many are written fast; the project itself is packed', async () => {
  const { bytes } = await exported(
    refiQda,
    sourceFrom(project('Some words.'), () => hashOf(createHash('sha256'))),
  );
  const methods = new Map<string, number>();
  unzipSync(bytes.get('project.qdpx') as Uint8Array, {
    filter: ({ name, compression }) => !methods.set(name.replace(/\/.*/, ''), compression),
  });
  expect([...methods]).toEqual([
    ['sources', 0],
    ['project.qde', 8],
  ]);
});
