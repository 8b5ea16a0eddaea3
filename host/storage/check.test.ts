import { expect, test } from 'vitest';
import type { Gesture } from '../../core/steps/edit.ts';
import { checkProject } from './check.ts';
import { journalLine, parseJournal } from './journal-lines.ts';
import { applyStep, diskWith, journalPath, openOn, problemsOf, snapshotPath, textOn } from './testing/bench.ts';
import { first, folder, second } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

async function wholeDisk(): Promise<SimulatedFileSystem> {
  const { disk, author } = await diskWith(['add', 'both', 'undo', 'redo', 'note']);
  const project = await openOn(disk);
  await project.addArticle(second);
  await applyStep(project, author, 'both', second);
  await project.close();
  return disk;
}

test('J17 a project that is whole has no problems, and checking it changes nothing', async () => {
  const disk = await wholeDisk();
  const before = disk.files();
  expect(await problemsOf(disk)).toEqual([]);
  expect(disk.files()).toEqual(before);
});

test('J28 an article.json of the time before it had a checksum is taken as it is', async () => {
  const disk = await wholeDisk();
  const path = `${folder}/articles/${first.id}/article.json`;
  const old = textOn(disk, path)?.replace(/"sha256":"[^"]+",\n/, '') ?? '';
  expect(old).not.toBe(textOn(disk, path));
  disk.put(path, old);
  expect(await problemsOf(disk)).toEqual([]);
  const project = await openOn(disk);
  expect(project.notices).toEqual([]);
  expect((await project.readArticle(first.id)).text).toBe(first.text);
});

test.each([
  ['a folder that is not there', '/home/nowhere'],
  ['a file', journalPath],
  ['a folder without a project', `${folder}/articles`],
])('J17 the check of %s says in words that it is no project', async (_, place) => {
  const disk = await wholeDisk();
  const lines = checkProject(place, disk);
  await expect(lines.next()).rejects.toMatchObject({
    failure: { code: 'not-found', message: `${place} is not a Pressmark project: it has no project.pressmark.` },
  });
});

const own = `${folder}/annotators/ann`;
const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

