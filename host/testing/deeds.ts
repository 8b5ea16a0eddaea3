import { changeArticle, removeArticle, setDetails } from '../../core/articles/article-changes.ts';
import { planSuperseding, supersede } from '../../core/articles/superseding.ts';
import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import { FormatName } from '../../core/formats/export-request.ts';
import { recordsByArticle, resolveArticle } from '../../core/model/article-record.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { defaultSettings } from '../../core/settings.ts';
import { defaultSplitOptions } from '../../core/splits/options.ts';
import { type Edit, emptyWork, type Gesture } from '../../core/steps/edit.ts';
import { backupProject } from '../backup/backup.ts';
import { restoreProject } from '../backup/restore.ts';
import { writeExport } from '../dataset/export-folder.ts';
import { zipExport } from '../dataset/export-zip.ts';
import { importText } from '../import/article-import.ts';
import { importDataset, type ReadDataset, readDatasetFiles } from '../import/datasets.ts';
import { readDataset } from '../import/read-dataset.ts';
import { openSettings, type SettingsStore } from '../settings.ts';
import type { FileSystem } from '../storage/file-system.ts';
import { openProject, type Project } from '../storage/project.ts';
import { Author, type Step } from '../storage/testing/author.ts';
import { emptyDisk } from '../storage/testing/fault-runs.ts';
import { annotator, first, folder, makeProject, second, testArticle, testOptions } from '../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import { contentOf } from './disk-state.ts';
import type { Deed } from './trials.ts';

const third = testArticle('Third.txt', 'The harbour closes in May.\nThe port said so on Friday.\n');
const corrected = testArticle('First corrected.txt', first.text.replace('Paris', 'Lyon'));
const time = '2026-03-01T00:00:00.000Z';
const journal = `${folder}/annotators/${annotator}/journal.jsonl`;
const snapshot = `${folder}/annotators/${annotator}/articles/${first.id}.json`;

/** A deed on the project of `start`, opened before with nothing failing. */
function onProject(
  name: string,
  start: SimulatedFileSystem,
  act: (project: Project, promise: () => void, disk: SimulatedFileSystem) => Promise<void>,
): Deed<{ project: Project; disk: SimulatedFileSystem; told: string[] }> {
  return {
    ...{ name, start },
    async begin(disk) {
      const project = await openProject(folder, { ...testOptions(disk), newId: () => 'id-1' });
      const told = project.notices.map(({ message }) => message);
      // One that was put right later was told all the same.
      project.onNotice(({ message }) => told.push(message));
      return { project, disk, told };
    },
    act: ({ project, disk }, promise) => act(project, promise, disk),
    told: ({ told }) => told,
    end: ({ project }) => project.close(),
  };
}

/** A deed that needs nothing opened before; what it was told comes with it. */
function onDisk(
  name: string,
  start: SimulatedFileSystem,
  act: (fileSystem: FileSystem, tell: (message: string) => void) => Promise<void>,
): Deed<{ fileSystem: FileSystem; told: string[] }> {
  return {
    ...{ name, start },
    begin: async (fileSystem) => ({ fileSystem, told: [] }),
    act: async ({ fileSystem, told }, promise) => {
      await act(fileSystem, (message) => told.push(message));
      promise();
    },
    told: ({ told }) => told,
    end: async () => undefined,
  };
}

/** The test project with an article, on which `steps` were done by its lead, closed again. */
async function worked(steps: readonly Step[]): Promise<{ disk: SimulatedFileSystem; author: Author }> {
  const disk = emptyDisk();
  await makeProject(disk);
  const author = new Author(annotator);
  const project = await openProject(folder, testOptions(disk));
  await project.addArticle(first);
  for (const step of steps) {
    const gesture = author.gesture(step, first.id, first.text);
    if (!gesture) continue;
    await project.apply(gesture);
    author.accept(gesture);
  }
  await project.close();
  return { disk, author };
}

/** `disk` with what `doing` does to its project, for a deed to begin on. */
async function after(
  disk: SimulatedFileSystem,
  doing: (project: Project) => Promise<unknown>,
  closes = true,
): Promise<SimulatedFileSystem> {
  const copy = disk.copy();
  const project = await openProject(folder, testOptions(copy));
  await doing(project);
  if (!closes) return copy.copy();
  await project.close();
  return copy;
}

