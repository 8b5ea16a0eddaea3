import { describe, expect, test } from 'vitest';
import { addRelation } from '../annotations/relations.ts';
import { type Annotation, type Relation, setProblems } from '../model/annotation.ts';
import { newEntity } from '../model/entity.ts';
import { Workbench } from '../testing/workbench.ts';
import type { Edit } from './edit.ts';
import * as gestures from './gestures.ts';
import { Refusal } from './gestures.ts';

const text =
  'The council denied it. “We will fight,” Mayor Ana Ruiz said in Paris, “until it is gone.” She said US envoys met at the Paris summit.';

const bench = () => new Workbench({ a: text, b: 'Ana Ruiz resigned.' });
const annotationIn = (on: Workbench, id: string): Annotation => {
  const annotation = on.set('a').annotations.get(id);
  if (!annotation) throw new RangeError(`no annotation ${id}`);
  return annotation;
};
const fill = (on: Workbench, id: string, role: string, words: string, further = false) =>
  on.step(gestures.fillRole(on.scene('a'), id, role, on.range('a', words), further));
const mentions = (on: Workbench) => [...on.set('a').mentions.values()].map(({ span }) => span.text);
const fillers = (on: Workbench, id: string) =>
  annotationIn(on, id).roles.map(({ role, target }) => {
    if (target.kind === 'mention') return `${role}: ${on.set('a').mentions.get(target.id)?.span.text}`;
    return target.kind === 'entity' ? `${role}: ${on.registry.get(target.id)?.canonical}` : `${role}: ${target.kind}`;
  });
const tie = (on: Workbench, type: string, from: string, to: string): Relation => ({
  ...{ id: on.newId(), type, annotator: 'anna', from: { article: 'a', annotation: from }, to: { article: 'a', annotation: to } },
  ...{ attributes: {}, note: '', origin: { kind: 'person' }, codebook: 1, created: on.now(), modified: on.now() },
});

describe('tagging', () => {
  test('G1 a tag is a new annotation with the defaults of its layer; what has none stays open', () => {
    const on = bench();
    const stance = annotationIn(on, on.tag('a', 'STANCE', 'We will fight'));
    expect(stance.attributes).toEqual({ explicitness: 'explicit', intensity: 'medium', conditional: false, unsure: false });
    expect(stance).toMatchObject({
      layer: 'STANCE',
      article: 'a',
      annotator: 'anna',
      roles: [],
      note: '',
      codebook: 1,
      origin: { kind: 'person' },
    });
    expect(stance.spans.map((span) => span.text)).toEqual(['We will fight']);
  });

  test('G2 fragments may be given in any order, and those that touch become one', () => {
    const on = bench();
    const [first, second] = [on.range('a', '“We will fight,”'), on.range('a', '“until it is gone.”')];
    const { id, edits } = gestures.tag(on.scene('a'), 'QUOTE', [second, first, { start: first.end, end: first.end + 1 }]);
    on.step(edits);
    expect(annotationIn(on, id).spans.map((span) => span.text)).toEqual(['“We will fight,” ', '“until it is gone.”']);
    on.step(gestures.addFragment(on.scene('a'), id, { start: first.end, end: second.start }));
    expect(annotationIn(on, id).spans).toHaveLength(1);
    on.step(gestures.setSpans(on.scene('a'), id, [second, first]));
    expect(annotationIn(on, id).spans.map((span) => span.text)).toEqual(['“We will fight,”', '“until it is gone.”']);
    expect(() => gestures.setSpans(on.scene('a'), id, [])).toThrow(RangeError);
    expect(() => gestures.tag(on.scene('a'), 'QUOTE', [])).toThrow(RangeError);
  });

  test('G3 a layer, role or annotation that is not there is misuse and changes nothing', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', 'We will fight');
    expect(() => gestures.tag(on.scene('a'), 'RUMOUR', [{ start: 0, end: 1 }])).toThrow(RangeError);
    expect(() => gestures.fillRole(on.scene('a'), id, 'holder', { start: 0, end: 1 }, false)).toThrow(RangeError);
    expect(() => gestures.setNote(on.scene('b'), id, 'x')).toThrow(RangeError);
  });
});

