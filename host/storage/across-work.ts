import { migrateRelation } from '../../core/codebook/codebook-migration.ts';
import { byId, type Relation, sortedById } from '../../core/model/annotation.ts';
import type { ArticleRecord } from '../../core/model/article-record.ts';
import type { EntityRecord } from '../../core/model/entity.ts';
import { emptyWork, type Work } from '../../core/steps/edit.ts';
import { ChangesRecord, EntitiesRecord, LinksRecord } from './across-records.ts';
import { unreadable } from './failures.ts';
import type { Part } from './snapshot-part.ts';
import type { WorkGround } from './work-ground.ts';

type Records = Pick<Work, 'entities' | 'links' | 'articles'>;

/** What one annotator has written across articles: registry entries, links, changes to articles. Each is in memory as a whole and has a snapshot. */
export class AcrossWork {
  readonly #ground: WorkGround;
  readonly #entities: Part<EntitiesRecord>;
  readonly #links: Part<LinksRecord>;
  readonly #articles: Part<ChangesRecord>;
  #records: Records = emptyWork;

  constructor(ground: WorkGround) {
    const { layout, annotator } = ground.place;
    this.#ground = ground;
    this.#entities = ground.part(layout.entities(annotator), EntitiesRecord, { entities: [] });
    this.#links = ground.part(layout.links(annotator), LinksRecord, { links: [] });
    this.#articles = ground.part(layout.changes(annotator), ChangesRecord, { articles: [] });
  }

  /** Reads the snapshots and brings them up to date with the journal. @throws AppError `corrupt`, `newer-version` */
  async read(): Promise<void> {
    const { steps, isComplete } = this.#ground;
    const { entity, link, article } = steps.across;
    const { entities } = await this.#ground.read(this.#entities);
    const withEntities = this.#entities.replayed({ ...emptyWork, entities: byId(entities) }, entity, isComplete);
    const links = this.#migrated((await this.#ground.read(this.#links)).links);
    const withLinks = this.#links.replayed({ ...emptyWork, links: byId(links) }, link, isComplete);
    const { articles } = await this.#ground.read(this.#articles);
    const withArticles = this.#articles.replayed({ ...emptyWork, articles: byId(articles) }, article, isComplete);
    this.#records = { entities: withEntities.entities, links: withLinks.links, articles: withArticles.articles };
  }

  get entities(): ReadonlyMap<string, EntityRecord> {
    return this.#records.entities;
  }

  get links(): ReadonlyMap<string, Relation> {
    return this.#records.links;
  }

  /** By article id. */
  get articles(): ReadonlyMap<string, ArticleRecord> {
    return this.#records.articles;
  }

  /** Sets the records to those after the step with the number `seq`. */
  take({ entities, links, articles }: Records, seq: number): void {
    if (entities !== this.entities) this.#entities.touch(seq);
    if (links !== this.links) this.#links.touch(seq);
    if (articles !== this.articles) this.#articles.touch(seq);
    this.#records = { entities, links, articles };
  }

  /** Whether the snapshots hold everything that is in memory. */
  get isSaved(): boolean {
    return this.#entities.isSaved && this.#links.isSaved && this.#articles.isSaved;
  }

  /** Brings the snapshots up to date with the memory. A snapshot that cannot be written is reported in a notice. */
  async save(): Promise<void> {
    await this.#entities.save(() => ({ entities: sortedById(this.entities) }));
    await this.#links.save(() => ({ links: sortedById(this.links) }));
    await this.#articles.save(() => ({ articles: sortedById(this.articles) }));
  }

  #migrated(links: readonly Relation[]): Relation[] {
    try {
      return links.map((link) => migrateRelation(link, this.#ground.place.codebook));
    } catch (error) {
      throw unreadable(error, this.#links.name);
    }
  }
}
