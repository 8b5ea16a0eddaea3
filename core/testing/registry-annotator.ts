import fc from 'fast-check';
import { emptySet } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { type EntityRecord, entityOf, foldedName, type Registry, resolveRegistry } from '../model/entity.ts';
import { registrySceneOf } from '../registry/linking.ts';
import * as edits from '../registry/registry-edits.ts';
import { applyEdits, type Edit, emptyWork, type Gesture, type Work } from '../steps/edit.ts';
import { holdEntity, Refusal, type Scene } from '../steps/gestures.ts';
import { emptyHistory, type History, historyOf, record, redoOf, undoOf } from '../steps/history.ts';
import { spanAt } from '../text/span.ts';
import type { Said } from './registry-model.ts';

/** A clock that two annotators share. Each reading is later than the one before, and also serves as an id. */
export class Clock {
  #count = 0;

  id(prefix: string): string {
    return `${prefix}${String(++this.#count).padStart(5, '0')}`;
  }

  now(): string {
    return new Date(Date.UTC(2026, 0, 1) + ++this.#count * 1000).toISOString();
  }
}

/** One annotator at work on the registry, with their own work and what has been synced from the others. */
export class RegistryAnnotator {
  work: Work = emptyWork;
  history: History = emptyHistory;
  synced: readonly EntityRecord[] = [];
  /** The current codebook, as far as it was synced. */
  codebook: { readonly version: number; readonly codebook: Codebook } = { version: 1, codebook: defaultCodebook };
  /** Every gesture in order. */
  journal: Gesture[] = [];
  readonly name: string;
  readonly #clock: Clock;
  readonly #article: { readonly id: string; readonly text: string };

  constructor(name: string, clock: Clock, article = { id: 'a', text: 'Ana Ruiz met the council.' }) {
    this.name = name;
    this.#clock = clock;
    this.#article = article;
  }

  get registry(): Registry {
    return resolveRegistry([...this.synced, ...this.work.entities.values()]);
  }

