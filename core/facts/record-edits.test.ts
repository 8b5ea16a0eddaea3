import { describe, expect, test } from 'vitest';
import type { Annotation, Quantity } from '../model/annotation.ts';
import { type Layer, layerOf } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { fillRole, Refusal, setAttribute, tag } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { setQuantityMention, takeProposals } from './record-edits.ts';
import { type RecordProposal, recordProposals } from './record-proposals.ts';

const text = 'Paris said it reportedly included delegates from 35 countries, including 27 leaders. “Now”, he said “then” again.';

function proposals(on: Workbench, id: string): RecordProposal[] {
  const annotation = on.set('a').annotations.get(id) as Annotation;
  return recordProposals(annotation, layerOf(defaultCodebook, annotation.layer) as never, on.set('a').mentions, on.scene('a').text);
}
const told = (all: readonly RecordProposal[]) => all.map((each) => (each.kind === 'value' ? `${each.value}: ${each.because}` : each.words));
const quantitiesOf = (on: Workbench, id: string) => on.set('a').annotations.get(id)?.attributes['quantity'];

describe('records', () => {
  test('U4 the words of a claim propose its quantities, claim type and certainty, and its source that it is attributed', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', 'it reportedly included delegates from 35 countries, including 27 leaders');
    expect(told(proposals(on, id))).toEqual(['numerical: it holds a number', 'probable: “reportedly”', '35', '27']);
    on.step(fillRole(on.scene('a'), id, 'source', on.range('a', 'Paris'), false));
    expect(told(proposals(on, id))).toContain('attributed: it has a source');
  });

  test('U4 what was decided otherwise is not proposed again', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', 'it reportedly included delegates from 35 countries');
    on.step(setAttribute(on.scene('a'), id, 'certainty', 'possible'));
    on.step(setAttribute(on.scene('a'), id, 'claim_type', 'causal'));
    expect(told(proposals(on, id))).toEqual(['35']);
  });

  test('U4 nothing is proposed for what is retired', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', 'it reportedly included delegates from 35 countries');
    const layer = structuredClone(layerOf(defaultCodebook, 'FACT') as Layer);
    for (const attribute of layer.attributes) attribute.retired = true;
    expect(recordProposals(on.set('a').annotations.get(id) as Annotation, layer, new Map(), text)).toEqual([]);
  });

  test.each([
    ['Ana: “She knew,” he said.', 'She knew', []],
    ['安娜说：「她早就知道。」', '她早就知道', []],
    ['Ana: “She knew, and slept.”', 'and slept', ['indirect: it has no quotation marks']],
    ['Ana said she knew.', 'she knew', ['indirect: it has no quotation marks']],
  ])('F94 a direct quote of %s without its marks is indirect only where none stand around it', (article, words, expected) => {
    const on = new Workbench({ a: article });
    expect(told(proposals(on, on.tag('a', 'QUOTE', words)))).toEqual(expected);
  });

  test('U5 taken proposals are one step: values set, each number added with its place in the text, and nothing is proposed twice', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', 'delegates from 35 countries, including 27 leaders');
    on.step(takeProposals(on.scene('a'), id, proposals(on, id)));
    const [first, second] = [...on.set('a').mentions.values()];
    expect([first?.span.text, second?.span.text]).toEqual(['35', '27']);
    expect(quantitiesOf(on, id)).toEqual([
      { value: 35, value_max: null, modifier: 'exact', unit: '', counts: 'countries', mention: first?.id },
      { value: 27, value_max: null, modifier: 'exact', unit: '', counts: 'leaders', mention: second?.id },
    ]);
    expect(on.set('a').annotations.get(id)?.attributes['claim_type']).toBe('numerical');
    expect(proposals(on, id)).toEqual([]);
    on.undo();
    expect(on.set('a').mentions.size).toBe(0);
    expect(quantitiesOf(on, id)).toBeUndefined();
  });

  test('U4 of several numbers those that the record lacks are proposed: by their place, or by their value where it has none', () => {
    const on = new Workbench({ a: 'It took 5 to 10 ships, 5 ships and 7 ships, they reported.' });
    const id = on.tag('a', 'FACT', 'It took 5 to 10 ships, 5 ships and 7 ships');
    const quantity = { value: 5, value_max: null, modifier: 'exact' as const, unit: '', counts: 'ships', mention: null };
    const open = (held: (typeof quantity | Quantity)[]) => {
      on.step(setAttribute(on.scene('a'), id, 'quantity', held));
      return proposals(on, id).flatMap((each) => (each.kind === 'quantity' ? [each.words] : []));
    };
    expect(open([quantity])).toEqual(['5 to 10', '7']);
    expect(open([{ ...quantity, value_max: 10 }])).toEqual(['5', '7']);
    expect(open([{ ...quantity, value: 6, value_max: null }])).toEqual(['5 to 10', '5', '7']);
    on.step(setQuantityMention(on.scene('a'), id, 'quantity', 0, on.range('a', '7 ships')));
    expect(open(quantitiesOf(on, id) as Quantity[])).toEqual(['5 to 10', '5']);
    // Words right before or behind a number are no place of it.
    for (const [words, left] of [
      ['It took ', ['5 to 10', '5', '7']],
      [' ships, 5 ships', ['5 to 10', '7']],
    ] as const) {
      on.step(setQuantityMention(on.scene('a'), id, 'quantity', 0, on.range('a', words)));
      expect(open(quantitiesOf(on, id) as Quantity[])).toEqual(left);
    }
  });

  test('U4 what is there already is not proposed, and attributed only where the layer has a source', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', '27 leaders');
    expect(told(proposals(on, id))).toEqual(['numerical: it holds a number', '27']);
    on.step(setAttribute(on.scene('a'), id, 'claim_type', 'numerical'));
    on.step(setAttribute(on.scene('a'), id, 'attribution', 'attributed'));
    on.step(fillRole(on.scene('a'), id, 'source', on.range('a', 'Paris'), false));
    expect(told(proposals(on, id))).toEqual(['27']);
    expect(told(proposals(on, on.tag('a', 'FACT', 'delegates')))).toEqual([]);
    on.step(setAttribute(on.scene('a'), id, 'attribution', 'asserted'));
    const layer = structuredClone(layerOf(defaultCodebook, 'FACT') as Layer);
    layer.roles = layer.roles.filter(({ name }) => name !== 'source');
    expect(told(recordProposals(on.set('a').annotations.get(id) as Annotation, layer, new Map(), text))).toEqual(['27']);
  });

  test('U6 where a quantity stands is marked, moved and let go; words that nothing needs any more go with it', () => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'FACT', 'delegates from 35 countries');
    on.step(takeProposals(on.scene('a'), id, proposals(on, id)));
    on.step(setQuantityMention(on.scene('a'), id, 'quantity', 0, on.range('a', '35 countries')));
    expect([...on.set('a').mentions.values()].map(({ span }) => span.text)).toEqual(['35 countries']);
    on.step(setQuantityMention(on.scene('a'), id, 'quantity', 0, null));
    expect(on.set('a').mentions.size).toBe(0);
    expect(() => setQuantityMention(on.scene('a'), id, 'quantity', 1, null)).toThrow(Refusal);
  });

  test.each([
    ['“Now”', 'direct', []],
    ['Paris said', 'direct', ['indirect: it has no quotation marks']],
    ['“Now”, he said “then” again', 'direct', ['mixed: part of it is in quotation marks']],
    ['“Now”', 'indirect', ['direct: it is in quotation marks']],
    ['Paris said', 'mixed', ['indirect: it has no quotation marks']],
    ['“Now”, he said “then” again', 'mixed', []],
    ['Paris said', 'indirect', []],
  ])('U4 the marks of “%s” propose another type than %s where they are at odds', (words, type, expected) => {
    const on = new Workbench({ a: text });
    const id = on.tag('a', 'QUOTE', words);
    on.step(setAttribute(on.scene('a'), id, 'type', type));
    expect(told(proposals(on, id))).toEqual(expected);
  });

  test('F128 of what is spoken behind a dash no other type is proposed because marks are missing', () => {
    const spoken = '—No lo sé —dijo Ana—. Nadie.';
    const on = new Workbench({ a: spoken });
    const { id, edits } = tag(on.scene('a'), 'QUOTE', [on.range('a', '—No lo sé'), on.range('a', 'Nadie.')]);
    on.step(edits);
    const typed = (type: string) => {
      on.step(setAttribute(on.scene('a'), id, 'type', type));
      return told(proposals(on, id));
    };
    expect([typed('mixed'), typed('direct'), typed('indirect')]).toEqual([[], [], ['direct: it is spoken behind a dash']]);
  });
});
