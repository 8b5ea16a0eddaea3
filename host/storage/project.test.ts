import { describe, expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { ListedMeta } from '../../core/model/article.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { emptyHistory, undoOf } from '../../core/steps/history.ts';
import { createProject, type Project } from './project.ts';
import { sha256 } from './strict-json.ts';
import { Author, smallCodebook } from './testing/author.ts';
import { applyStep, diskWith, journalPath, openOn, snapshotPath, textOn } from './testing/bench.ts';
import { emptyDisk } from './testing/fault-runs.ts';
import { annotator, first, folder, makeProject, second, testArticle, testOptions } from './testing/scenario.ts';

const codeOf = async (task: Promise<unknown>): Promise<unknown> => {
  try {
    return await task;
  } catch (error) {
    return error instanceof AppError ? error.failure.code : error;
  }
};

describe('new project', () => {
  test('J1 a new project has its files, and git is told to leave their bytes alone', async () => {
    const { disk } = await diskWith();
    const files = [...disk.files().keys()].filter((path) => !path.includes('/articles/')).map((path) => path.slice(folder.length + 1));
    expect(files.sort()).toEqual(['.gitattributes', '.gitignore', 'annotators/ann/annotator.json', 'codebook.json', 'project.pressmark']);
    expect(textOn(disk, `${folder}/.gitattributes`)).toMatch(/^articles\/\*\*\/text\.txt -text$/m);
    expect(textOn(disk, `${folder}/.gitignore`)).toBe('*.bak\n.*.tmp\n');
    const project = await openOn(disk);
    expect(project.info).toEqual({ format: 1, id: 'project-1', name: 'Test', lead: 'ann', created: '2026-01-01T00:00:00.000Z' });
    expect(project.annotator).toEqual({ id: 'ann', name: 'Ann', role: 'annotator' });
    expect(project.codebook).toEqual({ version: 1, codebook: smallCodebook });
  });

  test('J1 a folder with something in it is refused and left alone', async () => {
    const disk = emptyDisk();
    disk.putFolder(folder);
    disk.put(`${folder}/notes.txt`, 'mine');
    expect(await codeOf(makeProject(disk))).toBe('bad-request');
    expect([...disk.files().keys()]).toEqual([`${folder}/notes.txt`]);
  });

  test('J1 the file that makes a folder a project comes last, and a failed creation can be tried again', async () => {
    const disk = emptyDisk();
    disk.fault = (_, operation, path) => (operation === 'rename' && path.endsWith('project.pressmark') ? 'ENOSPC' : null);
    expect(await codeOf(makeProject(disk))).toBe('not-saved');
    expect([...disk.files().keys()]).toEqual([]);
    expect(await codeOf(openOn(disk))).toBe('not-found');
    disk.fault = null;
    await makeProject(disk);
    expect((await openOn(disk)).info.name).toBe('Test');
  });

  test('J1 an id that could leave the folder is refused', async () => {
    const disk = emptyDisk();
    const init = { name: 'Test', annotator: { id: '../ann', name: 'Ann' } };
    await expect(createProject(folder, init, testOptions(disk))).rejects.toThrow();
    expect([...disk.files().keys()]).toEqual([]);
    const project = await openOn((await diskWith()).disk);
    expect(await codeOf(project.set('../../etc'))).toBe('not-found');
    expect(await codeOf(project.readArticle('..'))).toBe('not-found');
  });

  test('J12 a missing folder and one without a project are not found; the file of a project opens it', async () => {
    const { disk } = await diskWith();
    expect(await codeOf(openOn(emptyDisk()))).toBe('not-found');
    expect((await openOn(disk)).folder).toBe(folder);
  });
});

describe('gestures', () => {
  const change = (gesture: Gesture | null, edit: object): Gesture => {
    const [only] = gesture?.edits ?? [];
    if (!gesture || !only) throw new RangeError('no gesture');
    return { ...gesture, edits: [Object.assign({}, only, edit)] };
  };

  test('J13 a gesture that cannot be right is refused as it is and writes nothing', async () => {
    const { disk, author } = await diskWith(['add']);
    const project = await openOn(disk);
    const good = author.gesture('add', first.id, first.text);
    const [edit] = good?.edits ?? [];
    const after = edit?.record === 'annotation' && edit.after;
    if (!good || !after) throw new RangeError('no gesture');
    const before = textOn(disk, journalPath);
    const wrong: [string, Gesture][] = [
      ['another annotator', { ...good, annotator: 'bob' }],
      ['a record of another annotator', change(good, { after: { ...after, annotator: 'bob' } })],
      ['a record under another id', change(good, { after: { ...after, id: 'other' } })],
      ['a record under another article', change(good, { after: { ...after, article: second.id } })],
      ['an article that is not there', change(good, { article: 'nowhere', after: { ...after, article: 'nowhere' } })],
      ['a span over other words', change(good, { after: { ...after, spans: [{ start: 0, end: 3, text: 'xyz' }] } })],
      ['a span beyond the text', change(good, { after: { ...after, spans: [{ start: 5, end: 9000, text: 'x' }] } })],
      ['a codebook version to come', change(good, { after: { ...after, codebook: 2 } })],
      ['no edits', { ...good, edits: [] }],
    ];
    for (const [name, gesture] of wrong) expect([name, await codeOf(project.apply(gesture))]).toEqual([name, 'bad-request']);
    expect(textOn(disk, journalPath)).toBe(before);
    expect(await project.apply(good)).toBe(2);
  });

  test('J13 a gesture whose ground has changed, or that undoes what is not last, is a conflict and changes nothing', async () => {
    const { disk, author } = await diskWith(['add', 'add']);
    const project = await openOn(disk);
    const stale = author.copy();
    stale.count = 50;
    await applyStep(project, author, 'remove');
    const set = await project.set(first.id);
    const stalePut = stale.gesture('note', first.id, first.text);
    if (!stalePut) throw new RangeError('no gesture');
    expect(await codeOf(project.apply(stalePut))).toBe('conflict');
    const undo = undoOf({ ...emptyHistory, past: author.accepted.slice(0, 1) }, 'u1', '2026-03-01');
    if (!undo) throw new RangeError('no gesture');
    expect(await codeOf(project.apply(undo))).toBe('conflict');
    expect(await project.set(first.id)).toBe(set);
  });

  test('J13 gestures that are sent at once are taken one after another', async () => {
    const { disk, author } = await diskWith();
    const project = await openOn(disk);
    const numbers: Promise<number>[] = [];
    for (let count = 0; count < 20; count++) numbers.push(applyStep(project, new Author(annotator).copy(), 'add').catch(() => 0));
    expect(new Set(await Promise.all(numbers))).toEqual(new Set([1]));
    const several = [1, 2, 3].map((count) => Object.assign(author.copy(), { count: count * 10 }));
    expect(await Promise.all(several.map((one) => applyStep(project, one, 'add')))).toEqual([2, 3, 4]);
  });

  test('J13 snapshots follow on closing, and a project opened again shows history, sets, registry, links and counts', async () => {
    const { disk, author } = await diskWith(['add', 'both', 'undo', 'redo', 'note']);
    expect(textOn(disk, snapshotPath)).toContain('"seq":5');
    disk.remove(journalPath.replace('journal.jsonl', 'links.json'));
    const project = await openOn(disk);
    expect(project.gestures()).toEqual(author.accepted);
    expect(await project.ownLinks()).toEqual([...author.work.links.values()]);
    expect(await project.entities()).toEqual([...author.work.entities.values()]);
    expect(await project.summaries()).toEqual([
      {
        meta: ListedMeta.strip().parse(project.importedArticles()[0]),
        status: 'in_progress',
        counts: { QUOTE: 1, FACT: 1 },
        toComplete: 0,
      },
    ]);
    expect(project.changed()).toBe(author.accepted.at(-1)?.time);
  });
});

describe('articles', () => {
  test('J14 an imported article has its text, title, words and headings; its bytes are kept where they differ', async () => {
    const { disk } = await diskWith();
    const project = await openOn(disk);
    const { meta, known } = await project.addArticle(second);
    expect(known).toBe(false);
    expect(meta).toMatchObject({ id: second.id, originalName: 'Second.txt', title: 'Ana Ruiz resigned.', words: 11, headings: [] });
    expect(await project.readArticle(second.id)).toEqual({ meta, text: second.text });
    expect(Buffer.from(await project.readOriginal(second.id))).toEqual(Buffer.from(second.original));
    expect(Buffer.from(await project.readOriginal(first.id))).toEqual(Buffer.from(first.original));
    const files = [...disk.files().keys()].filter((path) => path.includes('/original'));
    expect(files).toEqual([`${folder}/articles/${second.id}/original.txt`]);
  });

  test('J14 a text that is there already is known under whatever name, and nothing is written', async () => {
    const { disk } = await diskWith();
    const project = await openOn(disk);
    const files = disk.files();
    const { meta, known } = await project.addArticle({ ...first, originalName: 'Renamed.txt' });
    expect([meta.id, known]).toEqual([first.id, true]);
    expect(disk.files()).toEqual(files);
  });

  test('J14 two people who import one text agree on its id', async () => {
    const ids = await Promise.all(
      ['ann', 'bob'].map(async (id) => {
        const disk = emptyDisk();
        await createProject(folder, { name: id, annotator: { id, name: id }, codebook: smallCodebook }, testOptions(disk));
        return (await (await openOn(disk)).addArticle(second)).meta.id;
      }),
    );
    expect(ids).toEqual([second.id, second.id]);
    expect(second.id).toBe(`second-${sha256(second.text).slice(0, 8)}`);
  });

  test('J14 an import that was broken off is not shown, and importing the file again completes it', async () => {
    const { disk } = await diskWith();
    const project = await openOn(disk);
    disk.fault = (_, operation, path) => (operation === 'rename' && path.endsWith('article.json') ? 'ENOSPC' : null);
    expect(await codeOf(project.addArticle(second))).toBe('not-saved');
    disk.fault = null;
    const again = await openOn(disk);
    expect(again.articles().map(({ id }) => id)).toEqual([first.id]);
    expect(again.notices).toEqual([]);
    expect(await again.addArticle(second)).toMatchObject({ known: false });
    expect((await again.readArticle(second.id)).text).toBe(second.text);
  });

  test('J15 a text that is not what was imported is corrupt, by its name, and the other articles stay', async () => {
    const { disk } = await diskWith();
    const project = await openOn(disk);
    await project.addArticle(second);
    disk.put(`${folder}/articles/${first.id}/text.txt`, `${first.text} `);
    await expect(project.readArticle(first.id)).rejects.toMatchObject({
      failure: { code: 'corrupt', message: expect.stringContaining(`articles/${first.id}/text.txt`) },
    });
    expect((await project.readArticle(second.id)).text).toBe(second.text);
  });

  test('J15 a damaged record of an article leaves the article out with a notice and is never overwritten', async () => {
    const { disk } = await diskWith();
    const path = `${folder}/articles/${first.id}/article.json`;
    disk.put(path, '{');
    const project = await openOn(disk);
    expect(project.articles()).toEqual([]);
    expect(project.notices).toEqual([
      expect.objectContaining({ severity: 'error', message: expect.stringContaining(`articles/${first.id}/article.json`) }),
    ]);
    expect(await codeOf(project.addArticle(first))).toBe('corrupt');
    expect(textOn(disk, path)).toBe('{');
  });

  test.each(['project.pressmark', 'codebook.json', 'annotators/ann/annotator.json'])(
    'J15 a damaged %s is named and not touched',
    async (name) => {
      const { disk } = await diskWith();
      disk.put(`${folder}/${name}`, '\0\0\0');
      await expect(openOn(disk)).rejects.toMatchObject({ failure: { code: 'corrupt', message: expect.stringContaining(name) } });
      expect(textOn(disk, `${folder}/${name}`)).toBe('\0\0\0');
    },
  );

  test('J14 a text that is not normalised is misuse', async () => {
    const project = await openOn((await diskWith()).disk);
    await expect(project.addArticle(testArticle('x.txt', 'a\r\nb'))).rejects.toThrow(RangeError);
  });
});

describe('sweeping', () => {
  test('J16 temporary files of ours go once they are older than a day; others stay', async () => {
    const { disk } = await diskWith(['add']);
    const old = `${folder}/annotators/ann/articles/.x.json.12-0123456789ab.tmp`;
    const foreign = `${folder}/.other.tmp`;
    disk.clock = Date.UTC(2025, 11, 30);
    disk.put(old, 'half');
    disk.put(foreign, 'theirs');
    disk.clock = Date.UTC(2025, 11, 31, 1);
    const young = `${folder}/.y.json.12-0123456789ab.tmp`;
    disk.put(young, 'half');
    await openOn(disk, { readOnly: true });
    expect(disk.files().has(old)).toBe(true);
    const project = await openOn(disk);
    expect([old, foreign, young].map((path) => disk.files().has(path))).toEqual([false, true, true]);
    expect(project.notices).toEqual([]);
  });
});

describe('several annotators', () => {
  const join = async (project: Project, name: string) =>
    (await project.setsOf(first.id)).map(({ annotator: id, set }) => `${name} ${id} ${set.annotations.size}`);

  test('J23 the work of others is read, with what comes while the project is open, and never written', async () => {
    const { disk } = await diskWith(['add', 'both']);
    const bob = `${folder}/annotators/bob`;
    disk.putFolder(bob);
    disk.put(`${bob}/annotator.json`, '{"format":1,"id":"bob","name":"Bob","role":"annotator"}');
    const project = await openOn(disk);
    expect(await join(project, 'before')).toEqual(['before ann 2', 'before bob 0']);
    const journal = (textOn(disk, journalPath) ?? '').replaceAll('"annotator":"ann"', '"annotator":"bob"');
    const sealed = journal
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const { seq, gesture } = JSON.parse(line);
        const text = JSON.stringify(gesture);
        return `{"seq":${seq},"sha256":"${sha256(text)}","gesture":${text}}\n`;
      });
    disk.put(`${bob}/journal.jsonl`, `${sealed.join('')}{"seq":3,"sha`);
    disk.putFolder(`${bob}/articles`);
    disk.put(`${bob}/articles/${first.id}.json`, 'damaged');
    const files = disk.files();
    expect(await join(project, 'after')).toEqual(['after ann 2', 'after bob 2']);
    expect((await project.entities()).map(({ annotator: id }) => id)).toEqual(['ann', 'bob']);
    expect((await project.links()).length).toBe(2);
    expect((await project.ownLinks()).length).toBe(1);
    expect(project.annotators.map(({ id }) => id)).toEqual(['ann', 'bob']);
    await project.close();
    expect(disk.files()).toEqual(files);
  });

  test('J24 work of an older codebook is shown under the one in force, can be undone, and goes to the disk with the next save', async () => {
    const { disk, author } = await diskWith(['add', 'note']);
    const steps = [{ step: 'rename-layer', from: 'QUOTE', to: 'SPEECH' }];
    const [quote, fact] = smallCodebook.layers;
    const next = { ...smallCodebook, layers: [{ ...quote, id: 'SPEECH' }, fact] };
    const versions = [
      { codebook: smallCodebook, steps: [], changed: '2026-01-01' },
      { codebook: next, steps, changed: '2026-01-02' },
    ];
    disk.put(`${folder}/codebook.json`, JSON.stringify({ format: 1, versions }));
    const project = await openOn(disk);
    expect(project.codebook.version).toBe(2);
    expect((await project.set(first.id)).annotations.get('a1')).toMatchObject({ layer: 'SPEECH', codebook: 2 });
    expect(textOn(disk, snapshotPath)).toContain('"layer":"QUOTE"');
    const undo = undoOf({ ...emptyHistory, past: project.gestures() }, 'undo-1', '2026-03-01');
    if (!undo) throw new RangeError('no gesture');
    expect(await project.apply(undo)).toBe(3);
    await project.close();
    expect(textOn(disk, snapshotPath)).toContain('"layer":"SPEECH"');
    expect((await (await openOn(disk)).set(first.id)).annotations.get('a1')).toMatchObject({ layer: 'SPEECH', note: '' });
    expect(author.accepted).toHaveLength(2);
  });
});

test('J12 a closed or read-only project changes nothing', async () => {
  const { disk, author } = await diskWith(['add']);
  const reader = await openOn(disk, { readOnly: true });
  const files = disk.files();
  expect(reader.readOnly).toBe(true);
  expect(await codeOf(applyStep(reader, author.copy(), 'add'))).toBe('read-only');
  expect(await codeOf(reader.addArticle(second))).toBe('read-only');
  await reader.flush();
  await reader.close();
  const writer = await openOn(disk);
  await writer.close();
  await writer.close();
  expect(await codeOf(applyStep(writer, author.copy(), 'add'))).toBe('read-only');
  expect(disk.files()).toEqual(files);
});
