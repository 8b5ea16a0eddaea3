import { expect, test } from 'vitest';
import { conflictFiles } from './conflict-files.ts';
import { layoutOf } from './layout.ts';
import { emptyDisk } from './testing/fault-runs.ts';

const root = '/home/project';
const sets = 'annotators/ann/articles';

/** Where the conflict files lie of a project with these files, with what each is a version of. */
async function found(...files: string[]): Promise<string[]> {
  const disk = emptyDisk();
  for (const file of files) {
    const path = `${root}/${file}`;
    disk.putFolder(path.slice(0, path.lastIndexOf('/')));
    disk.put(path, '{}');
  }
  const list = await conflictFiles(disk, layoutOf(root), ['ann'], 'ann', () => false);
  return list.map(({ place, base }) => `${base} ${place}`);
}

test('O27 copies are known by the names that sync programs and browsers give them, each of the file that it is of', async () => {
  const copies = [
    'annotators/ann/entities (Anna’s conflicted copy 2026-11-22).json',
    'annotators/ann/journal.sync-conflict-20261122-140300-ABCDEF1.jsonl',
    'annotators/ann/links (1).json',
    `${sets}/first-1a2b3c4d 2.json`,
    'codebook (conflicted copy 2026-11-22 140300).json',
  ];
  expect(await found(...copies, 'annotators/ann/notes (1).txt', 'annotators/ann/plan (1).json')).toEqual([
    `set ${copies[3]}`,
    `entities ${copies[0]}`,
    `journal ${copies[1]}`,
    `links ${copies[2]}`,
    `other ${copies[4]}`,
  ]);
});

test('O34 copies are known by further names: other languages, numbers, other programs, and copies made by hand', async () => {
  const journals = [
    'journal (Anna’s conflicted copy 2026-11-22 (1)).jsonl',
    'journal (Case Conflict 1).jsonl',
    'journal (In Konflikt stehende Kopie von Anna 2026-11-22).jsonl',
    'journal (Copie en conflit de Anna 2026-11-22).jsonl',
    'journal (Copia en conflicto de Anna 2026-11-22).jsonl',
    'journal (SFConflict anna@example.org 2026-11-22-10-10-10).jsonl',
    'journal[Conflict].jsonl',
    'journal_conflict-20261122-101010.jsonl',
    'journal copy.jsonl',
    'journal copy 2.jsonl',
    'journal - Copy.jsonl',
    'journal - Kopie (2).jsonl',
    'journal – Kopie.jsonl',
  ].map((name) => `annotators/ann/${name}`);
  expect(await found(...journals)).toEqual([...journals].sort().map((place) => `journal ${place}`));
  expect(
    await found('annotators/ann/journal_conflict.jsonl', 'annotators/ann/journal (Anna).jsonl', 'annotators/ann/journal copyright.jsonl'),
  ).toEqual([]);
});

test('O35 what lies in a copy of a whole folder is found; the copy of an article’s folder is told', async () => {
  expect(
    await found(
      ...[
        'annotators/ann/journal.jsonl',
        'articles/first-1a2b3c4d/text.txt',
        'annotators/ann 2/annotator.json',
        'annotators/bo 2/journal.jsonl',
      ],
      ...[
        'annotators/ann 2/journal.jsonl',
        'annotators/ann 2/articles/first-1a2b3c4d.json',
        'annotators/ann 2/articles/first-1a2b3c4d.json.bak',
      ],
      ...['articles/first-1a2b3c4d (conflicted copy 2026-11-22)/text.txt', 'articles/other (1)/text.txt'],
    ),
  ).toEqual([
    'set annotators/ann 2/articles/first-1a2b3c4d.json',
    'journal annotators/ann 2/journal.jsonl',
    'other articles/first-1a2b3c4d (conflicted copy 2026-11-22)',
  ]);
});

test('O32 a copy that OneDrive named after a computer is known where the file that it is of lies beside it', async () => {
  const own = [
    'annotators/ann/journal.jsonl',
    'annotators/ann/entities.json',
    `${sets}/first-1a2b3c4d.json`,
    'articles/first-1a2b3c4d/text.txt',
  ];
  const copies = [
    `${sets}/first-1a2b3c4d-DESKTOP-AB12CD3.json`,
    'annotators/ann/entities-Anna’s MacBook Pro.json',
    'annotators/ann/journal-LAPTOP-2.jsonl',
    'annotators/ann/journal-LAPTOP.jsonl',
    'codebook-LAPTOP.json',
    'project-LAPTOP.pressmark',
  ];
  expect(await found(...own, 'codebook.json', 'project.pressmark', ...copies)).toEqual([
    `set ${copies[0]}`,
    `entities ${copies[1]}`,
    `journal ${copies[2]}`,
    `journal ${copies[3]}`,
    `other ${copies[4]}`,
    `other ${copies[5]}`,
  ]);
  expect(await found(...copies)).toEqual([]);
});

test('O32 the set of an article whose name begins like another’s is no copy, be that article there yet or not', async () => {
  const two = [`${sets}/first-1a2b3c4d.json`, `${sets}/first-1a2b3c4d-again-5e6f7a8b.json`];
  const [text, more] = ['articles/first-1a2b3c4d/text.txt', 'articles/first-1a2b3c4d-again-5e6f7a8b/text.txt'];
  expect(await found(...two, text, more)).toEqual([]);
  expect(await found(...two, text)).toEqual([]);
  expect(await found(...two, text, more, `${sets}/first-1a2b3c4d-again-5e6f7a8b-PC.json`)).toEqual([]);
  expect(await found(`${sets}/a.json`, `${sets}/a-b.json`, 'articles/a/text.txt', 'articles/a-b/text.txt')).toEqual([]);
});

test('O32 what is no file of ours with a hyphen is no copy', async () => {
  expect(
    await found(
      'annotators/ann/journal.jsonl',
      'annotators/ann/journal-LAPTOP.txt',
      'annotators/ann/journal-.jsonl',
      'annotators/ann/plan-a.json',
    ),
  ).toEqual([]);
});