function gestureOf(id: string, edits: readonly Edit[]): Gesture {
  return { id, annotator, time, command: 'test.step', title: 'Step', edits: [...edits], undoes: null, redoes: null };
}

/** Every deed of the product that touches a disk, the exports once for each format and each kind of place. */
export async function wholeProduct(): Promise<Deed[]> {
  const { disk, author } = await worked(['add', 'both', 'note', 'undo']);
  const twoArticles = await after(disk, (project) => project.addArticle(second));
  const dataset = await foreignDataset();
  const backedUp = async (text: boolean) => {
    const copy = twoArticles.copy();
    await backupProject(folder, '/home/backup.zip', { text, fileSystem: copy });
    copy.putFolder('/home/texts');
    for (const { originalName, original } of [first, second]) copy.put(`/home/texts/${originalName}`, original);
    return copy;
  };
  return [
    creation(),
    ...loading(disk, twoArticles),
    saving(disk, author),
    onProject('close', await after(disk, (project) => save(project, author.copy(), ['add', 'both']), false), (project) => project.close()),
    onProject('import an article', disk, async (project, promise) => {
      await importText(project, second.originalName, second.original, annotator);
      promise();
    }),
    onProject('import annotations', disk, async (project, promise) => {
      await importDataset(project, dataset, null, { id: 'import-1', now: time });
      promise();
    }),
    ...articleChanges(disk),
    ...splits(twoArticles),
    ...codebook(disk),
    ...people(disk),
    ...(await merges(disk, author)),
    onProject('take in what another program did', disk, async (project) => {
      await project.look();
      await project.readAgain();
    }),
    ...FormatName.options.flatMap((format) => exports(twoArticles, format)),
    onDisk('back up', twoArticles, async (fileSystem, tell) => {
      for (const problem of (await backupProject(folder, '/home/backup.zip', { fileSystem })).problems) tell(problem);
    }),
    onDisk('back up without text', twoArticles, async (fileSystem, tell) => {
      for (const problem of (await backupProject(folder, '/home/backup.zip', { fileSystem, text: false })).problems) tell(problem);
    }),
    onDisk('restore', await backedUp(true), async (fileSystem, tell) => {
      for (const problem of (await restoreProject('/home/backup.zip', '/home/restored', { fileSystem })).problems) tell(problem);
    }),
    onDisk('restore with texts', await backedUp(false), async (fileSystem, tell) => {
      const options = { fileSystem, articles: '/home/texts' };
      const { problems, withoutOriginal } = await restoreProject('/home/backup.zip', '/home/restored', options);
      for (const problem of [...problems, ...withoutOriginal]) tell(problem);
    }),
    settings(),
  ];
}

function creation(): Deed {
  return onDisk('create a project', emptyDisk(), (fileSystem) => makeProject(fileSystem));
}

function loading(disk: SimulatedFileSystem, twoArticles: SimulatedFileSystem): Deed[] {
  const load = (name: string, start: SimulatedFileSystem) => {
    // What was read when nothing failed; a run in which nothing is told has to read the same.
    let whole: string | null = null;
    return onDisk(name, start, async (fileSystem, tell) => {
      const project = await openProject(folder, testOptions(fileSystem));
      project.onNotice(({ message }) => tell(message));
      const content = await contentOf(project);
      for (const { message } of project.notices) tell(message);
      whole ??= content;
      // An article whose record the disk does not have is one whose import was broken off, or that a sync has not brought yet.
      const isTold = project.notices.length > 0 || project.unfinishedArticles().length > 0;
      if (content !== whole && !isTold) throw new RangeError('something else was read, and nothing was told');
      await project.close();
    });
  };
  const torn = disk.copy();
  torn.put(journal, Buffer.concat([torn.files().get(journal) ?? new Uint8Array(), Buffer.from('{"seq":5,"sha256":"00')]));
  const damaged = disk.copy();
  damaged.put(snapshot, new Uint8Array(100));
  const old = disk.copy();
  old.clock = Date.UTC(2025, 0, 1);
  old.put(`${folder}/.codebook.json.12-0123456789ab.tmp`, '{');
  return [
    load('load', twoArticles),
    load('recover a torn journal', torn),
    load('recover a damaged snapshot', damaged),
    load('sweep temporary files', old),
  ];
}

async function save(project: Project, author: Author, steps: readonly Step[], promise = () => {}): Promise<void> {
  for (const step of steps) {
    const gesture = author.gesture(step, first.id, first.text);
    if (!gesture) continue;
    await project.apply(gesture);
    author.accept(gesture);
    promise();
  }
}

