import { afterEach, beforeEach, expect, test } from 'vitest';
import { doneGesture, hostOn, listening, makeProject, temporaryFolder } from './testing/sample-host.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let place: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  place = `${folder.path}/project`;
  await makeProject(place);
});
afterEach(() => folder.remove());

const open = (host: Awaited<ReturnType<typeof hostOn>>['host'], page: string) => host.call('openWorkspace', { page });
const text = (words: string) => new TextEncoder().encode(words);

test('H25 only the page that holds the lease writes; the other is told so and nothing is written', async () => {
  const { host, project } = await hostOn(place);
  const [first] = project.articles();
  expect(await open(host, 'a')).toMatchObject({ value: { writable: true } });
  expect(await open(host, 'b')).toMatchObject({ value: { writable: false } });
  const gesture = doneGesture('g1', first?.id ?? '');
  expect(await host.call('apply', { page: 'b', gesture })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect(await host.call('importArticle', { page: 'b', name: 'x.txt' }, text('New words here.'))).toMatchObject({
    error: { code: 'read-only' },
  });
  expect(await host.call('apply', { page: 'stranger', gesture })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  expect([project.gestures().length, project.articles().length]).toEqual([0, 2]);
  expect(await host.call('apply', { page: 'a', gesture })).toEqual({ ok: true, value: { sequence: 1 } });
  await host.call('takeOver', { page: 'b' });
  expect(await host.call('apply', { page: 'a', gesture: { ...gesture, id: 'g2' } })).toMatchObject({ error: { code: 'read-only' } });
  await host.close();
});

test('H26 the other pages hear of each gesture once, the writer does not', async () => {
  const { host, project } = await hostOn(place);
  const [writer, other, nobody] = [listening(host, 'a'), listening(host, 'b'), listening(host, null)];
  await open(host, 'a');
  const gesture = doneGesture('g1', project.articles()[0]?.id ?? '');
  await host.call('apply', { page: 'a', gesture });
  await host.call('apply', { page: 'a', gesture });
  const told = { event: 'gesture', page: 'a', gesture };
  expect(writer.heard).toEqual([{ event: 'lease', page: 'a' }]);
  expect(other.heard).toEqual([{ event: 'lease', page: 'a' }, told]);
  expect(nobody.heard).toEqual(other.heard);
  await host.close();
});

test('H26 a gesture that is on the disk since before is not told again when it is sent again', async () => {
  const { host, project } = await hostOn(place);
  await open(host, 'a');
  const gesture = doneGesture('g1', project.articles()[0]?.id ?? '');
  await host.call('apply', { page: 'a', gesture });
  await host.close();
  const again = await hostOn(place);
  const other = listening(again.host, 'b');
  await open(again.host, 'a');
  expect(await again.host.call('apply', { page: 'a', gesture })).toEqual({ ok: true, value: { sequence: 1 } });
  expect(other.heard.filter(({ event }) => event === 'gesture')).toEqual([]);
  await again.host.close();
});

test('H27 every page hears of a new article, and of a known one nobody', async () => {
  const { host } = await hostOn(place);
  await open(host, 'a');
  const pages = [listening(host, 'a'), listening(host, 'b')];
  const reply = await host.call('importArticle', { page: 'a', name: 'new.txt' }, text('Leaders met in Paris.\n'));
  expect(reply).toMatchObject({ ok: true, value: { known: false } });
  expect(await host.call('importArticle', { page: 'a', name: 'new.txt' }, text('Leaders met in Paris.\n'))).toMatchObject({
    value: { known: true },
  });
  for (const { heard } of pages) {
    expect(heard.filter(({ event }) => event === 'article')).toMatchObject([
      { summary: { meta: { originalName: 'new.txt' }, status: 'not_started' } },
    ]);
  }
  await host.close();
});

test('H28 a page that stops listening hears nothing more', async () => {
  const { host } = await hostOn(place);
  const page = listening(host, 'b');
  page.stop();
  page.stop();
  await open(host, 'a');
  expect(page.heard).toEqual([]);
  await host.close();
});

test('H29 a project that another program writes is open for reading, and nobody can take over', async () => {
  const holder = await hostOn(place);
  const { host, project } = await hostOn(place);
  expect(await open(host, 'a')).toMatchObject({ value: { writable: false, notices: [{ id: 'lock' }] } });
  expect(await host.call('takeOver', { page: 'a' })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  const gesture = doneGesture('g1', project.articles()[0]?.id ?? '');
  expect(await host.call('apply', { page: 'a', gesture })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  await host.close();
  await holder.host.close();
});

test('H34 a closing host tells its pages, takes what they still send, and then answers in words', async () => {
  const { host, project } = await hostOn(place);
  await open(host, 'a');
  const gesture = doneGesture('g1', project.articles()[0]?.id ?? '');
  const late = new Promise((resolve) => {
    host.listen('a', ({ event }) => {
      if (event === 'closing') setTimeout(() => resolve(host.call('apply', { page: 'a', gesture })), 20);
    });
  });
  await Promise.all([host.close(), host.close()]);
  expect(await late).toEqual({ ok: true, value: { sequence: 1 } });
  expect(await host.call('apply', { page: 'a', gesture: { ...gesture, id: 'g2' } })).toMatchObject({
    ok: false,
    error: { code: 'not-saved' },
  });
  const again = await hostOn(place);
  expect(again.project.gestures()).toEqual([gesture]);
  await again.host.close();
});
