import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Mention } from '../model/annotation.ts';
import type { Selection } from './export-request.ts';
import { jsonl } from './jsonl.ts';
import { selected } from './selection.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { documentsOf } from './testing/readers.ts';

const text = 'One two three four.';
const mention = (id: string, start: number, end: number): Mention => ({
  ...{ id, article: 'doc', annotator: 'anna', entity: null, codebook: 1 },
  span: { start, end, text: text.slice(start, end) },
});
const work = (more = {}) => ({
  article: 'doc',
  annotations: [
    annotation('q', text, [{ start: 0, end: 3 }], { roles: [{ role: 'speaker', target: { kind: 'mention', id: 'm1' } }] }),
    annotation('t', text, [{ start: 4, end: 7 }], { layer: 'QUOTED_TERM', attributes: {} }),
  ],
  mentions: [mention('m1', 8, 13), mention('m2', 14, 18)],
  relations: [],
  decisions: [],
  completion: null,
  ...more,
});
const given = project(
  text,
  {},
  {
    annotators: [
      { id: 'anna', name: 'Anna', role: 'annotator' },
      { id: 'bert', name: 'Bert', role: 'annotator' },
    ],
    sets: [
      { annotator: 'anna', set: work() },
      {
        annotator: 'bert',
        set: {
          ...work({ annotations: [annotation('b', text, [{ start: 0, end: 3 }], { annotator: 'bert' })], mentions: [] }),
          completion: { article: 'doc', annotator: 'bert', done: true, marked: time },
        },
      },
    ],
  },
);

async function idsOf(selection: Selection): Promise<string[]> {
  const source = selected(
    sourceFrom(given, () => hashOf(createHash('sha256'))),
    selection,
  );
  const { files } = await exported(jsonl, source);
  return documentsOf(files).flatMap(({ annotations }) => annotations.map(({ id }) => id).sort());
}

it('X32 an export is narrowed to annotators, to layers with their mentions, and to the status of the work', async () => {
  expect(await idsOf({})).toEqual(['b', 'm1', 'm2', 'q', 't']);
  expect(await idsOf({ annotators: ['bert'] })).toEqual(['b']);
  expect(await idsOf({ layers: ['QUOTED_TERM'] })).toEqual(['m2', 't']);
  expect(await idsOf({ layers: ['QUOTE'], annotators: ['anna'] })).toEqual(['m1', 'm2', 'q']);
  expect(await idsOf({ statuses: ['done'] })).toHaveLength(5);
  expect(await idsOf({ statuses: ['done'], annotators: ['anna'] })).toEqual([]);
  expect(await idsOf({ statuses: ['in-progress'], annotators: ['anna'] })).toHaveLength(4);
});

it('X33 the manifest says what was selected', async () => {
  const source = selected(
    sourceFrom(given, () => hashOf(createHash('sha256'))),
    { layers: ['QUOTE'] },
  );
  const { files } = await exported(jsonl, source);
  expect(JSON.parse(files.get('manifest.json') ?? '').selection).toEqual({ layers: ['QUOTE'] });
});
