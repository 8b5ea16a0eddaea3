import { addRelation, setRelationAttribute, setRelationNote } from '../../../annotations/relations.ts';
import { takeProposals } from '../../../facts/record-edits.ts';
import type { Annotation, AttributeValue, Mention } from '../../../model/annotation.ts';
import { emptySet } from '../../../model/annotation.ts';
import { defaultCodebook } from '../../../model/default-codebook.ts';
import { type EntityRecord, type Registry, resolveRegistry } from '../../../model/entity.ts';
import { linkMention, registrySceneOf } from '../../../registry/linking.ts';
import type { RegistryScene } from '../../../registry/registry-edits.ts';
import { applyEdits, type Edit, emptyWork, type Work } from '../../../steps/edit.ts';
import { fillRole, fillRoleWith, mentionAt, type Scene, setAttribute, setDone, setNote, tag } from '../../../steps/gestures.ts';
import { rejectSuggestion } from '../../../suggestions/acceptance.ts';
import type { Range } from '../../../text/span.ts';
import { words } from './words.ts';

/** An entity, by its key in the seeds. */
export interface Named {
  readonly entity: string;
}
/** The filler of a role: words of the article, which may be linked to an entity; an entity without words; or the author. */
export type Filler = string | readonly [words: string, entity: string] | Named | 'AUTHOR';

/** What an annotation contains beyond the codebook's defaults. */
export interface Saying {
  readonly attributes?: Readonly<Record<string, AttributeValue | null>>;
  readonly roles?: Readonly<Record<string, readonly Filler[]>>;
  /** The numbers of a fact, each with the words that contain it. */
  readonly quantities?: readonly (readonly [words: string, value: number, modifier: 'exact' | 'approx', unit: string, counts: string])[];
  readonly note?: string;
  readonly origin?: Annotation['origin'];
}

/** What all desks share: the articles by number, the entities by key, and everybody's records. */
export interface Newsroom {
  readonly articles: ReadonlyMap<string, { readonly id: string; readonly text: string }>;
  readonly entities: Map<string, string>;
  readonly desks: Desk[];
}

/**
 * One annotator at work, using the gestures of the workbench. Articles are identified by the number at the beginning of their file name, words as
 * in `words`.
 */
export class Desk {
  readonly annotator: string;
  work: Work = emptyWork;
  #counter = 0;
  readonly #room: Newsroom;
  readonly #begins: number;

  constructor(room: Newsroom, annotator: string, begins: string) {
    this.#room = room;
    this.annotator = annotator;
    this.#begins = Date.parse(begins);
    room.desks.push(this);
  }

