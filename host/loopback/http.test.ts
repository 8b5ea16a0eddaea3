import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HostEvent } from '../../core/contract.ts';
import type { Host } from '../host.ts';
import { bodyCaps, type Loopback, startLoopback } from './http.ts';
import { createTickets, type Download } from './tickets.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const calls: { method: string; input: unknown; bytes: number | null }[] = [];
const listeners = new Map<string | null, (event: HostEvent) => void>();
const left: (string | null)[] = [];
const host: Host = {
  async call(method, input, bytes) {
    calls.push({ method, input, bytes: bytes?.byteLength ?? null });
    return { ok: true, value: 'done' };
  },
  listen(page, listener) {
    listeners.set(page, listener);
    return () => {
      listeners.delete(page);
      left.push(page);
    };
  },
  emit: () => undefined,
  close: async () => undefined,
};

const tickets = createTickets();
let folder: string;
let loopback: Loopback;
let authority: string;
let origin: string;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-page-'));
  const page = join(folder, 'page');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<meta property="csp-nonce" content="__CSP_NONCE__">');
  await writeFile(join(page, 'assets', 'main.js'), 'export {};');
  await mkdir(join(page, 'assets', 'folder.js'));
  await writeFile(join(page, 'notes.txt'), 'not of the page');
  await writeFile(join(folder, 'secret.js'), 'secret');
  await symlink(join(folder, 'secret.js'), join(page, 'assets', 'link.js'));
  loopback = await startLoopback({ host, tickets, pageFolder: page });
  authority = `127.0.0.1:${loopback.port}`;
  origin = `http://${authority}`;
  token = new URLSearchParams(new URL(loopback.url).hash.slice(1)).get('token') ?? '';
});

afterAll(async () => {
  await loopback.close();
  await rm(folder, { recursive: true });
});

/** Sends bytes as they are and resolves with all that comes until the server closes, or with the first answer of `until`. */
function exchange(bytes: string | Buffer, host_ = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(loopback.port, host_, () => socket.write(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (piece) => {
      heard += piece;
    });
    socket.on('error', (error) => (heard ? resolve(heard) : reject(error)));
    socket.on('close', () => resolve(heard));
  });
}

async function send(start: string, headers: readonly string[], body: string | Buffer = ''): Promise<Answer> {
  const head = `${[start, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`;
  return parse(await exchange(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])));
}

