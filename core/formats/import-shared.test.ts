import { expect, test } from 'vitest';
import { emptyMemory, importInto } from './testing/into-memory.ts';
import { file, quote, setOf, span } from './testing/short-article.ts';

const work = (annotator: string | null, id: string, layer: string) => [
  { ...quote, id: `quote-of-${id}-0000`, annotator, layer, args: [{ role: 'speaker', annotation: `mention-of-${id}-0000` }] },
  { ...quote, id: `mention-of-${id}-0000`, annotator, layer: 'mention', args: [], spans: [span('Ana Ruiz')] },
];
const people = ['Ben', 'Eve'].map((name) => ({ id: name.toLowerCase(), name, role: 'annotator' as const }));
const of = (...annotations: ReturnType<typeof work>) => ({ ...file({ doc_id: 'x', annotations }), annotators: people });

test('X253 of several people’s work that becomes one’s own it is told what is kept once, what is there for each, and how each keeps their own', () => {
  const alike = of(...work('ben', 'one', 'QUOTE'), ...work('eve', 'two', 'QUOTE'));
  const { plan, memory } = importInto(emptyMemory, alike);
  expect([setOf(memory)?.mentions.size, setOf(memory)?.annotations.size]).toEqual([1, 2]);
  expect(plan.shared).toBe(
    'The work of Ben, Eve becomes your own: 1 mention that several of them have is kept once; 1 annotation that several of them have alike comes in once for each of them. To keep them apart, keep the annotators that the dataset names (on the command line: --keep-annotators).',
  );
  // Where nothing comes in, nothing becomes one.
  expect(importInto(memory, alike).plan.shared).toBeNull();
  const other = importInto(emptyMemory, of(...work('ben', 'one', 'QUOTE'), ...work('eve', 'two', 'QUOTED_TERM')));
  expect(other.plan.shared).toMatch(/^The work of Ben, Eve becomes your own: 1 mention that several of them have is kept once\. /);
});

test('X253 what one person has twice is not told as several people’s, and whom no file names is whoever the file is of', () => {
  expect(importInto(emptyMemory, of(...work('ben', 'one', 'QUOTE'), ...work('ben', 'two', 'QUOTE'))).plan.shared).toBeNull();
  const [one, two] = ['one', 'two'].map((id) => file({ doc_id: null, file: `${id}.ann`, annotations: work(null, id, 'QUOTE') }));
  const both = { ...(one as ReturnType<typeof file>), documents: [one, two].flatMap((each) => each?.documents ?? []) };
  expect(importInto(emptyMemory, both).plan.shared).toMatch(
    /^The work of one\.ann, two\.ann becomes your own: .* To keep them apart, import the files of each as an annotator of their own\.$/,
  );
});
