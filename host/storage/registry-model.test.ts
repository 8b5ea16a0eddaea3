import { dirname } from 'node:path';
import { dequal } from 'dequal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byId, sortedById } from '../../core/model/annotation.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { changesCodebook, emptyWork, type Gesture } from '../../core/steps/edit.ts';
import { AnnotationModel, annotationDeedOf, annotationKinds, codebookDeedOf, stanceCodebook } from '../../core/testing/annotation-model.ts';
import { Clock, deedKinds, deedOf, foreignMentions, picks, RegistryAnnotator } from '../../core/testing/registry-annotator.ts';
import { RegistryModel } from '../../core/testing/registry-model.ts';
import { checkProject } from './check.ts';
import { createProject, openProject, type Project } from './project.ts';
import { emptyDisk } from './testing/fault-runs.ts';
import { annotator as ann, first, folder, testOptions } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const happenings = fc.array(
  fc.record({
    by: fc.constantFrom(0, 1),
    kind: fc.constantFrom(
      ...([...deedKinds, ...annotationKinds, 'rename value', 'rename value', 'remove attribute'] as const),
      ...(['undo', 'undo', 'undo', 'redo', 'redo', 'sync', 'sync', 'sync', 'close', 'kill', 'cut', 'flush'] as const),
    ),
    pick: picks,
    yes: fc.boolean(),
  }),
  { minLength: 8, maxLength: 32, size: 'max' },
);

const isAnnotationKind = (kind: string): kind is (typeof annotationKinds)[number] => annotationKinds.some((each) => each === kind);

/** A disk with a project of two annotators and one article. */
async function baseDisk(): Promise<SimulatedFileSystem> {
  const disk = emptyDisk();
  await createProject(folder, { name: 'Test', annotator: { id: ann, name: 'Ann' }, codebook: stanceCodebook }, testOptions(disk));
  const project = await openProject(folder, { ...testOptions(disk), newId: () => 'ben' });
  await project.addArticle(first);
  await project.addAnnotator('Ben');
  await project.close();
  return disk;
}

/** One annotator with the computer that they work on: their own copy of the project. */
class Computer {
  readonly person: RegistryAnnotator;
  disk: SimulatedFileSystem;
  project: Project | null = null;

  constructor(person: RegistryAnnotator, disk: SimulatedFileSystem) {
    this.person = person;
    this.disk = disk;
  }

  async open(): Promise<Project> {
    this.project = await openProject(folder, { ...testOptions(this.disk), annotator: this.person.name });
    return this.project;
  }

  /** The person goes on from what the disk has, as a page does after the codebook changed. */
  async adopt(): Promise<void> {
    const project = this.project as Project;
    const own = (await project.entities()).filter(({ annotator }) => annotator === this.person.name);
    const sets = new Map([[first.id, await project.set(first.id)]]);
    this.person.adopt(project.codebook, { ...emptyWork, sets, entities: byId(own) }, project.gestures());
  }

  /** Brings what the other wrote, file by file, as a synced folder does; from the lead the codebook too. */
  async sync(other: Computer): Promise<void> {
    const theirs = `${folder}/annotators/${other.person.name}/`;
    const [here, there] = [this.disk.files(), other.disk.files()];
    for (const path of here.keys()) if (path.startsWith(theirs) && !there.has(path)) this.disk.remove(path);
    for (const [path, content] of there) {
      if (!path.startsWith(theirs)) continue;
      this.disk.putFolder(dirname(path));
      this.disk.put(path, content);
    }
    this.person.synced = [...other.person.work.entities.values()];
    const codebook = there.get(`${folder}/codebook.json`);
    if (other.person.codebook.version <= this.person.codebook.version || !codebook) return;
    this.disk.put(`${folder}/codebook.json`, codebook);
    await this.project?.look();
    await this.adopt();
  }
}

