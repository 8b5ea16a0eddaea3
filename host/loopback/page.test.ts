import { expect, test } from 'vitest';
import { loopbackScene } from '../testing/loopback-scene.ts';

const { authority, send, get, call } = loopbackScene();

test('H12 the headers of every answer are these', async () => {
  const common = {
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  };
  const policy = (styles: string) =>
    `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'`;
  const page = await get('/');
  const nonce = /content="([^"]+)"/.exec(page.body)?.[1] ?? '';
  expect(page.headers).toMatchObject({
    ...common,
    'content-security-policy': policy(`'self' 'nonce-${nonce}'`),
    'content-type': 'text/html; charset=utf-8',
  });
  const others = [
    await get('/assets/main.js'),
    await get('/nowhere.js'),
    await send('GET / HTTP/1.1', []),
    await call(),
    await call({ Origin: null }),
    await get('/download/none'),
  ];
  for (const answer of others) expect(answer.headers).toMatchObject({ ...common, 'content-security-policy': policy("'self'") });
  for (const answer of [page, ...others]) expect(Object.keys(answer.headers)).not.toContain('set-cookie');
});

test('H13 each load of the page has its own nonce', async () => {
  const nonces = await Promise.all([get('/'), get('/'), get('/index.html')]);
  const found = nonces.map(({ body }) => /content="([^"]{24})"/.exec(body)?.[1]);
  expect(found).not.toContain(undefined);
  expect(new Set(found).size).toBe(3);
});

test('H14 a file of the page is served with its type, also by HEAD', async () => {
  const script = await get('/assets/main.js?v=1');
  expect(script).toMatchObject({ status: 200, body: 'export {};', headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  const head = await send('HEAD /assets/main.js HTTP/1.1', [`Host: ${authority()}`]);
  expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } });
  expect((await send('POST /assets/main.js HTTP/1.1', [`Host: ${authority()}`, 'Content-Length: 0'])).status).toBe(405);
});

test.each([
  ['/../secret.js', 400],
  ['/assets/../../secret.js', 400],
  ['/%2e%2e/secret.js', 400],
  ['/assets/%2e%2e%2f%2e%2e%2fsecret.js', 400],
  ['/..%5csecret.js', 400],
  ['/..\\secret.js', 400],
  ['/assets/main.js%00.js', 400],
  ['/%zz', 400],
  ['/%252e%252e/secret.js', 404],
  ['/assets/link.js', 404],
  ['/assets/', 404],
  ['/assets/folder.js', 404],
  ['/assets', 404],
  ['/assets/main.js/', 404],
  ['/notes.txt', 404],
  ['/nowhere.js', 404],
  [`/${'a'.repeat(400)}.js`, 404],
])('H15 %s leads to nothing', async (target, status) => {
  const answer = await get(target);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('secret');
});
