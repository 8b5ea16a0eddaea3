import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Annotation, AttributeValue, Quantity } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { fillRole, fillRoleWith, removeAnnotations, setAttribute } from '../steps/gestures.ts';
import { editsOf, moves } from '../testing/moves.ts';
import { Workbench } from '../testing/workbench.ts';
import { isAllInMarks, isInMarks } from '../text/quotation-marks.ts';
import { addRelation } from './relations.ts';
import { ownProblems, type Problem, problemsOf, type ValidationGround } from './validation.ts';

const text = 'He said “we are ready” and «go on» again. So-called “military hubs” of 35 countries, largely finished. “It is”';

function ground(on: Workbench, codebook: Codebook = defaultCodebook): ValidationGround {
  const exists = (article: string, id: string) => on.set(article).annotations.has(id);
  return { set: on.set('a'), links: on.work.links, registry: on.registry, codebook, exists };
}

const told = (problems: readonly Problem[] | undefined) =>
  (problems ?? []).map(({ code, field }) => `${code} ${'name' in field ? field.name : field.kind}`);

/** What is to be completed of one annotation of `layer` over `words`, with `attributes` set. */
function problemsWith(layer: string, words: string, attributes: Record<string, AttributeValue>, role?: string): string[] {
  const on = new Workbench({ a: text });
  const id = on.tag('a', layer, words);
  if (role) on.step(fillRole(on.scene('a'), id, role, on.range('a', 'He'), false));
  for (const [name, value] of Object.entries(attributes)) on.step(setAttribute(on.scene('a'), id, name, value));
  return told(problemsOf(ground(on)).get(id));
}

const quantity: Quantity = { value: 35, value_max: null, modifier: 'exact', unit: '', counts: 'countries', mention: null };
const evidence = { url: 'https://example.org/a', accessed: '2026-01-31', says: 'supports' as const, note: '' };

