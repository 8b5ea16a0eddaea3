import type { CodebookChange } from '../../../core/codebook/codebook-change.ts';
import { defaultSettings } from '../../../core/settings.ts';
import { defaultSplitOptions } from '../../../core/splits/options.ts';
import { openSettings } from '../../settings.ts';
import type { Project } from '../../storage/project.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { first } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Deed } from '../trials.ts';
import { onDisk, onProject } from './on-a-disk.ts';

/** Publishes splits and withdraws them, and states the licence. */
export function datasetSettings(disk: SimulatedFileSystem): Deed[] {
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
      // Whoever withdraws splits has seen them.
      await project.publishSplits(null, there?.published ?? null);
      promise();
    }),
  ];
}

/** Changes the codebook, undoes that, and rewrites the annotations under the new one. */
export function codebookChanges(disk: SimulatedFileSystem): Deed[] {
  const rename: CodebookChange = { change: 'rename-layer', layer: 'FACT', to: 'CLAIM' };
  const change = (project: Project) =>
    project.changeCodebook({ version: project.codebook.version, gesture: 'codebook-1', what: { kind: 'change', changes: [rename] } });
  return [
    onProject('change the codebook', disk, async (project, promise) => {
      await change(project);
      promise();
      await project.changeCodebook({ version: project.codebook.version, gesture: 'codebook-2', what: { kind: 'undo', of: 'codebook-1' } });
      promise();
    }),
    onProject('migrate to a new codebook', disk, async (project, promise) => {
      await change(project);
      promise();
      await project.flush();
    }),
  ];
}

/** Adds an annotator, and renames one. */
export function people(disk: SimulatedFileSystem): Deed[] {
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

/** Reads and saves the person's own settings, outside of any project. */
export function settings(): Deed {
  const start = emptyDisk();
  start.putFolder('/home/settings');
  start.put('/home/settings/settings.json', `${JSON.stringify({ ...defaultSettings, theme: 'dark' }, null, 2)}\n`);
  return onDisk('settings', start, async (fileSystem, tell) => {
    const store = await openSettings('/home/settings', undefined, fileSystem);
    for (const { message } of store.notices) tell(message);
    await store.save({ ...defaultSettings, theme: 'light' });
  });
}
