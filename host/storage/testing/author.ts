import type { Annotation } from '../../../core/annotation.ts';
import { changeArticle } from '../../../core/article-changes.ts';
import type { Codebook } from '../../../core/codebook.ts';
import { applyEdits, type Edit, emptyWork, type Gesture, type Work } from '../../../core/edit.ts';
import { newEntity } from '../../../core/entity.ts';
import { emptyHistory, type History, record, redoOf, undoOf } from '../../../core/history.ts';
import { spanAt } from '../../../core/span.ts';

/** A codebook of one layer and one tie: small, so that tests spend their time elsewhere. */
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

/** What an author can do next. `add` and `remove` touch an annotation, `both` an annotation, an entity, a link and the article itself at once, `change` the article. */
export type Step = 'add' | 'remove' | 'note' | 'both' | 'change' | 'undo' | 'redo';

/** One annotator as a pure model: makes gestures and knows what those that were accepted come to. */
export class Author {
  readonly annotator: string;
  work: Work = emptyWork;
  history: History = emptyHistory;
  /** Every accepted gesture, in order. */
  accepted: readonly Gesture[] = [];
  /** How many gestures were made; ids follow from it. */
  count = 0;

  constructor(annotator: string) {
    this.annotator = annotator;
  }

  /** The author as it is now. */
  copy(): Author {
    return Object.assign(new Author(this.annotator), {
      work: this.work,
      history: this.history,
      accepted: this.accepted,
      count: this.count,
    });
  }

  /** The gesture for a step on an article with this text; null when there is nothing to remove, undo or redo. Changes nothing. */
  gesture(step: Step, article: string, text: string): Gesture | null {
    const number = ++this.count;
    const [id, time] = [`g${number}`, new Date(Date.UTC(2026, 1, 1) + number * 1000).toISOString()];
    if (step === 'undo') return undoOf(this.history, id, time);
    if (step === 'redo') return redoOf(this.history, id, time);
    const edits = this.#edits(step, article, text, number, time);
    return edits && { id, annotator: this.annotator, time, command: 'test.step', title: step, edits, undoes: null, redoes: null };
  }

  /** Takes note that `gesture` is saved. @throws GroundChanged, RangeError when it does not fit */
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
    if (step === 'note') return oldest ? [annotationEdit(oldest, { ...oldest, note: 'n'.repeat(number % 7), modified: time })] : null;
    const start = (number * 7) % Math.max(1, text.length - 12);
    const annotation: Annotation = {
      id: `a${number}`,
      article,
      annotator: this.annotator,
      layer: number % 2 ? 'QUOTE' : 'FACT',
      spans: [spanAt(text, { start, end: start + 2 + (number % 9) })],
      attributes: {},
      roles: [],
      note: '',
      origin: { kind: 'person' },
      codebook: 1,
      created: time,
      modified: time,
    };
    const added = annotationEdit(null, annotation);
    if (step === 'add') return [added];
    const end = { article, annotation: annotation.id };
    const link = {
      ...{ id: `l${number}`, type: 'same', annotator: this.annotator, from: end, to: end, attributes: {}, note: '' },
      ...{ origin: { kind: 'person' as const }, codebook: 1, created: time, modified: time },
    };
    const entity = newEntity(`e${number}`, this.annotator, 'PERSON', `Person ${number}`, time);
    return [
      added,
      { record: 'entity', id: entity.id, before: null, after: entity },
      { record: 'link', id: link.id, before: null, after: link },
      change,
    ];
  }
}

function annotationEdit(before: Annotation | null, after: Annotation | null): Edit {
  const { id, article } = (after ?? before) as Annotation;
  return { record: 'annotation', article, id, before, after };
}