function parse(heard: string): Answer {
  const [head = '', ...rest] = heard.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(start.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

const get = (target: string) => send(`GET ${target} HTTP/1.1`, [`Host: ${authority}`]);

interface CallChange {
  readonly start?: string;
  readonly Origin?: string | null;
  readonly Authorization?: string | null;
  readonly 'Content-Type'?: string | null;
  readonly extra?: readonly string[];
  readonly body?: string | Buffer;
}

/** A right call of takeOver, but for what `change` says; null leaves a header out. */
function call(change: CallChange = {}): Promise<Answer> {
  const body = change.body ?? '{"page":"p1"}';
  const { start = 'POST /api/takeOver HTTP/1.1', extra = [], body: _, ...named } = change;
  const wanted = { Origin: origin, Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...named };
  const headers = Object.entries(wanted).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const length = extra.some((line) => /^(content-length|transfer-encoding)/i.test(line))
    ? []
    : [`Content-Length: ${Buffer.byteLength(body)}`];
  return send(start, [`Host: ${authority}`, ...headers, ...length, ...extra], body);
}

/** Asserts that no call got through while `work` ran. */
async function withoutCalls<T>(work: () => Promise<T>): Promise<T> {
  const before = calls.length;
  const result = await work();
  expect(calls.length).toBe(before);
  return result;
}

describe('Host', () => {
  test('H1 a request with the one right Host is answered', async () => {
    expect((await get('/')).status).toBe(200);
    expect((await call()).status).toBe(200);
  });

  test.each([
    ['another name', () => ['Host: evil.example']],
    ['another name with our port', () => [`Host: evil.example:${loopback.port}`]],
    ['localhost', () => [`Host: localhost:${loopback.port}`]],
    ['another port', () => ['Host: 127.0.0.1:1']],
    ['no port', () => ['Host: 127.0.0.1']],
    ['two, both right', () => [`Host: ${authority}`, `Host: ${authority}`]],
    ['two, the first right', () => [`Host: ${authority}`, 'Host: evil.example']],
    ['an empty one', () => ['Host: ']],
    ['none', () => []],
  ])('H1 a request with %s as Host is refused with 421, page and call alike', async (_, headers) => {
    expect((await send('GET / HTTP/1.1', headers())).status).toBe(421);
    const answer = await withoutCalls(() =>
      send('POST /api/takeOver HTTP/1.1', [...headers(), `Origin: ${origin}`, `Authorization: Bearer ${token}`, 'Content-Length: 0']),
    );
    expect(answer.status).toBe(421);
  });

  test('H1 an upgrade with a foreign Host is refused', async () => {
    const answer = await send('GET / HTTP/1.1', ['Host: evil.example', 'Upgrade: websocket', 'Sec-WebSocket-Key: x']);
    expect(answer.status).toBe(421);
  });

  test('H2 an absolute target and one that begins with two slashes are refused', async () => {
    expect((await send('GET http://evil.example/ HTTP/1.1', [`Host: ${authority}`])).status).toBe(400);
    expect((await send('GET http://evil.example/ HTTP/1.1', ['Host: evil.example'])).status).toBe(421);
    expect((await get('//evil.example/')).status).toBe(400);
    expect((await send('OPTIONS * HTTP/1.1', [`Host: ${authority}`])).status).toBe(400);
  });

  test('H3 only 127.0.0.1 listens', async () => {
    await expect(exchange('GET / HTTP/1.1\r\n\r\n', '127.0.0.2')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(exchange('GET / HTTP/1.1\r\n\r\n', '::1')).rejects.toMatchObject({
      code: expect.stringMatching(/ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT/),
    });
  });
});

describe('calls', () => {
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
    ['a token cut short', () => `Bearer ${token.slice(0, -1)}`],
    ['a token and more', () => `Bearer ${token}A`],
    ['a token by another scheme', () => `Basic ${token}`],
  ])('H7 a call with %s is refused with 401', async (_, value) => {
    expect((await withoutCalls(() => call({ Authorization: value() }))).status).toBe(401);
    expect((await call({ start: 'POST /api/events HTTP/1.1', Authorization: value() })).status).toBe(401);
  });

  test('H7 the token has 256 bits, is in no answer, and differs from one host to the next', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const page = await get('/');
    expect(JSON.stringify(page)).not.toContain(token);
    const other = await startLoopback({ host, tickets: createTickets(), pageFolder: join(folder, 'page') });
    await other.close();
    expect(other.url).not.toContain(token);
    expect(other.port).not.toBe(loopback.port);
  });

  test('H8 no call by GET, and a preflight gets no leave', async () => {
    const asked = await withoutCalls(() => call({ start: 'GET /api/takeOver HTTP/1.1' }));
    expect(asked.status).toBe(405);
    const preflight = await send('OPTIONS /api/takeOver HTTP/1.1', [
      `Host: ${authority}`,
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
    const inner = `POST /api/saveSettings HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;
    const answer = await withoutCalls(() =>
      call({ extra: ['Content-Length: 4', 'Transfer-Encoding: chunked'], body: `0\r\n\r\n${inner}` }),
    );
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
});

describe('page', () => {
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
    const head = await send('HEAD /assets/main.js HTTP/1.1', [`Host: ${authority}`]);
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } });
    expect((await send('POST /assets/main.js HTTP/1.1', [`Host: ${authority}`, 'Content-Length: 0'])).status).toBe(405);
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
});

/** A download of these words. */
async function waiting(words: string): Promise<{ download: Download; isThere: () => boolean }> {
  const path = join(folder, `${words.length}.zip`);
  await writeFile(path, words);
  return { download: { name: 'Élysée-jsonl.zip', path, bytes: words.length, remove: () => rmSync(path) }, isThere: () => existsSync(path) };
}

describe('downloads', () => {
  test('H16 a ticket is good for one download', async () => {
    const { download, isThere } = await waiting('zipped');
    const ticket = tickets.issue(download);
    expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
    expect(await send(`HEAD /download/${ticket} HTTP/1.1`, [`Host: ${authority}`])).toMatchObject({ status: 404 });
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
    const response = await fetch(`${origin}/download/${ticket}`, { signal: abort.signal });
    expect(response.headers.get('content-length')).toBe('40000000');
    await response.body?.getReader().read();
    abort.abort();
    await expect.poll(isThere).toBe(false);
  });

  test('H67 a download that cannot be read breaks off, and the host goes on', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (const path of ['gone.zip', 'page']) {
      let removed = 0;
      const ticket = tickets.issue({ name: 'a.zip', path: join(folder, path), bytes: 9, remove: () => removed++ });
      const body = fetch(`${origin}/download/${ticket}`).then((response) => response.text());
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
    const response = await fetch(`${origin}/download/${ticket}`);
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
});

describe('events', () => {
  test('H17 events come as lines of JSON, and the host hears when the page goes', async () => {
    const abort = new AbortController();
    const response = await fetch(`${origin}/api/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin },
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
    const other = await startLoopback({ host, tickets: createTickets(), pageFolder: join(folder, 'page') });
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
});
