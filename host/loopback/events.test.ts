import { expect, test } from 'vitest';
import { loopbackScene } from '../testing/loopback-scene.ts';
import { startLoopback } from './http.ts';
import { createTickets } from './tickets.ts';

const { host, listeners, left, origin, token, pageFolder, call } = loopbackScene();

test('H17 events come as lines of JSON, and the host hears when the page goes', async () => {
  const abort = new AbortController();
  const response = await fetch(`${origin()}/api/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json', origin: origin() },
    body: '{"page":"watcher"}',
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('\n');
  listeners.get('watcher')?.({ event: 'lease', page: 'p2' });
  expect((await reader?.read())?.value).toBe('{"event":"lease","page":"p2"}\n');
  abort.abort();
  await expect.poll(() => left).toContain('watcher');
});

test('H17 an event stream must say whose it is', async () => {
  expect((await call({ start: 'POST /api/events HTTP/1.1', body: '{"page":"../x"}' })).status).toBe(400);
});

test('H18 closing ends the streams whole, not as broken connections', async () => {
  const other = await startLoopback({ host, tickets: createTickets(), pageFolder: pageFolder() });
  const url = new URL(other.url);
  const response = await fetch(`${url.origin}/api/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${url.hash.slice('#token='.length)}`, 'content-type': 'application/json', origin: url.origin },
    body: '{"page":"last"}',
  });
  expect(response.status).toBe(200);
  await Promise.all([other.close(), other.close()]);
  expect(await response.text()).toBe('\n');
  expect(left).toContain('last');
});
