import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../host.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { type Loopback, startLoopback } from './http.ts';
import { createTickets } from './tickets.ts';

const calls: string[] = [];
const host: Host = {
  async call(method) {
    calls.push(method);
    return { ok: true, value: 'done' };
  },
  listen: () => () => undefined,
  emit: () => undefined,
  close: async () => undefined,
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let loopback: Loopback;
let start: (port?: number) => Promise<Loopback>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const pageFolder = join(folder.path, 'page');
  await mkdir(pageFolder);
  await writeFile(join(pageFolder, 'index.html'), '<p>The page.</p>');
  const patience = { head: 150, request: 400, every: 50 };
  start = (port = 0) => startLoopback({ host, tickets: createTickets(), pageFolder, port, patience });
  loopback = await start();
});

afterAll(async () => {
  await loopback.close();
  await folder.remove();
});

const tokenOf = ({ url }: Loopback) => new URLSearchParams(new URL(url).hash.slice(1)).get('token') ?? '';
const authority = () => `127.0.0.1:${loopback.port}`;

/** Sends `pieces` one after another, `pause` ms apart, and hears all until the connection ends. */
function exchange(pieces: readonly string[], pause = 0, at = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(loopback.port, at, async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(Buffer.from(piece, 'latin1'));
        if (pause > 0) await new Promise((next) => setTimeout(next, pause));
      }
    });
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
    });
    socket.on('error', (error) => (heard === '' ? reject(error) : resolve(heard)));
    socket.on('close', () => resolve(heard));
  });
}

const statusesIn = (heard: string) => [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** The head of a right call but for `more`, which may replace its length. */
function head(more: readonly string[], { method = 'takeOver', token = tokenOf(loopback), length = 12 } = {}): string {
  const sized = more.some((line) => /^(?:content-length|transfer-encoding)/i.test(line)) ? [] : [`Content-Length: ${length}`];
  const lines = [
    `Host: ${authority()}`,
    `Origin: http://${authority()}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
  ];
  return `${[`POST /api/${method} HTTP/1.1`, ...lines, ...sized, ...more].join('\r\n')}\r\n\r\n`;
}
const body = '{"page":"p1"}'.slice(0, 12).padEnd(12);
const last = 'Connection: close';

/** Expects that nothing of what `work` sends is called. */
async function withoutCalls(work: () => Promise<string>): Promise<number[]> {
  const before = calls.length;
  const statuses = statusesIn(await work());
  expect(calls.slice(before)).toEqual([]);
  return statuses;
}

describe('other machines', () => {
  const others = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');

  test('H60 no other address of this computer answers', async () => {
    for (const { address } of others) {
      await expect(exchange(['GET / HTTP/1.1\r\n\r\n'], 0, address), address).rejects.toMatchObject({
        code: expect.stringMatching(/ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH/),
      });
    }
    for (const address of ['127.0.0.2', '::1', '::ffff:127.0.0.2'])
      await expect(exchange(['GET / HTTP/1.1\r\n\r\n'], 0, address), address).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  });
});

describe('what is smuggled', () => {
  const inner = () => `POST /api/saveSettings HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n`;

  test.each([
    ['two lengths', ['Content-Length: 0', 'Content-Length: 12']],
    ['two lengths in one', ['Content-Length: 0, 12']],
    ['a length with a sign', ['Content-Length: +12']],
    ['a length in hex', ['Content-Length: 0xc']],
    ['a length and chunks', ['Content-Length: 12', 'Transfer-Encoding: chunked']],
    ['chunks under another name', ['Transfer-Encoding: xchunked']],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity']],
    ['chunks twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['chunks behind a tab', ['Transfer-Encoding:\x0bchunked']],
    ['a space before the colon', ['Transfer-Encoding : chunked']],
    ['a folded head', ['X-A: b\r\n Content-Length: 0']],
    ['a bare line feed', ['X-A: b\nContent-Length: 0']],
    ['a NUL', ['X-A: b\0c']],
  ])('H61 a request with %s is refused, and nothing that follows in it runs', async (_, more) => {
    const statuses = await withoutCalls(() => exchange([`${head([...more, last])}0\r\n\r\n${inner()}`]));
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
    expect(statuses.filter((status) => status < 400)).toEqual([]);
  });

  test.each([
    ['a size that is none', 'x\r\n'],
    ['a size beyond what a number holds', `${'f'.repeat(17)}\r\n`],
    ['more than its size', '1\r\nabc\r\n0\r\n\r\n'],
    ['no end of a line', '3\rabc'],
  ])('H61 chunks with %s are refused', async (_, chunks) => {
    expect(await withoutCalls(() => exchange([`${head(['Transfer-Encoding: chunked', last])}${chunks}`]))).toEqual([400]);
  });

  test('H61 each request of a connection is looked at, not only the first', async () => {
    const first = `GET / HTTP/1.1\r\nHost: ${authority()}\r\n\r\n`;
    expect(await withoutCalls(() => exchange([`${first}${inner()}`]))).toEqual([200, 421]);
    const absolute = `GET http://evil.example/ HTTP/1.1\r\nHost: ${authority()}\r\n${last}\r\n\r\n`;
    expect(await withoutCalls(() => exchange([`${first}${absolute}`]))).toEqual([200, 400]);
  });

  test('H61 nothing is tunnelled and nothing is upgraded', async () => {
    expect(await withoutCalls(() => exchange([`CONNECT evil.example:443 HTTP/1.1\r\nHost: ${authority()}\r\n\r\n`]))).toEqual([]);
    const upgrade = `GET / HTTP/1.1\r\nHost: ${authority()}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n`;
    expect(await withoutCalls(() => exchange([upgrade]))).not.toContain(101);
  });
});

describe('who is slow', () => {
  test('H62 a head that does not end is cut off', async () => {
    const began = performance.now();
    const drops = Array.from({ length: 100 }, (_, n) => `X-${n}: a\r\n`);
    expect(await withoutCalls(() => exchange([`GET / HTTP/1.1\r\nHost: ${authority()}\r\n`, ...drops], 20))).toEqual([408]);
    expect(performance.now() - began).toBeLessThan(1900);
  });

  test('H62 a body that does not end is cut off, and nothing of it is called', async () => {
    const statuses = await withoutCalls(() => exchange([head([last], { length: 1000 }), ...Array.from({ length: 100 }, () => ' ')], 20));
    expect(statuses).toEqual([408]);
  });

  test('H62 who connects and says nothing is cut off', async () => {
    expect(await withoutCalls(() => exchange([]))).toEqual([408]);
  });
});

describe('what is said again', () => {
  test('H63 a token is good for its own host only, though another takes the same port', async () => {
    const old = loopback;
    await old.close();
    loopback = await start(old.port);
    expect(loopback.port).toBe(old.port);
    expect(await withoutCalls(() => exchange([head([last], { token: tokenOf(old) }) + body]))).toEqual([401]);
    expect(statusesIn(await exchange([`${head([last], { length: 13 })}{"page":"p1"}`]))).toEqual([200]);
  });
});

describe('what is nested', () => {
  test.each([65, 100_000])('H64 a call nested %d deep is no JSON', async (depth) => {
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const sent = head([last], { length: deep.length }) + deep;
    expect(await withoutCalls(() => exchange([sent]))).toEqual([400]);
  });
});