  /** The time of the last step. */
  get now(): string {
    return new Date(this.#begins + this.#counter * 20_000).toISOString();
  }

  /** Changes the registry. */
  registry<R extends readonly Edit[] | { id: string; edits: Edit[] }>(change: (scene: RegistryScene) => R): R {
    const made = change(registrySceneOf(this.#scene([...this.#room.articles.keys()][0] as string)));
    this.#take('edits' in made ? made.edits : made);
    return made;
  }

  /** Tags `fragments` and fills in the rest. */
  tag(article: string, layer: string, fragments: string | readonly string[], saying: Saying = {}): string {
    const ranges = [fragments].flat().map((fragment) => this.#range(article, fragment));
    const { id, edits } = tag(this.#scene(article), layer, ranges);
    const { origin } = saying;
    this.#take(
      origin
        ? edits.map((edit) => (edit.record === 'annotation' && edit.after ? { ...edit, after: { ...edit.after, origin } } : edit))
        : edits,
    );
    for (const [role, fillers] of Object.entries(saying.roles ?? {}))
      for (const [index, filler] of fillers.entries()) this.#fill(article, id, role, filler, index > 0);
    for (const [name, value] of Object.entries(saying.attributes ?? {})) this.#take(setAttribute(this.#scene(article), id, name, value));
    for (const [held, value, modifier, unit, counts] of saying.quantities ?? []) {
      const quantity = { value, value_max: null, modifier, unit, counts, mention: null };
      const range = this.#range(article, held);
      this.#take(takeProposals(this.#scene(article), id, [{ kind: 'quantity', attribute: 'quantity', quantity, range, words: held }]));
    }
    if (saying.note) this.#take(setNote(this.#scene(article), id, saying.note));
    return id;
  }

  /** Rejects a suggestion of a rule. */
  reject(article: string, layer: string, place: string, rule: string): void {
    const { text } = this.#article(article);
    const range = this.#range(article, place);
    const span = { ...range, text: text.slice(range.start, range.end) };
    const suggestion = { layer, spans: [span], attributes: {}, roles: [], rule, version: '1', why: '', confidence: 0.5 };
    this.#take(rejectSuggestion(this.#scene(article), suggestion));
  }

  /** Relates two annotations, by any annotators. */
  relate(
    type: string,
    from: string,
    to: string,
    more: { readonly attributes?: Readonly<Record<string, string>>; readonly note?: string; readonly override?: string } = {},
  ): void {
    const { id, edits } = addRelation(this.#sceneOfAll(), type, this.#end(from), this.#end(to), more.override);
    const isInArticle = this.#end(from).annotation.article === this.#end(to).annotation.article;
    const [edit] = edits;
    if (isInArticle !== (edit?.record === 'relation')) throw new RangeError(`${id} is filed in the wrong place`);
    this.#take(edits);
    for (const [name, value] of Object.entries(more.attributes ?? {}))
      this.#take(setRelationAttribute(this.#sceneOfAll(), id, name, value));
    if (more.note) this.#take(setRelationNote(this.#sceneOfAll(), id, more.note));
  }

  /** Marks articles as done. */
  done(...articles: readonly string[]): void {
    for (const article of articles) this.#take(setDone(this.#scene(article), true));
  }

  #fill(article: string, annotation: string, role: string, filler: Filler, further: boolean): void {
    if (filler === 'AUTHOR') return this.#take(fillRoleWith(this.#scene(article), annotation, role, { kind: 'author' }, further));
    if (typeof filler === 'object' && 'entity' in filler) {
      const target = { kind: 'entity', id: this.#entity(filler.entity) } as const;
      return this.#take(fillRoleWith(this.#scene(article), annotation, role, target, further));
    }
    const [place, entity] = [filler].flat() as [string, string?];
    const range = this.#range(article, place);
    this.#take(fillRole(this.#scene(article), annotation, role, range, further));
    const mention = mentionAt(this.#set(article), range);
    if (entity && mention) this.#take(linkMention(this.#scene(article), mention.id, this.#entity(entity), true));
  }

  #end(id: string): { annotation: Annotation; mentions: ReadonlyMap<string, Mention> } {
    for (const { work } of this.#room.desks)
      for (const { annotations, mentions } of work.sets.values()) {
        const annotation = annotations.get(id);
        if (annotation) return { annotation, mentions };
      }
    throw new RangeError(`no annotation ${id}`);
  }

  #entity(key: string): string {
    const id = this.#room.entities.get(key);
    if (id === undefined) throw new RangeError(`no entity ${key}`);
    return id;
  }

  #range(article: string, place: string): Range {
    return words(this.#article(article).text, place);
  }

  #article(number: string) {
    const article = this.#room.articles.get(number);
    if (!article) throw new RangeError(`no article ${number}`);
    return article;
  }

  #set(number: string) {
    const { id } = this.#article(number);
    return this.work.sets.get(id) ?? emptySet(id);
  }

  #sceneOfAll(): Scene {
    return this.#scene([...this.#room.articles.keys()][0] as string);
  }

  #scene(number: string): Scene {
    const { id, text } = this.#article(number);
    this.#counter++;
    return {
      ...{ article: id, text, work: this.work, registry: registryOf(this.#room), codebook: defaultCodebook, codebookVersion: 1 },
      ...{ annotator: this.annotator, now: this.now, newId: () => this.#newId() },
    };
  }

  #newId(): string {
    this.#counter++;
    return `${this.annotator}-${String(this.#counter).padStart(4, '0')}`;
  }

  #take(edits: readonly Edit[]): void {
    this.work = applyEdits(this.work, edits);
  }
}

/** What everybody at the desks said about the entities, ascending by id. */
export function entityRecords({ desks }: Newsroom): EntityRecord[] {
  return desks.flatMap(({ work }) => [...work.entities.values()]).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

const registryOf = (room: Newsroom): Registry => resolveRegistry(entityRecords(room));
