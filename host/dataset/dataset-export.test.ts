import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../core/failure.ts';
import type { DatasetDocument } from '../../core/formats/document.ts';
import { type ExportRequest, FormatName } from '../../core/formats/export-request.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { tag } from '../../core/steps/gestures.ts';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../storage/file-system.ts';
import { openProject, type Project } from '../storage/project.ts';
import { makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { version } from '../version.ts';
import { previewExport } from './dataset-export.ts';
import { writeExport } from './export-folder.ts';
import { zipExport } from './export-zip.ts';

const formatNames = FormatName.options;
const time = '2026-11-20T11:00:00.000Z';

let project: Project;
let removeProject: () => Promise<void>;
let place: string;

beforeAll(async () => {
  const folder = await temporaryFolder();
  removeProject = folder.remove;
  const path = join(folder.path, 'project');
  await makeProject(path);
  project = await openProject(path, { now: () => time });
  const [meta] = project.articles();
  const article = meta?.id ?? '';
  const { text } = await project.readArticle(article);
  const { codebook } = project;
  const scene = {
    article,
    text,
    work: { sets: new Map(), entities: new Map(), links: new Map(), articles: new Map() },
    registry: new Map(),
    codebook: codebook.codebook,
    codebookVersion: codebook.version,
    annotator: 'anna',
    now: time,
    newId: () => 'q1',
  };
  const { edits } = tag(scene, 'QUOTE', [{ start: 387, end: 496 }]);
  const gesture: Gesture = { id: 'g1', annotator: 'anna', time, command: 'quote', title: 'Quote', edits, undoes: null, redoes: null };
  await project.apply(gesture);
});

afterAll(async () => {
  await project.close();
  await removeProject();
});

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'pressmark-export-'));
});

afterEach(() => rm(place, { recursive: true, force: true }));

/** The export as a zip, made in a folder that is gone afterwards. */
async function zipped(request: ExportRequest): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'pressmark-zip-'));
  const { path, bytes } = await zipExport(project, request, folder);
  const zip = await readFile(path);
  expect(zip.length).toBe(bytes);
  expect(await readdir(folder)).toEqual(['dataset.zip']);
  await rm(folder, { recursive: true });
  return zip;
}

async function read(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'latin1')] as const)),
  );
}

/** The real disk, whose `failing`th operation fails once or from then on. Counts operations in `count`. */
function faulty(failing: number, code: string, isSticky: boolean): { fileSystem: FileSystem; count: () => number } {
  let count = 0;
  const step = async <T>(task: () => Promise<T>): Promise<T> => {
    count++;
    if (count === failing || (isSticky && count > failing)) throw Object.assign(new Error(`${code}: injected`), { code });
    return task();
  };
  const wrapped = (file: OpenFile): OpenFile => ({
    write: (bytes, offset, position) => step(() => file.write(bytes, offset, position)),
    sync: () => step(() => file.sync()),
    size: () => step(() => file.size()),
    truncate: (size) => step(() => file.truncate(size)),
    readAll: () => step(() => file.readAll()),
    read: (position, length) => step(() => file.read(position, length)),
    // Always closed in truth, so that the test leaks nothing.
    close: async () => {
      await file.close();
      await step(async () => undefined);
    },
  });
  const disk = nodeFileSystem;
  const fileSystem: FileSystem = {
    open: (path, mode) => step(async () => wrapped(await disk.open(path, mode))),
    rename: (from, to) => step(() => disk.rename(from, to)),
    link: (existing, added) => step(() => disk.link(existing, added)),
    unlink: (path) => step(() => disk.unlink(path)),
    mkdir: (path) => step(() => disk.mkdir(path)),
    rmdir: (path) => step(() => disk.rmdir(path)),
    readdir: (path) => step(() => disk.readdir(path)),
    readFile: (path) => step(() => disk.readFile(path)),
    stat: (path) => step(() => disk.stat(path)),
    expectWritable: (path) => step(() => disk.expectWritable(path)),
    syncFolder: (path) => step(() => disk.syncFolder(path)),
  };
  return { fileSystem, count: () => count };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => {
      if (error instanceof AppError) return error.failure;
      throw error;
    },
  );