function saving(disk: SimulatedFileSystem, author: Author): Deed {
  return onProject('save', disk, async (project, promise) => {
    await save(project, author.copy(), ['redo', 'add', 'both', 'change', 'undo', 'remove'], promise);
    await project.flush();
  });
}

function articleChanges(disk: SimulatedFileSystem): Deed[] {
  const sceneOf = async (project: Project) => {
    const records = await project.articleRecords();
    const own = new Map(records.filter((record) => record.annotator === annotator).map((record) => [record.id, record]));
    return { work: { ...emptyWork, articles: own }, annotator, now: time, records };
  };
  const isDone = (project: Project, id: string) => project.gestures().some((gesture) => gesture.id === id);
  return [
    onProject('edit an article', disk, async (project, promise) => {
      if (!isDone(project, 'edit-1')) {
        const { meta } = await project.readArticle(first.id);
        const edit = setDetails(await sceneOf(project), meta, { title: 'Renamed', source: 'AFP' });
        await project.apply(gestureOf('edit-1', edit ? [edit] : []));
      }
      promise();
      await project.flush();
    }),
    onProject('remove an article', disk, async (project, promise) => {
      if (!isDone(project, 'remove-1')) await project.apply(gestureOf('remove-1', [removeArticle(await sceneOf(project), first.id)]));
      promise();
      if (!isDone(project, 'back-1'))
        await project.apply(gestureOf('back-1', [changeArticle(await sceneOf(project), first.id, { removed: false })]));
      promise();
      await project.flush();
    }),
    onProject('replace an article', disk, async (project, promise) => {
      await importText(project, corrected.originalName, corrected.original, annotator);
      promise();
      if (!isDone(project, 'replace-1')) {
        const { records, ...scene } = await sceneOf(project);
        const [old, fresh] = [first, corrected].map(({ id }) => {
          const meta = project.importedArticles().find((each) => each.id === id);
          if (!meta) throw new RangeError(`${id} is not there`);
          return resolveArticle(meta, recordsByArticle(records).get(id) ?? []);
        });
        if (!old || !fresh) throw new RangeError('an article is not there');
        const set = await project.set(first.id);
        const sets = new Map([set, await project.set(corrected.id)].map((each) => [each.article, each]));
        const links = new Map((await project.ownLinks()).map((link) => [link.id, link]));
        const registry = resolveRegistry(await project.entities());
        const plan = planSuperseding(set, first.text, corrected.id, corrected.text);
        const work = { ...scene.work, sets, links };
        let ids = 0;
        const edits = supersede({ ...scene, work, registry, newId: () => `new-${++ids}` }, plan, new Set(), old, fresh);
        await project.apply(gestureOf('replace-1', edits));
      }
      promise();
      await project.flush();
    }),
  ];
}

function splits(disk: SimulatedFileSystem): Deed[] {
  const made = (split: 'train' | 'test') => ({
    ...{ codebook: 1, options: defaultSplitOptions },
    assignments: [{ doc_id: first.id, group: first.id, split }],
  });
  const published = async (project: Project) => (await project.publishedSplits())?.published ?? null;
  return [
    onProject('publish splits', disk, async (project, promise) => {
      await project.publishSplits(made('train'), await published(project));
      promise();
    }),
    onProject('state the licence', disk, async (project, promise) => {
      await project.stateLicence('CC-BY-4.0');
      promise();
    }),
    onProject('take splits back', disk, async (project, promise) => {
      const there = await project.publishSplits(made('test'), await published(project));
      promise();
      // Whoever takes splits back saw them.
      await project.publishSplits(null, there?.published ?? null);
      promise();
    }),
  ];
}

function codebook(disk: SimulatedFileSystem): Deed[] {
  const change = (project: Project, gesture: string, ...changes: CodebookChange[]) =>
    project.changeCodebook({ version: project.codebook.version, gesture, what: { kind: 'change', changes } });
  const rename: CodebookChange = { change: 'rename-layer', layer: 'FACT', to: 'CLAIM' };
  return [
    onProject('change the codebook', disk, async (project, promise) => {
      await change(project, 'codebook-1', rename);
      promise();
      await project.changeCodebook({ version: project.codebook.version, gesture: 'codebook-2', what: { kind: 'undo', of: 'codebook-1' } });
      promise();
    }),
    onProject('migrate to a new codebook', disk, async (project, promise) => {
      await change(project, 'codebook-1', rename);
      promise();
      await project.flush();
    }),
  ];
}

