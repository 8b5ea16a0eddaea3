import { describe, expect, test } from 'vitest';
import { commandsOf } from '../commands.ts';
import { codebookProblems, openFields } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { setAttribute, tag } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { CodebookChange, changeInWords } from './codebook-change.ts';
import { codebookDifferences } from './codebook-differences.ts';
import { type InUse, revise, withUsed } from './codebook-revision.ts';
import { codebookFaults } from './codebook-soundness.ts';

const unused: InUse = { layers: new Set(), relations: new Set(), entityTypes: new Set() };
const inUse: InUse = {
  layers: new Set(['QUOTE']),
  relations: new Set(['contradicts']),
  entityTypes: new Set(['PERSON']),
};
const polarity = { owner: { kind: 'layer' as const, id: 'STANCE' }, attribute: 'polarity' };
const revised = (change: CodebookChange, use = unused) => revise(defaultCodebook, [change], use).codebook;
const refusal = (change: CodebookChange, use = unused) => {
  try {
    revised(change, use);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('what a lead can change', () => {
  test('P9 a change is told in a few words, and several by the first of them', () => {
    expect(changeInWords({ change: 'rename-value', ...polarity, value: 'favor', to: 'support' })).toBe(
      'Rename STANCE.polarity favor → support',
    );
    const steps: CodebookChange[] = [
      { change: 'retire-value', ...polarity, value: 'mixed', retired: true },
      { change: 'rename-layer', layer: 'FACT', to: 'CLAIM' },
    ];
    expect(revise(defaultCodebook, steps, unused).title).toBe('Retire STANCE.polarity mixed and 1 more');
  });

  test('P10 what hangs on a name goes along with it: colours, defaults, ends of relations', () => {
    const stance = revised({ change: 'rename-value', ...polarity, value: 'favor', to: 'support' }).layers.find(({ id }) => id === 'STANCE');
    expect(Object.keys(stance?.hueBy?.hues ?? {})).toContain('support');
    const relations = revised({ change: 'rename-layer', layer: 'FACT', to: 'CLAIM' }).relations;
    expect(relations.find(({ id }) => id === 'refines')?.from).toEqual(['CLAIM']);
    const type = { owner: { kind: 'layer' as const, id: 'QUOTE' }, attribute: 'type' };
    const gone = revised({ change: 'remove-value', ...type, value: 'direct', into: 'mixed' }).layers[0]?.attributes[0];
    expect(gone).toMatchObject({ values: ['mixed', 'indirect'], default: 'mixed' });
  });

  test('P11 a layer, relation or entity type that is in use is not removed without something in its place', () => {
    expect(refusal({ change: 'remove-layer', layer: 'QUOTE', into: null }, inUse)).toContain('QUOTE has annotations');
    expect(refusal({ change: 'remove-relation', relation: 'contradicts', into: null }, inUse)).toContain('contradicts ties annotations');
    expect(refusal({ change: 'remove-entity-type', type: 'PERSON' }, inUse)).toContain('retire it');
    expect(refusal({ change: 'remove-relation', relation: 'contradicts', into: null })).toBeNull();
    const kept = withUsed(defaultCodebook, { ...defaultCodebook, layers: defaultCodebook.layers.slice(1), relations: [] }, inUse);
    expect(kept.layers.find(({ id }) => id === 'QUOTE')?.retired).toBe(true);
    expect(kept.relations.map(({ id, retired }) => [id, retired])).toEqual([['contradicts', true]]);
    expect(codebookFaults(kept)).toEqual([]);
  });

  test('P11 what is retired is no longer offered by a key, needed or given, and still fits where it is', () => {
    const codebook = revise(
      defaultCodebook,
      [
        { change: 'retire-layer', layer: 'QUOTE', retired: true },
        { change: 'retire-value', ...polarity, value: 'mixed', retired: true },
        { change: 'retire-role', layer: 'STANCE', role: 'target', retired: true },
      ],
      inUse,
    ).codebook;
    expect(commandsOf(codebook).some(({ id }) => id === 'tag.QUOTE')).toBe(false);
    const on = new Workbench({ a: 'Paris agreed.' });
    const scene = () => ({ ...on.scene('a'), codebook });
    expect(() => tag(scene(), 'QUOTE', [{ start: 0, end: 5 }])).toThrow('Quote is retired');
    const stance = on.tag('a', 'STANCE', 'agreed');
    expect(() => setAttribute(scene(), stance, 'polarity', 'mixed')).toThrow('Polarity mixed is retired');
    on.step(setAttribute(on.scene('a'), stance, 'polarity', 'mixed'));
    const annotation = on.set('a').annotations.get(stance);
    const layer = codebook.layers.find(({ id }) => id === 'STANCE');
    if (!annotation || !layer) throw new TypeError('no stance');
    expect(codebookProblems(annotation, codebook)).toEqual([]);
    expect(openFields(layer, annotation).roles.map(({ name }) => name)).toEqual(['holder']);
  });

  test.each<[CodebookChange, string]>([
    [{ change: 'edit-layer', layer: 'QUOTE', set: { key: 'j' } }, 'The key j of QUOTE is that of “Next paragraph” already'],
    [{ change: 'edit-layer', layer: 'QUOTE', set: { key: 'f' } }, 'The key f of FACT is that of QUOTE already'],
    [{ change: 'rename-layer', layer: 'QUOTE', to: 'mention' }, 'No layer can be called mention: datasets keep that name'],
    [{ change: 'rename-layer', layer: 'QUOTE', to: 'FACT' }, 'There are two layers FACT'],
    [{ change: 'rename-value', ...polarity, value: 'favor', to: 'against' }, 'STANCE.polarity has the value against twice'],
    [{ change: 'rename-value', ...polarity, value: 'nothing', to: 'more' }, 'STANCE.polarity has no value nothing'],
    [{ change: 'edit-attribute', ...polarity, set: { default: 'maybe' } }, 'The default of STANCE.polarity is not one of its values'],
    [{ change: 'edit-role', layer: 'STANCE', role: 'holder', set: { min: 4 } }, 'STANCE.holder needs at least 4 and takes at most 3'],
    [
      { change: 'convert-attribute', owner: { kind: 'layer', id: 'FACT' }, attribute: 'quantities', to: 'text' },
      'FACT.quantities cannot become a text without losing what it holds',
    ],
    [{ change: 'order-values', ...polarity, values: ['favor'] }, 'The order of STANCE.polarity has to name each of its values once'],
    [{ change: 'remove-entity-type', type: 'EVENT' }, 'The role FACT.event takes nothing but EVENT'],
  ])('P12 a change that leaves an unsound codebook is refused in words: %j', (change, words) => {
    expect(CodebookChange.safeParse(change).success).toBe(true);
    expect(refusal(change)).toBe(words);
  });

  test('P13 the differences between two versions are told in words, and of one with itself there are none', () => {
    const next = revise(
      defaultCodebook,
      [
        { change: 'rename-value', ...polarity, value: 'favor', to: 'support' },
        { change: 'edit-layer', layer: 'QUOTE', set: { key: 'z', hue: 'orange' } },
        { change: 'retire-layer', layer: 'QUOTED_TERM', retired: true },
        { change: 'remove-relation', relation: 'not_same', into: null },
      ],
      unused,
    ).codebook;
    expect(codebookDifferences(defaultCodebook, defaultCodebook)).toEqual([]);
    expect(codebookDifferences(defaultCodebook, next)).toEqual([
      'The key of QUOTE is z, no longer q',
      'The hue of QUOTE is orange, no longer yellow',
      'QUOTED_TERM is retired',
      'The colours by value of STANCE are different',
      'STANCE.polarity has the new value support',
      'STANCE.polarity no longer has favor',
      'The relation not_same is gone',
    ]);
  });
});