it('X22 the version that datasets name is the one in package.json', async () => {
  const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  expect(version).toBe(manifest.version);
});

it.each(formatNames)('X23 folder, zip and preview of %s are of the same files, twice with the same bytes', async (format) => {
  const seen: number[] = [];
  const { files: paths, losses } = await writeExport(project, { format }, join(place, 'one'), nodeFileSystem, ({ done, total }) =>
    seen.push(done / total),
  );
  await writeExport(project, { format }, join(place, 'two'), nodeFileSystem);
  const files = await read(join(place, 'one'));
  expect(await read(join(place, 'two'))).toEqual(files);
  expect(paths).toEqual(Object.keys(files).sort());
  expect(seen).toEqual([0, 0.5]);
  expect(await readdir(place)).toEqual(['one', 'two']);

  const zip = await zipped({ format });
  expect(await zipped({ format })).toEqual(zip);
  // Local file header: MS-DOS time and date, here 1980-01-01 00:00 whenever and wherever it is made.
  expect([...zip.subarray(10, 14)]).toEqual([0, 0, 0x21, 0]);
  const unzipped = Object.fromEntries(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]));
  expect(unzipped).toEqual(files);

  const preview = await previewExport(project, { format });
  expect(preview.files.map(({ path, bytes }) => [path, bytes])).toEqual(paths.map((path) => [path, files[path]?.length]));
  // The card is shown whole.
  const card = preview.files.find(({ path }) => path === 'README.md');
  expect(card?.head).toBe(Buffer.from(files['README.md'] ?? '', 'latin1').toString('utf8'));
  for (const { path, head } of preview.files) {
    // A binary file has no beginning to show.
    if (head !== '')
      expect(
        Buffer.from(files[path] ?? '', 'latin1')
          .toString('utf8')
          .startsWith(head),
        path,
      ).toBe(true);
  }
  expect(preview).toMatchObject({ losses, counts: { documents: 2, annotations: 1, QUOTE: 1 } });
});

