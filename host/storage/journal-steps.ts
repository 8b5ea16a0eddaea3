import type { Edit, Gesture } from '../../core/steps/edit.ts';

/** What one gesture did in one place. */
export interface Step {
  /** The gesture's number in the journal. */
  readonly seq: number;
  readonly edits: readonly Edit[];
}

type Growing = { readonly seq: number; readonly edits: Edit[] };

/** The gestures of a journal, in order and by the place that they touch. */
export class JournalSteps {
  readonly #gestures: Gesture[] = [];
  readonly #onArticle = new Map<string, Growing[]>();
  readonly #across = { entity: [] as Growing[], link: [] as Growing[], article: [] as Growing[] };
  #areGapless = true;

  /** Adds the gesture with the number `seq`. Numbers must ascend. */
  add(seq: number, gesture: Gesture): void {
    this.#gestures.push(gesture);
    this.#areGapless &&= seq === this.#gestures.length;
    for (const edit of gesture.edits) {
      const steps = this.#stepsFor(edit);
      const last = steps?.at(-1);
      if (last?.seq === seq) last.edits.push(edit);
      else steps?.push({ seq, edits: [edit] });
    }
  }

  /** All gestures, in order. */
  get gestures(): readonly Gesture[] {
    return this.#gestures;
  }

  /** Whether no gesture is missing, from the first on. */
  get areGapless(): boolean {
    return this.#areGapless;
  }

  /** The ids of the articles that the gestures touch. */
  get articles(): Iterable<string> {
    return this.#onArticle.keys();
  }

  /** What the gestures did on an article; undefined if nothing. */
  on(article: string): readonly Step[] | undefined {
    return this.#onArticle.get(article);
  }

  /** What the gestures did to each kind of record that belongs to no single article. */
  get across(): Readonly<Record<'entity' | 'link' | 'article', readonly Step[]>> {
    return this.#across;
  }

  // A change of the codebook is recorded in the codebook itself.
  #stepsFor(edit: Edit): Growing[] | null {
    if (edit.record === 'codebook') return null;
    if (!('article' in edit)) return this.#across[edit.record];
    let steps = this.#onArticle.get(edit.article);
    if (!steps) {
      steps = [];
      this.#onArticle.set(edit.article, steps);
    }
    return steps;
  }
}
