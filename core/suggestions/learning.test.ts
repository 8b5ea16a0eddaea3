import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillRole, relabel, setAttribute } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { spanAt } from '../text/span.ts';
import { acceptSuggestion, rejectSuggestion } from './acceptance.ts';
import { type Suggestion, suggest } from './index.ts';
import { type Experience, experienceOf, learned, mergeExperience, noExperience, shareKept, wordsOf } from './learning.ts';

const text = 'The “military hubs” were late. “We will stay,” Ana Ruiz said. Mr Berg came. “It is late,” he said.';
const bench = () => new Workbench({ a: text });
const by = (on: Workbench, rule: string) => suggest(text, { registry: on.registry }).find((each) => each.rule === rule) as Suggestion;
const told = (on: Workbench, since: string | null = null) => experienceOf(on.set('a'), on.registry, since);
const one = (suggestion: Suggestion, experience: Partial<Experience>): Suggestion =>
  learned([suggestion], { ...noExperience, ...experience })[0] as Suggestion;
const rule = (accepted: number, rejected: number, edited = 0) => ({ rules: { 'quote.after': { accepted, edited, rejected } } });

describe('experience', () => {
  test('Z60 it counts what became of the suggestions of each rule, the words kept and rejected, and who spoke', () => {
    const on = bench();
    const quote = by(on, 'quote.after');
    on.step(acceptSuggestion(on.scene('a'), quote).edits);
    on.step(rejectSuggestion(on.scene('a'), by(on, 'term.scare')));
    expect(told(on)).toEqual({
      rules: { 'quote.after': { accepted: 1, edited: 0, rejected: 0 }, 'term.scare': { accepted: 0, edited: 0, rejected: 1 } },
      terms: { QUOTE: { 'we will stay': { kept: 1, rejected: 0 } }, QUOTED_TERM: { 'military hubs': { kept: 0, rejected: 1 } } },
      names: { 'Ana Ruiz': 1 },
    });
    const [id = ''] = [...on.set('a').annotations.keys()];
    on.step(setAttribute(on.scene('a'), id, 'type', 'mixed'));
    expect(told(on).rules['quote.after']).toEqual({ accepted: 0, edited: 1, rejected: 0 });
  });

  test('Z60 a suggestion that was made another layer’s counts as rejected', () => {
    const on = bench();
    const { id, edits } = acceptSuggestion(on.scene('a'), by(on, 'quote.after'));
    on.step(edits);
    on.step(relabel(on.scene('a'), id, 'QUOTED_TERM'));
    expect(told(on).rules).toEqual({ 'quote.after': { accepted: 0, edited: 0, rejected: 1 } });
    expect(told(on).terms).toEqual({ QUOTED_TERM: { 'we will stay': { kept: 1, rejected: 0 } } });
  });

  test('Z60 what was made by hand tells words and names, but of no rule; a pronoun that is linked tells its name', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“It is late,”');
    on.step(fillRole(on.scene('a'), id, 'speaker', on.range('a', 'Mr Berg'), false));
    expect(told(on)).toEqual({ rules: {}, terms: { QUOTE: { 'it is late': { kept: 1, rejected: 0 } } }, names: { Berg: 1 } });
    const he = on.range('a', 'he said');
    on.step(fillRole(on.scene('a'), id, 'speaker', { start: he.start, end: he.start + 2 }, false));
    expect(told(on).names).toEqual({});
  });

  test('Z61 only what was made and decided since a reset counts', () => {
    const on = bench();
    on.step(acceptSuggestion(on.scene('a'), by(on, 'quote.after')).edits);
    const reset = on.now();
    on.step(rejectSuggestion(on.scene('a'), by(on, 'term.scare')));
    expect(Object.keys(told(on, reset).rules)).toEqual(['term.scare']);
    expect(told(on, on.now())).toEqual(noExperience);
  });

  test('Z62 that of several articles is the sum, also of words that objects have by themselves', () => {
    const tally = { kept: 2, rejected: 1 };
    const part: Experience = { ...rule(2, 1, 3), terms: { FACT: { constructor: tally } }, names: { toString: 1 } } as Experience;
    expect(mergeExperience([part, noExperience, part])).toEqual({
      ...rule(4, 2, 6),
      terms: { FACT: { constructor: { kept: 4, rejected: 2 } } },
      names: { toString: 2 },
    });
    expect(mergeExperience([])).toEqual(noExperience);
  });

  test('Z62 words are compared without marks, case and stops, and only few of them', () => {
    expect(wordsOf([{ text: '“Military  Hubs,”' }])).toBe('military hubs');
    expect(wordsOf([{ text: '‘the Party’s “gift”’' }])).toBe('the partys gift');
    expect(wordsOf([{ text: 'a b c d e f g h i' }])).toBeNull();
    expect(wordsOf([{ text: '“”' }])).toBeNull();
  });
});

