import { z } from 'zod';
import { type AnnotationSet, AnnotationSetRecord, emptySet, Relation, setFromRecord } from '../../annotation.ts';
import { ArticleMeta } from '../../article.ts';
import { Codebook } from '../../codebook.ts';
import { Annotator } from '../../contract.ts';
import { defaultCodebook } from '../../default-codebook.ts';
import { EntityRecord, resolveRegistry } from '../../entity.ts';
import { offsetMap } from '../../offsets.ts';
import type { Chunk, DatasetSource, Format, Hash, Outcome } from '../format.ts';

/** The `input.json` of a case: a whole project. `textFile` is relative to the root of the repository; `codebook` is the default's unless given. */
export const CaseInput = z.strictObject({
  project: z.strictObject({ id: z.string(), name: z.string() }),
  changed: z.string(),
  codebook: Codebook.optional(),
  codebookVersion: z.int(),
  annotators: z.array(Annotator),
  articles: z.array(z.strictObject({ meta: ArticleMeta, textFile: z.string() })),
  sets: z.array(z.strictObject({ annotator: z.string(), set: AnnotationSetRecord })),
  entities: z.array(EntityRecord),
  links: z.array(Relation),
});
export type CaseInput = z.infer<typeof CaseInput>;

/** A project in memory as a dataset source. `readText` gives the text of a `textFile`. */
export function sourceOf(input: CaseInput, readText: (file: string) => string, newHash: () => Hash): DatasetSource {
  const { project, changed, codebookVersion, annotators, links } = input;
  return {
    project,
    changed,
    codebookVersion,
    annotators,
    links,
    codebook: input.codebook ?? defaultCodebook,
    registry: resolveRegistry(input.entities),
    generator: { name: 'Pressmark', version: '0.0.0', icu: '78.3' },
    newHash,
    async *articles() {
      for (const { meta, textFile } of [...input.articles].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1))) {
        const sets = input.sets
          .filter(({ set }) => set.article === meta.id)
          .map(({ annotator, set }): { annotator: string; set: AnnotationSet } => ({ annotator, set: setFromRecord(set) }));
        if (sets.length === 0 && annotators[0]) sets.push({ annotator: annotators[0].id, set: emptySet(meta.id) });
        yield { article: { meta, text: readText(textFile) }, sets: sets.sort((a, b) => (a.annotator < b.annotator ? -1 : 1)) };
      }
    },
  };
}

/** All files of an export in memory, by path, and what it came to. */
export async function exported(
  format: Format,
  source: DatasetSource,
): Promise<{ files: Map<string, string>; chunks: Chunk[]; outcome: Outcome }> {
  const files = new Map<string, string>();
  const chunks: Chunk[] = [];
  const run = format.export(source);
  for (;;) {
    const step = await run.next();
    if (step.done) return { files, chunks, outcome: step.value };
    chunks.push(step.value);
    files.set(step.value.path, (files.get(step.value.path) ?? '') + step.value.text);
  }
}

/** A running hash over one of Node's; it counts the bytes itself. */
export function hashOf(native: { update(text: string, encoding: 'utf8'): unknown; digest(encoding: 'hex'): string }): Hash {
  let bytes = 0;
  return {
    update(text) {
      native.update(text, 'utf8');
      bytes += offsetMap(text).toByte(text.length);
    },
    get bytes() {
      return bytes;
    },
    hex: () => native.digest('hex'),
  };
}
