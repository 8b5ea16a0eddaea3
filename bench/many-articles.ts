import { changeArticle } from '../core/articles/article-changes.ts';
import type { Annotation, Mention } from '../core/model/annotation.ts';
import type { EntityRecord } from '../core/model/entity.ts';
import type { Edit, Gesture } from '../core/steps/edit.ts';
import { spanAt } from '../core/text/span.ts';
import { importText } from '../host/import/article-import.ts';
import { type FileSystem, nodeFileSystem } from '../host/storage/file-system.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { generated } from './corpus.ts';
import { runsIn } from './scene.ts';

/** What was made: `bytes` of all texts. */
export interface Made {
  readonly articles: number;
  readonly annotations: number;
  readonly bytes: number;
}

// Making a project is not measured, so nothing waits for the disk.
const hasty: FileSystem = {
  ...nodeFileSystem,
  open: async (path, mode) => ({ ...(await nodeFileSystem.open(path, mode)), sync: async () => undefined }),
  syncFolder: async () => undefined,
};

const time = '2026-01-10T10:00:00.000Z';
const people = [
  { id: 'ana', share: 5 },
  { id: 'ben', share: 3 },
  { id: 'cleo', share: 2 },
] as const;

/**
 * Makes a project in `folder`, as its people would have: articles of 500 words, imported and listed by steps of 1,000; one of four annotated
 * by three annotators, who made ten annotations, one a step, but for Ben, whose are one step, as an import of annotations is; a registry of
 * one entity for ten articles. The same at each run.
 */
export async function makeProject(folder: string, articles: number): Promise<Made> {
  await createProject(folder, { name: `${articles} articles`, annotator: { id: 'ana', name: 'Ana' } });
  const corpus = generated(500);
  let bytes = 0;
  let annotations = 0;
  const ids: string[] = [];
  const texts: string[] = [];
  const joined = ['ben', 'cleo'];
  let project = await openProject(folder, { fileSystem: hasty, newId: () => joined.shift() ?? 'more' });
  for (let index = 0; index < articles; index++) {
    // A place for every letter that code points count otherwise than UTF-16 does, and lines as a text has them.
    const text = corpus.text().replaceAll(/((?:\S+ ){60})/g, '$1– “said” é\n');
    bytes += Buffer.byteLength(text);
    const { meta } = await importText(project, `article-${String(index).padStart(5, '0')}.txt`, new TextEncoder().encode(text), 'ana');
    ids.push(meta.id);
    texts.push(text);
  }
  const scene = { work: { articles: new Map() }, annotator: 'ana', now: time };
  for (let first = 0; first < articles; first += 1000) {
    const edits = ids.slice(first, first + 1000).map((id) => changeArticle(scene, id, { removed: false }));
    await project.apply(gesture(`list-${first}`, 'ana', 'article.import', edits));
  }
  const entities = Array.from({ length: Math.ceil(articles / 10) }, (_, index): Edit => {
    const after: EntityRecord = {
      ...{ id: `entity-${index}`, annotator: 'ana', aliases: {}, members: {}, moved: {} },
      fields: { type: { value: 'person', time }, canonical: { value: `${corpus.word()} ${corpus.word()}`, time } },
    };
    return { record: 'entity', id: after.id, before: null, after };
  });
  await project.apply(gesture('entities', 'ana', 'entity.create', entities));
  await project.addAnnotator('Ben');
  await project.addAnnotator('Cleo');
  let first = 0;
  for (const { id: annotator, share } of people) {
    await project.close();
    project = await openProject(folder, { fileSystem: hasty, annotator });
    const all: Edit[] = [];
    for (let index = 0; index < articles; index += 4) {
      const [article, text] = [ids[index] ?? '', texts[index] ?? ''];
      for (const [at, run] of runsIn(text, 10)
        .slice(first, first + share)
        .entries()) {
        const edits = editsFor(article, text, run, first + at, annotator, `entity-${index % entities.length}`);
        annotations++;
        if (annotator === 'ben') all.push(...edits);
        else await project.apply(gesture(`${article.slice(-8)}-${annotator}-${at}`, annotator, 'layer.tag', edits));
      }
    }
    if (all.length > 0) await project.apply(gesture('annotations', annotator, 'dataset.import', all));
    first += share;
  }
  await project.close();
  return { articles, annotations, bytes };
}

function gesture(id: string, annotator: string, command: string, edits: Edit[]): Gesture {
  return { id, annotator, time, command, title: 'Generated', edits, undoes: null, redoes: null };
}

const layers = [
  { layer: 'QUOTE', role: 'speaker' },
  { layer: 'FACT', role: 'source' },
  { layer: 'STANCE', role: 'holder' },
  { layer: 'QUOTED_TERM', role: null },
] as const;

/** The edits that tag `run`, half-open in UTF-16; a third has a mention of `entity` in a role. */
function editsFor(
  article: string,
  text: string,
  run: { start: number; end: number },
  turn: number,
  annotator: string,
  entity: string,
): Edit[] {
  const { layer, role } = layers[turn % layers.length] ?? layers[0];
  const id = `${article.slice(-8)}-${turn}`;
  const after: Annotation = {
    ...{ id, article, annotator, layer, spans: [spanAt(text, run)], attributes: {}, roles: [], note: '' },
    ...{ origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
  };
  if (!role || turn % 3 > 0) return [{ record: 'annotation', article, id, before: null, after }];
  const end = Math.max(run.start + 1, text.slice(run.start).search(/\s/) + run.start);
  const mention: Mention = { id: `${id}-m`, article, annotator, span: spanAt(text, { start: run.start, end }), entity };
  const roles = [{ role, target: { kind: 'mention' as const, id: mention.id } }];
  return [
    { record: 'mention', article, id: mention.id, before: null, after: mention },
    { record: 'annotation', article, id, before: null, after: { ...after, roles } },
  ];
}
