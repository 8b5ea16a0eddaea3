import { describe, expect, test } from 'vitest';
import { commandsOf } from '../commands.ts';
import { codebookProblems, openFields } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { setAttribute, tag } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { CodebookChange } from './codebook-change.ts';
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
const plain = { required: false, default: null, help: '' };
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
    const rename: CodebookChange = { change: 'rename-value', ...polarity, value: 'favor', to: 'support' };
    expect(revise(defaultCodebook, [rename], unused).title).toBe('Rename favor → support in Polarity of Stance');
    const steps: CodebookChange[] = [
      { change: 'retire-value', ...polarity, value: 'mixed', retired: true },
      { change: 'rename-layer', layer: 'FACT', to: 'CLAIM' },
    ];
    expect(revise(defaultCodebook, steps, unused).title).toBe('Retire mixed in Polarity of Stance and 1 more');
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
      'The key of Quote is z, no longer q',
      'The hue of Quote is orange, no longer yellow',
      'Quoted term is retired',
      'The colours by value of Stance are different',
      'Polarity of Stance has the new value support',
      'Polarity of Stance no longer has favor',
      'The relation Not same is gone',
    ]);
  });

  test('F126 a change and a difference are told by titles, with the id where two have one title, and by the id where that is what changes', () => {
    const titles = (...changes: CodebookChange[]) => revise(defaultCodebook, changes, unused).words;
    const role = { layer: 'STANCE', role: 'holder' };
    const tone = { name: 'tone_of', title: 'Tone', type: 'enum' as const, values: ['very_calm', 'angry'], ...plain };
    const stance = { owner: polarity.owner, attribute: 'tone_of' };
    expect(
      titles(
        { change: 'edit-layer', layer: 'FACT', set: { title: 'Stance', key: 'z' } },
        { change: 'retire-layer', layer: 'FACT', retired: true },
        { change: 'rename-layer', layer: 'QUOTED_TERM', to: 'TERM' },
        { change: 'add-attribute', owner: { kind: 'relation', id: 'contradicts' }, attribute: tone, fill: null },
        { change: 'add-attribute', owner: polarity.owner, attribute: { ...tone, title: ' ' }, fill: null },
        { change: 'edit-attribute', ...stance, set: { title: 'Tone', help: 'how it sounds' } },
        { change: 'rename-attribute', ...stance, to: 'tone' },
        { change: 'remove-value', ...stance, attribute: 'tone', value: 'very_calm', into: 'angry' },
        { change: 'convert-attribute', ...stance, attribute: 'tone', to: 'list' },
        { change: 'rename-role', ...role, to: 'who' },
        { change: 'remove-role', ...role, role: 'who', into: 'target' },
        { change: 'split-layer', layer: 'STANCE', attribute: 'polarity', values: ['mixed'], into: { id: 'TORN', title: 'Torn', key: 'ö' } },
      ),
    ).toEqual([
      'Change title, key of Fact',
      'Retire the layer Stance (FACT)',
      'Change the id of the layer Quoted term: QUOTED_TERM → TERM',
      'Add Tone to Contradicts',
      'Add tone_of to Stance (STANCE)',
      'Change title, guidelines of tone_of of Stance (STANCE)',
      'Change the name of Tone of Stance (STANCE): tone_of → tone',
      'Remove very calm from Tone of Stance (STANCE), into angry',
      'Make Tone of Stance (STANCE) a list of texts',
      'Change the name of the role Holder of Stance (STANCE): holder → who',
      'Remove the role Holder of Stance (STANCE), into Target',
      'Move what has mixed in Polarity of Stance (STANCE) to the new layer Torn',
    ]);
  });

  test('F126 what has another id and the title of what is gone is the same under another id', () => {
    const next = revise(
      defaultCodebook,
      [
        { change: 'rename-layer', layer: 'STANCE', to: 'VIEW' },
        { change: 'edit-layer', layer: 'VIEW', set: { key: 'z' } },
        { change: 'edit-layer', layer: 'FACT', set: { title: 'Claim' } },
        {
          change: 'edit-attribute',
          owner: { kind: 'layer', id: 'VIEW' },
          attribute: 'polarity',
          set: { default: 'neutral', required: false },
        },
        { change: 'edit-role', layer: 'VIEW', role: 'target', set: { targets: ['PERSON', 'AUTHOR'] } },
        { change: 'edit-relation', relation: 'contradicts', set: { from: ['FACT'], symmetric: false } },
      ],
      unused,
    ).codebook;
    expect(codebookDifferences(defaultCodebook, next)).toEqual([
      'The id of Stance is VIEW, no longer STANCE',
      'The key of Stance is z, no longer s',
      'Polarity of Stance is no longer required',
      'The default of Polarity of Stance is neutral, no longer none',
      'The fillers of Target of Stance are Person, the author of the article, no longer words of the article, an entity of any type, Issue',
      'Fact is now called Claim',
      'The first ends of Contradicts are Claim, no longer Claim, Stance',
      'Contradicts is no longer the same both ways',
    ]);
  });
});
