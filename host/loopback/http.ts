import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { AppError, type Failure } from '../../core/failure.ts';
import { Id } from '../../core/model/annotation.ts';
import { badRequest } from '../handlers/serve.ts';
import type { Host } from '../host.ts';
import { eventStream } from './event-stream.ts';
import { pageFiles, securityHeaders } from './page.ts';
import { bodyCaps, bodyOf, jsonOf, parsedJson, TooLarge } from './request-body.ts';
import { downloadStream, type Tickets } from './tickets.ts';

export interface LoopbackOptions {
  /**
   * The host that answers the calls, or a function that finds the host of the project whose key a page sends (null for the project that Pressmark was
   * started with). Closing the server leaves the host open. The function fails with an AppError if the project is unknown or cannot be opened.
   */
  readonly host: Host | ((project: string | null) => Promise<Host>);
  /** Where exports wait to be downloaded; see `deliverByTicket`. */
  readonly tickets: Tickets;
  /** The folder of the built page. */
  readonly pageFolder: string;
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /**
   * How long the head of a request and the whole request may take to arrive, and how often to check this, in milliseconds. Tests use shorter times.
   */
  readonly patience?: { readonly head: number; readonly request: number; readonly every: number };
}

export interface Loopback {
  /** `http://127.0.0.1:PORT/#token=…`. The token is valid as long as the server runs, and gives access to the project. */
  readonly url: string;
  readonly port: number;
  /** Ends the event streams and every connection. Idempotent. */
  close(): Promise<void>;
}

const usualPatience = { head: 10_000, request: 60_000, every: 5_000 };
const serverOptions = {
  maxHeaderSize: 8 * 1024,
  // The guard answers a request without Host as it answers any wrong Host.
  requireHostHeader: false,
};

/**
 * Serves the page and the contract to browsers on this computer only. Every request must name 127.0.0.1:PORT as its only Host, which blocks other
 * names for this address. Every call must come from the page's own origin with the token, which blocks other pages. No answer has CORS headers, and
 * no GET changes anything except the ticket that it uses up.
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const token = randomBytes(32).toString('base64url');
  const streams = new Set<() => void>();
  let authority = '';
  const app = routes(options, streams, {
    origin: () => `http://${authority}`,
    isToken: sameAs(token),
  });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false, errorHandler: unroutable });
  const { head, request, every } = options.patience ?? usualPatience;
  const limits = { ...serverOptions, headersTimeout: head, requestTimeout: request, connectionsCheckingInterval: every };
  const server = createServer(limits, (incoming, outgoing) => {
    for (const [name, value] of Object.entries(securityHeaders())) outgoing.setHeader(name, value);
    const refused = refusalOf(incoming, authority);
    if (refused) refuse(outgoing, refused);
    else void answer(incoming, outgoing);
  });
  const port = await listen(server, options.port ?? 0);
  authority = `127.0.0.1:${port}`;
  const end = async () => {
    options.tickets.clear();
    for (const endStream of [...streams]) endStream();
    await closeServer(server);
  };
  let closing: Promise<void> | null = null;
  return {
    url: `http://${authority}/#token=${token}`,
    port,
    close: () => {
      closing ??= end();
      return closing;
    },
  };
}

/** The status to refuse a request with before anything else is checked; null if nothing is wrong. */
function refusalOf(incoming: IncomingMessage, authority: string): number | null {
  const hosts = incoming.rawHeaders.filter((_, index, raw) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'host');
  if (hosts.length !== 1 || hosts[0] !== authority) return 421;
  const target = incoming.url ?? '';
  return target.startsWith('/') && !target.startsWith('//') ? null : 400;
}

function refuse(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { 'content-length': '0', connection: 'close' }).end();
}

interface Gate {
  origin(): string;
  isToken(candidate: string): boolean;
}

type Web = { Bindings: HttpBindings };

