import { dirname } from 'node:path';
import { dequal } from 'dequal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedById } from '../../core/annotation.ts';
import type { Gesture } from '../../core/edit.ts';
import { resolveRegistry } from '../../core/entity.ts';
import { Clock, deedKinds, deedOf, foreignMentions, picks, RegistryAnnotator } from '../../core/testing/registry-annotator.ts';
import { RegistryModel } from '../../core/testing/registry-model.ts';
import { checkProject } from './check.ts';
import { openProject, type Project } from './project.ts';
import { emptyDisk } from './testing/fault-runs.ts';
import { annotator as ann, first, folder, makeProject, testOptions } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const happenings = fc.array(
  fc.record({
    by: fc.constantFrom(0, 1),
    kind: fc.constantFrom(...deedKinds, 'undo', 'undo', 'redo', 'sync', 'sync', 'close', 'kill', 'cut', 'flush'),
    pick: picks,
    yes: fc.boolean(),
  }),
  { minLength: 8, maxLength: 24, size: 'max' },
);

/** A disk with a project of two annotators and one article. */
async function baseDisk(): Promise<SimulatedFileSystem> {
  const disk = emptyDisk();
  await makeProject(disk);
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

  /** Brings what the other wrote, file by file, as a synced folder does. */
  sync(other: Computer): void {
    const theirs = `${folder}/annotators/${other.person.name}/`;
    const [here, there] = [this.disk.files(), other.disk.files()];
    for (const path of here.keys()) if (path.startsWith(theirs) && !there.has(path)) this.disk.remove(path);
    for (const [path, content] of there) {
      if (!path.startsWith(theirs)) continue;
      this.disk.putFolder(dirname(path));
      this.disk.put(path, content);
    }
    this.person.synced = [...other.person.work.entities.values()];
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
  await one.open();
  await two.open();
  for (const { by, kind, pick, yes } of list) {
    const [self, other] = by === 0 ? [one, two] : [two, one];
    const { person } = self;
    const project = self.project as Project;
    let gesture: Gesture | null = null;
    if (kind === 'sync') self.sync(other);
    else if (kind === 'flush') await project.flush();
    else if (kind === 'close') await project.close();
    else if (kind === 'kill') self.disk = self.disk.afterKill();
    else if (kind === 'cut') self.disk = self.disk.afterPowerCut('none', () => false);
    else if (kind === 'undo' || kind === 'redo') {
      gesture = kind === 'undo' ? person.undo() : person.redo();
      if (gesture) model.travel(gesture);
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
  one.sync(two);
  two.sync(one);
  for (const { project, person, disk } of [one, two]) {
    const registry = resolveRegistry((await project?.entities()) ?? []);
    expect(model.differences(registry, [...foreignMentions, ...one.person.mentions, ...two.person.mentions])).toEqual([]);
    expect(dequal(await project?.set(first.id), person.work.sets.get(first.id) ?? (await project?.set(first.id)))).toBe(true);
    await project?.close();
    for await (const problem of checkProject(folder, disk)) expect(problem).toBe('');
  }
}

test('J30 two annotators’ gestures on the registry, with undo, crashes, syncs and reopening, are on both computers what a model of their words gives', async () => {
  const base = await baseDisk();
  await fc.assert(
    fc.asyncProperty(happenings, async (list) => play(base, list)),
    { numRuns: 150 },
  );
}, 60_000);