describe('what is learned', () => {
  const quote = () => by(bench(), 'quote.after');

  test('Z63 the share kept of a rule moves its confidence, where its own counts as ten decisions, by 0.3 at most; and it says so', () => {
    const base = { ...quote(), confidence: 0.8 };
    expect(one(base, rule(0, 10)).confidence).toBeCloseTo(0.5);
    expect(one(base, rule(0, 1000)).confidence).toBeCloseTo(0.5);
    expect(one(base, rule(8, 1, 1)).confidence).toBeCloseTo((8 + 9) / 20);
    expect(one(base, rule(1000, 0)).confidence).toBeCloseTo(0.99);
    expect(one(base, rule(3, 1, 1)).why).toBe(`${base.why} You kept 4 of 5 by this rule.`);
    expect(shareKept({ accepted: 2, edited: 1, rejected: 1 })).toBe(0.75);
    expect(shareKept({ accepted: 0, edited: 0, rejected: 0 })).toBeNull();
  });

  test('Z64 words rejected twice halve it, and so do words kept as the other kind of marked words; words kept twice raise it', () => {
    const term = { ...by(bench(), 'term.scare'), confidence: 0.6 };
    const terms = (layer: string, kept: number, rejected: number) => ({ terms: { [layer]: { 'military hubs': { kept, rejected } } } });
    expect(one(term, terms('QUOTED_TERM', 0, 1))).toBe(term);
    expect(one(term, terms('QUOTED_TERM', 0, 2))).toMatchObject({ confidence: 0.3, why: expect.stringContaining('otherwise 2 times') });
    expect(one(term, terms('QUOTED_TERM', 1, 2))).toBe(term);
    expect(one(term, terms('QUOTED_TERM', 2, 0))).toMatchObject({
      confidence: 0.8,
      why: expect.stringContaining('kept these words 2 times'),
    });
    expect(one(term, terms('QUOTE', 2, 0)).confidence).toBe(0.3);
    expect(one(term, terms('FACT', 2, 9))).toBe(term);
  });

  test('Z65 a role whose words are a name that spoke before, or that the registry knows, is surer; a pronoun is not', () => {
    const base = quote();
    const span = spanAt(text, { start: text.indexOf('Ana Ruiz'), end: text.indexOf('Ana Ruiz') + 8 });
    const speaker = { role: 'speaker', span, entity: null, confidence: 0.5 };
    const names = { names: { 'Ana Ruiz': 1 } };
    const sureness = (role: Suggestion['roles'][number], experience: Partial<Experience>) =>
      one({ ...base, roles: [role] }, experience).roles[0]?.confidence;
    expect(sureness(speaker, names)).toBe(0.75);
    expect(sureness(speaker, {})).toBe(0.5);
    const entity = { id: 'e1', canonical: 'Ana M. Ruiz', type: 'PERSON' };
    expect(sureness({ ...speaker, entity }, {})).toBe(0.75);
    const he = text.indexOf('he said');
    expect(sureness({ ...speaker, span: spanAt(text, { start: he, end: he + 2 }), entity }, names)).toBe(0.5);
    expect(sureness({ ...speaker, role: 'cue' }, names)).toBe(0.5);
  });

  test('Z66 whatever was decided, a confidence stays between 0 and 1, more kept never lowers it, and nothing learned changes nothing', () => {
    const suggestions = suggest(text);
    expect(learned(suggestions, noExperience)).toEqual(suggestions);
    const number = fc.nat(200);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), number, number, number, (confidence, kept, rejected, edited) => {
        const base = { ...suggestions[0], rule: 'quote.after', confidence } as Suggestion;
        const now = one(base, rule(kept, rejected, edited)).confidence;
        const more = one(base, rule(kept + 1, rejected, edited)).confidence;
        expect(now > 0 && now <= 1 && Math.abs(now - confidence) <= 0.3 + 1e-9).toBe(true);
        expect(more).toBeGreaterThanOrEqual(now - 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});