describe('tagging each', () => {
  test('G27 each range becomes an annotation like its model, one undo takes all back, and what is tagged to the letter already is left out', () => {
    const on = bench();
    on.tag('a', 'QUOTED_TERM', 'Paris');
    const ranges = [...text.matchAll(/Paris|US/g)].map(({ index, 0: words }) => ({ start: index, end: index + words.length }));
    const edits = gestures.tagEach(on.scene('a'), 'QUOTED_TERM', ranges, { kind: 'name' });
    expect(edits).toHaveLength(2);
    on.step(edits);
    const tagged = [...on.set('a').annotations.values()].map(({ spans, attributes }) => [spans[0]?.text, attributes['kind']]);
    expect(tagged).toEqual([
      ['Paris', 'attributed_term'],
      ['US', 'name'],
      ['Paris', 'name'],
    ]);
    on.undo();
    expect(on.set('a').annotations.size).toBe(1);
    expect(gestures.tagEach(on.scene('a'), 'FACT', ranges, {})).toHaveLength(3);
  });
});

describe('roles', () => {
  test('G4 a role filled from a selection points at the mention there, and the same words are one mention for all annotations', () => {
    const on = bench();
    const first = on.tag('a', 'QUOTE', '“We will fight,”');
    const second = on.tag('a', 'QUOTE', '“until it is gone.”');
    fill(on, first, 'speaker', 'Mayor Ana Ruiz');
    fill(on, second, 'speaker', 'Mayor Ana Ruiz');
    expect(mentions(on)).toEqual(['Mayor Ana Ruiz']);
    expect(annotationIn(on, first).roles).toEqual(annotationIn(on, second).roles);
  });

  test('G5 filling replaces, a further filler is added up to the maximum, and the same one twice is refused', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    fill(on, id, 'cue', 'denied');
    fill(on, id, 'cue', 'said');
    expect(fillers(on, id)).toEqual(['cue: said']);
    expect(() => fill(on, id, 'cue', 'said', true)).toThrow(Refusal);
    fill(on, id, 'cue', 'denied', true);
    expect(fillers(on, id)).toEqual(['cue: said', 'cue: denied']);
    expect(() => fill(on, id, 'cue', 'met', true)).toThrow(/at most 2/);
    expect(mentions(on)).toEqual(['said', 'denied']);
  });

  test('G6 a mention that nothing points at any more goes away in the same step, and comes back with undo', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    fill(on, id, 'speaker', 'Mayor Ana Ruiz');
    const [filler] = annotationIn(on, id).roles;
    if (!filler) throw new RangeError('no filler');
    on.step(gestures.clearRole(on.scene('a'), id, filler));
    expect([mentions(on), fillers(on, id)]).toEqual([[], []]);
    on.undo();
    expect([mentions(on), fillers(on, id)]).toEqual([['Mayor Ana Ruiz'], ['speaker: Mayor Ana Ruiz']]);
  });

  test('G6 a mention stays while another annotation, a quantity or an entity needs it', () => {
    const on = bench();
    const [quote, fact] = [on.tag('a', 'QUOTE', '“We will fight,”'), on.tag('a', 'FACT', 'US envoys met at the Paris summit')];
    fill(on, quote, 'speaker', 'US envoys');
    const [filler] = annotationIn(on, quote).roles;
    if (filler?.target.kind !== 'mention') throw new RangeError('no mention');
    const count = { value: 2, value_max: null, modifier: 'at_least' as const, unit: '', counts: 'envoys', mention: filler.target.id };
    on.step(gestures.setAttribute(on.scene('a'), fact, 'quantity', [count]));
    on.step(gestures.clearRole(on.scene('a'), quote, filler));
    expect(mentions(on)).toEqual(['US envoys']);
    on.step(gestures.setAttribute(on.scene('a'), fact, 'quantity', null));
    expect(mentions(on)).toEqual([]);
    fill(on, fact, 'event', 'the Paris summit');
    on.step(gestures.removeAnnotations(on.scene('a'), [fact]));
    expect(mentions(on)).toEqual(['the Paris summit']);
    const other = on.tag('a', 'STANCE', 'We will fight');
    fill(on, other, 'target', 'the Paris summit');
    expect(fillers(on, other)).toEqual(['target: the Paris summit']);
    on.step(gestures.removeAnnotations(on.scene('a'), [other]));
    expect(mentions(on)).toEqual(['the Paris summit']);
  });

  test('G7 a role that takes only entities gets the entity of that name, made once, and the mention is linked to it', () => {
    const on = bench();
    const [first, second] = [on.tag('a', 'FACT', 'US envoys met'), on.tag('a', 'FACT', 'The council denied it')];
    fill(on, first, 'event', 'the Paris summit');
    fill(on, second, 'event', 'the Paris summit');
    expect([fillers(on, first), fillers(on, second)]).toEqual([['event: the Paris summit'], ['event: the Paris summit']]);
    expect([...on.registry.values()].map(({ type, canonical }) => `${type} ${canonical}`)).toEqual(['EVENT the Paris summit']);
    expect([...on.set('a').mentions.values()].map(({ entity }) => entity)).toEqual([...on.registry.keys()]);
  });

  test('G7 a link that a person gave the mention decides, and is never overwritten', () => {
    const on = bench();
    const [quote, fact] = [on.tag('a', 'QUOTE', '“We will fight,”'), on.tag('a', 'FACT', 'US envoys met')];
    const link = (words: string, type: string, name: string) => {
      fill(on, quote, 'speaker', words);
      const mention = gestures.mentionAt(on.set('a'), on.range('a', words));
      if (!mention) throw new RangeError('no mention');
      const entity = newEntity(on.newId(), 'anna', type, name, on.now());
      const edits: Edit[] = [
        { record: 'entity', id: entity.id, before: null, after: entity },
        { record: 'mention', article: 'a', id: mention.id, before: mention, after: { ...mention, entity: entity.id } },
      ];
      on.step(edits);
      return entity.id;
    };
    const linked = (words: string) => gestures.mentionAt(on.set('a'), on.range('a', words))?.entity;
    const summit = link('it', 'EVENT', 'Summit of Paris');
    fill(on, fact, 'event', 'it');
    expect([fillers(on, fact), linked('it')]).toEqual([['event: Summit of Paris'], summit]);
    const city = link('Paris', 'PLACE', 'Paris');
    fill(on, fact, 'event', 'Paris');
    expect([fillers(on, fact), linked('Paris')]).toEqual([['event: Paris'], city]);
    expect([...on.registry.values()].map(({ type }) => type)).toEqual(['EVENT', 'PLACE', 'EVENT']);
  });

  test('G8 a role takes only what the codebook lets it take', () => {
    const on = bench();
    const [quote, stance] = [on.tag('a', 'QUOTE', '“We will fight,”'), on.tag('a', 'STANCE', 'We will fight')];
    const person = newEntity(on.newId(), 'anna', 'PERSON', 'Ana Ruiz', on.now());
    on.step([{ record: 'entity', id: person.id, before: null, after: person }]);
    const take = (id: string, role: string, target: Parameters<typeof gestures.fillRoleWith>[3]) =>
      on.step(gestures.fillRoleWith(on.scene('a'), id, role, target, false));
    take(stance, 'holder', { kind: 'author' });
    take(stance, 'target', { kind: 'entity', id: person.id });
    take(quote, 'speaker', { kind: 'entity', id: person.id });
    expect([fillers(on, stance), fillers(on, quote)]).toEqual([['holder: author', 'target: Ana Ruiz'], ['speaker: Ana Ruiz']]);
    expect(() => take(quote, 'speaker', { kind: 'author' })).toThrow(Refusal);
    expect(() => take(quote, 'cue', { kind: 'entity', id: person.id })).toThrow(Refusal);
    expect(() => take(quote, 'speaker', { kind: 'entity', id: 'nobody' })).toThrow(Refusal);
    expect(() => take(quote, 'speaker', { kind: 'annotation', id: stance })).toThrow(Refusal);
    expect(() => take(on.tag('a', 'FACT', 'US envoys met'), 'event', { kind: 'entity', id: person.id })).toThrow(Refusal);
  });

  test.each([
    ['She', 'pronoun'],
    ['Mayor Ana Ruiz', 'named'],
    ['The council', 'nominal'],
    ['envoys', 'nominal'],
    ['US envoys', 'named'],
  ])('G9 the speaker %j makes the speaker form %s', (words, form) => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    fill(on, id, 'speaker', words);
    expect(annotationIn(on, id).attributes['speaker_form']).toBe(form);
  });
});