async function play(
  base: SimulatedFileSystem,
  list: readonly { by: number; kind: string; pick: [number, number, number]; yes: boolean }[],
) {
  const clock = new Clock();
  const model = new RegistryModel();
  const article = { id: first.id, text: first.text };
  const [one, two] = [ann, 'ben'].map((name) => new Computer(new RegistryAnnotator(name, clock, article), base.copy())) as [
    Computer,
    Computer,
  ];
  const annotations = new AnnotationModel();
  for (const each of [one, two]) {
    await each.open();
    await each.adopt();
  }
  for (const { by, kind, pick, yes } of list) {
    const [self, other] = by === 0 ? [one, two] : [two, one];
    const { person } = self;
    const project = self.project as Project;
    let gesture: Gesture | null = null;
    const next = kind === 'undo' ? person.history.past.at(-1) : kind === 'redo' ? person.history.future.at(-1) : undefined;
    if (kind === 'sync') await self.sync(other);
    else if (kind === 'flush') await project.flush();
    else if (kind === 'close') await project.close();
    else if (kind === 'kill') self.disk = self.disk.afterKill();
    else if (kind === 'cut') self.disk = self.disk.afterPowerCut('none', () => false);
    else if (kind === 'rename value' || kind === 'remove attribute') {
      const deed = person.name === ann ? codebookDeedOf(person.codebook.codebook, kind, pick[0], person.newId('v')) : null;
      if (deed) {
        const { change, words } = deed;
        const { version } = person.codebook;
        annotations.say(
          await project.changeCodebook({ version, gesture: person.newId('c'), what: { kind: 'change', changes: [change] } }),
          words,
        );
        await self.adopt();
      }
    } else if ((kind === 'undo' || kind === 'redo') && next && changesCodebook(next.edits)) {
      const what = { kind: kind === 'undo' ? ('undo' as const) : ('redo' as const), of: next.id };
      annotations.travel(await project.changeCodebook({ version: person.codebook.version, gesture: person.newId('c'), what }));
      await self.adopt();
    } else if (kind === 'undo' || kind === 'redo') {
      gesture = kind === 'undo' ? person.undo() : person.redo();
      if (gesture) for (const each of [model, annotations]) each.travel(gesture);
    } else if (isAnnotationKind(kind)) {
      const deed = annotationDeedOf(person, kind, pick);
      gesture = deed && person.step(deed.list);
      if (gesture) annotations.say(gesture, deed?.words ?? []);
    } else {
      const deed = deedOf(person, kind as (typeof deedKinds)[number], pick, yes);
      gesture = deed && person.step(deed.list);
      if (gesture) model.say(gesture, deed?.said ?? []);
    }
    if (gesture) await project.apply(gesture);
    if (kind === 'close' || kind === 'kill' || kind === 'cut') await self.open();
    const now = self.project as Project;
    expect(dequal(now.gestures(), person.journal)).toBe(true);
    const records = [...person.synced, ...sortedById(person.work.entities)].sort((a, b) =>
      a.annotator < b.annotator ? -1 : a.annotator > b.annotator ? 1 : a.id < b.id ? -1 : 1,
    );
    expect(await now.entities()).toEqual(records);
  }
  await one.sync(two);
  await two.sync(one);
  for (const { project, person, disk } of [one, two]) {
    const registry = resolveRegistry((await project?.entities()) ?? []);
    expect(model.differences(registry, [...foreignMentions, ...one.person.mentions, ...two.person.mentions])).toEqual([]);
    for (const { annotator, set } of (await project?.setsOf(first.id)) ?? []) {
      expect(annotations.differences(annotator, set, (project as Project).codebook.codebook)).toEqual([]);
    }
    expect(dequal(await project?.set(first.id), person.work.sets.get(first.id) ?? (await project?.set(first.id)))).toBe(true);
    await project?.close();
    for await (const problem of checkProject(folder, disk)) expect(problem).toBe('');
  }
}

test('J30 two annotators’ gestures on registry and annotations and the lead’s on the codebook, with undo, crashes, syncs and reopening, are on both computers what a model of their words gives', async () => {
  const base = await baseDisk();
  await fc.assert(
    fc.asyncProperty(happenings, async (list) => play(base, list)),
    { numRuns: 100 },
  );
}, 60_000);
