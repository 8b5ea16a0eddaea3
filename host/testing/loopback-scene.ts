import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { HostEvent } from '../../core/contract.ts';
import type { Host } from '../host.ts';
import { type Loopback, startLoopback } from '../loopback/http.ts';
import { createTickets } from '../loopback/tickets.ts';

/** What came back over a connection: the first answer, with header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** How a call differs from a correct call of takeOver; null leaves out a header. */
export interface CallChange {
  readonly start?: string;
  readonly Origin?: string | null;
  readonly Authorization?: string | null;
  readonly 'Content-Type'?: string | null;
  readonly extra?: readonly string[];
  readonly body?: string | Buffer;
}

/** A loopback host for the tests of a file, in front of a host that answers every call with `done`, and functions that send it raw bytes. */
export function loopbackScene() {
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
  let folder = '';
  let loopback: Loopback;
  const pageFolder = () => join(folder, 'page');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pressmark-page-'));
    await mkdir(join(pageFolder(), 'assets'), { recursive: true });
    await writeFile(join(pageFolder(), 'index.html'), '<meta property="csp-nonce" content="__CSP_NONCE__">');
    await writeFile(join(pageFolder(), 'assets', 'main.js'), 'export {};');
    await mkdir(join(pageFolder(), 'assets', 'folder.js'));
    await writeFile(join(pageFolder(), 'notes.txt'), 'not of the page');
    await writeFile(join(folder, 'secret.js'), 'secret');
    await symlink(join(folder, 'secret.js'), join(pageFolder(), 'assets', 'link.js'));
    loopback = await startLoopback({ host, tickets, pageFolder: pageFolder() });
  });
  afterAll(async () => {
    await loopback.close();
    await rm(folder, { recursive: true });
  });

  const port = () => loopback.port;
  const authority = () => `127.0.0.1:${loopback.port}`;
  const origin = () => `http://${authority()}`;
  const token = () => new URLSearchParams(new URL(loopback.url).hash.slice(1)).get('token') ?? '';

  /** Sends bytes as they are and resolves with everything that arrives until the server closes. */
  function exchange(bytes: string | Buffer, address = '127.0.0.1'): Promise<string> {
    return new Promise((resolve, reject) => {
      let heard = '';
      const socket = connect(loopback.port, address, () => socket.write(bytes));
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

  /** A correct call of takeOver, with the changes in `change`. */
  function call(change: CallChange = {}): Promise<Answer> {
    const body = change.body ?? '{"page":"p1"}';
    const { start = 'POST /api/takeOver HTTP/1.1', extra = [], body: _, ...named } = change;
    const wanted = { Origin: origin(), Authorization: `Bearer ${token()}`, 'Content-Type': 'application/json', ...named };
    const headers = Object.entries(wanted).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
    const length = extra.some((line) => /^(content-length|transfer-encoding)/i.test(line))
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`];
    return send(start, [`Host: ${authority()}`, ...headers, ...length, ...extra], body);
  }

  return {
    ...{ calls, listeners, left, host, tickets, port, authority, origin, token, exchange, send, call },
    /** The folder that contains the page's folder, and next to it files that are not part of the page. */
    folder: () => folder,
    pageFolder,
    get: (target: string) => send(`GET ${target} HTTP/1.1`, [`Host: ${authority()}`]),
    /** Expects that no call gets through while `work` runs. */
    async withoutCalls<T>(work: () => Promise<T>): Promise<T> {
      const before = calls.length;
      const result = await work();
      expect(calls.length).toBe(before);
      return result;
    },
  };
}

function parse(heard: string): Answer {
  const [head = '', ...rest] = heard.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(start.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