  /** The ids of the own mentions. */
  get mentions(): string[] {
    return [...(this.work.sets.get(this.#article.id) ?? emptySet('')).mentions.keys()];
  }

  scene(): edits.RegistryScene {
    return registrySceneOf(this.articleScene());
  }

  articleScene(): Scene {
    return {
      ...{ article: this.#article.id, text: this.#article.text, work: this.work, registry: this.registry, annotator: this.name },
      ...{ codebook: this.codebook.codebook, codebookVersion: this.codebook.version },
      ...{ now: this.#clock.now(), newId: () => this.newId('e') },
    };
  }

  newId(prefix: string): string {
    return this.#clock.id(prefix);
  }

  /** Continues from what was read again under `codebook`. */
  adopt(codebook: RegistryAnnotator['codebook'], work: Work, journal: readonly Gesture[]): void {
    this.codebook = codebook;
    this.work = work;
    this.journal = [...journal];
    this.history = historyOf(journal);
  }

  /** Makes `list` one step; null if it is empty. */
  step(list: readonly Edit[]): Gesture | null {
    if (list.length === 0) return null;
    const id = this.#clock.id('g');
    const gesture = { ...{ id, annotator: this.name, time: this.#clock.now(), command: 'test.step', title: 'Step' }, edits: [...list] };
    return this.#take({ ...gesture, undoes: null, redoes: null });
  }

  undo(): Gesture | null {
    return this.#take(undoOf(this.history, this.#clock.id('g'), this.#clock.now()));
  }

  redo(): Gesture | null {
    return this.#take(redoOf(this.history, this.#clock.id('g'), this.#clock.now()));
  }

  #take(gesture: Gesture | null): Gesture | null {
    if (!gesture) return null;
    this.work = applyEdits(this.work, gesture.edits);
    this.history = record(this.history, gesture);
    this.journal.push(gesture);
    return gesture;
  }
}

const names = ['Zelensky', 'zelensky', 'Kim', 'Ana Ruiz', 'the council'];
/** Mentions of annotators who do not take part here. */
export const foreignMentions = ['m1', 'm2', 'm3'];

/** Kinds of actions on the registry. Frequent ones are listed several times. */
export const deedKinds = [
  ...(['create', 'create', 'create', 'rename', 'notes', 'alias', 'alias', 'member', 'link', 'link'] as const),
  ...(['merge', 'merge', 'split', 'split', 'remove'] as const),
] as const;

/** Numbers that choose among what exists when an action is done. */
export const picks = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99));

interface Deed {
  readonly list: readonly Edit[];
  /** What the action says, for the model. */
  readonly said: readonly Said[];
}

/** An action of `by`, as edits and as words. Null if there is nothing to act on, or it was refused. Does not change anything. */
export function deedOf(
  by: RegistryAnnotator,
  kind: (typeof deedKinds)[number],
  pick: readonly [number, number, number],
  yes: boolean,
): Deed | null {
  try {
    return build(by, kind, pick, yes);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function build(
  by: RegistryAnnotator,
  kind: (typeof deedKinds)[number],
  [a, b, c]: readonly [number, number, number],
  yes: boolean,
): Deed | null {
  const articleScene = by.articleScene();
  const scene = registrySceneOf(articleScene);
  const ids = [...scene.registry.keys()];
  const [id, other] = [ids[a % Math.max(1, ids.length)], ids[b % Math.max(1, ids.length)]];
  const name = names[c % names.length] as string;
  if (kind === 'create') {
    const { id: fresh, edits: list } = edits.createEntity(scene, 'PERSON', name);
    return { list, said: [[fresh, 'canonical', name]] };
  }
  if (!id || !other) return null;
  switch (kind) {
    case 'rename':
      return { list: edits.setEntityField(scene, id, 'canonical', name), said: [[id, 'canonical', name]] };
    case 'notes':
      return { list: edits.setEntityField(scene, id, 'notes', name), said: [[id, 'notes', name]] };
    case 'alias':
      return { list: edits.setAlias(scene, id, name, yes), said: [[id, `alias:${name}`, yes]] };
    case 'member':
      return { list: edits.setMember(scene, id, other, yes), said: [[id, `member:${other}`, yes]] };
    case 'remove':
      return { list: edits.removeEntity(scene, id), said: [[id, 'removed', true]] };
    case 'link': {
      const { article, annotator, text } = articleScene;
      const start = b % (text.length - 1);
      const mention = { id: scene.newId(), article, annotator, span: spanAt(text, { start, end: start + 1 }), entity: id };
      const hold = holdEntity(articleScene, id);
      const held: Said[] = hold.length > 0 ? [[id, 'canonical', scene.registry.get(id)?.canonical ?? id, '1970-01-01T00:00:00.000Z']] : [];
      return { list: [...hold, { record: 'mention', article, id: mention.id, before: null, after: mention }], said: held };
    }
    case 'merge': {
      const [from, into] = [entityOf(scene.registry, id), entityOf(scene.registry, other)];
      const list = edits.mergeEntities(scene, [id], other, { aliases: yes });
      if (!from || !into) return null;
      const had = new Set([into.canonical, ...into.aliases].map(foldedName));
      const learnt: string[] = [];
      for (const alias of yes ? [from.canonical, ...from.aliases] : []) {
        if (had.has(foldedName(alias))) continue;
        had.add(foldedName(alias));
        learnt.push(alias);
      }
      return { list, said: [[from.id, 'mergedInto', into.id], ...learnt.map((alias): Said => [into.id, `alias:${alias}`, true])] };
    }
    case 'split': {
      const choice = [...foreignMentions, ...by.mentions];
      const mention = choice[b % choice.length] as string;
      const { id: fresh, edits: list } = edits.splitEntity(scene, id, [mention], name);
      const old = entityOf(scene.registry, id)?.id as string;
      return {
        list,
        said: [
          [fresh, 'canonical', name],
          [old, `moved:${mention}`, fresh],
        ],
      };
    }
  }
}