describe('validation', () => {
  test('V1 what the codebook requires and is open is named with its field, a stance’s direction first of all', () => {
    expect(problemsWith('STANCE', 'we are ready', {})).toEqual(['role-open holder', 'role-open target', 'stance-undirected polarity']);
    expect(problemsWith('FACT', '35 countries', {})).toEqual([]);
    const book = new Workbench({ a: text });
    const stance = book.tag('a', 'STANCE', 'we are ready');
    const renamed = structuredClone(defaultCodebook);
    for (const layer of renamed.layers)
      for (const attribute of layer.attributes)
        if (attribute.name === 'polarity' && attribute.type === 'enum') attribute.values = ['in_favour', 'against', 'mixed'];
    expect(
      problemsOf(ground(book, renamed))
        .get(stance)
        ?.map(({ words }) => words),
    ).toContain('Polarity is needed: in favour, against or mixed');
    const strict = structuredClone(defaultCodebook);
    for (const layer of strict.layers)
      for (const attribute of layer.attributes) if (attribute.name === 'verdict') attribute.required = true;
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', '35 countries');
    expect(told(problemsOf(ground(on, strict)).get(id))).toEqual(['attribute-open verdict']);
  });

  test.each([
    ['QUOTE', '“we are ready”', { type: 'direct' }, []],
    ['QUOTE', 'we are ready', { type: 'direct' }, ['marks-missing type']],
    ['QUOTE', 'said “we are ready”', { type: 'direct' }, ['marks-missing type']],
    ['QUOTE', 'said “we are ready”', { type: 'mixed' }, []],
    ['QUOTE', 'He said', { type: 'mixed' }, ['marks-missing type']],
    ['QUOTE', '«go on»', { type: 'indirect' }, ['marks-around type']],
    ['QUOTE', 'again', { type: 'indirect' }, []],
    ['QUOTED_TERM', '“military hubs”', {}, []],
    ['QUOTED_TERM', '“we are ready”', {}, ['term-too-long text']],
    ['QUOTED_TERM', '“we are ready”', { kind: 'name' }, []],
    ['QUOTED_TERM', '“It is”', {}, ['term-too-long text']],
    ['QUOTED_TERM', 'largely finished', { kind: 'scare' }, ['term-too-long text']],
  ] as const)('V2 whether the words fit what they are said to be: %s %s %o', (layer, words, attributes, problems) => {
    expect(problemsWith(layer, words, attributes)).toEqual(problems);
  });

  test('V2 that words stand in quotation marks is said only where they do', () => {
    const wordsOf = (words: string) => {
      const on = new Workbench({ a: text });
      const id = on.tag('a', 'QUOTED_TERM', words);
      return problemsOf(ground(on))
        .get(id)
        ?.map((problem) => problem.words);
    };
    expect(wordsOf('“we are ready”')).toEqual(['3 words in quotation marks are a quote, not a term']);
    expect(wordsOf('we are ready')).toEqual(['3 words are a quote, not a term']);
  });

  test('V2 marks of every kind count, and an apostrophe is none', () => {
    expect(['“A,”', '«A»', '‘A’', '"A".', '„A“', 'that “A”'].map(isInMarks)).toEqual([true, true, true, true, true, true]);
    expect(['allies’ pledge', 'he said “A”', '“A” he said'].map(isInMarks)).toEqual([false, false, false]);
    expect(isAllInMarks(['“First paragraph.', '“Second.”'])).toBe(true);
    expect(isAllInMarks(['“First paragraph.', 'Second.”'])).toBe(false);
  });

  test('V3 attribution and source must agree', () => {
    expect(problemsWith('FACT', '35 countries', { attribution: 'attributed' })).toEqual(['source-missing source']);
    expect(problemsWith('FACT', '35 countries', { attribution: 'attributed' }, 'source')).toEqual([]);
    expect(problemsWith('FACT', '35 countries', {}, 'source')).toEqual(['source-needless attribution']);
  });

  test.each([
    [{ quantity: [quantity] }, []],
    [{ quantity: [quantity, { ...quantity, value: 0, counts: '' }] }, ['quantity-empty quantity']],
    [{ quantity: [{ ...quantity, value_max: 30 }] }, ['quantity-empty quantity']],
    [{ verdict: 'supported' }, ['verdict-unfounded evidence']],
    [{ verdict: 'not_enough_evidence' }, []],
    [{ verdict: 'supported', evidence: [evidence] }, []],
    [{ evidence: [{ ...evidence, url: 'somewhere' }] }, ['evidence-unplaced evidence']],
    [{ evidence: [{ ...evidence, accessed: 'yesterday' }] }, ['date-unsound evidence']],
  ])('V4 a record must be whole: %o', (attributes, problems) => {
    expect(problemsWith('FACT', '35 countries', attributes)).toEqual(problems);
  });

  test('V5 a link to what the registry lacks, a relation whose end is gone, and a break of the codebook are to be looked at', () => {
    const on = new Workbench({ a: text, b: text });
    const quote = on.tag('a', 'QUOTE', '“we are ready”');
    const other = on.tag('b', 'QUOTE', '“we are ready”');
    const end = (article: string, id: string) => ({
      annotation: on.set(article).annotations.get(id) as Annotation,
      mentions: on.set(article).mentions,
    });
    on.step(addRelation(on.scene('a'), 'same_quote', end('a', quote), end('b', other)).edits);
    expect(problemsOf(ground(on)).get(quote)).toBeUndefined();
    const links = on.work.links;
    on.step(removeAnnotations(on.scene('b'), [other]));
    expect(told(problemsOf({ ...ground(on), links }).get(quote))).toEqual(['relation-dangling relations']);
    // Of an article that is not read yet nobody can tell.
    expect(problemsOf({ ...ground(on), links, exists: () => undefined }).size).toBe(0);
    const stance = on.tag('a', 'STANCE', 'largely finished');
    on.step(fillRole(on.scene('a'), stance, 'target', on.range('a', '“military hubs”'), false));
    on.step(fillRoleWith(on.scene('a'), stance, 'holder', { kind: 'author' }, false));
    on.step(setAttribute(on.scene('a'), stance, 'polarity', 'favor'));
    expect(problemsOf(ground(on)).get(stance)).toBeUndefined();
    const mention = [...on.set('a').mentions.values()][0];
    const set = { ...on.set('a'), mentions: new Map([[mention?.id ?? '', { ...mention, entity: 'gone' } as never]]) };
    expect(told(problemsOf({ ...ground(on), set }).get(stance))).toEqual(['link-dangling target']);
    const other2 = structuredClone(defaultCodebook);
    for (const layer of other2.layers) layer.attributes = layer.attributes.filter(({ name }) => name !== 'medium');
    expect(told(problemsOf(ground(on, other2)).get(quote))).toEqual(['codebook text']);
  });

  test('V6 whatever was done, what is kept from before equals what is looked at anew, and stands in reading order', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const on = new Workbench({ a: text, b: text });
        for (const move of steps) {
          const edits = editsOf(on, move);
          if (edits) on.step(edits);
          problemsOf(ground(on));
        }
        const now = problemsOf(ground(on));
        const set = structuredClone({ ...on.set('a') });
        expect([...problemsOf({ ...ground(on), set })]).toEqual([...now]);
        const starts = [...now.keys()].map((id) => on.set('a').annotations.get(id)?.spans[0]?.start ?? 0);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  test('V6 an annotation that stayed the same is not looked at again', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'STANCE', 'we are ready');
    const annotation = on.set('a').annotations.get(id) as Annotation;
    expect(ownProblems(annotation, defaultCodebook)).toBe(ownProblems(annotation, defaultCodebook));
  });
});
