import { Low } from 'lowdb';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Notice } from '../../core/failure.ts';
import { isIntactSnapshot, type Snapshot, SnapshotFile, seqOfSnapshot } from './snapshot-file.ts';
import { sha256 } from './strict-json.ts';
import { applyStep, diskWith, openOn, snapshotPath, textOn } from './testing/bench.ts';
import { emptyDisk } from './testing/fault-runs.ts';
import { differences, first } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const schema = z.strictObject({ words: z.array(z.string()) });
type Words = z.infer<typeof schema>;

function fileOn(disk: SimulatedFileSystem, notices: Notice[] = []): SnapshotFile<Words> {
  const notify = (notice: Notice) => void notices.push(notice);
  const place = {
    fileSystem: disk,
    path: '/home/s.json',
    root: '/home',
    name: 's.json',
    now: () => '2026-01-01T00:00:00Z',
    mayWrite: true,
    notify,
  };
  return new SnapshotFile(place, schema);
}

const empty = (): Snapshot<Words> => ({ seq: 0, data: { words: [] } });

describe('snapshot', () => {
  test('J7 a snapshot is plain JSON, one record a line sorted by id, with a checksum over the exact bytes of its data', async () => {
    const { disk } = await diskWith(['add', 'both', 'add']);
    const text = textOn(disk, snapshotPath) ?? '';
    const [, sum, payload] = /^\{"format":1,"sha256":"(.{64})","rev":1,"seq":3,"data":(.*)\}\n$/s.exec(text) ?? [];
    expect(sha256(payload ?? '')).toBe(sum);
    expect(JSON.parse(text).data.annotations.map(({ id }: { id: string }) => id)).toEqual(['a1', 'a2', 'a3']);
    expect(text.split('\n').filter((line) => line.startsWith('{"id":"a'))).toHaveLength(3);
  });

  test('J7 one changed record changes its own line and the head', async () => {
    const { disk, author } = await diskWith(['add', 'add', 'add']);
    const before = (textOn(disk, snapshotPath) ?? '').split('\n');
    const project = await openOn(disk);
    await applyStep(project, author, 'note');
    await project.close();
    const after = (textOn(disk, snapshotPath) ?? '').split('\n');
    expect(after.filter((line) => !before.includes(line))).toHaveLength(2);
    expect(textOn(disk, `${snapshotPath}.bak`)?.split('\n')).toEqual(before);
  });

  test('J7 a snapshot is read and written through lowdb, and a missing one leaves the default', async () => {
    const disk = emptyDisk();
    const low = new Low(fileOn(disk), empty());
    await low.read();
    expect(low.data).toEqual(empty());
    await low.update((snapshot) => snapshot.data.words.push('one'));
    const again = new Low(fileOn(disk), empty());
    await again.read();
    expect(again.data).toEqual({ seq: 0, data: { words: ['one'] } });
  });

  test.each([
    ['empty', () => ''],
    ['full of zeros', (text: string) => '\0'.repeat(text.length)],
    ['cut off', (text: string) => text.slice(0, text.length - 20)],
    ['null', () => 'null\n'],
    ['a list', () => '[]\n'],
    ['with a key that is not in its schema', (text: string) => text.replace('"words"', '"wards"')],
    ['with a key __proto__', (text: string) => text.replace('"rev"', '"__proto__":{},"rev"')],
    ['with an escaped key __proto__', (text: string) => text.replace('"rev"', '"\\u005f_proto__":{},"rev"')],
    [
      'with bytes that are not UTF-8',
      (text: string) => Buffer.concat([Buffer.from(text.slice(0, -8)), Buffer.from([0xff]), Buffer.from(text.slice(-8))]),
    ],
  ])('J8 a snapshot that is %s is set aside as it is, and the last good copy takes its place', async (_, damage) => {
    const disk = emptyDisk();
    const file = fileOn(disk);
    await file.write({ seq: 1, data: { words: ['one'] } });
    await file.write({ seq: 2, data: { words: ['one', 'two'] } });
    const damaged = Buffer.from(damage(textOn(disk, '/home/s.json') ?? ''));
    disk.put('/home/s.json', damaged);
    const notices: Notice[] = [];
    const next = fileOn(disk, notices);
    expect(await next.read()).toEqual({ seq: 1, data: { words: ['one'] } });
    expect(notices).toEqual([expect.objectContaining({ severity: 'warning', message: expect.stringContaining('s.json is damaged') })]);
    expect(disk.files().get('/home/s.json.corrupt-2026-01-01T00-00-00Z')).toEqual(damaged);
    await next.write({ seq: 3, data: { words: ['three'] } });
    disk.put('/home/s.json', damaged);
    await fileOn(disk).read();
    expect(disk.files().has('/home/s.json.corrupt-2026-01-01T00-00-00Z-2')).toBe(true);
  });

  test('J8 a write on a damaged file that nobody has read sets it aside first', async () => {
    const disk = emptyDisk();
    disk.put('/home/s.json', 'precious but damaged');
    await fileOn(disk).write({ seq: 1, data: { words: [] } });
    expect(textOn(disk, '/home/s.json.corrupt-2026-01-01T00-00-00Z')).toBe('precious but damaged');
    expect(disk.files().has('/home/s.json.bak')).toBe(false);
  });

  test('J8 damaged snapshots with damaged copies are made anew from the journal', async () => {
    const { disk, author } = await diskWith(['add', 'both', 'remove', 'undo']);
    for (const path of disk.files().keys())
      if (/(articles\/.*|entities|links)\.json(\.bak)?$/.test(path) && path.includes('ann')) disk.put(path, '');
    const project = await openOn(disk);
    expect(await differences(project, author)).toEqual([]);
    expect(project.notices.map(({ id }) => id)).toContain('damaged:annotators/ann/entities.json');
  });

  test('J8 a disk error is no reason to start anew: reading fails and nothing is written', async () => {
    const disk = emptyDisk();
    await fileOn(disk).write({ seq: 1, data: { words: ['one'] } });
    const before = textOn(disk, '/home/s.json');
    disk.fault = (_, operation) => (operation === 'readFile' ? 'EIO' : null);
    const file = fileOn(disk);
    await expect(file.read()).rejects.toMatchObject({ failure: { code: 'corrupt', message: expect.stringContaining('s.json') } });
    await expect(file.write({ seq: 2, data: { words: [] } })).rejects.toMatchObject({ failure: { code: 'corrupt' } });
    expect(textOn(disk, '/home/s.json')).toBe(before);
  });

  test('J9 a snapshot edited by hand is taken as it is, with a notice', async () => {
    const { disk } = await diskWith(['add']);
    disk.put(snapshotPath, (textOn(disk, snapshotPath) ?? '').replace('"note":""', '"note":"by hand"'));
    const project = await openOn(disk);
    expect((await project.set(first.id)).annotations.get('a1')?.note).toBe('by hand');
    expect(project.notices).toEqual([expect.objectContaining({ severity: 'info', message: expect.stringContaining('edited outside') })]);
  });

  test('J10 each write has its own outcome: one that fails neither fails nor delays those around it', async () => {
    const disk = emptyDisk();
    const file = fileOn(disk);
    let renames = 0;
    disk.fault = (_, operation, path) => (operation === 'rename' && path.endsWith('s.json') && ++renames === 2 ? 'EIO' : null);
    const outcomes = await Promise.allSettled([1, 2, 3].map((seq) => file.write({ seq, data: { words: [`${seq}`] } })));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await fileOn(disk).read()).toEqual({ seq: 3, data: { words: ['3'] } });
    expect([...disk.files().keys()].sort()).toEqual(['/home/s.json', '/home/s.json.bak']);
  });

  test('J10 a write takes the content at its call', async () => {
    const disk = emptyDisk();
    const file = fileOn(disk);
    const snapshot = { seq: 1, data: { words: ['then'] } };
    const written = file.write(snapshot);
    snapshot.data.words.push('later');
    await written;
    expect(await fileOn(disk).read()).toEqual({ seq: 1, data: { words: ['then'] } });
  });

  test('J10 where there are no hard links the last good copy is a copy', async () => {
    const disk = emptyDisk();
    disk.fault = (_, operation) => (operation === 'link' ? 'EACCES' : null);
    const file = fileOn(disk);
    await file.write({ seq: 1, data: { words: ['one'] } });
    const before = textOn(disk, '/home/s.json');
    await file.write({ seq: 2, data: { words: ['two'] } });
    expect(textOn(disk, '/home/s.json.bak')).toBe(before);
  });

  test('J10 a snapshot that cannot be written is told in a notice, which goes once it can', async () => {
    const { disk, author } = await diskWith();
    const project = await openOn(disk);
    await applyStep(project, author, 'add');
    const heard: Notice[] = [];
    project.onNotice((notice) => heard.push(notice));
    disk.fault = (_, operation, path) => (operation === 'open' && path.includes('.tmp') ? 'ENOSPC' : null);
    await project.flush();
    expect(heard).toEqual(project.notices);
    expect(heard[0]?.message).toContain('the journal holds every edit');
    disk.fault = null;
    await project.flush();
    expect(project.notices).toEqual([]);
    expect(disk.files().has(snapshotPath)).toBe(true);
  });
});

test('J7 J9 a snapshot is as it was written only while every byte of it is, its end among them', async () => {
  const { disk } = await diskWith(['add']);
  const whole = textOn(disk, snapshotPath) ?? '';
  const read = (text: string) => [isIntactSnapshot(Buffer.from(text)), seqOfSnapshot(Buffer.from(text))];
  expect(read(whole)).toEqual([true, 1]);
  for (const changed of [
    whole.slice(0, -1),
    `${whole.slice(0, -1)} `,
    `${whole.slice(0, -2)}]\n`,
    whole.replace('"note":""', '"note":"x"'),
  ])
    expect(read(changed)).toEqual([false, 1]);
  for (const headless of ['', whole.slice(1), whole.replace('"format":1', '"format": 1')]) expect(read(headless)).toEqual([false, null]);
});
