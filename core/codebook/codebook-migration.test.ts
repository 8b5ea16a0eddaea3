import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Annotation, type AttributeValue, mentionsOf } from '../model/annotation.ts';
import { type Codebook, codebookProblems } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { Refusal } from '../steps/gestures.ts';
import { changeFrom, chosen, edited, filledFrom } from '../testing/codebook-changes.ts';
import type { CodebookChange } from './codebook-change.ts';
import { CodebookFile, currentCodebook, revertedBy, standingVersions } from './codebook-file.ts';
import { migrate, migrateRelation } from './codebook-migration.ts';
import { revise, withUsed } from './codebook-revision.ts';
import { codebookFaults } from './codebook-soundness.ts';

const annotation = (layer: string, attributes: Annotation['attributes'] = {}, roles: Annotation['roles'] = []): Annotation => ({
  ...{ id: 'a', article: 'b', annotator: 'c', layer, spans: [{ start: 0, end: 1, text: 'x' }], attributes, roles, note: '' },
  ...{ origin: { kind: 'person' }, codebook: 1, created: '', modified: '' },
});
const first: CodebookFile = { format: 1, versions: [{ codebook: defaultCodebook, steps: [], changed: '' }] };
const nothing = { layers: new Set<string>(), relations: new Set<string>(), entityTypes: new Set<string>() };

const changedBy = (file: CodebookFile, ...changes: CodebookChange[]): CodebookFile => {
  const { codebook, steps } = revise(currentCodebook(file).codebook, changes, nothing);
  return { format: 1, versions: [...file.versions, { codebook, steps: [...steps], changed: '' }] };
};
const undone = (file: CodebookFile, version = file.versions.length): CodebookFile => {
  const before = file.versions[version - 2]?.codebook as Codebook;
  return { format: 1, versions: [...file.versions, { codebook: before, steps: [{ step: 'revert', version }], changed: '' }] };
};
const plain = ({ codebook: _, ...rest }: Annotation) => rest;
// What a person sees: which version lost what is no part of it.
const shown = ({ codebook: _, was: __, ...rest }: Annotation) => rest;
const common = { title: 'X', required: false, help: '' };
const polarity = { owner: { kind: 'layer' as const, id: 'STANCE' }, attribute: 'polarity' };

