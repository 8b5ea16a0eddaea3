import { changeArticle } from '../../../core/articles/article-changes.ts';
import { type CodebookFile, currentCodebook } from '../../../core/codebook/codebook-file.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import type { Codebook } from '../../../core/model/codebook.ts';
import { newEntity, resolveRegistry } from '../../../core/model/entity.ts';
import { mergeEntities, setEntityField } from '../../../core/registry/registry-edits.ts';
import { applyEdits, changesCodebook, type Edit, emptyWork, type Gesture, type Work } from '../../../core/steps/edit.ts';
import { emptyHistory, type History, record, redoOf, undoOf } from '../../../core/steps/history.ts';
import { spanAt } from '../../../core/text/span.ts';
import { gestureOf, withVersion } from '../codebook-versions.ts';
import { migrateGesture } from '../gesture-migration.ts';
import type { CodebookRequest } from '../project-interface.ts';

/** A codebook of two layers and one relation: small, so that tests spend their time elsewhere. */
export const smallCodebook: Codebook = {
  name: 'small',
  language: 'en',
  layers: [
    { id: 'QUOTE', title: 'Quote', key: 'q', look: 'tint', hue: 'yellow', hueBy: null, help: '', attributes: [], roles: [] },
    { id: 'FACT', title: 'Fact', key: 'f', look: 'tint', hue: 'blue', hueBy: null, help: '', attributes: [], roles: [] },
  ],
  relations: [
    {
      ...{ id: 'same', title: 'Same', scope: 'any', symmetric: true, key: null, attributes: [], help: '' },
      ...{ from: ['QUOTE', 'FACT'], to: ['QUOTE', 'FACT'] },
    },
  ],
  entityTypes: [{ id: 'PERSON', title: 'Person' }],
};

/** The time at which every test project was made. */
export const made = '2026-01-01T00:00:00.000Z';

/**
 * What an author can do next. `add` and `remove` touch an annotation, `both` touches an annotation, an entity, a link and the article itself at once,
 * `change` the article, `entity` and `merge` the registry.
 */
export type Step = 'add' | 'remove' | 'note' | 'both' | 'change' | 'entity' | 'merge' | 'undo' | 'redo';

/** One annotator as a pure model: makes gestures, and knows the result of those that were accepted. */
export class Author {
  readonly annotator: string;
  work: Work = emptyWork;
  history: History = emptyHistory;
  /** Every accepted gesture, in order. */
  accepted: readonly Gesture[] = [];
  /** How many gestures were made; their ids are derived from it. */
  count = 0;
  /** The codebook as the author last made it. */
  file: CodebookFile = { format: 1, versions: [{ codebook: smallCodebook, steps: [], changed: made }] };

  constructor(annotator: string) {
    this.annotator = annotator;
  }

  /** A copy of the author in the current state. */
  copy(): Author {
    return Object.assign(new Author(this.annotator), {
      work: this.work,
      history: this.history,
      accepted: this.accepted,
      count: this.count,
      file: this.file,
    });
  }

  /** The next change of the codebook: undoes or redoes one if that is next in the history, otherwise renames the second layer. */
  codebookRequest(step: 'undo' | 'redo' | 'codebook'): CodebookRequest | null {
    const next = step === 'undo' ? this.history.past.at(-1) : step === 'redo' ? this.history.future.at(-1) : null;
    if (step !== 'codebook' && (!next || !changesCodebook(next.edits))) return null;
    const { version, codebook } = currentCodebook(this.file);
    const number = ++this.count;
    const change = { change: 'rename-layer' as const, layer: codebook.layers[1]?.id ?? '', to: `FACT${number}` };
    const what = next
      ? { kind: step as 'undo' | 'redo', of: step === 'undo' ? next.id : (next.undoes ?? next.id) }
      : { kind: 'change' as const, changes: [change] };
    return { version, gesture: `g${number}`, what };
  }

  /** The author after the project accepted `request`: everything written before is migrated to the new codebook. */
  withCodebook(request: CodebookRequest): Author {
    const sets = [...this.work.sets.values()];
    const inUse = {
      layers: new Set(sets.flatMap(({ annotations }) => [...annotations.values()].map(({ layer }) => layer))),
      relations: new Set([...this.work.links.values()].map(({ type }) => type)),
      entityTypes: new Set(['PERSON']),
    };
    const file = withVersion(this.file, request, inUse, this.annotator, made);
    const next = Object.assign(new Author(this.annotator), { file, count: this.count });
    for (const gesture of this.accepted) next.accept(migrateGesture(gesture, file));
    const gesture = gestureOf(file, file.versions.length, this.annotator) as Gesture;
    // If other steps came after it in the history meanwhile, it no longer fits as an undo or redo.
    const { past, future } = next.history;
    const isNext = gesture.undoes ? past.at(-1)?.id === gesture.undoes : !gesture.redoes || future.at(-1)?.id === gesture.redoes;
    next.accept(isNext ? gesture : { ...gesture, undoes: null, redoes: null });
    return next;
  }

