import { expect, test } from 'vitest';
import type { ReadFile } from './foreign.ts';
import { joinedFiles } from './joined-files.ts';
import { inArticle } from './testing/foreign-values.ts';

const entity = (canonical: string) => ({
  ...{ id: 'e', type: 'PERSON', canonical, aliases: [], members: [], wikidata: null, date: null, roles: [], notes: '' },
  ...{ merged_into: null, removed: false },
});
const read = (name: string, doc_id: string | null): ReadFile => ({
  ...inArticle('Words.', { doc_id, annotations: [] }),
  entities: [entity(name)],
  annotators: [{ id: 'a', name, role: 'annotator' }],
});

test('X255 of several files that tell of one article, entity or annotator one comes in, as the first tells it', () => {
  const { documents, entities, annotators } = joinedFiles([read('One', 'd'), read('Two', 'd'), read('Three', null), read('Four', null)]);
  expect(documents.map(({ doc_id }) => doc_id)).toEqual(['d', null, null]);
  expect(entities.map(({ canonical }) => canonical)).toEqual(['One']);
  expect(annotators.map(({ name }) => name)).toEqual(['One']);
});