describe('a change of the codebook and its inverse', () => {
  test('P1 values that became one are told apart again by an undo, wherever nobody changed them since', () => {
    const merged = changedBy(first, { change: 'remove-value', ...polarity, value: 'favor', into: 'neutral' });
    const [was, stayed] = [annotation('STANCE', { polarity: 'favor' }), annotation('STANCE', { polarity: 'neutral' })];
    const [now, same] = [migrate(was, merged), migrate(stayed, merged)];
    expect([now.attributes, same.attributes, 'was' in same]).toEqual([{ polarity: 'neutral' }, { polarity: 'neutral' }, false]);
    const back = undone(merged);
    expect(plain(migrate(now, back))).toEqual(plain(was));
    expect(plain(migrate(was, back))).toEqual(plain(was));
    expect(migrate(same, back).attributes).toEqual({ polarity: 'neutral' });
    const changed = { ...now, attributes: { polarity: 'against' } };
    expect(migrate(changed, back).attributes).toEqual({ polarity: 'against' });
  });

  test('P2 a new value that was given meanwhile goes with an undo and comes back with a redo', () => {
    const more = changedBy(first, { change: 'add-value', ...polarity, value: 'torn' });
    const given = { ...annotation('STANCE', { polarity: 'torn' }), codebook: 2 };
    const back = undone(more);
    expect(migrate(given, back).attributes).toEqual({});
    const again = undone(back);
    expect(plain(migrate(given, again))).toEqual(plain(given));
    expect(plain(migrate(migrate(given, back), again))).toEqual(plain(given));
  });

  test('P3 a renamed value is renamed back also where it was given under its new name', () => {
    const renamed = changedBy(first, { change: 'rename-value', ...polarity, value: 'favor', to: 'support' });
    const given = { ...annotation('STANCE', { polarity: 'support' }), codebook: 2 };
    expect(migrate(annotation('STANCE', { polarity: 'favor' }), renamed).attributes).toEqual({ polarity: 'support' });
    expect(migrate(given, undone(renamed)).attributes).toEqual({ polarity: 'favor' });
  });

  test('P4 a layer that went into another gives back its annotations with all that the other had no place for', () => {
    const gone = changedBy(first, { change: 'remove-layer', layer: 'QUOTED_TERM', into: 'STANCE' });
    const speaker = { role: 'speaker', target: { kind: 'mention' as const, id: 'm1' } };
    const term = annotation('QUOTED_TERM', { kind: 'scare', unsure: true }, [speaker]);
    const now = migrate(term, gone);
    expect([now.layer, now.attributes, now.roles]).toEqual(['STANCE', { unsure: true }, []]);
    expect(mentionsOf(now)).toEqual(['m1']);
    expect(plain(migrate(now, undone(gone)))).toEqual(plain(term));
  });

  test('P5 what has a value becomes a layer of its own, and goes back', () => {
    const into = { id: 'THOUGHT', title: 'Thought', key: 'z' };
    const split = changedBy(first, { change: 'split-layer', layer: 'QUOTE', attribute: 'medium', values: ['thought', 'writing'], into });
    const layers = ['speech', 'thought', 'writing'].map((medium) => migrate(annotation('QUOTE', { medium }), split));
    expect(layers.map(({ layer }) => layer)).toEqual(['QUOTE', 'THOUGHT', 'THOUGHT']);
    const fresh = { ...annotation('THOUGHT', { medium: 'thought' }), codebook: 2 };
    expect([...layers, fresh].map((one) => migrate(one, undone(split)).layer)).toEqual(['QUOTE', 'QUOTE', 'QUOTE', 'QUOTE']);
    expect(currentCodebook(split).codebook.relations.find(({ id }) => id === 'continues')?.from).toEqual(['QUOTE', 'THOUGHT']);
  });

  test('P6 relations follow their types and attributes', () => {
    const owner = { kind: 'relation' as const, id: 'contradicts' };
    const file = changedBy(
      first,
      { change: 'rename-value', owner, attribute: 'basis', value: 'number', to: 'figure' },
      { change: 'rename-relation', relation: 'contradicts', to: 'disputes' },
    );
    const end = { article: 'b', annotation: 'a' };
    const relation = {
      ...{ id: 'r', type: 'contradicts', annotator: 'c', from: end, to: end, attributes: { basis: 'number' }, note: '' },
      ...{ origin: { kind: 'person' as const }, codebook: 1, created: '', modified: '' },
    };
    const now = migrateRelation(relation, file);
    expect([now.type, now.attributes, now.codebook]).toEqual(['disputes', { basis: 'figure' }, 2]);
    expect(migrateRelation(now, undone(file))).toEqual({ ...relation, codebook: 3 });
    expect(migrateRelation(now, file)).toBe(now);
    const other = { ...relation, type: 'not_same', attributes: { why: 'name_only' } };
    expect(migrateRelation(other, file)).toEqual({ ...other, codebook: 2 });
    // Changes of layers are not theirs, and what a change takes from them an undo brings back.
    const elsewhere = changedBy(first, { change: 'rename-layer', layer: 'FACT', to: 'CLAIM' });
    expect(migrateRelation(relation, elsewhere)).toEqual({ ...relation, codebook: 2 });
    for (const change of [
      { change: 'remove-value', owner, attribute: 'basis', value: 'number', into: 'other' },
      { change: 'remove-attribute', owner, attribute: 'basis' },
    ] as const) {
      const less = changedBy(first, change);
      const left = migrateRelation(relation, less);
      expect(left.attributes).toEqual('into' in change ? { basis: 'other' } : {});
      const { was, ...back } = migrateRelation(left, undone(less));
      expect([was, back]).toEqual([undefined, { ...relation, codebook: 3 }]);
      expect(migrateRelation(relation, undone(less))).toEqual(back);
    }
  });

  test('P6 P2 a new value that a relation was given goes with an undo and comes back with a redo', () => {
    const owner = { kind: 'relation' as const, id: 'contradicts' };
    const more = changedBy(first, { change: 'add-value', owner, attribute: 'basis', value: 'mood' });
    const end = { article: 'b', annotation: 'a' };
    const relation = {
      ...{ id: 'r', type: 'contradicts', annotator: 'c', from: end, to: end, attributes: { basis: 'mood' }, note: '' },
      ...{ origin: { kind: 'person' as const }, codebook: 2, created: '', modified: '' },
    };
    const back = undone(more);
    expect(migrateRelation(relation, back).attributes).toEqual({});
    expect(migrateRelation(migrateRelation(relation, back), undone(back)).attributes).toEqual({ basis: 'mood' });
  });

  test('P5 a split moves what has the value in that layer alone', () => {
    const owner = { kind: 'layer' as const, id: 'FACT' };
    const into = { id: 'OTHER', title: 'Other', key: 'z' };
    const medium = { ...common, name: 'medium', type: 'enum' as const, values: ['thought', 'speech'], default: null };
    const file = changedBy(
      first,
      { change: 'add-attribute', owner, attribute: medium, fill: null },
      { change: 'split-layer', layer: 'FACT', attribute: 'medium', values: ['thought'], into },
    );
    expect(migrate(annotation('QUOTE', { medium: 'thought' }), file).layer).toBe('QUOTE');
  });

  test('P7 a change of one layer leaves the annotations of the others as they are', () => {
    const speaker = { role: 'speaker', target: { kind: 'mention' as const, id: 'm1' } };
    const quote = annotation('QUOTE', { type: 'direct', medium: 'thought', unsure: true }, [speaker]);
    const owner = { kind: 'layer' as const, id: 'QUOTED_TERM' };
    const split = { id: 'OTHER', title: 'Other', key: 'z' };
    const changes: CodebookChange[] = [
      { change: 'rename-layer', layer: owner.id, to: 'TERM' },
      { change: 'remove-layer', layer: owner.id, into: 'STANCE' },
      { change: 'split-layer', layer: 'STANCE', attribute: 'polarity', values: ['favor'], into: split },
      { change: 'rename-role', layer: owner.id, role: 'speaker', to: 'who' },
      { change: 'remove-role', layer: owner.id, role: 'speaker', into: null },
      { change: 'rename-attribute', owner, attribute: 'unsure', to: 'doubtful' },
      { change: 'remove-attribute', owner, attribute: 'unsure' },
      { change: 'convert-attribute', owner, attribute: 'unsure', to: 'text' },
    ];
    for (const change of changes) expect(migrate(quote, changedBy(first, change)), change.change).toEqual({ ...quote, codebook: 2 });
    // In its own layer a change is about its own role, attribute and value.
    const own: CodebookChange[] = [
      { change: 'split-layer', layer: 'QUOTE', attribute: 'type', values: ['indirect'], into: split },
      { change: 'rename-role', layer: 'QUOTE', role: 'cue', to: 'verb' },
      { change: 'remove-role', layer: 'QUOTE', role: 'cue', into: null },
    ];
    for (const change of own) expect(migrate(quote, changedBy(first, change)), change.change).toEqual({ ...quote, codebook: 2 });
    const cut = changedBy(first, { change: 'remove-role', layer: 'QUOTE', role: 'speaker', into: null });
    expect(migrate(quote, cut).roles).toEqual([]);
    expect(plain(migrate(migrate(quote, cut), undone(cut)))).toEqual(plain(quote));
  });

  test.each<[name: string, to: 'text' | 'list', value: AttributeValue, now: AttributeValue | undefined]>([
    ['polarity', 'text', 'favor', 'favor'],
    ['polarity', 'list', 'favor', ['favor']],
    ['unsure', 'text', true, 'true'],
    ['unsure', 'text', false, 'false'],
    ['count', 'text', 2.5, '2.5'],
  ])('P7 the attribute %s becomes a %s: %j is then %j, and an undo gives it back', (name, to, value, now) => {
    const owner = { kind: 'layer' as const, id: 'STANCE' };
    const more = changedBy(first, {
      change: 'add-attribute',
      owner,
      attribute: { ...common, name: 'count', type: 'number', default: null },
      fill: null,
    });
    const converted = changedBy(more, { change: 'convert-attribute', owner, attribute: name, to });
    const was = { ...annotation('STANCE', { [name]: value }), codebook: 2 };
    const there = migrate(was, converted);
    expect(there.attributes[name]).toEqual(now);
    expect(migrate({ ...annotation('STANCE'), codebook: 2 }, converted).attributes).toEqual({});
    expect(plain(migrate(there, undone(converted)))).toEqual(plain(was));
  });

  test.each<[name: string, given: AttributeValue, back: AttributeValue | undefined]>([
    ['unsure', 'true', true],
    ['unsure', 'false', false],
    ['unsure', 'perhaps', undefined],
    ['count', '12', 12],
    ['count', '1e3', undefined],
    ['count', 'many', undefined],
    ['polarity', 'favor', 'favor'],
    ['polarity', ['favor'], 'favor'],
    ['polarity', ['favor', 'against'], undefined],
    ['polarity', [], undefined],
    ['polarity', 'so so', undefined],
  ])('P2 %s that was given as %j meanwhile becomes %j by an undo, and that again by a redo', (name, given, back) => {
    const owner = { kind: 'layer' as const, id: 'STANCE' };
    const more = changedBy(first, {
      change: 'add-attribute',
      owner,
      attribute: { ...common, name: 'count', type: 'number', default: null },
      fill: null,
    });
    const converted = changedBy(more, { change: 'convert-attribute', owner, attribute: name, to: Array.isArray(given) ? 'list' : 'text' });
    const written = { ...annotation('STANCE', { [name]: given }), codebook: 3 };
    const undo = undone(converted);
    expect(migrate(written, undo).attributes[name]).toEqual(back);
    expect(migrate(migrate(written, undo), undone(undo)).attributes[name]).toEqual(given);
  });

  // Two annotators, codebook changes, undo and redo among edits. Some of what they wrote is rewritten on the disk at every version,
  // some never: both have to come to the same.
  test('P7 whatever is changed, undone, redone and edited in whatever order, nothing breaks the codebook in force and undo gives back what was', () => {
    const number = fc.nat(999);
    const move = fc.record({
      kind: fc.constantFrom('change', 'change', 'undo', 'undo', 'redo', 'edit', 'edit', 'add'),
      numbers: fc.tuple(number, number, number, number),
    });
    let [made, edits] = [0, 0];
    const play = (moves: readonly { kind: string; numbers: readonly [number, number, number, number] }[]) => {
      let file = first;
      // The versions that stand and those taken back: what the history of the lead holds.
      let past: number[] = [];
      let future: number[] = [];
      // Each annotation as its owner last wrote it, and as it is rewritten at every version.
      let written: Annotation[] = [];
      let rewritten: Annotation[] = [];
      // What the annotations were before each version that stands, for those that nobody edited since.
      const seen = new Map<number, Annotation[]>();
      const use = () => ({ ...nothing, layers: new Set(rewritten.map(({ layer }) => layer)) });
      const take = (next: CodebookFile) => {
        file = next;
        rewritten = rewritten.map((one) => migrate(one, file));
      };
      const version = () => file.versions.length;
      const revert = (target: number) => {
        const before = file.versions[target - 2]?.codebook as Codebook;
        const codebook = withUsed(currentCodebook(file).codebook, before, use());
        take({ format: 1, versions: [...file.versions, { codebook, steps: [{ step: 'revert', version: target }], changed: '' }] });
      };
      for (const { kind, numbers } of moves) {
        const [a, b, c, d] = numbers;
        const { codebook } = currentCodebook(file);
        if (kind === 'add') {
          const layer = chosen(codebook.layers, a).id;
          const fresh = filledFrom({ ...annotation(layer), id: `a${written.length}`, codebook: version() }, codebook, [b, c, d]);
          written = [...written, fresh];
          rewritten = [...rewritten, fresh];
        } else if (kind === 'edit' && written.length > 0) {
          const index = a % written.length;
          const next = { ...edited(rewritten[index] as Annotation, codebook, [b, c, d, a]), modified: `edit ${edits++}` };
          written = written.with(index, next);
          rewritten = rewritten.with(index, next);
        } else if (kind === 'undo') {
          const target = past.at(-1);
          if (target === undefined) continue;
          revert(target);
          past = past.slice(0, -1);
          future = [...future, version()];
          for (const was of seen.get(target) ?? []) {
            const now = rewritten.find(({ id }) => id === was.id) as Annotation;
            if (now.modified === was.modified) expect(shown(now)).toEqual(shown(was));
          }
        } else if (kind === 'redo') {
          const target = future.at(-1);
          if (target === undefined) continue;
          seen.set(version() + 1, rewritten);
          revert(target);
          future = future.slice(0, -1);
          past = [...past, version()];
        } else if (kind === 'change') {
          try {
            const { codebook: next, steps } = revise(codebook, [changeFrom(codebook, a, [b, c, d])], use());
            seen.set(version() + 1, rewritten);
            take({ format: 1, versions: [...file.versions, { codebook: next, steps: [...steps], changed: '' }] });
            [past, future] = [[...past, version()], []];
            made++;
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        expect(standingVersions(file)).toEqual({ past, future });
        expect(codebookFaults(currentCodebook(file).codebook)).toEqual([]);
        const now = written.map((one) => migrate(one, file));
        expect(now).toEqual(rewritten);
        for (const one of now) {
          expect(codebookProblems(one, currentCodebook(file).codebook)).toEqual([]);
          expect(migrate(one, file)).toBe(one);
        }
      }
      CodebookFile.parse(file);
    };
    const add = fc.tuple(number, number, number, number).map((numbers) => ({ kind: 'add', numbers }));
    const moves = fc
      .tuple(fc.array(add, { minLength: 4, maxLength: 8 }), fc.array(move, { minLength: 10, maxLength: 40, size: 'max' }))
      .map(([begin, rest]) => [...begin, ...rest]);
    fc.assert(fc.property(moves, play), { numRuns: 60 });
    expect(made).toBeGreaterThan(60);
  });

  test('P8 a file whose version reverts one that was not made before it is refused', () => {
    expect(revertedBy([{ step: 'revert', version: 2 }])).toBe(2);
    expect(CodebookFile.safeParse(undone(first, 2)).success).toBe(false);
    expect(CodebookFile.safeParse(undone(changedBy(first, { change: 'add-value', ...polarity, value: 'torn' }))).success).toBe(true);
  });
});
