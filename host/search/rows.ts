import type { DatabaseSync } from 'node:sqlite';
import { whoOf } from '../../core/annotations/annotation-search.ts';
import type { Annotation, AnnotationSet, AttributeValue } from '../../core/model/annotation.ts';
import type { Article } from '../../core/model/article.ts';
import { type Codebook, layerOf, openFields } from '../../core/model/codebook.ts';
import { entityOfMention, type Registry } from '../../core/model/entity.ts';
import { folded } from '../../core/search/conditions.ts';
import { parted } from '../../core/text/unspaced.ts';

// How much of an annotation's words a list shows, in UTF-16 code units.
const shown = 400;

/** Writes what the index holds about one article at a time. The index owns it, and begins and ends the transactions. */
export class Rows {
  readonly #prepare: (sql: string) => ReturnType<DatabaseSync['prepare']>;

  constructor(database: DatabaseSync) {
    const known = new Map<string, ReturnType<DatabaseSync['prepare']>>();
    this.#prepare = (sql) => {
      const statement = known.get(sql) ?? database.prepare(sql);
      known.set(sql, statement);
      return statement;
    };
  }

  /** Removes an article and everything on it. */
  removeArticle(id: string): void {
    const no = this.#numberOf(id);
    if (no === null) return;
    this.#removeWork(no);
    this.#prepare('delete from texts where rowid = ?').run(no);
    this.#prepare('delete from articles where no = ?').run(no);
  }

  /** Replaces an article and its text. `stamp` is compared later to see whether they have changed. */
  putArticle({ meta, text }: Article, stamp: string): void {
    const no = this.#numberOf(meta.id);
    const { id, title, source, date, url, language, words, originalName } = meta;
    const named = folded(`${id} ${originalName} ${title}`);
    const values = [title, source, date, url, language, words, named, folded(title), folded(source ?? ''), stamp];
    if (no === null) {
      const insert =
        'insert into articles (title, source, date, url, language, words, named, folded_title, folded_source, stamp, id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
      const { lastInsertRowid } = this.#prepare(insert).run(...values, id);
      this.#prepare('insert into texts (rowid, title, text) values (?, ?, ?)').run(lastInsertRowid, parted(title), parted(text));
      return;
    }
    const update =
      'update articles set title = ?, source = ?, date = ?, url = ?, language = ?, words = ?, named = ?, folded_title = ?, folded_source = ?, stamp = ? where no = ?';
    this.#prepare(update).run(...values, no);
    this.#prepare('delete from texts where rowid = ?').run(no);
    this.#prepare('insert into texts (rowid, title, text) values (?, ?, ?)').run(no, parted(title), parted(text));
  }

  /** Replaces everybody's work on an article. The article must be in the index. */
  putWork(
    article: string,
    sets: readonly { readonly annotator: string; readonly set: AnnotationSet }[],
    ground: { readonly codebook: Codebook; readonly registry: Registry },
  ): void {
    const no = this.#numberOf(article);
    if (no === null) return;
    this.#removeWork(no);
    for (const { annotator, set } of sets) {
      if (set.completion) this.#prepare('insert into completions values (?, ?)').run(no, annotator);
      for (const { span, entity, id } of set.mentions.values()) {
        const meant = entityOfMention(ground.registry, { id, entity })?.id ?? null;
        this.#prepare('insert into mentions values (?, ?, ?, ?, ?, ?)').run(no, annotator, span.start, span.end, meant, entity);
      }
      for (const annotation of set.annotations.values()) this.#putAnnotation(no, annotation, set, ground);
      for (const { type, from, to } of set.relations.values()) {
        this.#prepare('insert into relations values (?, ?, ?, ?)').run(no, type, from.annotation, to.annotation);
      }
    }
  }

  #putAnnotation(
    article: number,
    annotation: Annotation,
    set: AnnotationSet,
    { codebook, registry }: { readonly codebook: Codebook; readonly registry: Registry },
  ): void {
    const { id, annotator, layer: layerId, spans, note, origin, attributes } = annotation;
    const layer = layerOf(codebook, layerId);
    const open = layer && openFields(layer, annotation);
    const isDraft = open ? open.attributes.length + open.roles.length > 0 : false;
    const text = spans.map((span) => span.text).join(' … ');
    const cut = text.length > shown ? `${text.slice(0, shown).toWellFormed()}…` : text;
    const length = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    const who = whoOf(annotation, { set, registry });
    const insert =
      'insert into annotations (id, article_no, annotator, layer, start, length, fragments, text, who, note, folded_note, origin, rule, draft) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
    const rule = origin.kind === 'suggestion' ? origin.rule : null;
    const { lastInsertRowid: no } = this.#prepare(insert).run(
      ...[id, article, annotator, layerId, spans[0]?.start ?? 0, length, spans.length, cut, who, note],
      ...[folded(note), origin.kind, rule, isDraft ? 1 : 0],
    );
    const names: string[] = [];
    for (const [name, value] of Object.entries(attributes)) {
      for (const { words, number } of partsOf(value)) {
        this.#prepare('insert into attributes values (?, ?, ?, ?, ?)').run(no, name, words, folded(words), number);
      }
    }
    for (const { role, target } of annotation.roles) {
      const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
      const named = target.kind === 'entity' ? target.id : (mention?.entity ?? null);
      const of = target.kind === 'entity' ? { id, entity: named } : { id: mention?.id ?? id, entity: named };
      const entity = named === null ? null : (entityOfMention(registry, of) ?? null);
      const words = target.kind === 'author' ? 'the author' : (mention?.span.text ?? entity?.canonical ?? '');
      names.push(words, entity?.canonical ?? '');
      const value = entity?.canonical ?? words;
      this.#prepare('insert into roles values (?, ?, ?, ?, ?, ?)').run(no, role, entity?.id ?? null, named, value, folded(words));
    }
    this.#prepare('insert into annotation_words (rowid, words) values (?, ?)').run(no, parted([text, note, ...names].join('\n')));
  }

  #removeWork(article: number): void {
    // Most articles of a new index have nothing to remove, and deleting from full-text tables is slow even then.
    const had = this.#prepare(
      'select exists (select 1 from annotations where article_no = ?1) or exists (select 1 from mentions where article_no = ?1) or exists (select 1 from completions where article_no = ?1) or exists (select 1 from relations where article_no = ?1) had',
    ).get(article);
    if (!had?.['had']) return;
    const mine = 'select no from annotations where article_no = ?';
    this.#prepare(`delete from annotation_words where rowid in (${mine})`).run(article);
    this.#prepare(`delete from attributes where annotation_no in (${mine})`).run(article);
    this.#prepare(`delete from roles where annotation_no in (${mine})`).run(article);
    for (const table of ['annotations', 'mentions', 'relations', 'completions']) {
      this.#prepare(`delete from ${table} where article_no = ?`).run(article);
    }
  }

  #numberOf(id: string): number | null {
    const row = this.#prepare('select no from articles where id = ?').get(id);
    return row ? Number(row['no']) : null;
  }
}

// An attribute as comparable values: one for each entry of a list, with the number and the words of a quantity.
function partsOf(value: AttributeValue): { words: string; number: number | null }[] {
  if (typeof value === 'boolean') return [{ words: value ? 'yes' : 'no', number: null }];
  if (typeof value === 'number') return [{ words: String(value), number: value }];
  if (typeof value === 'string') return [{ words: value, number: null }];
  return value.map((part) => {
    if (typeof part === 'string') return { words: part, number: null };
    if ('url' in part) return { words: `${part.url} ${part.note}`, number: null };
    return { words: `${part.value} ${part.unit} ${part.counts}`, number: part.value };
  });
}
