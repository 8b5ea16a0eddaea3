import { expect, test } from 'vitest';
import { loopbackScene } from '../testing/loopback-scene.ts';
import { startLoopback } from './http.ts';
import { bodyCaps } from './request-body.ts';
import { createTickets } from './tickets.ts';

const { calls, host, port, authority, token, pageFolder, send, get, call, withoutCalls } = loopbackScene();

test('H4 a call reaches the host with its input and its reply comes back', async () => {
  const answer = await call();
  expect(JSON.parse(answer.body)).toEqual({ ok: true, value: 'done' });
  expect(calls.at(-1)).toEqual({ method: 'takeOver', input: { page: 'p1' }, bytes: null });
});

test('H4 a file comes as raw bytes with its input in a header', async () => {
  const input = encodeURIComponent(JSON.stringify({ page: 'p1', name: 'Élysée “9”.txt' }));
  await call({
    start: 'POST /api/importArticle HTTP/1.1',
    'Content-Type': 'application/octet-stream',
    extra: [`x-pressmark-input: ${input}`],
    body: 'abc',
  });
  expect(calls.at(-1)).toEqual({ method: 'importArticle', input: { page: 'p1', name: 'Élysée “9”.txt' }, bytes: 3 });
});

test.each([
  ['missing', null],
  ['null', 'null'],
  ['of another site', 'https://evil.example'],
  ['of another port', 'http://127.0.0.1:1'],
])('H5 a call whose Origin is %s is refused with 403', async (_, value) => {
  expect((await withoutCalls(() => call({ Origin: value }))).status).toBe(403);
});

test.each(['cross-site', 'same-site', 'none'])('H5 a call that the browser marks %s is refused with 403', async (site) => {
  expect((await withoutCalls(() => call({ extra: [`Sec-Fetch-Site: ${site}`] }))).status).toBe(403);
  expect((await call({ extra: ['Sec-Fetch-Site: same-origin'] })).status).toBe(200);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', null])(
  'H6 a call of type %s is refused with 415',
  async (type) => {
    expect((await withoutCalls(() => call({ 'Content-Type': type }))).status).toBe(415);
  },
);

test.each([
  ['no token', () => null],
  ['another token', () => `Bearer ${'A'.repeat(43)}`],
  ['a token cut short', () => `Bearer ${token().slice(0, -1)}`],
  ['a token and more', () => `Bearer ${token()}A`],
  ['a token by another scheme', () => `Basic ${token()}`],
])('H7 a call with %s is refused with 401', async (_, value) => {
  expect((await withoutCalls(() => call({ Authorization: value() }))).status).toBe(401);
  expect((await call({ start: 'POST /api/events HTTP/1.1', Authorization: value() })).status).toBe(401);
});

test('H7 the token has 256 bits, is in no answer, and differs from one host to the next', async () => {
  expect(Buffer.from(token(), 'base64url')).toHaveLength(32);
  const page = await get('/');
  expect(JSON.stringify(page)).not.toContain(token());
  const other = await startLoopback({ host, tickets: createTickets(), pageFolder: pageFolder() });
  await other.close();
  expect(other.url).not.toContain(token());
  expect(other.port).not.toBe(port());
});

test('H8 no call by GET, and a preflight gets no leave', async () => {
  const asked = await withoutCalls(() => call({ start: 'GET /api/takeOver HTTP/1.1' }));
  expect(asked.status).toBe(405);
  const preflight = await send('OPTIONS /api/takeOver HTTP/1.1', [
    `Host: ${authority()}`,
    'Origin: https://evil.example',
    'Access-Control-Request-Method: POST',
  ]);
  expect(preflight.status).toBe(405);
  for (const answer of [asked, preflight, await get('/'), await call()]) {
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('H9 a body over its cap is refused with 413, by its declared length and by count', async () => {
  const large = 'x'.repeat(bodyCaps.json + 1);
  const declared = await withoutCalls(() => call({ body: large }));
  expect(declared.status).toBe(413);
  expect(JSON.parse(declared.body)).toMatchObject({ ok: false, error: { code: 'too-large' } });
  const step = await withoutCalls(() => call({ start: 'POST /api/apply HTTP/1.1', extra: [`Content-Length: ${bodyCaps.step + 1}`] }));
  expect(step.status).toBe(413);
  const chunk = 'x'.repeat(64 * 1024);
  // Without an end: the refusal does not wait for it.
  const chunked = `10000\r\n${chunk}\r\n`.repeat(Math.ceil(bodyCaps.json / chunk.length) + 1);
  expect((await withoutCalls(() => call({ extra: ['Transfer-Encoding: chunked'], body: chunked }))).status).toBe(413);
  const file = await withoutCalls(() =>
    call({ 'Content-Type': 'application/octet-stream', extra: [`Content-Length: ${bodyCaps.file + 1}`, 'x-pressmark-input: %7B%7D'] }),
  );
  expect(file.status).toBe(413);
});

test('H9 a body under its cap is taken in chunks too', async () => {
  expect((await call({ extra: ['Transfer-Encoding: chunked'], body: 'd\r\n{"page":"p1"}\r\n0\r\n\r\n' })).status).toBe(200);
});

test('H10 a request with both a length and chunks is refused and nothing smuggled in it runs', async () => {
  const inner = `POST /api/saveSettings HTTP/1.1\r\nHost: ${authority()}\r\n\r\n`;
  const answer = await withoutCalls(() => call({ extra: ['Content-Length: 4', 'Transfer-Encoding: chunked'], body: `0\r\n\r\n${inner}` }));
  expect(answer.status).toBe(400);
});

test('H10 headers over 8 KB are refused with 431', async () => {
  expect((await get(`/?${'x'.repeat(9000)}`)).status).toBe(431);
});

test.each([
  ['cut short', '{'],
  ['empty', ''],
  ['not UTF-8', Buffer.from('"\xff"', 'latin1')],
])('H11 a body that is not JSON (%s) is refused with 400', async (_, body) => {
  expect((await withoutCalls(() => call({ body }))).status).toBe(400);
});

test('H11 a file without its input beside it is refused with 400', async () => {
  for (const extra of [[], ['x-pressmark-input: %zz']]) {
    expect((await withoutCalls(() => call({ 'Content-Type': 'application/octet-stream', extra }))).status).toBe(400);
  }
});
