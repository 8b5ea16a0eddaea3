import { existsSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { loopbackScene } from '../testing/loopback-scene.ts';
import { createTickets, type Download } from './tickets.ts';

const { tickets, folder, authority, origin, send, get } = loopbackScene();

/** A download of these words. */
async function waiting(words: string): Promise<{ download: Download; isThere: () => boolean }> {
  const path = join(folder(), `${words.length}.zip`);
  await writeFile(path, words);
  return { download: { name: 'Élysée-jsonl.zip', path, bytes: words.length, remove: () => rmSync(path) }, isThere: () => existsSync(path) };
}

test('H16 a ticket is good for one download', async () => {
  const { download, isThere } = await waiting('zipped');
  const ticket = tickets.issue(download);
  expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
  expect(await send(`HEAD /download/${ticket} HTTP/1.1`, [`Host: ${authority()}`])).toMatchObject({ status: 404 });
  const first = await get(`/download/${ticket}`);
  expect(first).toMatchObject({ status: 200, body: 'zipped' });
  expect(first.headers['content-disposition']).toBe(`attachment; filename="dataset.zip"; filename*=UTF-8''%C3%89lys%C3%A9e-jsonl.zip`);
  expect((await get(`/download/${ticket}`)).status).toBe(404);
  expect((await get('/download/made-up')).status).toBe(404);
  await expect.poll(isThere).toBe(false);
});

test('H16 a download that is broken off is removed as one that was fetched', async () => {
  const { download, isThere } = await waiting('z'.repeat(40_000_000));
  const ticket = tickets.issue(download);
  const abort = new AbortController();
  const response = await fetch(`${origin()}/download/${ticket}`, { signal: abort.signal });
  expect(response.headers.get('content-length')).toBe('40000000');
  await response.body?.getReader().read();
  abort.abort();
  await expect.poll(isThere).toBe(false);
});

test('H67 a download that cannot be read breaks off, and the host goes on', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  for (const path of ['gone.zip', 'page']) {
    let removed = 0;
    const ticket = tickets.issue({ name: 'a.zip', path: join(folder(), path), bytes: 9, remove: () => removed++ });
    const body = fetch(`${origin()}/download/${ticket}`).then((response) => response.text());
    await expect(body).rejects.toThrow();
    await expect.poll(() => removed).toBe(1);
    expect((await get('/')).status).toBe(200);
  }
  logged.mockRestore();
});

test.each([
  ['shorter', 200_001],
  ['longer', 199_999],
])('H67 a download tells its length, and breaks off where its file became %s', async (_, bytes) => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { download, isThere } = await waiting('z'.repeat(200_000));
  const ticket = tickets.issue({ ...download, bytes });
  const response = await fetch(`${origin()}/download/${ticket}`);
  expect(response.headers.get('content-length')).toBe(String(bytes));
  await expect(response.text()).rejects.toThrow();
  await expect.poll(isThere).toBe(false);
  expect((await get('/')).status).toBe(200);
  logged.mockRestore();
});

test('H16 a ticket that is too old is good for nothing', async () => {
  const short = createTickets(1);
  const { download, isThere } = await waiting('');
  const ticket = short.issue(download);
  await expect.poll(isThere).toBe(false);
  expect(short.redeem(ticket)).toBeNull();
});
