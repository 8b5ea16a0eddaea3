import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { setProblems } from '../model/annotation.ts';
import { type Codebook, codebookProblems } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { linkMention } from '../registry/linking.ts';
import { fillRole, Refusal, setAttribute } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { spanAt } from '../text/span.ts';
import { acceptAll, acceptChanged, acceptSuggestion, isAcceptable, rejectSuggestion } from './acceptance.ts';
import { type Suggestion, suggest } from './index.ts';

const text = [
  'Ukrainian President Volodymyr Zelenskyy met US envoys in Paris on Monday. “We are ready,” he said, “and we will stay.”',
  'Mr Zelenskyy welcomed the plan of the council. Ana Ruiz said 35 countries signed the pact, and Tom Berg left.',
  'The “experts” were late. “It is late,” Ana Ruiz said.',
].join('\n\n');
const suggestions = (on: Workbench) => suggest(text, { registry: on.registry });
const bench = () => new Workbench({ a: text });
const known = (on: Workbench, canonical: string, type = 'PERSON'): string => {
  const entity = newEntity(on.newId(), 'anna', type, canonical, on.now());
  on.step([{ record: 'entity', id: entity.id, before: null, after: entity }]);
  return entity.id;
};
const problemsOf = (on: Workbench, codebook: Codebook = defaultCodebook) => [
  ...setProblems(on.set('a'), on.text('a'), (id) => on.registry.has(id)),
  ...[...on.set('a').annotations.values()].flatMap((annotation) => codebookProblems(annotation, codebook)),
];
const first = (on: Workbench, layer: string): Suggestion => suggestions(on).find((each) => each.layer === layer) as Suggestion;
const named = (on: Workbench) => [...on.registry.values()].map(({ canonical }) => canonical);
const linked = (on: Workbench) =>
  [...on.set('a').mentions.values()].flatMap(({ span, entity }) =>
    entity ? [`${span.text} = ${on.registry.get(entity)?.canonical}`] : [],
  );

