import { expect, it } from 'vitest';
import { emptyMemory, importInto } from './testing/into-memory.ts';
import { readWebAnnotation } from './web-annotation-read.ts';

const texts = { a: 'One 💪 two three.', b: 'Four 💪 five six.', c: 'Seven 💪 eight.', plain: 'No sign of it.' };
type Name = keyof typeof texts;

/** A Web Annotation of `words` in a text as a program that counts UTF-16 writes it, with or without the words. */
const note = (of: Name, words: string, isQuoted: boolean, shift = 0) => {
  const start = texts[of].indexOf(words) + shift;
  const quote = isQuoted ? [{ type: 'TextQuoteSelector', exact: words }] : [];
  const position = { type: 'TextPositionSelector', start, end: start + words.length };
  return {
    type: 'Annotation',
    motivation: 'highlighting',
    body: [{ type: 'TextualBody', purpose: 'classifying', value: 'QUOTE' }],
    target: { source: `urn:x:${of}`, selector: [position, ...quote] },
  };
};
const imported = (...notes: object[]) => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const given = Object.entries(texts).map(([name, text]) => ({ path: `${name}.txt`, bytes: bytes(text) }));
  const context = 'http://www.w3.org/ns/anno.jsonld';
  const all = JSON.stringify(notes.map((one, index) => ({ '@context': context, id: `urn:x:note-${index}`, ...one })));
  const foreign = readWebAnnotation([{ path: 'notes.json', bytes: bytes(all) }, ...given]);
  const { plan, memory } = importInto(emptyMemory, foreign);
  const sets = [...(memory.works.get('me')?.sets.values() ?? [])];
  return { plan, words: sets.flatMap(({ annotations }) => [...annotations.values()].map(({ spans }) => spans[0]?.text)).sort() };
};

it('X251 positions without words are taken in the unit that the other articles of their file show, and that is said', () => {
  const { plan, words } = imported(note('a', 'three', true), note('b', 'five', false));
  expect([plan.problems, words]).toEqual([[], ['five', 'three']]);
  expect(plan.remarks).toContain(
    'notes.json: the offsets of “urn:x:b” were taken as UTF-16 code units, as the other texts of the file show.',
  );
});

it.each([
  ['nothing shows their unit', [note('plain', 'sign', true), note('b', 'five', false)]],
  ['two units are shown', [note('a', 'three', true), note('c', 'eight', true, -1), note('b', 'five', false)]],
])('X251 a file with positions without words is refused where %s, and asked for with the words', (_, notes) => {
  const { plan, words } = imported(...notes);
  expect(words).toEqual([]);
  expect(plan.problems).toMatchObject([
    {
      file: 'notes.json',
      code: 'offsets',
      message: expect.stringContaining('does not say whether'),
      next: expect.stringContaining('with the words'),
    },
  ]);
});
