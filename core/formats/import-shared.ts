import type { Annotation } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import { rangeKey } from '../text/span.ts';
import type { ForeignAnnotation, ForeignDocument } from './foreign.ts';

/** Finds work that several annotators of the file have in common, when an import makes all of it one person's own. */
export class SharedWork {
  readonly #annotators: readonly Annotator[];
  // Annotators by what their work became. If a file does not name an annotator, its path is used.
  readonly #mentions = new Map<string, Set<string>>();
  readonly #annotations = new Map<string, Set<string>>();
  readonly #named = new Map<string, boolean>();

  constructor(annotators: readonly Annotator[]) {
    this.#annotators = annotators;
  }

  /** Records that a mention of the file became the mention `id`. */
  mention(document: ForeignDocument, { annotator }: ForeignAnnotation, id: string): void {
    this.#add(this.#mentions, id, document, annotator);
  }

  /** Records that an annotation of the file is imported as this one. */
  annotation(
    document: ForeignDocument,
    { annotator }: ForeignAnnotation,
    made: Pick<Annotation, 'article' | 'layer' | 'spans' | 'attributes'>,
  ): void {
    const key = JSON.stringify([made.article, made.layer, made.spans.map(rangeKey), Object.entries(made.attributes).sort()]);
    this.#add(this.#annotations, key, document, annotator);
  }

  /** What to tell the user before and after the import; null if the annotators have nothing in common. */
  inWords(): string | null {
    const several = [...this.#mentions, ...this.#annotations].filter(([, who]) => who.size > 1);
    if (several.length === 0) return null;
    const who = [...new Set(several.flatMap(([, each]) => [...each]))].sort();
    const count = (all: ReadonlyMap<string, ReadonlySet<string>>) => [...all.values()].filter((each) => each.size > 1).length;
    const [mentions, annotations] = [count(this.#mentions), count(this.#annotations)];
    const told = [
      ...(mentions > 0
        ? [`${counted(mentions, 'mention')} that several of them have ${mentions === 1 ? 'is kept once' : 'are kept once each'}`]
        : []),
      ...(annotations > 0
        ? [
            `${counted(annotations, 'annotation')} that several of them have alike ${annotations === 1 ? 'comes' : 'come'} in once for each of them`,
          ]
        : []),
    ];
    const remedy = who.every((one) => this.#named.get(one))
      ? 'To keep them apart, keep the annotators that the dataset names (on the command line: --keep-annotators).'
      : 'To keep them apart, import the files of each as an annotator of their own.';
    const names = who.map((id) => this.#annotators.find((one) => one.id === id)?.name ?? id);
    const some = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
    return `The work of ${some} becomes your own: ${told.join('; ')}. ${remedy}`;
  }

  #add(all: Map<string, Set<string>>, key: string, { file }: ForeignDocument, annotator: string | null): void {
    const who = annotator ?? file;
    this.#named.set(who, annotator !== null);
    const those = all.get(key) ?? new Set();
    all.set(key, those.add(who));
  }
}

const counted = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);
