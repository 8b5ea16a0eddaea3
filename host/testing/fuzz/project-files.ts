import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { AppError } from '../../../core/failure.ts';
import { backupProject } from '../../backup/backup.ts';
import { restoreProject } from '../../backup/restore.ts';
import { openSettings } from '../../settings.ts';
import { checkProject } from '../../storage/check.ts';
import { parseJournal } from '../../storage/journal-lines.ts';
import { openProject, type Project } from '../../storage/project.ts';
import { sha256 } from '../../storage/strict-json.ts';
import { Author, type Step } from '../../storage/testing/author.ts';
import { annotator, first, folder, makeProject, second, testOptions } from '../../storage/testing/scenario.ts';
import { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Random } from '../random.ts';
import { spoiltZip } from './articles.ts';
import { spoiltJson, spoiltText } from './mutation.ts';
import type { Parser } from './run.ts';

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const binary = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const sum = (text: string) => sha256(binary(text));

/** Gives every line of a journal, and the head of a snapshot or record, the checksum of its current content. */
export function sealed(bytes: Uint8Array): Uint8Array {
  const text = latin(bytes)
    .replace(
      /^(\{"seq":\d+,(?:"after":\d+,)?"sha256":")[^"]*(","gesture":)(.*)\}$/gm,
      (_, head, middle, gesture) => `${head}${sum(gesture)}${middle}${gesture}}`,
    )
    .replace(
      /^(\{"format":\d+,"sha256":")[^"]*(","rev":\d+,"seq":\d+,"data":)(.*)\}(\n?)$/s,
      (_, head, middle, data, end) => `${head}${sum(data)}${middle}${data}}${end || '\n'}`,
    )
    .replace(/^(\{"format":\d+,\n"sha256":")[^"]*(",\n)(.*)$/s, (_, head, middle, rest) => `${head}${sum(rest)}${middle}${rest}`);
  return binary(text);
}

const spoil = (bytes: Uint8Array, random: Random) => (bytes[0] === 0x7b ? spoiltJson : spoiltText)(bytes, random);

async function projectOnDisk(): Promise<SimulatedFileSystem> {
  const disk = new SimulatedFileSystem();
  disk.putFolder('/home');
  await makeProject(disk);
  const project = await openProject(folder, testOptions(disk));
  for (const one of [first, second]) await project.addArticle({ originalName: one.originalName, text: one.text, original: one.original });
  const author = new Author(annotator);
  for (const step of ['add', 'both', 'note', 'change', 'add', 'undo', 'remove'] satisfies Step[]) {
    const gesture = author.gesture(step, first.id, first.text);
    if (!gesture) continue;
    await project.apply(gesture);
    author.accept(gesture);
  }
  await project.close();
  return disk;
}

async function everythingIn(project: Project): Promise<void> {
  const { id } = project.articles()[0] ?? first;
  for (const { id: each } of project.articles()) await project.readArticle(each);
  await project.setsOf(id);
  await project.entities();
  await project.links();
  await project.articleRecords();
}

function expectTold(error: unknown): false {
  if (!(error instanceof AppError)) throw error;
  const { message, safe, next } = error.failure;
  if (![message, safe, next].every((sentence) => /\p{L}.*\.$/su.test(sentence)))
    throw new Error(`not in words: ${JSON.stringify(error.failure)}`);
  return false;
}

/** Each file of a project, opened and checked with the others; the journal alone; a backup; the settings. */
export async function projectParsers(settingsFolder: string): Promise<Parser[]> {
  const disk = await projectOnDisk();
  const files = [...disk.files()].map(([path, bytes]) => ({ path, bytes }));
  const journal = files.filter(({ path }) => path.endsWith('journal.jsonl'));
  await backupProject(folder, '/home/backup.zip', { fileSystem: disk });
  const backup = disk.files().get('/home/backup.zip') ?? new Uint8Array();
  return [
    {
      name: 'the journal',
      seeds: journal.map((file) => [file]),
      spoil,
      seal: sealed,
      read([file]) {
        const { damage, torn } = parseJournal(file?.bytes ?? new Uint8Array());
        if (damage && !/\p{L}/u.test(damage.reason)) throw new Error('damage without a reason');
        return damage === null && torn === null;
      },
    },
    {
      name: 'the files of a project',
      seeds: files.map((file) => [file]),
      spoil,
      seal: sealed,
      async read([file]) {
        const { path, bytes } = file as (typeof files)[number];
        const copy = disk.copy();
        copy.put(path, bytes);
        let project: Project | null = null;
        let isTaken = true;
        try {
          project = await openProject(folder, testOptions(copy));
          await everythingIn(project);
        } catch (error) {
          isTaken = expectTold(error);
        } finally {
          await project?.close();
        }
        try {
          for await (const line of checkProject(folder, copy)) if (!/\p{L}/u.test(line)) throw new Error('a line without words');
        } catch (error) {
          expectTold(error);
        }
        return isTaken;
      },
    },
    {
      name: 'a backup',
      seeds: [[{ path: 'backup.zip', bytes: backup }]],
      spoil: (bytes, random) => spoiltZip(bytes, random, spoil),
      seal: resealedBackup,
      async read([file]) {
        const disk = new SimulatedFileSystem();
        disk.putFolder('/home');
        disk.put('/home/backup.zip', file?.bytes ?? new Uint8Array());
        try {
          await restoreProject('/home/backup.zip', '/home/restored', { fileSystem: disk });
          return true;
        } catch (error) {
          if ([...disk.files().keys()].some((path) => path !== '/home/backup.zip'))
            throw new Error('something is left of what was refused', { cause: error });
          return expectTold(error);
        }
      },
    },
    {
      name: 'the settings',
      seeds: [
        [
          {
            path: 'settings.json',
            bytes: Buffer.from('{"theme":"dark","keys":{"edit.undo":["Mod-z"]},"layout":{"a":{"left":20.5}},"person":"Anna"}'),
          },
        ],
      ],
      spoil: spoiltJson,
      async read([file]) {
        writeFileSync(join(settingsFolder, 'settings.json'), file?.bytes ?? '');
        const { notices } = await openSettings(settingsFolder);
        for (const name of readdirSync(settingsFolder)) rmSync(join(settingsFolder, name));
        return notices.length === 0;
      },
    },
  ];
}

/** A backup whose list of files matches their current content. */
function resealedBackup(bytes: Uint8Array): Uint8Array {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
    const name = 'pressmark-backup.json';
    const list = JSON.parse(Buffer.from(files[name] ?? new Uint8Array()).toString()) as {
      files: { path: string; bytes: number; sha256: string }[];
    };
    for (const file of list.files) {
      const content = files[file.path];
      if (content) [file.bytes, file.sha256] = [content.length, sha256(content)];
    }
    files[name] = Buffer.from(JSON.stringify(list));
  } catch {
    return bytes;
  }
  return zipSync(files, { level: 0 });
}
