import { describe, expect, test } from 'vitest';
import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import { summed } from '../../core/codebook/codebook-effects.ts';
import { AppError } from '../../core/failure.ts';
import type { Annotation } from '../../core/model/annotation.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { historyOf, redoOf, undoOf } from '../../core/steps/history.ts';
import { spanAt } from '../../core/text/span.ts';
import { previewCodebook } from '../handlers/codebook-preview.ts';
import { sealed } from '../testing/fuzz/project-files.ts';
import type { Project } from './project.ts';
import { diskWith, openOn, problemsOf, textOn } from './testing/bench.ts';
import { imagesOf } from './testing/crash-images.ts';
import { annotator, first, folder } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const mood = {
  name: 'mood',
  title: 'Mood',
  type: 'enum' as const,
  values: ['good', 'bad', 'mixed'],
  required: false,
  default: null,
  help: '',
};
const owner = { kind: 'layer' as const, id: 'QUOTE' };
const addMood: CodebookChange = { change: 'add-attribute', owner, attribute: mood, fill: null };
const merge: CodebookChange = { change: 'remove-value', owner, attribute: 'mood', value: 'bad', into: 'mixed' };
const change = (project: Project, gesture: string, ...changes: CodebookChange[]) =>
  project.changeCodebook({ version: project.codebook.version, gesture, what: { kind: 'change', changes } });
const revert = (project: Project, gesture: string, kind: 'undo' | 'redo', of: string) =>
  project.changeCodebook({ version: project.codebook.version, gesture, what: { kind, of } });

let counter = 0;
const tagging = (project: Project, attributes: Annotation['attributes']): Gesture => {
  const id = `x${counter++}`;
  const annotation: Annotation = {
    ...{ id, article: first.id, annotator: project.annotator.id, layer: 'QUOTE', spans: [spanAt(first.text, { start: 0, end: 3 })] },
    ...{ attributes, roles: [], note: '', origin: { kind: 'person' }, codebook: project.codebook.version, created: '', modified: '' },
  };
  const edits: Gesture['edits'] = [{ record: 'annotation', article: first.id, id, before: null, after: annotation }];
  return { id: `g-${id}`, annotator: project.annotator.id, time: '', command: 'test', title: 'Tag', edits, undoes: null, redoes: null };
};
const moods = async (project: Project) => {
  const sets = await project.setsOf(first.id);
  return sets.map(({ set }) => [...set.annotations.values()].map(({ attributes }) => attributes['mood']).sort());
};
// Two annotators; the second one's annotations lie in the folder of the first one's project as a sync brings them.
async function withTwo(): Promise<SimulatedFileSystem> {
  const { disk } = await diskWith();
  const project = await openOn(disk);
  await change(project, 'c1', addMood);
  for (const value of ['good', 'bad', 'mixed', 'bad']) await project.apply(tagging(project, { mood: value }));
  const { id } = await project.addAnnotator('Ben');
  await project.switchAnnotator(id);
  for (const value of ['bad', 'good']) await project.apply(tagging(project, { mood: value }));
  await project.close();
  return disk;
}

