import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Gesture } from '../../core/steps/edit.ts';
import { nodeFileSystem } from './file-system.ts';
import { ArticleFile } from './layout.ts';
import { checkedAgainst } from './opening-cache.ts';
import { createProject, openProject, type Project } from './project.ts';
import { sha256 } from './strict-json.ts';
import { smallCodebook } from './testing/author.ts';
import { applyStep, diskWith, journalPath, openOn, putMany, snapshotPath, textOn } from './testing/bench.ts';
import { first, folder, second } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const home = mkdtempSync(join(tmpdir(), 'pressmark-opening-cache-'));
afterAll(() => rmSync(home, { recursive: true }));
afterEach(() => vi.restoreAllMocks());
let turn = 0;
let cache: string;
beforeEach(() => {
  cache = join(home, String(turn++));
});
const file = () => join(cache, readdirSync(cache)[0] ?? '');
const recordPath = `${folder}/articles/${first.id}/article.json`;

/** A disk that can stamp its files, with a project on it. */
async function stampedDisk(...given: Parameters<typeof diskWith>): ReturnType<typeof diskWith> {
  const found = await diskWith(...given);
  const { disk } = found;
  const stampOf = (path: string) => {
    const content = disk.files().get(path);
    return content ? sha256(content) : null;
  };
  return { ...found, disk: Object.assign(disk, { stamps: (paths: readonly string[]) => paths.map(stampOf) }) };
}

/** What can be seen of a project. */
async function seen(project: Project): Promise<unknown> {
  const sets = await project.setsOf(first.id).catch(String);
  const across = [await project.entities(), await project.links(), await project.articleRecords()];
  return [project.importedArticles(), project.gestures(), project.history(), sets, across, await project.summaries(), project.notices];
}

/** Opens the project and tells which files were read for that. */
async function opened(disk: SimulatedFileSystem): Promise<{ project: Project; read: string[] }> {
  const read: string[] = [];
  disk.fault = (_, operation, path) => {
    if (operation === 'readFile') read.push(path);
    return null;
  };
  const project = await openOn(disk, { cache });
  disk.fault = null;
  return { project, read };
}

async function closedOnce(disk: SimulatedFileSystem): Promise<void> {
  await (await openOn(disk, { cache })).close();
}

