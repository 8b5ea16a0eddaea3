import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptySet, setToRecord } from '../../core/model/annotation.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import type { Gesture, Work } from '../../core/steps/edit.ts';
import { standing } from '../../core/steps/history.ts';
import type { KeptEdits } from '../../core/steps/kept-edits.ts';
import { Disk, openPage, type Page } from './testing/page.ts';

// What failed is tried again by itself after a pause; here only when asked.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const saveState = ({ saver }: Page) => saver.store.getState();

/** Whether the page shows exactly what the disk holds. */
function expectSame(page: Page, disk: Disk) {
  const { work, registry } = page.workspace.store.getState();
  const set = ({ sets }: Work) => setToRecord(sets.get('a1') ?? emptySet('a1'));
  expect(set(work)).toEqual(set(disk.work));
  expect([...registry]).toEqual([...resolveRegistry(disk.work.entities.values())]);
}

test('O6 a step that was not saved, undone, can be redone after the work was read again with another computer’s steps', async () => {
  const disk = new Disk();
  const here = await openPage(disk, 'h');
  disk.isFull = true;
  const mine = here.tag('Paris');
  await here.workspace.undo();
  await here.settled();
  disk.isFull = false;
  const there = await openPage(disk, 't');
  const theirs = there.tag('Ana Ruiz');
  await there.settled();

  await here.workspace.open();
  expect(here.shown()).toEqual([theirs]);
  await here.workspace.redo();
  expect(here.shown()).toEqual([theirs, mine]);
  await here.settled();
  expect(saveState(here)).toMatchObject({ state: 'saved', waiting: 0 });
  expect(disk.journal.map(({ title, undoes, redoes }) => [title, undoes !== null, redoes !== null])).toEqual([
    ['Tag Ana Ruiz', false, false],
    ['Tag Paris', false, false],
    ['Tag Paris', true, false],
    ['Tag Paris', false, true],
  ]);
  expectSame(here, disk);
  await here.workspace.undo();
  expect(here.shown()).toEqual([theirs]);
});

test('O6 an unsaved redo goes on after the work was read again, and what was saved meanwhile is not done twice', async () => {
  const disk = new Disk();
  const here = await openPage(disk, 'h');
  const saved = here.tag('Paris');
  await here.settled();
  disk.isFull = true;
  await here.workspace.undo();
  await here.workspace.redo();
  here.note(saved, 'Where?');
  await here.settled();
  disk.isFull = false;
  // The first of the three arrives although its answer did not.
  disk.take(here.saver.pending()[0] as Gesture);

  await here.workspace.open();
  await here.settled();
  expect(saveState(here).state).toBe('saved');
  expect(disk.journal).toHaveLength(4);
  expect(disk.work.sets.get('a1')?.annotations.get(saved)?.note).toBe('Where?');
  expectSame(here, disk);
});

test('O31 what no longer fits after the work was read again is not shown as done, stays unsaved with the reason, and can be kept', async () => {
  const disk = new Disk();
  const here = await openPage(disk, 'h');
  const shared = here.tag('Paris');
  await here.settled();
  const there = await openPage(disk, 't');
  disk.isFull = true;
  const first = here.tag('Leaders');
  here.note(shared, 'from here');
  const last = here.tag('signed nothing');
  await here.settled();
  disk.isFull = false;
  there.note(shared, 'from there');
  await there.settled();

  await here.workspace.open();
  await here.settled();
  // Up to the first that does not fit; that one and what came after it wait.
  expect(here.shown()).toEqual([shared, first]);
  expect(here.workspace.store.getState().work.sets.get('a1')?.annotations.get(shared)?.note).toBe('from there');
  expect(saveState(here)).toMatchObject({ state: 'not-saved', waiting: 2, retries: false, failure: { code: 'conflict' } });
  expect(disk.journal.map(({ title }) => title)).toEqual(['Tag Paris', 'Note', 'Tag Leaders']);
  expectSame(here, disk);

  const kept = here.workspace.keptEdits();
  expect(kept?.gestures.map(({ title }) => title)).toEqual(['Note', 'Tag signed nothing']);
  const again = await openPage(disk, 'r');
  expect(await again.workspace.takeKeptEdits(kept as KeptEdits)).toEqual({ taken: 1, left: ['Note'] });
  await again.settled();
  expect(saveState(again).state).toBe('saved');
  expect(disk.work.sets.get('a1')?.annotations.has(last)).toBe(true);
  expectSame(again, disk);
});

test('O31 an unsaved undo of a step that is not the last any more waits, and its step still stands', async () => {
  const disk = new Disk();
  const here = await openPage(disk, 'h');
  const mine = here.tag('Paris');
  await here.settled();
  const there = await openPage(disk, 't');
  disk.isFull = true;
  await here.workspace.undo();
  await here.settled();
  disk.isFull = false;
  const theirs = there.tag('Ana Ruiz');
  await there.settled();

  await here.workspace.open();
  await here.settled();
  expect(here.shown()).toEqual([mine, theirs]);
  expect(saveState(here)).toMatchObject({ state: 'not-saved', waiting: 1, failure: { code: 'conflict' } });
  expectSame(here, disk);
});

