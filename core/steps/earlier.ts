import { z } from 'zod';
import { type Annotation, Id, type Mention, mentionsOf, type Relation } from '../model/annotation.ts';
import { applyEdits, type Edit, mentionEdit, type Work } from './edit.ts';

/** How many records were added, changed and removed since an earlier state. */
export const SinceCount = z.strictObject({ added: z.int().min(0), changed: z.int().min(0), removed: z.int().min(0) });
export type SinceCount = z.infer<typeof SinceCount>;

/** How an annotator's work differs now from an earlier state, by article and kind of record. `others` counts records without a layer. */
export const SinceSummary = z.strictObject({
  articles: z.array(z.strictObject({ article: Id, layers: z.record(z.string(), SinceCount), others: z.int().min(0) })),
  entities: SinceCount,
  links: SinceCount,
});
export type SinceSummary = z.infer<typeof SinceSummary>;

/**
 * One record that differs from an earlier state. `key` identifies it in `restoringEdits`. `layer` is the layer of an annotation or the type of a
 * relation. `fields` lists the changed fields in words; empty words mean that there was no value.
 */
export const SinceDifference = z.strictObject({
  key: z.string(),
  record: z.enum(['annotation', 'mention', 'relation', 'decision', 'completion', 'entity', 'link', 'article']),
  layer: z.string().nullable(),
  what: z.enum(['added', 'changed', 'removed']),
  words: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), was: z.string(), now: z.string() })),
});
export type SinceDifference = z.infer<typeof SinceDifference>;

/** Identifies an edit that leads back to an earlier state, so that it can be chosen. */
export function editKey({ record, id }: Edit): string {
  return `${record}:${id}`;
}

/** The article that an edit belongs to; null if it belongs to none. */
export function articleOf(edit: Edit): string | null {
  if ('article' in edit) return edit.article;
  return edit.record === 'article' ? edit.id : null;
}

/** Summarises what happened since an earlier state. `back` holds the edits that lead from now back to it. */
export function summaryOf(back: readonly Edit[]): SinceSummary {
  const count = () => ({ added: 0, changed: 0, removed: 0 });
  const articles = new Map<string, { article: string; layers: Record<string, SinceCount>; others: number }>();
  const [entities, links] = [count(), count()];
  const covered = coveredMentions(back);
  for (const edit of back) {
    const article = articleOf(edit);
    if (article === null) {
      (edit.record === 'entity' ? entities : links)[whatOf(edit)]++;
      continue;
    }
    if (covered.has(editKey(edit))) continue;
    const known = articles.get(article) ?? { article, layers: {}, others: 0 };
    articles.set(article, known);
    if (edit.record === 'annotation') {
      const layer = (edit.before ?? edit.after)?.layer ?? '';
      known.layers[layer] ??= count();
      (known.layers[layer] as SinceCount)[whatOf(edit)]++;
    } else known.others++;
  }
  return { articles: [...articles.values()].sort((a, b) => (a.article < b.article ? -1 : 1)), entities, links };
}

/** The differences on `article` (null: those that belong to no article), in text order. `nameOf` gives the name of an entity. */
export function differencesOn(
  article: string | null,
  back: readonly Edit[],
  works: { readonly now: Work; readonly was: Work },
  nameOf: (entity: string) => string,
): SinceDifference[] {
  const covered = coveredMentions(back);
  const edits = back.filter((edit) => articleOf(edit) === article && !covered.has(editKey(edit)));
  const [now, was] = [worder(works.now, nameOf), worder(works.was, nameOf)];
  return edits
    .map((edit) => ({ edit, place: placeOf(edit) }))
    .sort((a, b) => a.place - b.place || (editKey(a.edit) < editKey(b.edit) ? -1 : 1))
    .map(({ edit }) => ({
      key: editKey(edit),
      record: edit.record === 'codebook' ? 'article' : edit.record,
      layer: layerOf(edit),
      what: whatOf(edit),
      words: (edit.before ? now : was).words(edit.before ?? edit.after),
      fields: edit.before && edit.after ? changedFields(now.fields(edit.before), was.fields(edit.after)) : [],
    }));
}

/**
 * Chooses the edits of `back` (the edits that lead from `now` to an earlier state) that are needed to restore the chosen records and keep
 * everything valid. Restoring a record also restores what it refers to; removing one also removes what refers to it. Entities created since then
 * stay, because others may refer to them.
 */
export function restoringEdits(back: readonly Edit[], isChosen: (edit: Edit) => boolean, now: Work): Edit[] {
  const stays = (edit: Edit) => edit.record === 'entity' && edit.after === null;
  const byKey = new Map(back.filter((edit) => !stays(edit)).map((edit) => [editKey(edit), edit]));
  const pointing = new Map<string, Edit[]>();
  for (const edit of byKey.values()) {
    for (const key of pointedBy(edit, edit.before)) pointing.set(key, [...(pointing.get(key) ?? []), edit]);
  }
  const taken = new Set<Edit>();
  const waiting = [...byKey.values()].filter(isChosen);
  for (let edit = waiting.pop(); edit; edit = waiting.pop()) {
    if (taken.has(edit)) continue;
    taken.add(edit);
    if (edit.after === null) waiting.push(...(pointing.get(editKey(edit)) ?? []));
    for (const key of pointedBy(edit, edit.after)) {
      const other = byKey.get(key);
      if (other && (other.before === null || other.record === 'mention')) waiting.push(other);
    }
  }
  const edits = back.filter((edit) => taken.has(edit));
  return [...edits, ...orphans(edits, now, byKey)];
}

