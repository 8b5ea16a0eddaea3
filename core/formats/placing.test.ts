import { expect, it } from 'vitest';
import type { Work } from '../steps/edit.ts';
import { inArticle } from './testing/foreign-values.ts';
import { emptyMemory, importInto, sha256 } from './testing/into-memory.ts';
import { time } from './testing/project.ts';
import { file, quote, setOf, span, text } from './testing/short-article.ts';

it('X142 documents are of the articles that have their text, or by hash or id where the text is left out; others are new', () => {
  const { memory, plan } = importInto(emptyMemory, file());
  expect(plan.documents).toEqual({ fresh: 1, known: 0 });
  const [article] = [...memory.articles.keys()] as [string];
  const bare = {
    text: null,
    annotations: [{ ...quote, id: 'T2', layer: 'FACT', spans: [{ ...span('agreed'), text: '' }] }],
    unit: 'unicode_code_point' as const,
  };
  for (const by of [{ text_sha256: sha256(text) }, { doc_id: article }]) {
    const again = importInto(memory, file({ ...bare, ...by }));
    expect([again.plan.problems, again.plan.documents]).toEqual([[], { fresh: 0, known: 1 }]);
    expect([...(setOf(again.memory)?.annotations.values() ?? [])].map(({ spans }) => spans[0]?.text).sort()).toEqual(['agreed', '“no 💪”']);
  }
  const lost = importInto(memory, file({ ...bare, text_sha256: '0'.repeat(64), doc_id: article }));
  expect(lost.plan.problems).toMatchObject([
    { code: 'empty', message: expect.stringContaining('no article of the project has the same text') },
  ]);
  expect(lost.plan.edits).toEqual([]);
});

it('X142 annotations of an article that was replaced by a corrected version are refused by its title', () => {
  const { memory } = importInto(emptyMemory, file());
  const [article] = [...memory.articles.keys()] as [string];
  const work = memory.works.get('me') as Work;
  const replaced = { id: article, annotator: 'me', fields: { supersededBy: { value: 'corrected-00000000', time } } };
  const works = new Map([['me', { ...work, articles: new Map([[article, replaced]]) }]]);
  const { plan } = importInto({ ...memory, works }, file());
  expect(plan.problems).toMatchObject([{ file: 'a.ann', message: expect.stringContaining('was replaced by a corrected version') }]);
  expect(plan.edits).toEqual([]);
});

it('X142 a text with CRLF and byte order mark is kept as texts are, and its annotations go with it', () => {
  const raw = '\ufeffOne 💪\r\n“two” three';
  const start = [...raw.slice(0, raw.indexOf('“'))].length;
  const { memory } = importInto(
    emptyMemory,
    inArticle(raw, { annotations: [{ ...quote, spans: [{ start, end: start + 5, text: '“two”' }] }] }),
  );
  expect([...memory.articles.values()][0]?.text).toBe('One 💪\n“two” three');
  expect(setOf(memory)?.annotations.values().next().value?.spans).toEqual([{ start: 7, end: 12, text: '“two”' }]);
});

it('X143 what does not fit is a problem with file, line, what the file says and what the text has, and nothing of the file is taken', () => {
  const wrong = { ...quote, id: 'T9', line: 7, spans: [{ ...span('agreed'), text: 'Agreed' }] };
  const shifted = file({ annotations: [quote, wrong] });
  const other = inArticle('Another text.', { file: 'b.ann', annotations: [] });
  const both = { ...shifted, documents: [...shifted.documents, ...other.documents, ...file({ title: 'same file' }).documents] };
  const { plan } = importInto(emptyMemory, both);
  expect(plan.problems).toEqual([
    {
      ...{ file: 'a.ann', line: 7, column: null, code: 'offsets' },
      message:
        'a.ann was not imported: in “a” its offsets do not fit its covered texts in any unit: from 40 to 46 the file says “Agreed”, the text has “agreed”.',
      next: 'Export it again with the text that it was annotated on, unchanged.',
    },
  ]);
  expect(plan.articles.map((article) => article.text)).toEqual(['Another text.']);
  expect(plan.layers).toEqual({});
});

it('X250 a text that is not the one whose sha256 its file tells comes in as it stands, and that is said once a file', () => {
  const told = (title: string, sha: string, line: number) => file({ title, line, text_sha256: sha, text: `${text} ${title}` }).documents;
  const fits = sha256(`${text} c`);
  const given = [...told('a', '0'.repeat(64), 1), ...told('b', fits, 2), ...told('c', fits.toUpperCase(), 3)];
  const { plan } = importInto(emptyMemory, { ...file(), documents: given });
  expect(plan.problems).toEqual([]);
  expect(plan.remarks).toEqual([
    'a.ann, line 1: the text of “a” and of 1 more is not the one that its text_sha256 was made of; it is taken as it stands.',
  ]);
  expect(plan.documents.fresh).toBe(3);
  const crlf = file({ text: text.replace('. ', '.\r\n'), text_sha256: sha256(text.replace('. ', '.\n')), annotations: [] });
  expect(importInto(emptyMemory, crlf).plan.remarks).toEqual([]);
});
