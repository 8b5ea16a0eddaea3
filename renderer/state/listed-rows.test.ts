import { expect, test } from 'vitest';
import type { Output } from '../../core/contract.ts';
import { emptySet } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { tag } from '../../core/steps/gestures.ts';
import { spanAt } from '../../core/text/span.ts';
import { noFilter } from './annotation-rows.ts';
import { identified } from './article-suggestions.ts';
import { isSuggestion, type ListedRow, listedRows } from './listed-rows.ts';
import { openSuggestionsOf } from './suggestions.ts';
import { unopened, type Workspace } from './workspace.ts';

const text = 'Cem Ar said “yes”. Ana Ruiz rejected the plan. Ben left.';
const at = (words: string) => spanAt(text, { start: text.indexOf(words), end: text.indexOf(words) + words.length });
const suggested = (layer: string, words: string, who: string) =>
  identified({
    ...{ layer, spans: [at(words)], attributes: {}, rule: 'a.b', version: '1', why: 'so', confidence: 0.9 },
    roles: [{ role: 'speaker', span: at(who), entity: null, confidence: 0.9 }],
  });
const suggestions = [suggested('QUOTE', '“yes”', 'Cem Ar'), suggested('STANCE', 'rejected the plan', 'Ana Ruiz')];

const scene = {
  ...{ article: 'a', text, registry: new Map(), codebook: defaultCodebook, codebookVersion: 1, annotator: 'anna' },
  ...{ work: { sets: new Map(), entities: new Map(), links: new Map(), articles: new Map() }, now: '2026-01-01T00:00:00.000Z' },
};
const tagged = (layer: string, words: string) => {
  const [edit] = tag({ ...scene, newId: () => `id-${words.length}` }, layer, [at(words)]).edits;
  const annotation = edit?.record === 'annotation' ? edit.after : null;
  if (!annotation) throw new TypeError('nothing was tagged');
  return { ...emptySet('a'), annotations: new Map([[annotation.id, annotation]]) };
};
const ground = { set: tagged('FACT', 'Ben left'), codebook: defaultCodebook, registry: new Map() };
const words = (rows: readonly ListedRow[]) => rows.map(({ spans }) => spans[0]?.text);

test('Z41 annotations and suggestions are listed together or apart, in each order', () => {
  const list = (listed: 'both' | 'annotations' | 'suggestions', sort: 'reading' | 'layer' | 'who' | 'newest') =>
    words(listedRows(ground, suggestions, listed, noFilter, sort));
  expect(list('both', 'reading')).toEqual(['“yes”', 'rejected the plan', 'Ben left']);
  expect(list('both', 'who')).toEqual(['rejected the plan', '“yes”', 'Ben left']);
  expect(list('both', 'newest')).toEqual(['Ben left', '“yes”', 'rejected the plan']);
  expect(list('annotations', 'reading')).toEqual(['Ben left']);
  expect(list('suggestions', 'layer')).toEqual(['“yes”', 'rejected the plan']);
});

test('Z41 the filter lets suggestions through by words, speaker and layer, and none by what only annotations have', () => {
  const list = (part: Partial<typeof noFilter>) => words(listedRows(ground, suggestions, 'both', { ...noFilter, ...part }, 'reading'));
  expect(list({ text: 'ruiz plan' })).toEqual(['rejected the plan']);
  expect(list({ layers: ['QUOTE', 'FACT'] })).toEqual(['“yes”', 'Ben left']);
  expect(listedRows(ground, suggestions, 'both', { ...noFilter, incomplete: true }, 'reading').filter(isSuggestion)).toEqual([]);
});

const stateWith = (part: Partial<Workspace>, codebook: Codebook = defaultCodebook): Workspace => ({
  ...unopened,
  opened: { codebook: { version: 1, codebook } } as unknown as Output<'openWorkspace'>,
  article: { meta: { id: 'a' }, text } as unknown as Workspace['article'],
  suggestions: { article: 'a', state: 'ready', all: suggestions },
  ...part,
});
const workOf = (set: typeof ground.set): Workspace['work'] => ({ ...unopened.work, sets: new Map([['a', set]]) });

test('Z32 what others settled stays open, and what lies elsewhere leaves the list as it is', () => {
  const all = openSuggestionsOf(stateWith({}));
  expect(all).toHaveLength(2);
  const others = new Map([['a', [{ annotator: 'ben', set: tagged('QUOTE', '“yes”'), links: new Map() }]]]);
  expect(openSuggestionsOf(stateWith({ others, work: workOf(ground.set) }))).toBe(all);
  expect(openSuggestionsOf(stateWith({ work: workOf(tagged('QUOTE', '“yes”')) }))).toHaveLength(1);
});

test('Z32 what the codebook has no layer for is not suggested', () => {
  const layers = defaultCodebook.layers.filter(({ id }) => id !== 'STANCE');
  expect(words(openSuggestionsOf(stateWith({}, { ...defaultCodebook, layers })))).toEqual(['“yes”']);
});