describe('attributes and layers', () => {
  test('G10 an attribute takes only what the codebook allows; null takes the value away', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    const set = (name: string, value: Parameters<typeof gestures.setAttribute>[3]) =>
      on.step(gestures.setAttribute(on.scene('a'), id, name, value));
    set('type', 'mixed');
    expect(annotationIn(on, id).attributes['type']).toBe('mixed');
    expect(() => set('type', 'shouted')).toThrow(Refusal);
    expect(() => set('polarity', 'favor')).toThrow(Refusal);
    set('type', null);
    expect(annotationIn(on, id).attributes).not.toHaveProperty('type');
  });

  test('G11 relabelling keeps what the new layer takes too, no more fillers than it allows, and drops the rest with its mentions', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    for (const [index, words] of ['Mayor Ana Ruiz', 'She'].entries()) fill(on, id, 'speaker', words, index > 0);
    fill(on, id, 'cue', 'said');
    on.step(gestures.setAttribute(on.scene('a'), id, 'unsure', true));
    on.step(gestures.relabel(on.scene('a'), id, 'QUOTED_TERM'));
    expect(annotationIn(on, id)).toMatchObject({ layer: 'QUOTED_TERM', attributes: { kind: 'attributed_term', unsure: true } });
    expect(Object.keys(annotationIn(on, id).attributes).sort()).toEqual(['kind', 'unsure']);
    expect([fillers(on, id), mentions(on)]).toEqual([['speaker: Mayor Ana Ruiz'], ['Mayor Ana Ruiz']]);
  });

  test('G12 a change is stamped: `modified` moves, `created` stays', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    const { created, modified } = annotationIn(on, id);
    on.step(gestures.setNote(on.scene('a'), id, 'check the tape'));
    expect(annotationIn(on, id)).toMatchObject({ created, note: 'check the tape' });
    expect(annotationIn(on, id).modified > modified).toBe(true);
  });
});

