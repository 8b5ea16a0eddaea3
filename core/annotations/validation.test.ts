import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Annotation, AttributeValue, Quantity } from '../model/annotation.ts';
import type { Attribute, Codebook, Layer } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { fillRole, fillRoleWith, removeAnnotations, setAttribute } from '../steps/gestures.ts';
import { editsOf, moves } from '../testing/moves.ts';
import { Workbench } from '../testing/workbench.ts';
import { isAllInMarks, isInMarks } from '../text/quotation-marks.ts';
import { addRelation } from './relations.ts';
import { isAddress, isEmpty, ownProblems, type Problem, problemsOf, type ValidationGround } from './validation.ts';

const text = 'He said “we are ready” and «go on» again. So-called “military hubs” of 35 countries, largely finished. “It is”';

function ground(on: Workbench, codebook: Codebook = defaultCodebook): ValidationGround {
  const exists = (article: string, id: string) => on.set(article).annotations.has(id);
  return { set: on.set('a'), links: on.work.links, registry: on.registry, codebook, exists };
}

const told = (problems: readonly Problem[] | undefined) =>
  (problems ?? []).map(({ code, field }) => `${code} ${'name' in field ? field.name : field.kind}`);

/** The default codebook after `change` of one layer. */
function changed(id: string, change: (layer: Layer) => void): Codebook {
  const codebook = structuredClone(defaultCodebook);
  for (const layer of codebook.layers) if (layer.id === id) change(layer);
  return codebook;
}

/** An annotation of `layer`. */
function tagged(layer: string): Annotation {
  const on = new Workbench({ a: text });
  const id = on.tag('a', layer, 'again');
  return on.set('a').annotations.get(id) as Annotation;
}

