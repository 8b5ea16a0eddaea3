import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isSoak, tell } from '../../core/testing/soak.ts';
import { checkProject } from './check.ts';
import { createProject, openProject } from './project.ts';
import { smallCodebook } from './testing/author.ts';
import { canMake, canMount, makeFileSystem, mounted } from './testing/mounts.ts';
import { annotator, first } from './testing/scenario.ts';

const writer = fileURLToPath(new URL('./testing/writer-process.ts', import.meta.url));
const cuts = 15;

/** Runs the writer until it has acknowledged `count` gestures, ends it there and answers their ids. */
async function acknowledgedBy(project: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, project], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const ids: string[] = [];
  for await (const id of createInterface({ input: child.stdout })) {
    ids.push(id);
    if (ids.length === count) child.kill('SIGKILL');
  }
  await ended;
  return ids;
}

const isPossible = isSoak && canMount();

test.for(['ext4', 'xfs', 'btrfs'])(
  'J47 what a disk with %s was given when the power went holds every acknowledged gesture',
  { timeout: 0 },
  async (kind, { skip }) => {
    if (!isPossible || !canMake(kind)) skip('it needs npm run soak, root, loop devices and the program that makes such a file system');
    const folder = mkdtempSync(join(tmpdir(), 'pressmark-power-'));
    const [disk, image] = [join(folder, 'disk'), join(folder, 'image')];
    const onDisk = (path: string, task: (project: string) => Promise<void>) =>
      mounted(['-t', kind, '-o', 'loop', path], (place) => task(join(place, 'project')));
    const lost: string[] = [];
    let acknowledged = 0;
    try {
      makeFileSystem(kind, disk, 320);
      await onDisk(disk, async (project) => {
        await createProject(project, { name: 'Test', annotator: { id: annotator, name: 'Ann' }, codebook: smallCodebook });
        const made = await openProject(project);
        await made.addArticle(first);
        await made.close();
      });
      for (let cut = 0; cut < cuts; cut++) {
        let ids: string[] = [];
        await onDisk(disk, async (project) => {
          const before = await openProject(project);
          ids = before.gestures().map(({ id }) => id);
          await before.close();
          ids.push(...(await acknowledgedBy(project, 1 + ((cut * 5) % 9))));
          // What the disk was given by now; what only the system's memory holds is not in it.
          execFileSync('cp', ['--sparse=always', disk, image]);
        });
        // The one is gone before the other comes: some systems take two disks of one name for one.
        await onDisk(image, async (project) => {
          const opened = await openProject(project);
          const there = new Set(opened.gestures().map(({ id }) => id));
          lost.push(...ids.filter((id) => !there.has(id)));
          await opened.close();
          for await (const problem of checkProject(project)) lost.push(problem);
        });
        acknowledged = ids.length;
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    tell(`J47 power cuts on ${kind}`, { cuts, acknowledged, lost: lost.length });
    expect(lost).toEqual([]);
  },
);
