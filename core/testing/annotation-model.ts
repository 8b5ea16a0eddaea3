import type { CodebookChange } from '../codebook/codebook-change.ts';
import { type AnnotationSet, emptySet } from '../model/annotation.ts';
import { type Codebook, layerOf } from '../model/codebook.ts';
import type { Edit, Gesture } from '../steps/edit.ts';
import { fillRole, Refusal, removeAnnotations, setAttribute, tag } from '../steps/gestures.ts';
import type { RegistryAnnotator } from './registry-annotator.ts';

const values = ['favor', 'against', 'neutral'] as const;
const optional = { type: 'enum' as const, required: false, default: null, help: '' };

/** A codebook of one layer with one role and two attributes. The first attribute keeps its values while they are renamed. */
export const stanceCodebook: Codebook = {
  name: 'stances',
  language: 'en',
  layers: [
    {
      ...{ id: 'STANCE', title: 'Stance', key: 's', look: 'tint', hue: 'yellow', hueBy: null, help: '' },
      attributes: [
        { ...optional, name: 'polarity', title: 'Polarity', values: [...values] },
        { ...optional, name: 'strength', title: 'Strength', values: ['low', 'high'] },
      ],
      roles: [{ name: 'holder', title: 'Holder', key: 'p', targets: ['mention'], min: 0, max: 1, help: '' }],
    },
  ],
  relations: [],
  entityTypes: [{ id: 'PERSON', title: 'Person' }],
};

/**
 * What a step says. About an annotation: that it exists or not (`there`), the index of its polarity among the codebook's values, its strength, or
 * where its holder is. About the codebook (`codebook`): the name of a value, or that strength was removed.
 */
export type Word = readonly [of: string, key: string, value: string | number | boolean];

/** Annotations and codebook as they result from what annotators said. Knows nothing about records, versions and migrations. */
export class AnnotationModel {
  readonly #steps: { readonly id: string; readonly by: string; readonly words: readonly Word[] }[] = [];
  readonly #undone = new Set<string>();

  /** Records what a step said. */
  say(gesture: Gesture, words: readonly Word[]): void {
    this.#steps.push({ id: gesture.id, by: gesture.annotator, words });
  }

  /** Records an undo or redo. */
  travel({ undoes, redoes }: Gesture): void {
    if (undoes) this.#undone.add(undoes);
    if (redoes) this.#undone.delete(redoes);
  }

  /** Where the annotations of `by` and the current codebook differ from what was said, one sentence each. */
  differences(by: string, set: AnnotationSet, codebook: Codebook): string[] {
    const said = this.#standing((step) => step.by === by);
    const ofCodebook = this.#standing(() => true).get('codebook') ?? new Map();
    const names = values.map((name, index) => ofCodebook.get(`value ${index}`) ?? name);
    const hasStrength = !ofCodebook.get('no strength');
    const attributes = layerOf(codebook, 'STANCE')?.attributes ?? [];
    const found: string[] = [];
    const told = JSON.stringify(attributes.map(({ name, ...rest }) => [name, 'values' in rest ? rest.values : []]));
    const wanted = JSON.stringify([['polarity', names], ...(hasStrength ? [['strength', ['low', 'high']]] : [])]);
    if (told !== wanted) found.push(`the codebook is ${told}, not ${wanted}`);
    const expected = [...said].flatMap(([id, keys]) => {
      if (id === 'codebook' || keys.get('there') !== true) return [];
      const polarity = keys.get('polarity');
      const strength = hasStrength ? keys.get('strength') : undefined;
      return `${id} ${typeof polarity === 'number' ? names[polarity] : '-'} ${strength ?? '-'} ${keys.get('holder') ?? '-'}`;
    });
    const actual = [...set.annotations.values()].map(({ id, attributes: given, roles }) => {
      const holders = roles.map(({ target }) => {
        const span = target.kind === 'mention' ? set.mentions.get(target.id)?.span : undefined;
        return span ? `${span.start}-${span.end}` : 'nowhere';
      });
      return `${id} ${given['polarity'] ?? '-'} ${given['strength'] ?? '-'} ${holders.join('+') || '-'}`;
    });
    if (expected.sort().join() !== actual.sort().join()) found.push(`${by} has ${actual.join(', ')}, not ${expected.join(', ')}`);
    return found;
  }

  // The latest value of each key in the steps in effect, in the order in which they were first made.
  #standing(counts: (step: { readonly by: string }) => boolean): Map<string, Map<string, Word[2]>> {
    const state = new Map<string, Map<string, Word[2]>>();
    for (const step of this.#steps) {
      if (this.#undone.has(step.id) || !counts(step)) continue;
      for (const [of, key, value] of step.words) state.set(of, (state.get(of) ?? new Map()).set(key, value));
    }
    return state;
  }
}

/** Kinds of actions on annotations. */
export const annotationKinds = ['tag', 'tag', 'polarity', 'polarity', 'strength', 'holder', 'delete'] as const;

/** An action of `by` on their own annotations, as edits and as words. Null if there is nothing to act on, or it was refused. */
export function annotationDeedOf(
  by: RegistryAnnotator,
  kind: (typeof annotationKinds)[number],
  [a, b, c]: readonly [number, number, number],
): { list: Edit[]; words: Word[] } | null {
  const scene = by.articleScene();
  const start = a % (scene.text.length - 6);
  const range = { start, end: start + 1 + (b % 5) };
  if (kind === 'tag') {
    const { id, edits } = tag(scene, 'STANCE', [range]);
    return { list: edits, words: [[id, 'there', true]] };
  }
  const ids = [...(by.work.sets.get(scene.article) ?? emptySet('')).annotations.keys()];
  const id = ids[c % Math.max(1, ids.length)];
  if (!id) return null;
  try {
    switch (kind) {
      case 'polarity': {
        const polarity = layerOf(by.codebook.codebook, 'STANCE')?.attributes.find(({ name }) => name === 'polarity');
        const index = a % values.length;
        const name = polarity?.type === 'enum' ? polarity.values[index] : undefined;
        return name === undefined ? null : { list: setAttribute(scene, id, 'polarity', name), words: [[id, 'polarity', index]] };
      }
      case 'strength': {
        const strength = a % 2 ? 'low' : 'high';
        return { list: setAttribute(scene, id, 'strength', strength), words: [[id, 'strength', strength]] };
      }
      case 'holder':
        return { list: fillRole(scene, id, 'holder', range, false), words: [[id, 'holder', `${range.start}-${range.end}`]] };
      case 'delete':
        return { list: removeAnnotations(scene, [id]), words: [[id, 'there', false]] };
    }
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** A change of `codebook` chosen by numbers, with what it says. Null if strength should be removed but no longer exists. */
export function codebookDeedOf(
  codebook: Codebook,
  kind: 'rename value' | 'remove attribute',
  number: number,
  fresh: string,
): { change: CodebookChange; words: Word[] } | null {
  const owner = { kind: 'layer', id: 'STANCE' } as const;
  const attributes = layerOf(codebook, 'STANCE')?.attributes ?? [];
  if (kind === 'remove attribute') {
    if (attributes.length < 2) return null;
    return { change: { change: 'remove-attribute', owner, attribute: 'strength' }, words: [['codebook', 'no strength', true]] };
  }
  const index = number % values.length;
  const [polarity] = attributes;
  const value = polarity?.type === 'enum' ? polarity.values[index] : undefined;
  if (value === undefined) return null;
  return {
    change: { change: 'rename-value', owner, attribute: 'polarity', value, to: fresh },
    words: [['codebook', `value ${index}`, fresh]],
  };
}
