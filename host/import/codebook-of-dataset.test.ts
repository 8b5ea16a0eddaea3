import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { revise } from '../../core/codebook/codebook-revision.ts';
import { formatNamed } from '../../core/formats/index.ts';
import { exported, hashOf } from '../../core/formats/testing/case.ts';
import { annotation, project as projectOf, sourceFrom } from '../../core/formats/testing/project.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { createProject, openProject } from '../storage/project.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { previewDataset, readDatasetFiles } from './datasets.ts';
import { createReader } from './reader.ts';

const reader = createReader();
const folder = await temporaryFolder();
afterAll(async () => {
  await reader.close();
  await folder.remove();
});

const text = 'Paris agreed to the plan.';
const inUse = { layers: new Set<string>(), relations: new Set<string>(), entityTypes: new Set<string>() };
const polarity = { owner: { kind: 'layer', id: 'STANCE' }, attribute: 'polarity' } as const;
const { codebook } = revise(
  defaultCodebook,
  [
    { change: 'edit-codebook', set: { name: 'Ours' } },
    { change: 'rename-attribute', ...polarity, to: 'leaning' },
    { change: 'rename-value', ...polarity, attribute: 'leaning', value: 'favor', to: 'backs' },
  ],
  inUse,
);
const stance = { ...annotation('a', text, [{ start: 0, end: 5 }]), layer: 'STANCE', attributes: { leaning: 'backs' } };

test.each(['jsonl', 'csv', 'conll', 'brat', 'label-studio', 'doccano', 'cas', 'web-annotation'] as const)(
  'X257 what has no place in the codebook of the project, it is said that it has one in that of the dataset, and it has: %s',
  async (format) => {
    const source = sourceFrom(projectOf(text, { annotations: [stance] }, { codebook }), () => hashOf(createHash('sha256')));
    const { bytes } = await exported(formatNamed(format), source);
    const dataset = await readDatasetFiles(
      reader,
      [...bytes].map(([path, content]) => ({ path: `ours/${path}`, bytes: content })),
      format,
    );
    expect(dataset.foreign.problems).toEqual([]);
    const lookFrom = async (place: string, own: typeof codebook) => {
      await createProject(join(folder.path, place), { name: 'P', annotator: { id: 'anna', name: 'Anna' }, codebook: own });
      const project = await openProject(join(folder.path, place));
      const { plan } = await previewDataset(project, dataset, null);
      await project.close();
      return plan;
    };
    const other = await lookFrom(`${format}-other`, defaultCodebook);
    expect(other.losses.map(({ kind }) => kind)).toContainEqual(expect.stringContaining('STANCE.leaning'));
    expect(other.remarks).toContainEqual(
      'What is left out has a place in the dataset’s own codebook, “Ours”. To keep it, import ours/codebook.json in the Codebook view before the dataset, or make a new project with it: pressmark new DIR --codebook ours/codebook.json.',
    );
    const same = await lookFrom(`${format}-same`, dataset.codebook?.content as typeof codebook);
    expect(same.losses.filter(({ kind }) => kind.includes('leaning'))).toEqual([]);
    expect(same.remarks.filter((remark) => remark.includes('codebook'))).toEqual([]);
  },
);
