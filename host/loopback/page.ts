import { randomBytes } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** The answer to a request for a file of the page. Header names are lower-case. */
export interface PageReply {
  readonly status: 200 | 400 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

// The file types in a build of the page. Nothing else is served.
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** The placeholder in index.html for the nonce of each load. */
const noncePlaceholder = '__CSP_NONCE__';

/** The content security policy of the page. Inline styles must carry `nonce`. */
function contentSecurityPolicy(nonce: string | null): string {
  const styles = nonce === null ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** The headers of every answer, whatever its content. */
export function securityHeaders(nonce: string | null = null): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  };
}

/**
 * Answers requests for the files under `folder`, the built page. `path` is the request's path, still percent-encoded, from its first slash and
 * without a query. It is decoded once. A path that leads outside the folder, by dots, backslashes, NUL or a link, is never read. The answer to HEAD
 * has a body too, which the channel leaves out. index.html gets a fresh nonce for its styles at every load.
 */
export function pageFiles(folder: string): (method: string, path: string) => Promise<PageReply> {
  return async (method, path) => {
    if (method !== 'GET' && method !== 'HEAD') return refusal(405, { allow: 'GET, HEAD' });
    const name = decoded(path);
    if (name === null) return refusal(400);
    const type = types[extname(name)];
    const file = type ? await fileInside(folder, name) : null;
    if (!type || file === null) return refusal(404);
    const bytes = await readFile(file);
    const nonce = name.endsWith('.html') ? randomBytes(18).toString('base64') : null;
    const body = nonce === null ? bytes : Buffer.from(bytes.toString('utf8').replaceAll(noncePlaceholder, nonce));
    const headers = { ...securityHeaders(nonce), 'content-type': type, 'content-length': String(body.byteLength) };
    return { status: 200, headers, body };
  };
}

function refusal(status: 400 | 404 | 405, headers: Record<string, string> = {}): PageReply {
  return { status, headers: { ...securityHeaders(), ...headers, 'content-length': '0' }, body: null };
}

// The path of a file as a name with slashes, or null for a path that no legitimate page asks for.
function decoded(path: string): string | null {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (!name.startsWith('/') || /[\0\\]/.test(name) || name.split('/').includes('..')) return null;
  return name === '/' ? '/index.html' : name;
}

async function fileInside(folder: string, name: string): Promise<string | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, name));
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG'))
      return null;
    throw error;
  }
}
