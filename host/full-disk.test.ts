import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../core/failure.ts';
import { defaultSplitOptions } from '../core/splits/options.ts';
import { soak, tell } from '../core/testing/soak.ts';
import { backupProject } from './backup/backup.ts';
import { writeExport } from './dataset/export-folder.ts';
import { checkProject } from './storage/check.ts';
import { nodeFileSystem } from './storage/file-system.ts';
import { createProject, openProject, type Project, type ProjectOptions } from './storage/project.ts';
import { Author, type Step, smallCodebook } from './storage/testing/author.ts';
import { canMount, fill, mounted } from './storage/testing/mounts.ts';
import { annotator, differences, first, second } from './storage/testing/scenario.ts';

const block = 4096;
const steps: readonly Step[] = ['add', 'both', 'note', 'change', 'add', 'both', 'entity', 'undo'];

// What a person does, each by a name; those that a full disk refused are done again once there is room.
interface Deed {
  readonly name: string;
  readonly isEdit?: true;
  act(): Promise<unknown>;
}

async function refusals(deeds: readonly Deed[]): Promise<Deed[]> {
  const refused: Deed[] = [];
  for (const deed of deeds) {
    // A page sends its edits in order: one that was refused stays first in line.
    if (deed.isEdit && refused.some(({ isEdit }) => isEdit)) {
      refused.push(deed);
      continue;
    }
    try {
      await deed.act();
    } catch (error) {
      expect(error, deed.name).toBeInstanceOf(AppError);
      expect(['not-saved', 'corrupt'], deed.name).toContain((error as AppError).failure.code);
      refused.push(deed);
    }
  }
  return refused;
}

function deedsOf(project: Project, author: Author, place: string): Deed[] {
  const edits = steps.map((step): Deed => {
    // Made only when its turn comes, and the same when it comes again.
    let gesture: ReturnType<Author['gesture']> | undefined;
    return {
      name: step,
      isEdit: true,
      async act() {
        gesture ??= author.gesture(step, first.id, first.text);
        if (!gesture) return;
        await project.apply(gesture);
        author.accept(gesture);
      },
    };
  });
  const splits = {
    codebook: 1,
    options: defaultSplitOptions,
    assignments: [{ doc_id: first.id, group: first.id, split: 'train' as const }],
  };
  return [
    ...edits.slice(0, 5),
    { name: 'flush', act: () => project.flush() },
    { name: 'import', act: () => project.addArticle(second) },
    ...edits.slice(5),
    { name: 'splits', act: async () => project.publishSplits(splits, (await project.publishedSplits())?.published ?? null) },
    { name: 'export', act: () => writeExport(project, { format: 'jsonl' }, join(place, 'dataset'), nodeFileSystem) },
    { name: 'backup', act: () => backupProject(project.folder, join(place, 'backup.zip')) },
  ];
}

test.skipIf(!canMount())(
  'J46 on a disk with any room left, from none to enough in steps of 4 KB, nothing is lost or damaged, and all goes on once there is room',
  async () => {
    const options: ProjectOptions = { now: () => '2026-01-01T00:00:00.000Z', lock: false };
    await mounted(['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs'], async (place) => {
      const [whole, folder] = [join(place, 'whole'), join(place, 'project')];
      await createProject(whole, { name: 'Test', annotator: { id: annotator, name: 'Ann' }, codebook: smallCodebook }, options);
      const made = await openProject(whole, options);
      await made.addArticle(first);
      await made.close();
      const counts = { points: 0, refused: 0, lost: 0 };
      const damaged: string[] = [];
      let all = 1;
      // How many are done while there is still room: none, or in the long run any number.
      for (let done = 0; done < soak(1, all); done++) {
        for (let room = 0; room < 4_000_000; room += block * soak(11, 1)) {
          const at = `${room} bytes from deed ${done + 1} on`;
          counts.points++;
          for (const name of ['project', 'dataset', 'backup.zip']) rmSync(join(place, name), { recursive: true, force: true });
          cpSync(whole, folder, { recursive: true });
          const project = await openProject(folder, options);
          const author = new Author(annotator);
          const deeds = deedsOf(project, author, place);
          all = deeds.length;
          expect(await refusals(deeds.slice(0, done)), at).toEqual([]);
          const empty = await fill(place, room);
          const refused = await refusals(deeds.slice(done));
          counts.refused += refused.length;
          // As the next start finds it while the disk is still full, and once there is room.
          for (const isFull of [true, false]) {
            if (!isFull) empty();
            const found = await openProject(folder, { ...options, readOnly: true });
            const ids = found.gestures().map(({ id }) => id);
            counts.lost += author.accepted.filter(({ id }) => !ids.includes(id)).length;
            for await (const problem of checkProject(folder)) {
              // What was refused may have left an import that was broken off, or a line that will be cut off.
              if (!/import was broken off|not written to its end/.test(problem)) damaged.push(`${at}${isFull ? ', full' : ''}: ${problem}`);
            }
            await found.close();
          }
          expect(await refusals(refused), at).toEqual([]);
          expect(await differences(project, author), at).toEqual([]);
          await project.close();
          if (refused.length === 0) break;
        }
      }
      tell('J46 full disk, in steps of 4 KB', { ...counts, damaged: damaged.length });
      expect({ lost: counts.lost, damaged }).toEqual({ lost: 0, damaged: [] });
      expect(counts.refused).toBeGreaterThan(0);
      expect(counts.points).toBeGreaterThanOrEqual(soak(2, 100));
    });
  },
  0,
);