/** What is to be completed of an annotation of `layer` with `parts` as its words, in words. */
function wordsWith(
  layer: string,
  parts: readonly string[],
  attributes: Record<string, AttributeValue>,
  codebook = defaultCodebook,
): string[] {
  const annotation = tagged(layer);
  const spans = parts.map((part, index) => ({ start: index * 100, end: index * 100 + part.length, text: part }));
  return ownProblems({ ...annotation, spans, attributes: { ...annotation.attributes, ...attributes } }, codebook).map(({ words }) => words);
}

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

  test('V1 what is needed is said with how many there must be and with the values that can be given', () => {
    const stance = (change: (layer: Layer) => void) => wordsWith('STANCE', ['again'], {}, changed('STANCE', change));
    const polarity = (layer: Layer) => layer.attributes.find(({ name }) => name === 'polarity') as Extract<Attribute, { type: 'enum' }>;
    const values = (more: Partial<Extract<Attribute, { type: 'enum' }>>) => stance((layer) => Object.assign(polarity(layer), more)).at(2);
    expect(stance((layer) => Object.assign(layer.roles[0] as Layer['roles'][number], { min: 2 })).slice(0, 2)).toEqual([
      'Holder is needed, 2 of them',
      'Target is needed',
    ]);
    expect(values({ values: ['favor', 'against', 'mixed'], retiredValues: ['mixed'] })).toBe('Polarity is needed: favor or against');
    expect(values({ values: ['favor'] })).toBe('Polarity is needed');
    const withoutTarget = changed('STANCE', (layer) => {
      layer.roles = layer.roles.filter(({ name }) => name !== 'target');
    });
    expect(told(ownProblems(tagged('STANCE'), withoutTarget))).toEqual(['role-open holder', 'attribute-open polarity']);
    const needsVerdict = changed('FACT', (layer) => {
      for (const attribute of layer.attributes) if (attribute.name === 'verdict') attribute.required = true;
      layer.roles.push({ ...(layer.roles[0] as Layer['roles'][number]), name: 'target' });
    });
    expect(told(ownProblems(tagged('FACT'), needsVerdict))).toEqual(['attribute-open verdict']);
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

  test.each([
    ['QUOTE', ['He said', '‘no’ to it'], { type: 'mixed' }, []],
    ['QUOTE', ['He didn’t', 'the allies'], { type: 'mixed' }, ['Mixed, but nothing in it is in quotation marks']],
    ['QUOTE', ["He didn't"], { type: 'mixed' }, ['Mixed, but nothing in it is in quotation marks']],
    ['QUOTE', ['“Yes”', 'he said'], { type: 'indirect' }, []],
    ['QUOTED_TERM', ['“a'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['“a b', 'c'], { kind: 'scare' }, ['3 words in quotation marks are a quote, not a term']],
    ['QUOTED_TERM', ['“…”'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['island hubs'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['hub wasps'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['largely'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['largely enduring'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['lying broken'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['military taken'], { kind: 'scare' }, []],
    ['QUOTED_TERM', ['largely taken'], { kind: 'scare' }, ['With a verb in it this is a quote, not a term']],
    // Spoken behind a dash, with what the narrator puts in left out.
    ['QUOTE', ['—No lo sé', 'Nadie lo sabe.'], { type: 'direct' }, []],
    ['QUOTE', ['– Je ne sais pas.'], { type: 'direct' }, []],
    ['QUOTE', ['No lo sé', '—Nadie'], { type: 'direct' }, ['Direct, but not all of its words are in quotation marks']],
    ['QUOTE', ['–5 degrees'], { type: 'direct' }, ['Direct, but not all of its words are in quotation marks']],
  ] as const)('V2 F128 fragments are looked at together, and words as words: %s %o %o', (layer, parts, attributes, problems) => {
    expect(wordsWith(layer, parts, attributes)).toEqual(problems);
  });

  test('V2 V3 only a choice is looked at, and a source only where the layer has one', () => {
    const asText = changed('QUOTE', (layer) => {
      layer.attributes = layer.attributes.map((each) =>
        each.name === 'type' ? { name: 'type', title: 'Type', required: false, help: '', type: 'text', default: null } : each,
      );
    });
    expect(wordsWith('QUOTE', ['again'], { type: 'direct' }, asText)).toEqual([]);
    const withoutSource = changed('FACT', (layer) => {
      layer.roles = layer.roles.filter(({ name }) => name !== 'source');
    });
    expect(wordsWith('FACT', ['again'], { attribution: 'attributed' })).toEqual(['Attributed, but to no source']);
    expect(wordsWith('FACT', ['again'], { attribution: 'attributed' }, withoutSource)).toEqual([]);
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
    [{ quantity: [{ ...quantity, value_max: 35 }] }, ['quantity-empty quantity']],
    [{ quantity: [{ ...quantity, value_max: 36 }] }, []],
    [{ verdict: 'supported' }, ['verdict-unfounded evidence']],
    [{ verdict: 'not_enough_evidence' }, []],
    [{ verdict: 'supported', evidence: [evidence] }, []],
    [{ evidence: [{ ...evidence, url: 'somewhere' }] }, ['evidence-unplaced evidence']],
    [{ evidence: [{ ...evidence, accessed: 'yesterday' }] }, ['date-unsound evidence']],
  ])('V4 a record must be whole: %o', (attributes, problems) => {
    expect(problemsWith('FACT', '35 countries', attributes)).toEqual(problems);
  });

  test('V4 a quantity of which anything was said is not empty', () => {
    const blank: Quantity = { ...quantity, value: 0, counts: '' };
    expect(isEmpty(blank)).toBe(true);
    const said: Partial<Quantity>[] = [{ value: 1 }, { value_max: 1 }, { unit: '%' }, { counts: 'people' }, { mention: 'm' }];
    expect(said.filter((each) => isEmpty({ ...blank, ...each }))).toEqual([]);
  });

  test('V4 the address of a page begins with http and names a host', () => {
    expect(['https://example.org', 'http://example.org/a?b#c', ' https://example.org/ '].filter((url) => !isAddress(url))).toEqual([]);
    const others = [
      'example.org',
      'see https://example.org',
      'https://example.org/a b',
      'https://host',
      'ftp://example.org',
      'https:///a.b',
    ];
    expect(others.filter(isAddress)).toEqual([]);
  });

  test('V4 a date is EDTF, and each record of a list is named by its number', () => {
    const dated = changed('FACT', (layer) =>
      layer.attributes.push({ name: 'day', title: 'Day', required: false, help: '', type: 'date', default: null }),
    );
    expect(wordsWith('FACT', ['again'], { day: 'yesterday' }, dated)).toEqual(['Day is not a date']);
    expect(wordsWith('FACT', ['again'], { day: '2026-01' }, dated)).toEqual([]);
    const empty = { ...quantity, value: 0, counts: '' };
    const bad = { ...evidence, url: '', accessed: 'yesterday' };
    expect(wordsWith('FACT', ['again'], { quantity: [quantity, empty], evidence: [evidence, bad, { ...evidence, accessed: '' }] })).toEqual(
      ['Quantity 2 has no value', 'Evidence 2 has no address', 'Evidence 2 has no date on which it was read'],
    );
    expect(wordsWith('STANCE', ['again'], { polarity: 'maybe' }).at(-1)).toBe('Polarity cannot be "maybe"');
    expect(wordsWith('FACT', ['again'], { quantity: [{ ...quantity, value_max: 3 }] })).toEqual([
      'Quantity 1 goes up to less than it begins with',
    ]);
  });

  test('V5 a role that holds what the registry or the text lacks, and a torn relation in one article, are named', () => {
    const on = new Workbench({ a: text });
    const [quote, fact] = [on.tag('a', 'QUOTE', '“we are ready”'), on.tag('a', 'FACT', '35 countries')];
    const end = (id: string) => ({ annotation: on.set('a').annotations.get(id) as Annotation, mentions: on.set('a').mentions });
    on.step(addRelation(on.scene('a'), 'evidence_for', end(quote), end(fact)).edits);
    const words = (roles: Annotation['roles'], more: Partial<ValidationGround['set']> = {}) => {
      const set = { ...on.set('a'), annotations: new Map([[quote, { ...end(quote).annotation, roles }]]), ...more };
      return problemsOf({ ...ground(on), set, exists: () => false })
        .get(quote)
        ?.map((problem) => problem.words);
    };
    expect(problemsOf({ ...ground(on), exists: () => false }).size).toBe(0);
    const torn = 'Evidence for: the annotation at the other end is gone';
    expect(words([])).toEqual([torn]);
    expect(words([{ role: 'speaker', target: { kind: 'entity', id: 'x' } }])).toEqual(['What fills speaker is not in the registry', torn]);
    expect(words([{ role: 'cue', target: { kind: 'mention', id: 'x' } }])).toEqual(['What fills cue is gone from the text', torn]);
    const [relation] = [...on.set('a').relations.values()];
    const unknown = new Map([['r', { ...relation, type: 'sequel' } as never]]);
    expect(words([], { relations: unknown })).toEqual(['sequel: the annotation at the other end is gone']);
    on.step([{ record: 'entity', id: 'e', before: null, after: newEntity('e', 'anna', 'PERSON', 'Ana', on.now()) }]);
    expect(words([{ role: 'speaker', target: { kind: 'entity', id: 'e' } }], { relations: new Map() })).toBeUndefined();
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
