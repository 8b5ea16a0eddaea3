import { describe, expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { emptyHistory } from '../../core/steps/history.ts';
import { parseJournal } from './journal-lines.ts';
import { applyStep, diskWith, journalPath, openOn, problemsOf, snapshotPath, textOn } from './testing/bench.ts';
import { first, folder } from './testing/scenario.ts';

const failureOf = async (task: Promise<unknown>) => {
  const error: unknown = await task.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error.failure : error;
};

describe('journal', () => {
  test('J2 a gesture has the next number, is one line with its checksum, and is on the disk when acknowledged', async () => {
    const { disk, author } = await diskWith(['add']);
    const project = await openOn(disk);
    expect(await applyStep(project, author, 'add')).toBe(2);
    const lines =
      textOn(
        disk.afterPowerCut('none', () => false),
        journalPath,
      )?.split('\n') ?? [];
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^\{"seq":2,"sha256":"[0-9a-f]{64}","gesture":\{"id":"g2",.*\}\}$/);
  });

  test('J125 the fields of a step are written in one order, whoever made it', async () => {
    const { disk, author } = await diskWith(['add']);
    const gesture = author.gesture('both', first.id, first.text) as Gesture;
    const backwards = JSON.parse(JSON.stringify(gesture), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    ) as Gesture;
    await (await openOn(disk)).apply(backwards);
    const [line] = (textOn(disk, journalPath) ?? '').split('\n').slice(-2);
    expect(line?.slice(line.indexOf('"gesture":'))).toBe(`"gesture":${JSON.stringify(gesture)}}`);
  });

  test('J2 the same gesture twice is written once and has its old number, also after a restart', async () => {
    const { disk, author } = await diskWith(['add', 'both']);
    const project = await openOn(disk);
    const [gesture] = author.accepted;
    if (!gesture) throw new RangeError('no gesture');
    expect(await project.apply(gesture)).toBe(1);
    expect(textOn(disk, journalPath)?.split('\n')).toHaveLength(3);
  });

  test.each([
    ['without its newline', (line: string) => line],
    ['in half', (line: string) => line.slice(0, line.length / 2)],
    ['as zeros', (line: string) => '\0'.repeat(line.length)],
    ['with another word in it', (line: string) => `${line.replace('QUOTE', 'FACTS')}\n`],
  ])('J3 a last line written %s is cut off with a notice, and what is cut is kept', async (how, torn) => {
    const { disk, author } = await diskWith(['add', 'both', 'add']);
    const whole = textOn(disk, journalPath) ?? '';
    const [one, two, three] = whole.split('\n');
    const tail = torn(three ?? '');
    disk.put(journalPath, `${one}\n${two}\n${tail}`);
    disk.remove(snapshotPath);
    const project = await openOn(disk);
    expect(project.notices).toEqual([
      expect.objectContaining({ severity: 'warning', message: expect.stringContaining(`${tail.length} bytes`) }),
    ]);
    expect(project.notices[0]?.message).toContain(how === 'with another word in it' ? 'checksum' : 'never shown as saved');
    expect(project.gestures()).toEqual(author.accepted.slice(0, 2));
    expect(textOn(disk, journalPath)).toBe(`${one}\n${two}\n`);
    expect(textOn(disk, `${journalPath}.torn-2026-01-01T00-00-00.000Z`)).toBe(tail);
    expect(project.readOnly).toBe(false);
  });

  test('J3 a project opened read-only cuts nothing off', async () => {
    const { disk } = await diskWith(['add']);
    const torn = `${textOn(disk, journalPath)}{"seq":2`;
    disk.put(journalPath, torn);
    const project = await openOn(disk, { readOnly: true });
    expect(project.gestures()).toHaveLength(1);
    expect(textOn(disk, journalPath)).toBe(torn);
  });

  test.each([
    ['a changed letter', (line: string) => line.replace('QUOTE', 'QUOTA')],
    ['zeros', (line: string) => '\0'.repeat(line.length)],
    ['nothing', () => ''],
    ['a line from elsewhere', () => '<<<<<<< HEAD'],
  ])('J4 %s in the middle of a journal names file and line, shows what comes before, and cuts nothing', async (_, damage) => {
    const { disk, author } = await diskWith(['add', 'both', 'add']);
    const lines = (textOn(disk, journalPath) ?? '').split('\n');
    const damaged = lines.map((line, index) => (index === 1 ? damage(line.replaceAll('FACT', 'QUOTE')) : line)).join('\n');
    disk.put(journalPath, damaged);
    const project = await openOn(disk);
    expect(project.readOnly).toBe(true);
    expect(project.notices).toEqual([
      expect.objectContaining({ severity: 'error', message: expect.stringContaining('annotators/ann/journal.jsonl is damaged at line 2') }),
    ]);
    expect(project.gestures()).toEqual(author.accepted.slice(0, 1));
    expect(await failureOf(applyStep(project, author, 'add'))).toMatchObject({ code: 'read-only' });
    await project.close();
    expect(textOn(disk, journalPath)).toBe(damaged);
  });

  test.each([
    ['all later steps', 'add', true],
    ['not the last step', 'both', false],
  ] as const)('J27 the notice says whether the annotations are whole, when the snapshots hold %s', async (_, last, isWhole) => {
    const { disk } = await diskWith(['add', 'add', last]);
    const files = disk.files();
    if (!isWhole) {
      const { disk: before } = await diskWith(['add', 'add']);
      for (const [path, bytes] of before.files()) if (/ann\/.*json$/.test(path)) disk.put(path, bytes);
      for (const path of files.keys()) if (/ann\/.*json(\.bak)?$/.test(path) && !before.files().has(path)) disk.remove(path);
    }
    disk.put(journalPath, (textOn(disk, journalPath) ?? '').replace('"seq":2', '"seq":x'));
    const project = await openOn(disk);
    expect((await project.set(first.id)).annotations.size).toBe(isWhole ? 3 : 2);
    expect(project.notices.map(({ message }) => message)).toEqual([
      expect.stringContaining(isWhole ? 'The annotations are whole' : 'later steps may be missing'),
    ]);
    if (!isWhole) return;
    disk.put(snapshotPath, (textOn(disk, snapshotPath) ?? '').replace('"note":""', '"note":"x"'));
    expect((await openOn(disk)).notices.map(({ message }) => message).join()).toContain('later steps may be missing');
  });

  test('J4 a number that does not ascend, or what is no step, is damage even on the last line', async () => {
    const { disk } = await diskWith(['add', 'add']);
    const [one, two] = (textOn(disk, journalPath) ?? '').split('\n');
    const empty = '{"seq":3,"sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","gesture":{}}';
    const read = (...lines: (string | undefined)[]) => parseJournal(Buffer.from(`${lines.join('\n')}\n`));
    expect(read(one, two)).toMatchObject({ damage: null, torn: null, entries: [{ seq: 1 }, { seq: 2 }] });
    expect(read(one, two, two).damage).toEqual({ line: 3, reason: 'its number 2 does not come after 2', end: null });
    expect(read(one, two, one).damage).toEqual({ line: 3, reason: 'its number 1 does not come after 2', end: null });
    expect(read(one, two, empty)).toMatchObject({ damage: { line: 3, end: 3 }, torn: null, entries: [{}, {}] });
    // How far it went is known where the lines behind the damage ascend and the last one can be read.
    const spoilt = two?.replace('"gesture":{', '"gesture": {');
    expect(read(one, spoilt, empty).damage).toMatchObject({ line: 2, end: 3 });
    expect(read(one, spoilt, one).damage).toMatchObject({ line: 2, end: null });
    expect(read(one, spoilt, spoilt).damage).toMatchObject({ line: 2, end: null });
    expect(parseJournal(Buffer.from(`${one}\n${spoilt}\n${empty}`)).damage).toMatchObject({ line: 2, end: null });
  });

  test('J5 what a full disk left of a line is cut off before the next one, and the edit can be tried again', async () => {
    const { disk, author } = await diskWith(['add']);
    const project = await openOn(disk);
    await applyStep(project, author, 'add');
    let isFull = false;
    disk.fault = (_, operation) => {
      if (operation !== 'write') return null;
      if (isFull) return 'ENOSPC';
      isFull = true;
      return 'short';
    };
    const gesture = author.gesture('add', first.id, first.text);
    if (!gesture) throw new RangeError('no gesture');
    const before = textOn(disk, journalPath) ?? '';
    expect(await failureOf(project.apply(gesture))).toMatchObject({
      code: 'not-saved',
      message: expect.stringContaining('annotators/ann/journal.jsonl could not be written: the disk is full'),
      safe: expect.stringContaining('still in the page'),
    });
    disk.fault = null;
    expect((textOn(disk, journalPath) ?? '').length).toBeGreaterThan(before.length);
    expect((await project.set(first.id)).annotations.size).toBe(2);
    expect(await project.apply(gesture)).toBe(3);
    expect(parseJournal(disk.files().get(journalPath) ?? new Uint8Array())).toMatchObject({
      entries: [{ seq: 1 }, { seq: 2 }, { seq: 3 }],
      torn: null,
    });
  });

  test('J5 when the tail cannot be cut off, nothing is appended until it can', async () => {
    const { disk, author } = await diskWith(['add']);
    const project = await openOn(disk);
    disk.fault = (_, operation) => (operation === 'sync' || operation === 'truncate' ? 'EIO' : null);
    await failureOf(applyStep(project, author, 'add'));
    const tail = textOn(disk, journalPath);
    await failureOf(applyStep(project, author, 'add'));
    expect(textOn(disk, journalPath)).toBe(tail);
    disk.fault = null;
    expect(await applyStep(project, author, 'add')).toBe(2);
    expect(parseJournal(disk.files().get(journalPath) ?? new Uint8Array()).entries).toHaveLength(2);
  });

  test.each([
    ['folder', 'EACCES', `${folder}/annotators/ann`],
    ['journal', 'EROFS', journalPath],
  ] as const)('J29 a project whose %s may not be written (%s) opens read-only with a notice', async (_, code, place) => {
    const { disk, author } = await diskWith(['add']);
    disk.refuseWriting = (path) => (path === place ? code : null);
    const before = disk.files();
    const project = await openOn(disk);
    expect(project.readOnly).toBe(true);
    expect(project.notices).toEqual([expect.objectContaining({ id: 'access', message: expect.stringContaining(`(${code})`) })]);
    expect((await project.set(first.id)).annotations.size).toBe(1);
    expect(await failureOf(applyStep(project, author, 'add'))).toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('cannot be written to'),
    });
    await project.close();
    expect(disk.files()).toEqual(before);
    disk.refuseWriting = null;
    expect((await openOn(disk)).readOnly).toBe(false);
  });

  test('J6 a journal that another program changed is not written over', async () => {
    const { disk, author } = await diskWith(['add']);
    const project = await openOn(disk);
    disk.put(journalPath, `${textOn(disk, journalPath)}more`);
    expect(await failureOf(applyStep(project, author, 'add'))).toMatchObject({ code: 'conflict' });
    expect(textOn(disk, journalPath)).toMatch(/more$/);
    disk.remove(journalPath);
    expect(await failureOf(applyStep(project, author, 'add'))).toMatchObject({ code: 'not-saved' });
    expect(disk.files().has(journalPath)).toBe(false);
  });

  test('J26 a journal that lost its end to another program goes on after what the snapshots hold', async () => {
    const { disk, author } = await diskWith(['add', 'add']);
    const [line] = (textOn(disk, journalPath) ?? '').split('\n');
    disk.put(journalPath, `${line}\n`);
    expect(await problemsOf(disk)).toEqual([expect.stringMatching(/step 2, .*but step 2 can no longer be undone\. .*go on working/)]);
    const project = await openOn(disk);
    const [notice] = project.notices;
    expect(project.notices).toEqual([expect.objectContaining({ severity: 'warning' })]);
    expect(await problemsOf(disk)).toEqual([`${notice?.message} ${notice?.next}`]);
    expect((await project.set(first.id)).annotations.size).toBe(2);
    author.history = { ...emptyHistory, past: author.accepted.slice(0, 1) };
    expect(await applyStep(project, author, 'add')).toBe(3);
    await project.close();
    const again = await openOn(disk);
    expect((await again.set(first.id)).annotations.size).toBe(3);
    expect(again.notices).toEqual([]);
    expect(textOn(disk, journalPath)?.split('\n')[1]).toMatch(/^\{"seq":3,"after":1,"sha256":/);
    expect(await problemsOf(disk)).toEqual([]);
    disk.put(journalPath, textOn(disk, journalPath)?.replace('"after":1', '"after":2') ?? '');
    expect(await problemsOf(disk)).toEqual([expect.stringContaining('line 2: number 3 follows 1')]);
    expect(folder).toBe(again.folder);
  });
});
