import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { newEntity } from '../model/entity.ts';
import { spanAt } from '../text/span.ts';
import { csv } from './csv.ts';
import type { DatasetDocument } from './document.ts';
import { jsonl } from './jsonl.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { documentsOf } from './testing/readers.ts';

const text = 'Kim and Kim spoke.';
const stamp = (value: string) => ({ value, time });
const kim = {
  ...newEntity('kim', 'anna', 'PERSON', 'Kim Jong Un', time),
  moved: { second: stamp('sister'), stance: stamp('sister') },
};
const mention = (id: string, start: number) => ({
  ...{ id, article: 'doc', annotator: 'anna', span: spanAt(text, { start, end: start + 3 }), entity: 'kim' },
});
const input = project(
  text,
  {
    mentions: [mention('first', 0), mention('second', 8)],
    annotations: ['quote', 'stance'].map((id) =>
      annotation(id, text, [{ start: 12, end: 17 }], { roles: [{ role: 'speaker', target: { kind: 'entity', id: 'kim' } }] }),
    ),
  },
  { entities: [kim, newEntity('sister', 'anna', 'PERSON', 'Kim Yo Jong', time)] },
);
const source = () => sourceFrom(input, () => hashOf(createHash('sha256')));

test('T14 mentions and roles that a split took to another entity are exported with that entity', async () => {
  const { files, outcome } = await exported(jsonl, source());
  expect(outcome.losses).toEqual([]);
  const [{ annotations }] = documentsOf(files) as [DatasetDocument];
  const byId = new Map(annotations.map((each) => [each.id, each]));
  expect(['first', 'second'].map((id) => byId.get(id)?.attributes['entity_id'])).toEqual(['kim', 'sister']);
  expect(['quote', 'stance'].map((id) => byId.get(id)?.args)).toEqual([
    [{ role: 'speaker', entity: 'kim' }],
    [{ role: 'speaker', entity: 'sister' }],
  ]);
  const tables = await exported(csv, source());
  expect([...tables.files].find(([path]) => path.endsWith('mentions.csv'))?.[1]).toMatch(/second,.*sister,Kim Yo Jong/);
});