describe('versions of the codebook on the disk', () => {
  test('P14 the numbers of a preview are what happens, for everybody, and undo and redo give back both states after a restart', async () => {
    const disk = await withTwo();
    let project = await openOn(disk);
    const before = await moods(project);
    expect(before.flat().filter((value) => value === 'bad')).toHaveLength(3);
    const preview = await previewCodebook(project, 2, [merge], null);
    const words = { 'Mood bad → mixed': 2 };
    expect(summed(preview.counts)).toEqual([
      { kind: 'annotation', layer: 'QUOTE', annotator, changed: 2, lacking: 0, words },
      { kind: 'annotation', layer: 'QUOTE', annotator: 'project-1', changed: 1, lacking: 0, words: { 'Mood bad → mixed': 1 } },
    ]);
    expect([preview.title, preview.examples.length, preview.next]).toEqual(['Remove bad from Mood of Quote, into mixed', 3, null]);
    await change(project, 'c2', merge);
    expect((await moods(project)).flat().sort()).toEqual(['good', 'good', 'mixed', 'mixed', 'mixed', 'mixed']);
    expect(await problemsOf(disk)).toEqual([]);
    await project.close();
    project = await openOn(disk);
    expect(project.gestures().at(-1)).toMatchObject({ id: 'c2', title: 'Remove bad from Mood of Quote, into mixed' });
    const undo = await revert(project, 'c3', 'undo', 'c2');
    expect([undo.undoes, await moods(project)]).toEqual(['c2', before]);
    await project.close();
    project = await openOn(disk);
    await revert(project, 'c4', 'redo', 'c2');
    expect((await moods(project)).flat()).not.toContain('bad');
    expect(await problemsOf(disk)).toEqual([]);
    await project.close();
  });

  test('P15 only the lead changes the codebook, and only the version that they saw', async () => {
    const disk = await withTwo();
    const project = await openOn(disk, { annotator: 'project-1' });
    await expect(change(project, 'c2', merge)).rejects.toThrow('Only Ann, who leads this project, can change the codebook');
    await project.switchAnnotator(annotator);
    await expect(project.changeCodebook({ version: 1, gesture: 'c2', what: { kind: 'change', changes: [merge] } })).rejects.toThrow(
      'The codebook was changed in the meantime',
    );
    await expect(revert(project, 'c2', 'undo', 'c9')).rejects.toThrow('has changed since this step');
    await expect(project.apply({ ...(await change(project, 'c2', merge)), id: 'c3' })).rejects.toThrow('a call of its own');
    await project.close();
  });

  // What a start after a crash or a failure finds.
  const expectWhole = async (disk: SimulatedFileSystem, versions: readonly number[]) => {
    const project = await openOn(disk);
    const { version } = project.codebook;
    expect(versions).toContain(version);
    expect(project.gestures().some(({ id }) => id === 'c2')).toBe(version === 3);
    expect((await moods(project)).flat().includes('bad')).toBe(version === 2);
    if (version === 2) await change(project, 'c2', merge);
    await revert(project, 'c3', 'undo', 'c2');
    expect((await moods(project)).flat().filter((value) => value === 'bad')).toHaveLength(3);
    await project.close();
    expect(await problemsOf(disk)).toEqual([]);
  };

  test('P16 a power cut at any operation leaves the old codebook or the new one with its step, whole', async () => {
    const disk = await withTwo();
    const project = await openOn(disk);
    const images: SimulatedFileSystem[] = [];
    disk.observe = () => images.push(...imagesOf(disk));
    await change(project, 'c2', merge);
    disk.observe = null;
    const acknowledged = imagesOf(disk);
    await project.close();
    expect(images.length).toBeGreaterThan(20);
    for (const image of images) await expectWhole(image, [2, 3]);
    for (const image of acknowledged) await expectWhole(image, [3]);
  });

  test('P16 a disk that fails at any operation, once or from then on, does too', async () => {
    const whole = await withTwo();
    let at = 0;
    for (let isStruck = true; isStruck; at++) {
      for (const goesOn of [false, true]) {
        const disk = whole.copy();
        const project = await openOn(disk);
        const from = disk.operations;
        isStruck = false;
        disk.fault = (index) => {
          if (index < from + at || (index > from + at && !goesOn)) return null;
          isStruck = true;
          return 'EIO';
        };
        await change(project, 'c2', merge).catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
        disk.fault = null;
        await project.close();
        await expectWhole(disk, [2, 3]);
      }
    }
    expect(at).toBeGreaterThan(20);
  });

  test('P17 what somebody else wrote with a layer that is taken back keeps it as retired', async () => {
    const { disk } = await diskWith();
    const project = await openOn(disk);
    const layer = { ...(project.codebook.codebook.layers[0] as (typeof project.codebook.codebook.layers)[0]), id: 'RUMOUR', key: 'z' };
    await change(project, 'c1', { change: 'add-layer', layer });
    const { id } = await project.addAnnotator('Ben');
    await project.switchAnnotator(id);
    const step = tagging(project, {});
    const [edit] = step.edits;
    if (edit?.record !== 'annotation' || !edit.after) throw new TypeError('not tagged');
    await project.apply({ ...step, edits: [{ ...edit, after: { ...edit.after, layer: 'RUMOUR' } }] });
    await project.switchAnnotator(annotator);
    await revert(project, 'c2', 'undo', 'c1');
    expect(project.codebook.codebook.layers.map((one) => [one.id, one.retired])).toEqual([
      ['QUOTE', undefined],
      ['FACT', undefined],
      ['RUMOUR', true],
    ]);
    await project.close();
    expect(await problemsOf(disk)).toEqual([]);
  });

  test('P18 steps are undone and redone across changes of the codebook and restarts', async () => {
    const { disk } = await diskWith();
    let project = await openOn(disk);
    await change(project, 'c1', addMood);
    const tagged = tagging(project, { mood: 'bad' });
    await project.apply(tagged);
    await change(project, 'c2', merge);
    expect(await moods(project)).toEqual([['mixed']]);
    await revert(project, 'c3', 'undo', 'c2');
    const undo = undoOf(historyOf(project.gestures()), 'u1', '') as Gesture;
    expect(undo.undoes).toBe(tagged.id);
    await project.apply(undo);
    expect(await moods(project)).toEqual([[]]);
    await revert(project, 'c4', 'undo', 'c1');
    await project.close();
    project = await openOn(disk);
    await revert(project, 'c5', 'redo', 'c1');
    await project.apply(redoOf(historyOf(project.gestures()), 'u2', '') as Gesture);
    expect(await moods(project)).toEqual([['bad']]);
    await project.close();
    expect(await problemsOf(disk)).toEqual([]);
  });
});