describe('accepting', () => {
  test('Z20 a suggestion becomes an annotation with its spans, attributes over the defaults, roles at mentions, and its origin', () => {
    const on = bench();
    const quote = first(on, 'QUOTE');
    const { id, edits } = acceptSuggestion(on.scene('a'), quote);
    on.step(edits);
    const annotation = on.set('a').annotations.get(id);
    expect(annotation).toMatchObject({
      layer: 'QUOTE',
      attributes: { type: 'direct', speaker_form: 'pronoun', medium: 'speech', wording: 'as_published', unsure: false },
      origin: { kind: 'suggestion', rule: quote.rule, version: quote.version, confidence: quote.confidence },
    });
    expect(annotation?.spans.map(({ text }) => text)).toEqual(['“We are ready,”', '“and we will stay.”']);
    expect([...on.set('a').mentions.values()].map(({ span }) => span.text).sort()).toEqual(['he', 'said']);
    expect(annotation?.modified).toBe(annotation?.created);
    on.undo();
    expect([on.set('a').annotations.size, on.set('a').mentions.size, on.registry.size]).toEqual([0, 0, 0]);
  });

  test('Z21 a mention is linked to who is meant, made where the registry has nobody like that, and one that a person linked stands', () => {
    const on = bench();
    on.step(acceptSuggestion(on.scene('a'), first(on, 'QUOTE')).edits);
    expect(linked(on)).toEqual(['he = Volodymyr Zelenskyy']);
    on.step(acceptAll(on.scene('a'), suggestions(on)).edits);
    expect(named(on).filter((name) => name.includes('Zelensky'))).toEqual(['Volodymyr Zelenskyy']);
    expect(linked(on).filter((link) => link.startsWith('Mr Zelenskyy'))).toEqual(['Mr Zelenskyy = Volodymyr Zelenskyy']);
    expect(problemsOf(on)).toEqual([]);
  });

  test('Z21 a mention that is there is linked, one that a person linked to somebody else keeps its link', () => {
    const on = bench();
    const other = known(on, 'Jan Wilk');
    const annotation = on.tag('a', 'FACT', 'We are ready');
    const { start } = on.range('a', 'he said');
    on.step(fillRole(on.scene('a'), annotation, 'source', { start, end: start + 2 }, false));
    const [mention] = [...on.set('a').mentions.keys()];
    on.step(acceptSuggestion(on.scene('a'), first(on, 'QUOTE')).edits);
    expect(linked(on)).toEqual(['he = Volodymyr Zelenskyy']);
    on.undo();
    expect(linked(on)).toEqual([]);
    on.step(linkMention(on.scene('a'), mention as string, other, false));
    on.step(acceptSuggestion(on.scene('a'), first(on, 'QUOTE')).edits);
    expect(linked(on)).toEqual(['he = Jan Wilk']);
  });

  test('Z21 where somebody like that is known, nobody is made, and the link is left to the person', () => {
    const on = bench();
    known(on, 'Anna Ruiz');
    on.step(
      acceptAll(
        on.scene('a'),
        suggest(text).filter(({ roles }) => roles.some(({ span }) => span.text === 'Ana Ruiz')),
      ).edits,
    );
    expect(named(on)).not.toContain('Ana Ruiz');
    expect(linked(on).filter((link) => link.startsWith('Ana'))).toEqual([]);
    const other = bench();
    known(other, 'Pedro Ruiz');
    other.step(acceptAll(other.scene('a'), suggest(text)).edits);
    expect(named(other)).toContain('Ana Ruiz');
  });

  test('Z21 another spelling of a name becomes an alias, a title and a description do not', () => {
    const on = bench();
    const id = known(on, 'Volodymyr Zelensky');
    const entity = { id, canonical: 'Volodymyr Zelensky', type: 'PERSON' };
    const speaking = (words: string): Suggestion => ({
      ...first(on, 'QUOTE'),
      roles: [{ role: 'speaker', span: spanAt(text, on.range('a', words)), entity, confidence: 1 }],
    });
    on.step(acceptSuggestion(on.scene('a'), speaking('Ukrainian President')).edits);
    expect(on.registry.get(id)?.aliases).toEqual([]);
    on.step(acceptSuggestion(on.scene('a'), speaking('Mr Zelenskyy')).edits);
    expect(on.registry.get(id)?.aliases).toEqual(['Zelenskyy']);
    on.undo();
    expect(on.registry.get(id)?.aliases).toEqual([]);
  });

  test('Z27 the numbers of an accepted fact are held by mentions where they stand', () => {
    const on = bench();
    const fact = suggestions(on).find(({ rule }) => rule === 'fact.number') as Suggestion;
    const { id, edits } = acceptSuggestion(on.scene('a'), fact);
    on.step(edits);
    const quantities = on.set('a').annotations.get(id)?.attributes['quantity'] as { mention: string }[];
    expect(quantities.map(({ mention }) => on.set('a').mentions.get(mention)?.span.text)).toEqual(['35']);
    expect(problemsOf(on)).toEqual([]);
  });

  test('Z22 layers, attributes, values and roles that the codebook does not have are left out', () => {
    const on = bench();
    const quote = first(on, 'QUOTE');
    const layers = defaultCodebook.layers.flatMap((layer) => {
      if (layer.id === 'STANCE') return [];
      const attributes = layer.attributes.filter(({ name }) => name !== 'medium');
      const changed = attributes.map((attribute) =>
        attribute.name === 'speaker_form' && attribute.type === 'enum' ? { ...attribute, values: ['named'] } : attribute,
      );
      return [{ ...layer, attributes: changed, roles: layer.roles.filter(({ name }) => name !== 'cue') }];
    });
    const codebook = { ...defaultCodebook, layers };
    const scene = () => ({ ...on.scene('a'), codebook });
    const { id, edits } = acceptSuggestion(scene(), quote);
    on.step(edits);
    expect(on.set('a').annotations.get(id)).toMatchObject({
      attributes: { type: 'direct', speaker_form: 'named' },
      roles: [{ role: 'speaker' }],
    });
    const stance = first(on, 'STANCE');
    expect(isAcceptable(stance, codebook)).toBe(false);
    expect(() => acceptSuggestion(scene(), stance)).toThrow(Refusal);
    on.step(acceptAll(scene(), suggestions(on)).edits);
    expect(problemsOf(on, codebook)).toEqual([]);
  });

  test('Z23 what is changed while it is accepted is one step and counts as edited', () => {
    const on = bench();
    const { id, edits } = acceptChanged(on.scene('a'), first(on, 'QUOTE'), (scene, made) => setAttribute(scene, made, 'type', 'mixed'));
    on.step(edits);
    const annotation = on.set('a').annotations.get(id);
    expect(annotation?.attributes['type']).toBe('mixed');
    expect((annotation?.modified ?? '') > (annotation?.created ?? '')).toBe(true);
    on.undo();
    expect(on.set('a').annotations.size).toBe(0);
  });

  test('Z24 a rejection is kept as a decision with layer, spans, rule and version, and undo takes it back', () => {
    const on = bench();
    const term = first(on, 'QUOTED_TERM');
    on.step(rejectSuggestion(on.scene('a'), term));
    expect([...on.set('a').decisions.values()]).toMatchObject([
      { verdict: 'rejected', layer: 'QUOTED_TERM', spans: term.spans, rule: term.rule, version: term.version, annotator: 'anna' },
    ]);
    expect(problemsOf(on)).toEqual([]);
    on.undo();
    expect(on.set('a').decisions.size).toBe(0);
  });

  test('Z25 whatever is accepted and rejected, together or one by one, the set is sound and undo gives back what was', () => {
    const all = suggestions(bench());
    const spanFrom = (a: number, b: number) => spanAt(text, { start: Math.min(a, b), end: Math.max(a, b) + 1 });
    const span = fc.tuple(fc.nat(text.length - 2), fc.nat(text.length - 2)).map(([a, b]) => spanFrom(a, b));
    const entity = fc.record({
      id: fc.constantFrom(null, 'n0001', 'gone'),
      canonical: fc.constantFrom('Ana Ruiz', 'ana ruiz', 'A. Ruiz', 'Tom Berg', 'US envoys', 'Paris', ''),
      type: fc.constantFrom(null, 'PERSON', 'ORGANISATION', 'EVENT', 'NOTHING'),
    });
    const name = fc.constantFrom('speaker', 'cue', 'holder', 'target', 'source', 'event', 'nobody');
    const role = fc.record({ role: name, span, entity: fc.option(entity), confidence: fc.constant(0.5) });
    const suggestion = fc.oneof(
      fc.constantFrom(...all),
      fc.tuple(fc.constantFrom(...all), fc.array(role, { maxLength: 5 })).map(([base, roles]) => ({ ...base, roles })),
    );
    const deed = fc.record({ accept: fc.boolean(), of: fc.array(suggestion, { minLength: 1, maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 4 }), (deeds) => {
        const on = bench();
        known(on, 'Ana Ruiz');
        const states = [on.work];
        for (const { accept, of } of deeds) {
          const scene = on.scene('a');
          on.step(accept ? acceptAll(scene, of).edits : of.flatMap((each) => rejectSuggestion(scene, each)));
          expect(problemsOf(on)).toEqual([]);
          states.push(on.work);
        }
        for (const state of states.reverse().slice(1)) {
          on.undo();
          expect(on.work).toEqual(state);
        }
      }),
      { numRuns: 60 },
    );
  });
});
