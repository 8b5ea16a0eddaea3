import { describe, expect, test } from 'vitest';
import { setProblems } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity, resolveRegistry } from '../model/entity.ts';
import { Workbench } from '../testing/workbench.ts';
import { acceptAll, acceptSuggestion } from './acceptance.ts';
import { suggest } from './index.ts';
import { found } from './testing/found.ts';

const text =
  'Ana Ruiz described the plan as a “huge step forward,” and left. “We will stay,” Tom Berg said. “It is ours,” he added.\n\n“No,” Tom Berg said.';
const relations = (on: Workbench) => {
  const set = on.set('a');
  const words = (id: string) => set.annotations.get(id)?.spans[0]?.text;
  return [...set.relations.values()].map(({ type, from, to }) => [type, words(from.annotation), words(to.annotation)]);
};
const evidence = ['evidence_for', '“huge step forward,”', 'described the plan as a “huge step forward,”'];
const continued = ['continues', '“It is ours,”', '“We will stay,”'];

describe('relations of suggestions', () => {
  test('Z28 a quote with a cue of its own continues the one before it, a quote in a stance is evidence for it, once both are accepted', () => {
    const on = new Workbench({ a: text });
    on.step(acceptAll(on.scene('a'), suggest(text)).edits);
    expect(relations(on)).toEqual([evidence, continued]);
    expect(setProblems(on.set('a'), text, (id) => on.registry.has(id))).toEqual([]);
    expect([...on.set('a').relations.values()].map(({ origin }) => origin.kind)).toEqual(['suggestion', 'suggestion']);
    on.undo();
    expect(on.set('a').relations.size).toBe(0);
  });

  test('Z28 whichever of the two is accepted first, and none where the codebook has no such relation', () => {
    const on = new Workbench({ a: text });
    for (const suggestion of suggest(text).reverse()) on.step(acceptSuggestion(on.scene('a'), suggestion).edits);
    expect(relations(on).sort()).toEqual([continued, evidence].sort());
    const without = new Workbench({ a: text });
    const codebook = { ...defaultCodebook, relations: defaultCodebook.relations.filter(({ id }) => id !== 'continues') };
    without.step(acceptAll({ ...without.scene('a'), codebook }, suggest(text)).edits);
    expect(relations(without)).toEqual([evidence]);
  });
});

describe('further roles', () => {
  const addressee = (of: string) => found('QUOTE', of).map(({ roles }) => roles['addressee']);
  test.each([
    ['“We will stay,” Ana Ruiz told reporters.', 'reporters'],
    ['Ana Ruiz told the Herald that prices would fall soon.', 'the Herald=Herald'],
    ['“We will stay,” Ana Ruiz said to Tom Berg.', 'Tom Berg'],
    ['Speaking to journalists on Monday, Ana Ruiz said prices would fall soon.', 'journalists'],
    ['“We will stay,” Ana Ruiz said.', undefined],
    ['Ana Ruiz told them that prices would fall soon.', undefined],
  ])('Z29 whom a cue speaks to is the addressee: %s', (of, expected) =>
    expect(addressee(of).map((name) => name?.replace(/=.*/, ''))).toEqual([expected?.replace(/=.*/, '')]),
  );

  test('Z29 the target of a stance is linked to the issue of the registry that is called so', () => {
    const record = newEntity('e1', 'ann', 'ISSUE', 'plan for the town', '2026-01-01T00:00:00Z');
    const [stance] = suggest('Ana Ruiz welcomed the plan for the town.', { registry: resolveRegistry([record]) });
    expect(stance?.roles.find(({ role }) => role === 'target')?.entity).toEqual({
      id: 'e1',
      canonical: 'plan for the town',
      type: 'ISSUE',
    });
  });
});