test.each<[name: string, path: string, damage: (text: string) => string, problem: string]>([
  ['a project file cut off', `${folder}/project.pressmark`, (text) => text.slice(0, 30), 'project.pressmark: '],
  ['a lead who is not there', `${folder}/project.pressmark`, replace('"lead":"ann"', '"lead":"eve"'), 'project.pressmark: its lead eve'],
  [
    'a codebook of a newer format',
    `${folder}/codebook.json`,
    replace('"format":1', '"format":9'),
    'codebook.json: it was written by a newer',
  ],
  [
    'an annotator under another id',
    `${own}/annotator.json`,
    replace('"id":"ann"', '"id":"eve"'),
    'annotators/ann/annotator.json: it describes eve',
  ],
  ['a changed text', `${folder}/articles/${first.id}/text.txt`, replace('Paris', 'Turin'), `articles/${first.id}/text.txt: its content`],
  [
    'a changed original',
    `${folder}/articles/${second.id}/original.txt`,
    replace('Ana', 'Eve'),
    `articles/${second.id}/original.txt: its content`,
  ],
  [
    'an article under another id',
    `${folder}/articles/${first.id}/article.json`,
    replace(/"id":"[^"]+"/, '"id":"x"'),
    `articles/${first.id}/article.json: it describes x`,
  ],
  [
    'an article with another title',
    `${folder}/articles/${first.id}/article.json`,
    replace(/"title":"[^"]+"/, '"title":"Another"'),
    `articles/${first.id}/article.json: its checksum`,
  ],
  [
    'an article without its seal',
    `${folder}/articles/${first.id}/article.json`,
    replace('"format":1,\n"sha256"', '"format":1, "sha256"'),
    `articles/${first.id}/article.json: its checksum`,
  ],
  [
    'an article cut off',
    `${folder}/articles/${first.id}/article.json`,
    (text) => text.slice(0, 90),
    `articles/${first.id}/article.json: it cannot`,
  ],
  ['a torn journal', journalPath, (text) => `${text}{"seq"`, 'annotators/ann/journal.jsonl: line 7: it was not written to its end'],
  [
    'a last step with another letter',
    journalPath,
    (text) => text.replace(/"time":(?=[^\n]*\n$)/, '"tame":'),
    'annotators/ann/journal.jsonl: line 6: its checksum does not match; it will be cut off',
  ],
  ['a damaged journal', journalPath, replace('"title":"both"', '"title":"BOTH"'), 'annotators/ann/journal.jsonl: line 2: its checksum'],
  [
    'a journal without its middle',
    journalPath,
    replace(/\n\{"seq":2.*\n/, '\n'),
    'annotators/ann/journal.jsonl: line 2: number 3 follows 1',
  ],
  [
    'a journal without its end',
    journalPath,
    replace(/\{"seq":6.*\n/, ''),
    'annotators/ann/journal.jsonl: it lost its end, perhaps to a sync program or an old backup. The annotations are safe up to step 6',
  ],
  ['a snapshot edited by hand', snapshotPath, replace('"note":""', '"note":"x"'), `annotators/ann/articles/${first.id}.json: its checksum`],
  [
    'a snapshot that is not what the journal says',
    snapshotPath,
    replace('"note":""', '"note":"x"'),
    `annotators/ann/articles/${first.id}.json: it does not match the journal`,
  ],
  ['registry entries cut off', `${own}/entities.json`, (text) => text.slice(0, 40), 'annotators/ann/entities.json: '],
  [
    'links that are others',
    `${own}/links.json`,
    replace('"type":"same"', '"type":"other"'),
    'annotators/ann/links.json: it does not match',
  ],
])('J17 the check names %s', async (_, path, damage, problem) => {
  const disk = await wholeDisk();
  const before = textOn(disk, path) ?? '';
  expect(damage(before)).not.toBe(before);
  disk.put(path, damage(before));
  const problems = await problemsOf(disk);
  expect(problems.filter((line) => line.startsWith(problem))).toHaveLength(1);
  for (const line of problems) expect(line).toMatch(/^[\w./-]+: ./);
});

test('H89 each line of the check ends with what helps, and what a damaged text and snapshot bring with them is not told besides', async () => {
  const disk = await wholeDisk();
  disk.put(`${folder}/articles/${first.id}/text.txt`, `${first.text}\r\n`);
  disk.put(snapshotPath, (textOn(disk, snapshotPath) ?? '').replace('"note":""', '"note":"x"'));
  disk.put(`${own}/entities.json`, '{"format":1,');
  disk.put(`${own}/notes.txt`, 'x');
  disk.putFolder(`${folder}/articles/no id`);
  const set = `annotators/ann/articles/${first.id}.json`;
  const anew = 'delete it, and opening the project rebuilds it from the journal';
  expect(await problemsOf(disk)).toEqual([
    'articles/no id: not a folder of Pressmark; move it out of the project',
    `articles/${first.id}/text.txt: its content is not what was imported; restore it from a backup`,
    'annotators/ann/notes.txt: not a file of Pressmark, perhaps a copy made by a sync program; move it out of the project',
    `${set}: its checksum does not match, so it was edited outside Pressmark; ${anew}`,
    `${set}: it does not match the journal; ${anew}`,
    `annotators/ann/entities.json: line 1 is not JSON; a comma, a bracket or a quotation mark may be missing or left over; ${anew}`,
  ]);
  // A text that is no text any more ends nothing of the check.
  disk.put(`${folder}/articles/${first.id}/text.txt`, Uint8Array.of(0xff, 0x41));
  expect(await problemsOf(disk)).toContain(`articles/${first.id}/text.txt: its content is not what was imported; restore it from a backup`);
  const codebook = `${folder}/codebook.json`;
  disk.put(codebook, (textOn(disk, codebook) ?? '').replace(/"look":"\w+"/, '"look":"wavy"'));
  expect((await problemsOf(disk))[0]).toMatch(
    /^codebook\.json: it cannot be read: version 1, .*: look must be tint, underline, double or box; it is “wavy”\. Correct this file or restore it from a backup\.$/,
  );
});

test('H93 of an article that is there and cannot be read the check says that, and never that it is not there', async () => {
  const disk = await wholeDisk();
  const place = `${folder}/articles/${first.id}`;
  const missing = (lines: readonly string[]) => lines.filter((line) => line.includes('there is no article'));
  const whole = disk.copy();
  for (const [file, bytes, line] of [
    ['text.txt', Uint8Array.of(0xff, 0x41), /text\.txt: its content is not what was imported; restore it from a backup$/],
    ['text.txt', null, /text\.txt: it is no longer there \(ENOENT\); restore it from a backup$/],
    ['article.json', Buffer.from('{'), /article\.json: it cannot be read: .* Restore this file from a backup\.$/],
  ] as const) {
    const damaged = whole.copy();
    if (bytes) damaged.put(`${place}/${file}`, bytes);
    else damaged.remove(`${place}/${file}`);
    const lines = await problemsOf(damaged);
    expect(lines.filter((each) => each.startsWith(`articles/${first.id}`))).toEqual([expect.stringMatching(line)]);
    expect(missing(lines)).toEqual([]);
  }
});

test('J17 the check names copies made by sync programs, broken-off imports, articles that went away', async () => {
  const disk = await wholeDisk();
  disk.put(`${own}/journal (conflicted copy).jsonl`, 'x');
  disk.putFolder(`${folder}/articles/half-00000000`);
  disk.remove(`${folder}/articles/${second.id}/article.json`);
  const problems = await problemsOf(disk);
  expect(problems).toEqual([
    'articles/half-00000000: its import was broken off; importing the file again completes it',
    `articles/${second.id}: its import was broken off; importing the file again completes it`,
    'annotators/ann/journal (conflicted copy).jsonl: not a file of Pressmark, perhaps a copy made by a sync program; move it out of the project',
    `annotators/ann/articles/${second.id}.json: there is no article ${second.id}; restore it from a backup, or import its file again`,
    `annotators/ann/articles.json: there is no article ${second.id}; restore it from a backup, or import its file again`,
  ]);
});

test('J17 the check names the line that does not fit what came before it, and what further lines have', async () => {
  const disk = await wholeDisk();
  const bytes = disk.files().get(journalPath) ?? new Uint8Array();
  const [entry] = parseJournal(bytes).entries;
  const gesture = entry?.gesture as Gesture;
  const again = [7, 8].map((seq) => journalLine({ seq, gesture: { ...gesture, id: 'again' } }));
  disk.put(journalPath, Buffer.concat([bytes, ...again]).toString());
  const problems = await problemsOf(disk);
  const journal = 'annotators/ann/journal.jsonl';
  expect(problems.filter((line) => line.startsWith(journal)).sort()).toEqual([
    expect.stringMatching(`^${journal}: line 7: the annotation \\S+ is no longer what this step changed$`),
    `${journal}: line 8: the gesture again is there twice`,
  ]);
});

test('J135 the check names annotations that two annotators have under one id, with the way out', async () => {
  const disk = await wholeDisk();
  const bens = (text: string) => text.replaceAll('"ann"', '"ben"');
  const textAt = (path: string) => Buffer.from(disk.files().get(path) ?? []).toString();
  const { entries } = parseJournal(Buffer.from(textAt(journalPath)));
  const ben = `${folder}/annotators/ben`;
  for (const name of ['', '/articles']) disk.putFolder(`${ben}${name}`);
  disk.put(`${ben}/annotator.json`, bens(textAt(`${own}/annotator.json`)));
  disk.put(`${ben}/journal.jsonl`, entries.map((entry) => journalLine(JSON.parse(bens(JSON.stringify(entry))))).join(''));
  const told =
    /^annotators\/ben\/articles\/\S+: annotation \S+: ann has one with the same id; if both imported it, one of them undoes that import and tags it anew$/;
  const problems = await problemsOf(disk);
  expect(problems.length).toBeGreaterThan(0);
  for (const line of problems) expect(line).toMatch(told);
});

test('C22 the check reads each file once, and again only the texts that annotations are held against', async () => {
  const disk = await wholeDisk();
  const reads = new Map<string, number>();
  const counting = new Proxy(disk, {
    get(target, name) {
      const member = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (path: string, ...rest: unknown[]) => {
        if (name === 'readFile') reads.set(path, (reads.get(path) ?? 0) + 1);
        return member.call(target, path, ...rest);
      };
    },
  });
  for await (const problem of checkProject(folder, counting)) expect(problem).toBe('');
  const again = [...reads].filter(([, count]) => count > 1);
  expect(again).toEqual([first, second].map(({ id }) => [`${folder}/articles/${id}/text.txt`, 2]));
  for (const path of disk.files().keys()) if (/\/(articles|annotators)\/.*(?<!\.bak)$/.test(path)) expect(reads.has(path), path).toBe(true);
});

test('J132 the check names what a codebook edited by hand contradicts itself in, and files that are not UTF-8 or begin with a mark', async () => {
  const disk = await wholeDisk();
  const path = `${folder}/codebook.json`;
  const text = textOn(disk, path) ?? '';
  const file = JSON.parse(text);
  const { layers } = file.versions[0].codebook;
  layers.push({ ...layers[0], key: 'z' });
  disk.put(path, JSON.stringify(file));
  expect(await problemsOf(disk)).toContain(`codebook.json: there are two layers ${layers[0].id}`);
  for (const [bytes, problem] of [
    [Buffer.from(`\ufeff${text}`), 'it begins with a byte order mark'],
    [Buffer.from(`\ufeff${text}`, 'utf16le'), 'it is not UTF-8'],
    [Buffer.concat([Buffer.from(text), Buffer.from([0xff])]), 'it is not UTF-8'],
  ] as const) {
    disk.put(path, bytes);
    expect((await problemsOf(disk))[0]).toMatch(new RegExp(`^codebook\\.json: it cannot be read: .*${problem}`));
  }
});