function people(disk: SimulatedFileSystem): Deed[] {
  return [
    onProject('add an annotator', disk, async (project, promise) => {
      const ben = project.annotators.find(({ name }) => name === 'Ben') ?? (await project.addAnnotator('Ben'));
      promise();
      await project.switchAnnotator(ben.id);
    }),
    onProject('rename an annotator', disk, async (project, promise) => {
      await project.renameAnnotator('Anna');
      promise();
    }),
  ];
}

async function merges(disk: SimulatedFileSystem, author: Author): Promise<Deed[]> {
  const other = await after(disk, (project) => save(project, author.copy(), ['both', 'add']));
  const here = await after(disk, async (project) => {
    const mine = author.copy();
    mine.count = 50;
    await save(project, mine, ['add']);
  });
  const withCopies = here.copy();
  const copyOf = (path: string) => path.replace(/\.(jsonl?)$/, ' (conflicted copy).$1');
  for (const path of [journal, snapshot]) withCopies.put(copyOf(path), other.files().get(path) ?? new Uint8Array());
  const merge = (name: string, start: SimulatedFileSystem) =>
    onProject(name, start, async (project, promise) => {
      await project.mergeConflicts();
      promise();
    });
  // A journal with git's markers cannot be opened for writing before: merge-faults.test.ts.
  return [merge('merge conflict copies', withCopies)];
}

function exports(disk: SimulatedFileSystem, format: FormatName): Deed[] {
  const zips = disk.copy();
  zips.putFolder('/home/zip');
  // A download is fetched at once and need not outlast a power cut, but what is fetched has to be whole.
  let whole: Buffer | null = null;
  return [
    onProject(`export ${format} to a folder`, disk, async (project, promise, fileSystem) => {
      await writeExport(project, { format }, '/home/dataset', fileSystem);
      promise();
    }),
    onProject(`export ${format} as a zip`, zips, async (project, promise, fileSystem) => {
      // What is left of one that failed goes with its folder; each has a new one.
      for (const path of fileSystem.files().keys()) if (path.startsWith('/home/zip/')) fileSystem.remove(path);
      const { path } = await zipExport(project, { format }, '/home/zip', undefined, undefined, fileSystem);
      const bytes = Buffer.from(fileSystem.files().get(path) ?? []);
      whole ??= bytes;
      if (!whole.equals(bytes)) throw new RangeError('another zip was made, and nothing was told');
      promise();
    }),
  ];
}

/** A dataset of Pressmark made elsewhere: an article that is known here and one that is not, with annotations, an entity and a link. */
async function foreignDataset(): Promise<ReadDataset> {
  const disk = emptyDisk();
  await makeProject(disk);
  const project = await openProject(folder, testOptions(disk));
  const author = new Author(annotator);
  for (const article of [first, third]) {
    await project.addArticle(article);
    for (const step of ['add', 'both'] as const) {
      const gesture = author.gesture(step, article.id, article.text);
      if (!gesture) continue;
      await project.apply(gesture);
      author.accept(gesture);
    }
  }
  await writeExport(project, { format: 'jsonl' }, '/home/foreign', disk);
  await project.close();
  const files = [...disk.files()].filter(([path]) => path.startsWith('/home/foreign/'));
  const reader = { readDataset };
  return readDatasetFiles(
    reader as Parameters<typeof readDatasetFiles>[0],
    files.map(([path, bytes]) => ({ path: path.slice('/home/foreign/'.length), bytes })),
    'jsonl',
  );
}

function settings(): Deed<{ fileSystem: FileSystem; told: string[]; store: SettingsStore | null }> {
  const start = emptyDisk();
  start.putFolder('/home/settings');
  start.put('/home/settings/settings.json', `${JSON.stringify({ ...defaultSettings, theme: 'dark' }, null, 2)}\n`);
  return {
    ...{ name: 'settings', start },
    begin: async (fileSystem) => ({ fileSystem, told: [], store: null }),
    async act(begun, promise) {
      begun.store = await openSettings('/home/settings', undefined, begun.fileSystem);
      for (const { message } of begun.store.notices) begun.told.push(message);
      await begun.store.save({ ...defaultSettings, theme: 'light' });
      promise();
    },
    told: ({ told }) => told,
    end: async () => undefined,
  };
}