// The same writer serves every format.
describe.each(['jsonl', 'csv'] as const)('as %s', (format) => {
  it('X24 a folder that holds something is refused by name and left as it is; an empty one is taken', async () => {
    const target = join(place, 'full');
    await mkdir(target);
    await writeFile(join(target, 'mine.txt'), 'mine');
    const failure = await failureOf(writeExport(project, { format }, target, nodeFileSystem));
    expect(failure).toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(target),
      next: expect.stringMatching(/empty folder/),
    });
    expect(await read(place)).toEqual({ 'full/mine.txt': 'mine' });
    await rm(join(target, 'mine.txt'));
    await writeExport(project, { format }, target, nodeFileSystem);
    expect(Object.keys(await read(target)).length).toBeGreaterThan(5);
    expect(await readdir(place)).toEqual(['full']);
  });

  it('X25 a place with no folder above it, or a file in its stead, is refused by name', async () => {
    await writeFile(join(place, 'file'), 'x');
    expect(await failureOf(writeExport(project, { format }, join(place, 'a/b'), nodeFileSystem))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(join(place, 'a')),
    });
    expect(await failureOf(writeExport(project, { format }, join(place, 'file'), nodeFileSystem))).toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('not a folder'),
    });
    expect(await readdir(place)).toEqual(['file']);
  });

  it('X26 a cancelled export leaves nothing', async () => {
    const stop = new AbortController();
    const failure = await failureOf(writeExport(project, { format }, join(place, 'out'), nodeFileSystem, () => stop.abort(), stop.signal));
    expect(failure?.code).toBe('cancelled');
    expect(await readdir(place)).toEqual([]);
    expect((await failureOf(zipExport(project, { format }, place, () => {}, stop.signal)))?.code).toBe('cancelled');
  });

  it('X26 an export that is cancelled while it is flushed leaves nothing', async () => {
    const stop = new AbortController();
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      syncFolder: async (path) => {
        stop.abort();
        await nodeFileSystem.syncFolder(path);
      },
    };
    const failure = await failureOf(writeExport(project, { format }, join(place, 'out'), fileSystem, () => {}, stop.signal));
    expect(failure?.code).toBe('cancelled');
    expect(await readdir(place)).toEqual([]);
  });

  it('X27 a disk that loses bytes and says nothing is found out', async () => {
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      open: async (path, mode) => {
        const file = await nodeFileSystem.open(path, mode);
        return { ...file, size: async () => (await file.size()) - 1 };
      },
    };
    const failure = await failureOf(writeExport(project, { format }, join(place, 'out'), fileSystem));
    expect(failure).toMatchObject({ code: 'not-saved', message: expect.stringContaining('EIO') });
    expect(await readdir(place)).toEqual([]);
  });

  it('X27 wherever the disk fails once, the whole dataset is there or nothing is, and the failure is told', async () => {
    const counting = faulty(0, '', false);
    await writeExport(project, { format }, join(place, 'whole'), counting.fileSystem);
    const whole = await read(join(place, 'whole'));
    await rm(join(place, 'whole'), { recursive: true });
    let failed = 0;
    for (let at = 1; at <= counting.count(); at++) {
      const target = join(place, 'out');
      const hadFolder = at % 2 === 0;
      if (hadFolder) await mkdir(target);
      const failure = await failureOf(writeExport(project, { format }, target, faulty(at, 'ENOSPC', false).fileSystem));
      if (failure) failed++;
      expect(failure === null || failure.message.includes('ENOSPC'), JSON.stringify(failure)).toBe(true);
      const names = await readdir(place);
      const files = names.includes('out') ? await read(target) : {};
      expect(
        names.filter((name) => name !== 'out'),
        `operation ${at}`,
      ).toEqual([]);
      if (failure === null || /power cut/.test(failure.safe)) expect(files).toEqual(whole);
      else expect([files, names], `operation ${at}`).toEqual([{}, hadFolder ? ['out'] : []]);
      await rm(target, { recursive: true, force: true });
    }
    expect(failed).toBeGreaterThan(counting.count() - 3);
  });

  it('X28 when the disk fails for good, what could not be removed is named', async () => {
    const failure = await failureOf(writeExport(project, { format }, join(place, 'out'), faulty(9, 'EIO', true).fileSystem));
    const [left] = await readdir(place);
    expect(failure).toMatchObject({ code: 'not-saved', message: expect.stringContaining(join(place, 'out')) });
    expect(failure?.safe).toContain(left);
    expect(await readdir(place)).not.toContain('out');
  });
});

it('X29 an article that cannot be read stops the export, named, and nothing is left', async () => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'project');
  await makeProject(path);
  const damaged = await openProject(path);
  const meta = damaged.articles().at(-1);
  await writeFile(join(path, 'articles', meta?.id ?? '', 'text.txt'), 'another text');
  const failure = await failureOf(writeExport(damaged, { format: 'jsonl' }, join(place, 'out'), nodeFileSystem));
  expect(failure).toMatchObject({ code: 'corrupt', message: expect.stringContaining(meta?.id ?? '') });
  expect(await readdir(place)).toEqual([]);
  await damaged.close();
  await folder.remove();
});

it('X30 an exported annotation covers in code points what was tagged', async () => {
  await writeExport(project, { format: 'jsonl' }, join(place, 'out'), nodeFileSystem);
  const [line] = (await readFile(join(place, 'out/documents.jsonl'), 'utf8')).split('\n');
  const document = JSON.parse(line ?? '') as DatasetDocument;
  const [span] = document.annotations[0]?.spans ?? [];
  expect([...document.text].slice(span?.start, span?.end).join('')).toBe(span?.text);
  expect(span?.text).toMatch(/^“I am asking this very question/);
  expect(JSON.parse(await readFile(join(place, 'out/manifest.json'), 'utf8'))).toMatchObject({
    changed: time,
    generator: { version },
    icu: process.versions.icu,
  });
});
