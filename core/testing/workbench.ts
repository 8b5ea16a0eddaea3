import type { AnnotationSet } from '../model/annotation.ts';
import { emptySet } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { type Registry, resolveRegistry } from '../model/entity.ts';
import { applyEdits, type Edit, emptyWork, type Gesture, type Work } from '../steps/edit.ts';
import { type Scene, tag } from '../steps/gestures.ts';
import { emptyHistory, type History, record, redoOf, undoOf } from '../steps/history.ts';
import type { Range } from '../text/span.ts';

/** One annotator at work on a few articles, in memory: steps, undo and redo, with a counting clock and counting ids. */
export class Workbench {
  readonly texts: ReadonlyMap<string, string>;
  readonly annotator: string;
  /** Every gesture in order, as in a journal. */
  readonly journal: Gesture[] = [];
  work: Work;
  history: History = emptyHistory;
  private counter = 0;

  /** A workbench without annotations. `texts` maps article ids to texts. */
  constructor(texts: Readonly<Record<string, string>>, annotator = 'anna') {
    this.annotator = annotator;
    this.texts = new Map(Object.entries(texts));
    this.work = { ...emptyWork, sets: new Map(Object.keys(texts).map((article) => [article, emptySet(article)])) };
  }

  /** The registry resulting from this annotator's entries alone. */
  get registry(): Registry {
    return resolveRegistry(this.work.entities.values());
  }

  newId(): string {
    this.counter++;
    return `${this.annotator === 'anna' ? 'n' : this.annotator}${String(this.counter).padStart(4, '0')}`;
  }

  /** A time that is later at each call. */
  now(): string {
    this.counter++;
    return new Date(Date.UTC(2026, 0, 1) + this.counter * 1000).toISOString();
  }

  text(article: string): string {
    const text = this.texts.get(article);
    if (text === undefined) throw new RangeError(`no article ${article}`);
    return text;
  }

  set(article: string): AnnotationSet {
    return this.work.sets.get(article) ?? emptySet(article);
  }

  scene(article: string): Scene {
    return {
      ...{ article, text: this.text(article), work: this.work, registry: this.registry },
      ...{ codebook: defaultCodebook, codebookVersion: 1, annotator: this.annotator, now: this.now(), newId: () => this.newId() },
    };
  }

  /** Does `edits` as one step. */
  step(edits: Edit[]): void {
    const [id, time] = [this.newId(), this.now()];
    this.take({ id, annotator: this.annotator, time, command: 'test.step', title: 'Step', edits, undoes: null, redoes: null });
  }

  /** Undoes the last step; false if there is none. */
  undo(): boolean {
    return this.take(undoOf(this.history, this.newId(), this.now()));
  }

  /** Redoes the next step; false if there is none. */
  redo(): boolean {
    return this.take(redoOf(this.history, this.newId(), this.now()));
  }

  /** Tags the first occurrence of `words` in `article` and returns the annotation's id. */
  tag(article: string, layer: string, words: string): string {
    const { id, edits } = tag(this.scene(article), layer, [this.range(article, words)]);
    this.step(edits);
    return id;
  }

  /** The first occurrence of `words` in `article`. */
  range(article: string, words: string): Range {
    const start = this.text(article).indexOf(words);
    if (start < 0) throw new RangeError(`${article} does not hold ${words}`);
    return { start, end: start + words.length };
  }

  private take(gesture: Gesture | null): boolean {
    if (!gesture) return false;
    this.work = applyEdits(this.work, gesture.edits);
    this.history = record(this.history, gesture);
    this.journal.push(gesture);
    return true;
  }
}