describe('what an earlier opening found out', () => {
  test('J120 what did not change since is neither read nor checked again, and all is as it is without that', async () => {
    const { disk, author } = await stampedDisk(['add', 'both', 'entity', 'undo', 'redo', 'note']);
    await closedOnce(disk);
    const { project, read } = await opened(disk);
    expect(read).not.toContain(recordPath);
    expect(read).not.toContain(snapshotPath);
    expect(await seen(project)).toEqual(await seen(await openOn(disk, { readOnly: true, lock: false })));
    await project.addArticle(second);
    await applyStep(project, author, 'add');
    await project.close();
    const again = await opened(disk);
    expect(again.project.importedArticles()).toHaveLength(2);
    expect(await seen(again.project)).toEqual(await seen(await openOn(disk, { readOnly: true, lock: false })));
  });

  test('J120 what nobody asked for in an opening that ended early stays known', async () => {
    const { disk } = await stampedDisk(['add']);
    putMany(disk, 1001);
    await closedOnce(disk);
    const early = await openOn(disk, { cache, whole: false });
    await early.readArticle(first.id);
    disk.put(`${folder}/articles/many-0500/article.json`, (textOn(disk, `${folder}/articles/many-0500/article.json`) ?? '').trimEnd());
    await early.close();
    const { project, read } = await opened(disk);
    expect(read.filter((path) => path.endsWith('/article.json'))).toEqual([`${folder}/articles/many-0500/article.json`]);
    expect(project.importedArticles()).toHaveLength(1002);
  });

  test('J120 whatever became of a file meanwhile, an opening tells the same as without what it knows', async () => {
    const { disk } = await stampedDisk(['add', 'both', 'entity', 'note']);
    await closedOnce(disk);
    const journal = textOn(disk, journalPath) ?? '';
    const lines = journal.split('\n');
    const changes: readonly [path: string, text: string][] = [
      [recordPath, (textOn(disk, recordPath) ?? '').replace('First.txt', 'Other.txt')],
      [recordPath, '{'],
      [snapshotPath, (textOn(disk, snapshotPath) ?? '').replace('"seq":', '"seq":9')],
      [snapshotPath, (textOn(disk, snapshotPath) ?? '').slice(0, -20)],
      // In the midst of what was checked, with the size it had.
      [journalPath, journal.replace('"command":"', '"command":"'.toUpperCase())],
      [journalPath, journal.slice(0, -3)],
      [journalPath, [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n')],
      [journalPath, `${journal}{"seq":`],
      [journalPath, `${lines[0]}\n`],
    ];
    for (const [path, text] of changes) {
      const before = textOn(disk, path) ?? '';
      expect(text).not.toBe(before);
      disk.put(path, text);
      const [known, unknown] = [await openOn(disk, { readOnly: true, cache }), await openOn(disk, { readOnly: true, lock: false })];
      expect(await seen(known)).toEqual(await seen(unknown));
      disk.put(path, before);
    }
  });

  test('J120 a line that an older program wrote is completed at each opening', async () => {
    const { disk } = await stampedDisk(['both']);
    const [line = ''] = (textOn(disk, journalPath) ?? '').split('\n');
    const text = line.slice(line.indexOf('"gesture":') + 10, -1);
    const older = text.replaceAll(',"moved":{}', '');
    expect(older).not.toBe(text);
    disk.put(journalPath, `{"seq":1,"sha256":"${sha256(older)}","gesture":${older}}\n`);
    await closedOnce(disk);
    const { project } = await opened(disk);
    expect(JSON.stringify(project.gestures()[0])).toBe(text);
  });

  test('J121 what another program kept, or what is damaged, counts for nothing, and nothing is told of what cannot be kept', async () => {
    const { disk } = await stampedDisk(['add']);
    await closedOnce(disk);
    const kept = readFileSync(file(), 'utf8');
    const other = kept.replace('"program":"', '"program":"9');
    const forged = kept.replace('First.txt', 'Forged.txt');
    for (const text of [other, forged, kept.slice(0, -5), '', '\n', 'null\nnull', kept.slice(kept.indexOf('\n'))]) {
      writeFileSync(file(), text);
      const { project, read } = await opened(disk);
      expect(read).toContain(recordPath);
      expect(project.importedArticles()[0]?.originalName).toBe('First.txt');
      expect(project.notices).toEqual([]);
      await project.close();
      expect(readFileSync(file(), 'utf8')).toBe(kept);
    }
    writeFileSync(join(home, 'no-folder'), '');
    const project = await openOn(disk, { cache: join(home, 'no-folder') });
    expect(project.notices).toEqual([]);
    await project.close();
  });

  test('J121 it is a file for the person alone', async () => {
    const { disk } = await stampedDisk(['add']);
    await closedOnce(disk);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o77).toBe(0);
  });

  test('J122 a stamp changes with each change of a file, though size and time stay; a change of this moment has none', () => {
    const path = join(home, 'stamped.txt');
    const stamp = () => nodeFileSystem.stamps?.([path])[0];
    const later = () => vi.spyOn(Date, 'now').mockReturnValue(statSync(path).ctimeMs + 3100);
    expect(stamp()).toBeNull();
    const past = new Date('2026-01-01T00:00:00Z');
    writeFileSync(path, 'one');
    utimesSync(path, past, past);
    expect(stamp()).toBeNull();
    later();
    const before = stamp();
    expect(before).toEqual(expect.any(String));
    expect(stamp()).toBe(before);
    // Clocks of file systems go in steps of some milliseconds.
    const { ctimeMs } = statSync(path);
    do writeFileSync(path, 'two');
    while (statSync(path).ctimeMs === ctimeMs);
    utimesSync(path, past, past);
    later();
    expect(stamp()).toEqual(expect.any(String));
    expect(stamp()).not.toBe(before);
  });

  test('J112 a file in the place of an article’s folder keeps no project from opening', async () => {
    const place = join(home, 'plain');
    await createProject(place, { name: 'Test', annotator: { id: 'ann', name: 'Ann' }, codebook: smallCodebook });
    mkdirSync(join(place, 'articles'), { recursive: true });
    writeFileSync(join(place, 'articles', 'plain-12345678'), '');
    expect(nodeFileSystem.stamps?.([join(place, 'articles', 'plain-12345678', 'article.json')])).toEqual([null]);
    const project = await openProject(place, { cache });
    expect(project.importedArticles()).toEqual([]);
    await project.close();
  });

  test('J123 what was checked against other schemas is checked again', () => {
    const schemas = JSON.stringify([Gesture, ArticleFile].map((schema) => z.toJSONSchema(schema)));
    // Where this fails a schema has changed: write the new sum into host/storage/opening-cache.ts.
    expect(checkedAgainst).toBe(sha256(schemas).slice(0, 16));
  });
});