test('N8 the registry on the page is that of all records, through steps, undo, redo and reading again', async () => {
  const disk = new Disk();
  const page = await openPage(disk, 'h');
  const ruiz = page.name('Ana Ruiz');
  page.name('Ben Okri');
  const isKnown = () => page.workspace.store.getState().registry.has(ruiz);
  await page.workspace.undo();
  await page.workspace.undo();
  expect(isKnown()).toBe(false);
  await page.workspace.redo();
  expect(isKnown()).toBe(true);
  await page.settled();
  expectSame(page, disk);
  await page.workspace.open();
  page.name('Cem Demir');
  await page.settled();
  expectSame(page, disk);
});

test('R35 a step that is too large to be saved is refused in words before anything changes', async () => {
  const disk = new Disk();
  const page = await openPage(disk, 'h');
  const id = page.tag('Paris');
  await page.settled();
  const before = page.workspace.store.getState();
  const model = before.work.sets.get('a1')?.annotations.get(id);
  if (!model) throw new TypeError('nothing is tagged');
  const note = 'x'.repeat(65_000);
  const edits = Array.from({ length: 1000 }, (_, at) => ({
    ...{ record: 'annotation' as const, article: 'a1', id: `n${at}`, before: null },
    after: { ...model, id: `n${at}`, note },
  }));
  const deed = { command: 'test', title: 'Too much', edits };
  expect(() => page.workspace.apply(deed)).toThrow('more at once than can be saved');
  expect(page.workspace.store.getState()).toBe(before);
  page.workspace.apply({ ...deed, edits: edits.slice(0, 900) });
  await page.settled();
  expect(page.shown()).toHaveLength(901);
});

test('F29 going over a thousand steps of the history changes the page once, and each of them is saved in its turn', async () => {
  const disk = new Disk();
  const page = await openPage(disk, 'h');
  const id = page.tag('Paris');
  for (let count = 0; count < 1000; count++) page.note(id, `Note ${count}`);
  await page.settled();
  let changes = 0;
  const stop = page.workspace.store.subscribe((now, before) => {
    if (now.work !== before.work) changes++;
  });
  await page.workspace.travelTo(0);
  expect([changes, page.shown()]).toEqual([1, []]);
  await page.workspace.travelTo(501);
  expect(changes).toBe(2);
  stop();
  await page.settled();
  expect(page.workspace.store.getState().work.sets.get('a1')?.annotations.get(id)?.note).toBe('Note 499');
  expect(disk.journal).toHaveLength(1001 + 1001 + 501);
  expectSame(page, disk);
});

test('F95 going far back passes a change of the codebook, after which the last steps alone are known', async () => {
  const disk = new Disk();
  const first = await openPage(disk, 'f');
  const id = first.tag('Paris');
  for (let turn = 1; turn < 300; turn++) first.note(id, `Note ${turn}`);
  await first.settled();
  const codebook = { record: 'codebook', id: 'v2', before: null, after: null } as const;
  const [annotator, time] = ['anna', '2026-01-01T12:00:00.000Z'];
  disk.take({ id: 'c', annotator, time, command: 'codebook.change', title: 'Rename', edits: [codebook], undoes: null, redoes: null });
  const page = await openPage(disk, 'p');
  await page.workspace.travelTo(0);
  expect([page.shown(), standing(page.workspace.store.getState().history)]).toEqual([[], 0]);
  await page.settled();
  expectSame(page, disk);
});

test('G28 a page that has the last steps alone goes back to the first one and forth again', async () => {
  const disk = new Disk();
  const first = await openPage(disk, 'f');
  const id = first.tag('Paris');
  for (let turn = 1; turn < 450; turn++) first.note(id, `Note ${turn}`);
  await first.settled();
  const page = await openPage(disk, 'p');
  const history = () => page.workspace.store.getState().history;
  expect([history().earlier, history().past.length]).toEqual([250, 200]);
  await page.workspace.travelTo(0);
  expect([page.shown(), history().future.length]).toEqual([[], 450]);
  await page.settled();
  const again = await openPage(disk, 'a');
  expect(again.workspace.store.getState().history).toMatchObject({ past: [], earlier: 0, later: 250 });
  await again.workspace.travelTo(450);
  expect(again.shown()).toEqual([id]);
  expect(again.workspace.store.getState().work.sets.get('a1')?.annotations.get(id)?.note).toBe('Note 449');
  await again.settled();
  const last = await openPage(disk, 'l');
  expect(last.workspace.store.getState().history.earlier).toBe(250);
  for (let turn = 0; turn < 250; turn++) await last.workspace.undo();
  expect(last.workspace.store.getState().history).toMatchObject({ earlier: 50 });
  await last.workspace.readHistory();
  expect(last.workspace.store.getState().history.past).toHaveLength(200);
  await last.settled();
  expectSame(last, disk);
});