test('J113 work under a codebook that is not there yet, as a sync may bring it, is told to be unreadable by its file', async () => {
  for (const name of ['links.json', 'journal.jsonl']) {
    const { disk } = await diskWith(['add', 'both']);
    const path = `${folder}/annotators/${annotator}/${name}`;
    disk.put(path, sealed(Buffer.from((textOn(disk, path) ?? '').replaceAll('"codebook":1', '"codebook":2'))));
    const message = `annotators/${annotator}/${name} cannot be read: codebook version 2 is newer than this codebook's 1.`;
    await expect(openOn(disk)).rejects.toMatchObject({ failure: { code: 'corrupt', message } });
  }
});

test('J134 a codebook edited by hand that contradicts itself is told at the opening, once, and no more once it is mended', async () => {
  const { disk } = await diskWith(['add']);
  const path = `${folder}/codebook.json`;
  const sound = textOn(disk, path) ?? '';
  const [layer] = (JSON.parse(sound) as { versions: { codebook: { layers: { id: string }[] } }[] }).versions.at(-1)?.codebook.layers ?? [];
  const doubled = JSON.parse(sound);
  doubled.versions.at(-1).codebook.layers.push(layer);
  disk.put(path, JSON.stringify(doubled));
  const project = await openOn(disk);
  const told: string[] = [];
  project.onNotice(
    ({ id }) => told.push(id),
    (id) => told.push(`${id} gone`),
  );
  const [notice] = project.notices.filter(({ id }) => id === 'codebook');
  expect(notice?.message).toContain(`codebook.json contradicts itself: there are two layers ${layer?.id}`);
  await project.look();
  expect(told).toEqual([]);
  disk.clock += 5000;
  disk.put(path, sound);
  await project.look();
  expect(told).toContain('codebook gone');
  expect(project.notices.filter(({ id }) => id === 'codebook')).toEqual([]);
});
