import { expect, test } from 'vitest';
import { Annotators } from '../../core/agreement/testing/annotators.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { layerExamples } from './layer-examples.ts';

const text = 'One two three four five six seven eight nine ten.';

// A project whose articles are by the words that each annotator tagged in them as quotes.
function projectOf(...articles: Readonly<Record<string, readonly string[]>>[]) {
  const names = [...new Set(articles.flatMap((article) => Object.keys(article)))];
  const read: string[] = [];
  const sets = articles.map((tagged) => {
    const on = new Annotators(text, ...names);
    for (const [name, words] of Object.entries(tagged)) for (const each of words) on.tag(name, 'QUOTE', each);
    return on.readings;
  });
  const project = {
    codebook: { codebook: defaultCodebook, version: 1 },
    annotators: names.map((name) => ({ id: name, name, role: 'annotator' as const })),
    articles: () => articles.map((_, index) => ({ id: `${index}`, title: `Article ${index}` })),
    setsOf: async (id: string) => {
      read.push(id);
      return sets[Number(id)] ?? [];
    },
  };
  const examples = async (most: number, layer = 'QUOTE') =>
    (await layerExamples(project as never, layer, most)).examples.map((example) => `${example.text} ${example.title.at(-1)}`);
  return { examples, read };
}

test('F130 examples of a layer are those of the annotators in turn, from several articles, the same words once', async () => {
  const { examples } = projectOf(
    { anna: ['One', 'two', 'three'] },
    { anna: ['four', 'five'], ben: ['six', 'four', 'seven'] },
    { cleo: ['eight'] },
  );
  expect(await examples(8)).toEqual(['One 0', 'six 1', 'eight 2', 'two 0', 'seven 1', 'four 1', 'five 1']);
  expect(await examples(3)).toEqual(['One 0', 'six 1', 'eight 2']);
  expect(await examples(8, 'FACT')).toEqual([]);
});

test('F130 no more articles are read than it takes', async () => {
  const alone = projectOf({ anna: ['One', 'two'] }, { anna: ['three', 'four'] }, { anna: ['five'] });
  expect(await alone.examples(4)).toEqual(['One 0', 'two 0', 'three 1', 'four 1']);
  expect(alone.read).toEqual(['0', '1']);
});
