import { z } from 'zod';
import { type AnnotationSet, AnnotationSetRecord, emptySet, Relation, setFromRecord } from '../../model/annotation.ts';
import { Annotator } from '../../model/annotator.ts';
import { ArticleMeta } from '../../model/article.ts';
import { Codebook } from '../../model/codebook.ts';
import { defaultCodebook } from '../../model/default-codebook.ts';
import { EntityRecord, resolveRegistry } from '../../model/entity.ts';
import { exportDataset } from '../export-run.ts';
import type { DatasetSource, Format, Outcome } from '../format.ts';
import type { Chunk, Hash } from '../ledger.ts';

/** The `input.json` of a case: a whole project. `textFile` is relative to the root of the repository. Without `codebook`, the default one is used. */
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

/** A project in memory as a dataset source. `readText` returns the text of a `textFile`. */
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
    selection: {},
    withText: true,
    splits: null,
    newHash,
    sha256(text) {
      const hash = newHash();
      hash.update(text);
      return hash.hex();
    },
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

/** All files of an export in memory, by path, as bytes and as UTF-8 text (meaningless for binary files), and the outcome. */
export async function exported(
  format: Format,
  source: DatasetSource,
): Promise<{ files: Map<string, string>; bytes: Map<string, Uint8Array>; chunks: Chunk[]; outcome: Outcome }> {
  const parts = new Map<string, Uint8Array[]>();
  const chunks: Chunk[] = [];
  const run = exportDataset(format, source);
  for (;;) {
    const step = await run.next();
    if (step.done) {
      const bytes = new Map([...parts].map(([path, pieces]) => [path, Uint8Array.from(Buffer.concat(pieces))]));
      return {
        files: new Map([...bytes].map(([path, content]) => [path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)])),
        bytes,
        chunks,
        outcome: step.value,
      };
    }
    // The bytes may be reused, so copy them.
    const chunk = { ...step.value, content: new Uint8Array(step.value.content) };
    const { path, content } = chunk;
    chunks.push(chunk);
    const pieces = parts.get(path) ?? [];
    parts.set(path, pieces);
    pieces.push(content);
  }
}

/** A hash based on one of Node's. It counts the bytes itself. */
export function hashOf(native: { update(content: string | Uint8Array): unknown; digest(encoding: 'hex'): string }): Hash {
  let bytes = 0;
  return {
    update(content) {
      const added = typeof content === 'string' ? Buffer.from(content) : content;
      native.update(added);
      bytes += added.length;
      return added;
    },
    get bytes() {
      return bytes;
    },
    hex: () => native.digest('hex'),
  };
}
