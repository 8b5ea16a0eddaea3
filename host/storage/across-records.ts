import { z } from 'zod';
import { Relation } from '../../core/model/annotation.ts';
import { ArticleRecord } from '../../core/model/article-record.ts';
import { EntityRecord } from '../../core/model/entity.ts';

/** The snapshot of an annotator's registry entries, ascending by id. */
export const EntitiesRecord = z.strictObject({ entities: z.array(EntityRecord) });
export type EntitiesRecord = z.infer<typeof EntitiesRecord>;

/** The snapshot of an annotator's links across articles, ascending by id. */
export const LinksRecord = z.strictObject({ links: z.array(Relation) });
export type LinksRecord = z.infer<typeof LinksRecord>;

/** The snapshot of what an annotator changed about articles, ascending by article id. */
export const ChangesRecord = z.strictObject({ articles: z.array(ArticleRecord) });
export type ChangesRecord = z.infer<typeof ChangesRecord>;
