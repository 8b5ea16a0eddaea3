import { changeArticle, removeArticle, setDetails } from '../../../core/articles/article-changes.ts';
import { planSuperseding, supersede } from '../../../core/articles/superseding.ts';
import { recordsByArticle, resolveArticle } from '../../../core/model/article-record.ts';
import { resolveRegistry } from '../../../core/model/entity.ts';
import { type Edit, emptyWork } from '../../../core/steps/edit.ts';
import { importText } from '../../import/article-import.ts';
import type { Project } from '../../storage/project.ts';
import { annotator, first, second, testArticle } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Deed } from '../trials.ts';
import { gestureOf, onProject, time } from './on-a-disk.ts';

const corrected = testArticle('First corrected.txt', first.text.replace('Paris', 'Lyon'));

/** Imports an article. */
export const articleImport = (disk: SimulatedFileSystem): Deed =>
  onProject('import an article', disk, async (project, promise) => {
    await importText(project, second.originalName, second.original, annotator);
    promise();
  });

/** Changes the details of an article, removes it and brings it back, and replaces it with a corrected version. */
export function articleChanges(disk: SimulatedFileSystem): Deed[] {
  return [
    onProject('edit an article', disk, async (project, promise) => {
      await applyOnce(project, 'edit-1', async () => {
        const { meta } = await project.readArticle(first.id);
        const edit = setDetails(await sceneOf(project), meta, { title: 'Renamed', source: 'AFP' });
        return edit ? [edit] : [];
      });
      promise();
      await project.flush();
    }),
    onProject('remove an article', disk, async (project, promise) => {
      await applyOnce(project, 'remove-1', async () => [removeArticle(await sceneOf(project), first.id)]);
      promise();
      await applyOnce(project, 'back-1', async () => [changeArticle(await sceneOf(project), first.id, { removed: false })]);
      promise();
      await project.flush();
    }),
    onProject('replace an article', disk, async (project, promise) => {
      await importText(project, corrected.originalName, corrected.original, annotator);
      promise();
      await applyOnce(project, 'replace-1', () => replacing(project));
      promise();
      await project.flush();
    }),
  ];
}

// A deed that is repeated after a fault finds in the project what succeeded before it.
async function applyOnce(project: Project, id: string, edits: () => Promise<readonly Edit[]>): Promise<void> {
  if (project.gestures().some((gesture) => gesture.id === id)) return;
  await project.apply(gestureOf(id, await edits()));
}

async function sceneOf(project: Project) {
  const records = await project.articleRecords();
  const own = new Map(records.filter((record) => record.annotator === annotator).map((record) => [record.id, record]));
  return { work: { ...emptyWork, articles: own }, annotator, now: time, records };
}

async function replacing(project: Project): Promise<readonly Edit[]> {
  const { records, ...scene } = await sceneOf(project);
  const resolved = (id: string) => {
    const meta = project.importedArticles().find((each) => each.id === id);
    if (!meta) throw new RangeError(`${id} is not there`);
    return resolveArticle(meta, recordsByArticle(records).get(id) ?? []);
  };
  const [old, fresh] = [resolved(first.id), resolved(corrected.id)];
  const set = await project.set(first.id);
  const sets = new Map([set, await project.set(corrected.id)].map((each) => [each.article, each]));
  const links = new Map((await project.ownLinks()).map((link) => [link.id, link]));
  const registry = resolveRegistry(await project.entities());
  const plan = planSuperseding(set, first.text, corrected.id, corrected.text);
  let ids = 0;
  const ground = { ...scene, work: { ...scene.work, sets, links }, registry, newId: () => `new-${++ids}` };
  return supersede(ground, plan, new Set(), old, fresh);
}
