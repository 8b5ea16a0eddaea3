import { type Bridge, type Client, HostEvent } from '../core/contract.ts';
import { AppError, type Reply } from '../core/failure.ts';

declare global {
  interface Window {
    /** Set in the desktop app only, by its preload script. */
    readonly pressmark?: Bridge;
  }
}

/** The page's only connection to the host: calls as functions that reject with AppError, and the stream of events. */
export interface Connection {
  readonly client: Client;
  /**
   * Calls `listener` for each event of the host, and `reach` whenever the host becomes unreachable or reachable again, until the returned function
   * is called.
   */
  listen(listener: (event: HostEvent) => void, reach: (isReached: boolean) => void): () => void;
}

/**
 * Connects to the host that served this page. `page` is this page's own id. `project` is the key of the project to show, null for the one that
 * Pressmark was started with. In the desktop app, the window itself determines the project.
 */
export function connect(page: string, project: string | null): Connection {
  const bridge = window.pressmark;
  const call = bridge ? bridge.call : httpCall(headersFor(project));
  const client = new Proxy({} as Client, {
    get: (_, method) => async (input: unknown, bytes?: Uint8Array) => {
      const reply = await call(String(method), input, bytes);
      if (reply.ok) return reply.value;
      const { code, message, next, safe } = reply.error;
      throw new AppError(code, message, next, safe);
    },
  });
  return {
    client,
    listen: bridge ? (listener) => bridge.listen(listener) : (listener, reach) => httpListen(headersFor(project), page, listener, reach),
  };
}

const tokenKey = 'pressmark-token';

// The token comes once, in the fragment of the address, which browsers never send anywhere. It is kept in this tab for reloads.
function bearerToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(tokenKey) ?? '';
}

const projectMark = '#project=';

/** The key of the project in this page's address; null if there is none. */
export function addressedProject(): string | null {
  return location.hash.startsWith(projectMark) ? location.hash.slice(projectMark.length) : null;
}

/** Puts the key of a project into the address, so that a reload returns to it. Not needed in the desktop app, where the window knows its project. */
export function addressProject(project: string): void {
  if (!window.pressmark) history.replaceState(null, '', `${location.pathname}${projectMark}${project}`);
}

type Headers = Readonly<Record<string, string>>;

function headersFor(project: string | null): Headers {
  return { authorization: `Bearer ${bearerToken()}`, ...(project === null ? {} : { 'x-pressmark-project': project }) };
}

const unreachable = () =>
  new AppError(
    'not-saved',
    'Pressmark does not answer; it may have been closed.',
    'Keep the edits in a file, start Pressmark again, and drop that file into its window.',
    'What was marked Saved is on the disk. What was not is in this window only, as long as it stays open.',
  );

function httpCall(common: Headers) {
  return async (method: string, input: unknown, bytes?: Uint8Array): Promise<Reply> => {
    const request: RequestInit = bytes
      ? {
          body: new Blob([new Uint8Array(bytes)]),
          headers: {
            ...common,
            'content-type': 'application/octet-stream',
            'x-pressmark-input': encodeURIComponent(JSON.stringify(input)),
          },
        }
      : { body: JSON.stringify(input), headers: { ...common, 'content-type': 'application/json' } };
    let response: Response;
    try {
      response = await fetch(`/api/${method}`, { method: 'POST', ...request });
    } catch {
      throw unreachable();
    }
    if (response.status === 401) {
      throw new AppError(
        'read-only',
        'This address is no longer valid.',
        'Open the address that Pressmark printed when it was last started.',
      );
    }
    if (response.status === 413) {
      throw new AppError('too-large', 'This was refused because it is too large.', 'Split it into smaller parts.');
    }
    if (!response.ok) throw new AppError('internal', `Pressmark answered with error ${response.status}.`, 'Reload this page.');
    return (await response.json()) as Reply;
  };
}

// EventSource cannot send the token, so this streams a fetch whose lines are JSON. Reconnects until it is stopped.
function httpListen(common: Headers, page: string, listener: (event: HostEvent) => void, reach: (isReached: boolean) => void): () => void {
  const stop = new AbortController();
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));
  const read = async () => {
    const response = await fetch('/api/events', {
      method: 'POST',
      signal: stop.signal,
      headers: { ...common, 'content-type': 'application/json' },
      body: JSON.stringify({ page }),
    });
    if (!response.ok || !response.body) return;
    reach(true);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + piece.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = HostEvent.safeParse(JSON.parse(line || 'null'));
        // The host sends empty lines to show that it is alive.
        if (event.data) listener(event.data);
      }
    }
  };
  void (async () => {
    while (!stop.signal.aborted) {
      // A broken stream is not an error by itself: calls report an unreachable host, and the stream is opened again.
      await read().catch(() => undefined);
      if (!stop.signal.aborted) reach(false);
      await pause();
    }
  })();
  return () => stop.abort();
}
