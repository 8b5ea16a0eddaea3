import type { Mention } from '../model/annotation.ts';
import { type Edit, mentionEdit } from '../steps/edit.ts';
import { rangeKey, type Span, spanAt } from '../text/span.ts';
import { mentionLayer } from './document.ts';
import type { ForeignAnnotation, ForeignDocument } from './foreign.ts';
import { type ImportScene, type OwnedSets, placesIn, wantedId } from './import-scene.ts';
import { entityTypeAttribute } from './mapping.ts';
import type { Offsets } from './offset-unit.ts';

/** Imports the mentions of one document as the annotator's own. A mention that is already at the same place is reused. */
export class MentionImport {
  readonly #article: string;
  readonly #document: ForeignDocument;
  readonly #offsets: Offsets;
  readonly #sets: OwnedSets;
  readonly #places: Map<string, Mention>;
  readonly #scene: ImportScene;
  readonly #given: ReadonlyMap<string, ForeignAnnotation>;
  readonly #own = new Map<string, string>();
  readonly #edits: Edit[] = [];

  constructor(
    article: string,
    document: ForeignDocument,
    offsets: Offsets,
    sets: OwnedSets,
    places: Map<string, Mention>,
    scene: ImportScene,
  ) {
    this.#article = article;
    this.#document = document;
    this.#offsets = offsets;
    this.#sets = sets;
    this.#places = places;
    this.#scene = scene;
    const given = document.annotations.filter(({ layer, spans }) => layer === mentionLayer && spans.length > 0);
    this.#given = new Map(given.map((mention) => [mention.id, mention]));
  }

  has(id: string): boolean {
    return this.#given.has(id);
  }

  /** The id of the annotator's own mention for one in the file, created if there is none. @throws RangeError for an id that is not a mention's */
  own(id: string): string {
    const done = this.#own.get(id);
    if (done !== undefined) return done;
    const given = this.#given.get(id);
    if (!given) throw new RangeError(`no mention ${id}`);
    const made = this.#made(given);
    // Two mentions of the file that become one are counted once.
    if (made.state !== 'shared') this.#scene.count(`layer ${mentionLayer}`, made.state === 'known');
    const { mention } = made;
    this.#scene.shared.mention(this.#document, given, mention.id);
    this.#own.set(id, mention.id);
    return mention.id;
  }

  /**
   * The edits for the mentions that annotations needed, and for those of `all` that are linked to an entity. `held` are the ids in the file of
   * mentions needed by annotations that the project already has.
   */
  finish(all: readonly ForeignAnnotation[], held: ReadonlySet<string>): Edit[] {
    for (const { id, spans } of all) {
      if (this.#own.has(id) || spans.length === 0) continue;
      const { entity_id, [entityTypeAttribute]: type } = this.#given.get(id)?.attributes ?? {};
      if (held.has(id) || this.#isThere(id)) this.#scene.count(`layer ${mentionLayer}`, true);
      else if (typeof type === 'string' || (typeof entity_id === 'string' && this.#scene.entities.linked(entity_id) !== null)) this.own(id);
      else this.#scene.lose('mentions that no role and no entity holds');
    }
    return this.#edits;
  }

  // Someone already has it under this id, and nothing new needs it.
  #isThere(id: string): boolean {
    const given = this.#given.get(id) as ForeignAnnotation;
    if (wantedId(this.#document, id) === null) return false;
    return this.#sets.some(({ set }) => {
      const there = set.mentions.get(id);
      return there !== undefined && rangeKey(there.span) === rangeKey(this.#spanOf(given));
    });
  }

  #made(given: ForeignAnnotation): { mention: Mention; state: 'new' | 'known' | 'shared' } {
    const { ground, ids } = this.#scene;
    const span = this.#spanOf(given);
    if (placesIn(given.spans, this.#offsets).length > 1) this.#scene.lose('mentions in pieces (the first piece is taken)');
    const entity = this.#entityOf(given, span);
    const there = this.#places.get(rangeKey(span));
    const state = there && this.#ownNamed(there.id) ? 'known' : 'shared';
    if (there && (entity === null || there.entity === entity)) return { mention: there, state };
    if (there && there.entity === null) return { mention: this.#keep(there, { ...there, entity }), state };
    const wanted = wantedId(this.#document, given.id);
    const content = ['mention', this.#article, span.start, span.end, entity, ground.annotator];
    const { id, isKnown } = ids.choose(wanted, content, () => false);
    const own = isKnown ? this.#ownNamed(id) : undefined;
    if (own) return { mention: own, state: 'known' };
    return { mention: this.#keep(null, { id, article: this.#article, annotator: ground.annotator, span, entity }), state: 'new' };
  }

  #ownNamed(id: string): Mention | undefined {
    return this.#sets.find(({ annotator }) => annotator === this.#scene.ground.annotator)?.set.mentions.get(id);
  }

  // Keeps a single edit for each record, whatever this import does to it.
  #keep(before: Mention | null, after: Mention): Mention {
    const earlier = this.#edits.findIndex((edit) => edit.record === 'mention' && edit.id === after.id);
    const was = earlier < 0 ? before : (this.#edits[earlier] as Extract<Edit, { record: 'mention' }>).before;
    const edit = mentionEdit(was, after);
    if (earlier < 0) this.#edits.push(edit);
    else this.#edits[earlier] = edit;
    if (!this.#places.has(rangeKey(after.span)) || before) this.#places.set(rangeKey(after.span), after);
    return after;
  }

  #entityOf({ attributes }: ForeignAnnotation, span: Span): string | null {
    const { entity_id, [entityTypeAttribute]: type } = attributes;
    const { entities, lose } = this.#scene;
    const linked = typeof entity_id === 'string' ? entities.linked(entity_id) : null;
    if (linked !== null) return linked;
    if (typeof type === 'string') return entities.named(type, span.text);
    return typeof entity_id === 'string' ? lose('links of mentions to an entity that is not imported') : null;
  }

  // A mention is a single range. Of a mention in pieces, the first one is used.
  #spanOf({ spans }: ForeignAnnotation): Span {
    const [first] = placesIn(spans, this.#offsets) as [Span, ...Span[]];
    return spanAt(this.#offsets.text, first);
  }
}
