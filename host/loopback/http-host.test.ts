import { expect, test } from 'vitest';
import { loopbackScene } from '../testing/loopback-scene.ts';

const { port, authority, origin, token, exchange, send, get, call, withoutCalls } = loopbackScene();

test('H1 a request with the one right Host is answered', async () => {
  expect((await get('/')).status).toBe(200);
  expect((await call()).status).toBe(200);
});

test.each([
  ['another name', () => ['Host: evil.example']],
  ['another name with our port', () => [`Host: evil.example:${port()}`]],
  ['localhost', () => [`Host: localhost:${port()}`]],
  ['another port', () => ['Host: 127.0.0.1:1']],
  ['no port', () => ['Host: 127.0.0.1']],
  ['two, both right', () => [`Host: ${authority()}`, `Host: ${authority()}`]],
  ['two, the first right', () => [`Host: ${authority()}`, 'Host: evil.example']],
  ['an empty one', () => ['Host: ']],
  ['none', () => []],
])('H1 a request with %s as Host is refused with 421, page and call alike', async (_, headers) => {
  expect((await send('GET / HTTP/1.1', headers())).status).toBe(421);
  const answer = await withoutCalls(() =>
    send('POST /api/takeOver HTTP/1.1', [...headers(), `Origin: ${origin()}`, `Authorization: Bearer ${token()}`, 'Content-Length: 0']),
  );
  expect(answer.status).toBe(421);
});

test('H1 an upgrade with a foreign Host is refused', async () => {
  const answer = await send('GET / HTTP/1.1', ['Host: evil.example', 'Upgrade: websocket', 'Sec-WebSocket-Key: x']);
  expect(answer.status).toBe(421);
});

test('H2 an absolute target and one that begins with two slashes are refused', async () => {
  expect((await send('GET http://evil.example/ HTTP/1.1', [`Host: ${authority()}`])).status).toBe(400);
  expect((await send('GET http://evil.example/ HTTP/1.1', ['Host: evil.example'])).status).toBe(421);
  expect((await get('//evil.example/')).status).toBe(400);
  expect((await send('OPTIONS * HTTP/1.1', [`Host: ${authority()}`])).status).toBe(400);
});

test('H3 only 127.0.0.1 listens', async () => {
  await expect(exchange('GET / HTTP/1.1\r\n\r\n', '127.0.0.2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(exchange('GET / HTTP/1.1\r\n\r\n', '::1')).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT/),
  });
});
