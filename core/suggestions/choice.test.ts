import { expect, test } from 'vitest';
import { chosenSuggestions, familyOf, isAllOff, SuggestionChoice, suggestionFamilies } from './choice.ts';
import type { Suggestion } from './suggestion.ts';

const suggestion = (layer: string, confidence: number, more: Partial<Suggestion> = {}): Suggestion => ({
  ...{ layer, confidence, spans: [{ start: 0, end: 1, text: 'a' }], attributes: {}, roles: [], rule: 'a.b', version: '1', why: 'so' },
  ...more,
});
const speaker = (confidence: number) => ({ role: 'speaker', span: { start: 2, end: 3, text: 'b' }, entity: null, confidence });

test('Z30 a suggestion belongs to the family of its layer, a quote without marks to one of its own', () => {
  expect(familyOf(suggestion('QUOTE', 1, { attributes: { type: 'mixed' } }))).toBe('quote');
  expect(familyOf(suggestion('QUOTE', 1, { attributes: { type: 'indirect' } }))).toBe('indirect');
  expect(['QUOTED_TERM', 'STANCE', 'FACT'].map((layer) => familyOf(suggestion(layer, 1)))).toEqual(['term', 'stance', 'fact']);
});

test('Z30 what is less sure than the threshold is left out, and so is a role, while the rest of its suggestion stays', () => {
  const [sure, unsure] = [suggestion('QUOTE', 0.9, { roles: [speaker(0.9), speaker(0.5)] }), suggestion('FACT', 0.6)];
  const choice = SuggestionChoice.parse({ threshold: 0.7 });
  expect(chosenSuggestions([sure, unsure], choice)).toEqual([{ ...sure, roles: [speaker(0.9)] }]);
  expect(chosenSuggestions([sure, unsure], SuggestionChoice.parse({ threshold: 0.5 }))).toEqual([sure, unsure]);
});

test('Z30 each family has a switch, and all of them can be off', () => {
  const both = [suggestion('QUOTE', 1), suggestion('FACT', 1)];
  expect(chosenSuggestions(both, SuggestionChoice.parse({ off: ['fact'] })).map(({ layer }) => layer)).toEqual(['QUOTE']);
  expect([isAllOff(SuggestionChoice.parse({ off: ['fact'] })), isAllOff(SuggestionChoice.parse({ off: suggestionFamilies }))]).toEqual([
    false,
    true,
  ]);
});