// Mentions that are no longer used after those edits. Unlinked ones must not stay, and new ones are removed together with the annotations they came
// with.
function orphans(edits: readonly Edit[], now: Work, byKey: ReadonlyMap<string, Edit>): Edit[] {
  const after = applyEdits(now, edits);
  const gone: Edit[] = [];
  for (const article of new Set(edits.flatMap((edit) => ('article' in edit ? [edit.article] : [])))) {
    const set = after.sets.get(article);
    if (!set) continue;
    const pointed = new Set([...set.annotations.values()].flatMap(mentionsOf));
    const left = new Set(edits.flatMap((edit) => (edit.record === 'annotation' && edit.before ? mentionsOf(edit.before) : [])));
    for (const mention of set.mentions.values()) {
      if (pointed.has(mention.id)) continue;
      const isNew = left.has(mention.id) && byKey.get(`mention:${mention.id}`)?.after === null;
      if (mention.entity === null || isNew) gone.push(mentionEdit(mention, null));
    }
  }
  return gone;
}

function whatOf({ before, after }: Edit): keyof SinceCount {
  return after === null ? 'added' : before === null ? 'removed' : 'changed';
}

// The keys of everything a record refers to.
function pointedBy(edit: Edit, record: Edit['before']): string[] {
  if (!record) return [];
  switch (edit.record) {
    case 'annotation': {
      const annotation = record as Annotation;
      const targets = annotation.roles.flatMap(({ target }) =>
        target.kind === 'annotation' || target.kind === 'entity' ? [`${target.kind}:${target.id}`] : [],
      );
      return [...mentionsOf(annotation).map((id) => `mention:${id}`), ...targets];
    }
    case 'mention': {
      const { entity } = record as Mention;
      return entity === null ? [] : [`entity:${entity}`];
    }
    case 'relation':
    case 'link': {
      const { from, to } = record as Relation;
      return [`annotation:${from.annotation}`, `annotation:${to.annotation}`];
    }
    default:
      return [];
  }
}

// Mentions of changed annotations. They are not listed separately, because they are shown with their annotation.
function coveredMentions(back: readonly Edit[]): Set<string> {
  const covered = new Set<string>();
  for (const edit of back) {
    if (edit.record !== 'annotation') continue;
    for (const side of [edit.before, edit.after]) for (const id of side ? mentionsOf(side) : []) covered.add(`mention:${id}`);
  }
  return covered;
}

function placeOf(edit: Edit): number {
  const record = edit.before ?? edit.after;
  if (record && 'spans' in record) return record.spans[0]?.start ?? 0;
  if (record && 'span' in record) return record.span.start;
  return Number.MAX_SAFE_INTEGER;
}

function layerOf(edit: Edit): string | null {
  const record = edit.before ?? edit.after;
  if (!record) return null;
  if ('layer' in record) return record.layer;
  return 'type' in record ? record.type : null;
}

type Fields = ReadonlyMap<string, string>;

function changedFields(now: Fields, then: Fields): SinceDifference['fields'] {
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((field) => {
    const [was, is] = [then.get(field) ?? '', now.get(field) ?? ''];
    return was === is ? [] : [{ field, was, now: is }];
  });
}

// Describes records in words, as of one state of the work.
function worder(work: Work, nameOf: (entity: string) => string) {
  const covered = (spans: readonly { readonly text: string }[]) => spans.map(({ text }) => text).join(' … ');
  const annotation = ({ article, annotation: id }: Relation['from']) => {
    const found = work.sets.get(article)?.annotations.get(id);
    return found ? covered(found.spans) : id;
  };
  const target = (article: string, { target: filler }: Annotation['roles'][number]): string => {
    if (filler.kind === 'author') return 'the author';
    if (filler.kind === 'entity') return nameOf(filler.id);
    if (filler.kind === 'annotation') return annotation({ article, annotation: filler.id });
    return work.sets.get(article)?.mentions.get(filler.id)?.span.text ?? filler.id;
  };
  const value = (one: unknown): string =>
    typeof one === 'string' ? one : typeof one === 'boolean' ? (one ? 'yes' : 'no') : JSON.stringify(one);
  return {
    words(record: Edit['before']): string {
      if (!record) return '';
      if ('spans' in record) return covered(record.spans);
      if ('span' in record) return record.entity === null ? record.span.text : `${record.span.text} (${nameOf(record.entity)})`;
      if ('from' in record) return `${annotation(record.from)} – ${annotation(record.to)}`;
      if ('aliases' in record) return nameOf(record.id);
      return '';
    },
    fields(record: NonNullable<Edit['before']>): Fields {
      const fields = new Map<string, string>();
      if ('roles' in record) {
        fields.set('layer', record.layer);
        fields.set('text', covered(record.spans));
        for (const [name, one] of Object.entries(record.attributes)) fields.set(`attribute:${name}`, value(one));
        for (const filler of record.roles) {
          const words = target(record.article, filler);
          const before = fields.get(`role:${filler.role}`);
          fields.set(`role:${filler.role}`, before === undefined ? words : `${before}, ${words}`);
        }
        fields.set('note', record.note);
      } else if ('span' in record) fields.set('entity', record.entity === null ? '' : nameOf(record.entity));
      else if ('from' in record) {
        for (const [name, one] of Object.entries(record.attributes)) fields.set(`attribute:${name}`, value(one));
        fields.set('note', record.note);
      } else if ('fields' in record) {
        for (const [name, stamp] of Object.entries(record.fields)) if (stamp) fields.set(name, value(stamp.value ?? ''));
      }
      return fields;
    },
  };
}