function routes(options: LoopbackOptions, streams: Set<() => void>, gate: Gate): Hono<Web> {
  const { host, tickets } = options;
  const hostFor = async (c: Context<Web>): Promise<Host> => {
    if (typeof host !== 'function') return host;
    const project = Id.nullable().safeParse(c.req.header('x-pressmark-project') ?? null);
    if (!project.success) throw new AppError('bad-request', 'The page asked for a project with an invalid name.', 'Reload this page.');
    return host(project.data);
  };
  const files = pageFiles(options.pageFolder);
  const app = new Hono<Web>();

  app.all('/api/*', async (c, next) => {
    const refused = apiRefusal(c, gate);
    return refused ? failed(c, refused.status, badRequest(refused.message)) : next();
  });

  app.post('/api/events', async (c) => {
    const body = z.strictObject({ page: Id }).safeParse(await jsonOf(c.env.incoming));
    if (!body.success) return failed(c, 400, badRequest('The page did not identify itself.'));
    return new Response(eventStream(await hostFor(c), body.data.page, streams), {
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
    });
  });

  app.post('/api/:method', async (c) => {
    const bytes = c.req.header('content-type') === 'application/octet-stream' ? await bodyOf(c.env.incoming, bodyCaps.file) : undefined;
    const method = c.req.param('method');
    const input = bytes
      ? parsedJson(decodeURIComponent(c.req.header('x-pressmark-input') ?? ''))
      : await jsonOf(c.env.incoming, method === 'apply' ? bodyCaps.step : bodyCaps.json);
    const reply = JSON.stringify(await (await hostFor(c)).call(method, input, bytes));
    // A Response would copy the reply twice, and a reply about many articles has megabytes.
    c.env.outgoing.setHeader('content-type', 'application/json').end(reply);
    return RESPONSE_ALREADY_SENT;
  });

  app.get('/download/:ticket', (c) => {
    // A HEAD would use up the ticket without reading anything.
    const download = c.env.incoming.method === 'GET' ? tickets.redeem(c.req.param('ticket')) : null;
    if (!download) return c.body(null, 404);
    return c.body(Readable.toWeb(downloadStream(download)) as ReadableStream, 200, {
      'content-type': 'application/zip',
      'content-length': String(download.bytes),
      'content-disposition': `attachment; filename="dataset.zip"; filename*=UTF-8''${encodeURIComponent(download.name)}`,
    });
  });

  app.all('*', async (c) => {
    // The target exactly as it was sent: a URL object would already have resolved the dots in it.
    const path = (c.env.incoming.url ?? '').replace(/\?.*$/s, '');
    const { status, headers, body } = await files(c.env.incoming.method ?? '', path);
    return new Response(body && new Uint8Array(body), { status, headers });
  });

  app.onError((error, c) => {
    if (error instanceof TooLarge) return failed(c, 413, error.failure);
    // Answered as a host would: the call was valid but cannot be done.
    if (error instanceof AppError) return c.json({ ok: false, error: error.failure });
    if (error instanceof SyntaxError || error instanceof URIError)
      return failed(c, 400, badRequest('What the page sent is not JSON, or is nested too deeply.'));
    // The sender interrupted the request or was cut off, so there is no defect to report.
    if (c.env.incoming.destroyed) return new Response(null, { status: 400 });
    return logged(error);
  });
  return app;
}

function apiRefusal(c: Context<Web>, gate: Gate): { status: 401 | 403 | 405 | 415; message: string } | null {
  if (c.env.incoming.method !== 'POST') return { status: 405, message: 'Calls must be sent by POST.' };
  const site = c.req.header('sec-fetch-site');
  if (c.req.header('origin') !== gate.origin() || (site !== undefined && site !== 'same-origin')) {
    return { status: 403, message: 'This call did not come from the page that Pressmark served.' };
  }
  const bearer = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer === undefined || !gate.isToken(bearer)) return { status: 401, message: 'This address is no longer valid.' };
  const type = c.req.header('content-type');
  if (type !== 'application/json' && type !== 'application/octet-stream')
    return { status: 415, message: 'Calls must carry JSON or a file.' };
  return null;
}

function failed(c: Context<Web>, status: 400 | 401 | 403 | 405 | 413 | 415, error: Failure): Response {
  // Closes the connection instead of waiting for the rest of a refused body.
  return c.json({ ok: false, error }, status, { connection: 'close' });
}

// Hashes have equal lengths, which timingSafeEqual needs, and hide how much of a guess was right.
function sameAs(secret: string): (candidate: string) => boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const expected = hash(secret);
  return (candidate) => timingSafeEqual(hash(candidate), expected);
}

// Requests that the adapter cannot represent, such as a target with a backslash.
function unroutable(error: unknown): Response {
  return error instanceof RequestError ? new Response(null, { status: 400 }) : logged(error);
}

function logged(error: unknown): Response {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return new Response(null, { status: 500 });
}

// Gives answers in progress a moment to finish, then cuts every connection that is still open.
async function closeServer(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), 500);
  try {
    await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