  /** The gesture for a step on an article with this text; null if there is nothing to remove, undo or redo. Changes nothing except `count`. */
  gesture(step: Step, article: string, text: string): Gesture | null {
    const number = ++this.count;
    const [id, time] = [`g${number}`, new Date(Date.UTC(2026, 1, 1) + number * 1000).toISOString()];
    if (step === 'undo' || step === 'redo') {
      const travelled = step === 'undo' ? undoOf(this.history, id, time) : redoOf(this.history, id, time);
      return travelled && !changesCodebook(travelled.edits) ? travelled : null;
    }
    const edits = this.#edits(step, article, text, number, time);
    return edits && { id, annotator: this.annotator, time, command: 'test.step', title: step, edits, undoes: null, redoes: null };
  }

  /** Records that `gesture` is saved. @throws GroundChanged, RangeError if it does not fit */
  accept(gesture: Gesture): void {
    this.work = applyEdits(this.work, gesture.edits);
    this.history = record(this.history, gesture);
    this.accepted = [...this.accepted, gesture];
  }

  #edits(step: Step, article: string, text: string, number: number, time: string): Edit[] | null {
    const [oldest] = this.work.sets.get(article)?.annotations.values() ?? [];
    if (step === 'remove' && oldest) {
      const links = [...this.work.links.values()].filter(({ from }) => from.annotation === oldest.id);
      return [...links.map((link): Edit => ({ record: 'link', id: link.id, before: link, after: null })), annotationEdit(oldest, null)];
    }
    if (step === 'remove') return null;
    const changes = number % 3 === 0 ? { removed: number % 2 === 0 } : { title: `Title ${number}`, date: number % 2 ? null : '2026-01' };
    const change = changeArticle({ work: this.work, annotator: this.annotator, now: time }, article, changes);
    if (step === 'change') return [change];
    if (step === 'entity' || step === 'merge') return this.#registryEdits(step, number, time);
    if (step === 'note') return oldest ? [annotationEdit(oldest, { ...oldest, note: 'n'.repeat(number % 7), modified: time })] : null;
    const start = (number * 7) % Math.max(1, text.length - 12);
    const { version, codebook } = currentCodebook(this.file);
    const annotation: Annotation = {
      id: `a${number}`,
      article,
      annotator: this.annotator,
      layer: codebook.layers[number % 2 ? 0 : 1]?.id ?? '',
      spans: [spanAt(text, { start, end: start + 2 + (number % 9) })],
      attributes: {},
      roles: [],
      note: '',
      origin: { kind: 'person' },
      codebook: version,
      created: time,
      modified: time,
    };
    const added = annotationEdit(null, annotation);
    if (step === 'add') return [added];
    const end = { article, annotation: annotation.id };
    const link = {
      ...{ id: `l${number}`, type: 'same', annotator: this.annotator, from: end, to: end, attributes: {}, note: '' },
      ...{ origin: { kind: 'person' as const }, codebook: version, created: time, modified: time },
    };
    const entity = newEntity(`e${number}`, this.annotator, 'PERSON', `Person ${number}`, time);
    return [
      added,
      { record: 'entity', id: entity.id, before: null, after: entity },
      { record: 'link', id: link.id, before: null, after: link },
      change,
    ];
  }

  #registryEdits(step: 'entity' | 'merge', number: number, time: string): Edit[] | null {
    const records = this.work.entities;
    const registry = resolveRegistry([...records.values()]);
    const [one, two] = [...registry.values()].filter(({ mergedInto, removed }) => mergedInto === null && !removed);
    const scene = { records, registry, annotator: this.annotator, now: time, newId: () => `n${number}` };
    if (!one || (step === 'merge' && !two)) return null;
    if (step === 'entity') return setEntityField(scene, one.id, 'notes', `Note ${number}`);
    return two ? mergeEntities(scene, [two.id], one.id, { aliases: true }) : null;
  }
}

function annotationEdit(before: Annotation | null, after: Annotation | null): Edit {
  const { id, article } = (after ?? before) as Annotation;
  return { record: 'annotation', article, id, before, after };
}