describe('removal', () => {
  test('G13 removing an annotation takes its relations, its links, the roles it fills and its own mentions with it', () => {
    const on = bench();
    const [quote, fact, other] = [
      on.tag('a', 'QUOTE', '“We will fight,”'),
      on.tag('a', 'FACT', 'US envoys met'),
      on.tag('b', 'FACT', 'Ana Ruiz resigned'),
    ];
    fill(on, quote, 'speaker', 'Mayor Ana Ruiz');
    const relation = tie(on, 'evidence_for', quote, fact);
    const link = { ...tie(on, 'contradicts', fact, other), to: { article: 'b', annotation: other } };
    const before = annotationIn(on, fact);
    on.step([
      { record: 'relation', article: 'a', id: relation.id, before: null, after: relation },
      { record: 'link', id: link.id, before: null, after: link },
      {
        record: 'annotation',
        article: 'a',
        id: fact,
        before,
        after: { ...before, roles: [{ role: 'source', target: { kind: 'annotation', id: quote } }] },
      },
    ]);
    on.step(gestures.removeAnnotations(on.scene('a'), [quote]));
    expect([mentions(on), on.set('a').relations.size, on.work.links.size]).toEqual([[], 0, 1]);
    expect(annotationIn(on, fact).roles).toEqual([]);
    on.step(gestures.removeAnnotations(on.scene('a'), [fact]));
    expect([on.set('a').annotations.size, on.work.links.size, on.set('b').annotations.size]).toEqual([0, 0, 1]);
    expect(setProblems(on.set('a'), text, () => false)).toEqual([]);
  });

  test('G14 an annotation whose layer the codebook no longer has can still be moved, noted and removed', () => {
    const on = bench();
    const id = on.tag('a', 'QUOTE', '“We will fight,”');
    const before = annotationIn(on, id);
    on.step([{ record: 'annotation', article: 'a', id, before, after: { ...before, layer: 'RUMOUR' } }]);
    on.step(gestures.setSpans(on.scene('a'), id, [{ start: 0, end: 3 }]));
    on.step(gestures.setNote(on.scene('a'), id, 'old'));
    on.step(gestures.relabel(on.scene('a'), id, 'FACT'));
    on.undo();
    on.step(gestures.removeAnnotations(on.scene('a'), [id]));
    expect(on.set('a').annotations.size).toBe(0);
  });

  test('G11 relabelling drops the relations that the new layer cannot take part in, and keeps the others', () => {
    const on = bench();
    const [quote, other, stance] = [on.tag('a', 'QUOTE', 'We will'), on.tag('b', 'QUOTE', 'resigned'), on.tag('a', 'STANCE', 'fight')];
    const end = (article: string, id: string) => ({
      annotation: on.set(article).annotations.get(id) as Annotation,
      mentions: on.set(article).mentions,
    });
    for (const [type, to] of [
      ['evidence_for', end('a', stance)],
      ['same_quote', end('b', other)],
      ['not_same', end('b', other)],
    ] as const) {
      on.step(addRelation(on.scene('a'), type, end('a', quote), to).edits);
    }
    on.step(gestures.relabel(on.scene('a'), quote, 'FACT'));
    expect([on.set('a').relations.size, [...on.work.links.values()].map(({ type }) => type)]).toEqual([0, ['not_same']]);
  });

  test('G15 an article is marked done and no longer done', () => {
    const on = bench();
    on.step(gestures.setDone(on.scene('a'), true));
    expect(on.set('a').completion).toMatchObject({ article: 'a', annotator: 'anna', done: true });
    on.step(gestures.setDone(on.scene('a'), false));
    expect(on.set('a').completion).toBeNull();
  });
});
