import { hash } from 'node:crypto';
import type { z } from 'zod';
import { faultLine } from '../../core/text/json-places.ts';
import { misfitIn, safeParsed } from '../../core/text/misfit.ts';

/** The sha256 of bytes, or of the UTF-8 of a string, in hex. */
export function sha256(content: Uint8Array | string): string {
  return hash('sha256', content, 'hex');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes `bytes` as UTF-8. A byte order mark is kept, so that nothing is dropped silently. @throws SyntaxError if they are not UTF-8 */
export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    // The system's own error has a `code`, which would look as if the disk had refused.
    throw new SyntaxError('it is not UTF-8');
  }
}

/** The object in the JSON `text`. @throws SyntaxError for broken JSON, a root that is not an object, or a key `__proto__`. */
export function parseObject(text: string): Record<string, unknown> {
  if (text.startsWith('\ufeff')) throw new SyntaxError('it begins with a byte order mark; save it as UTF-8 without one');
  const root = parsed(text);
  if (typeof root !== 'object' || root === null || Array.isArray(root)) throw new SyntaxError('the file does not hold an object');
  // Any letter of a key can be escaped, so the text alone cannot decide it. Most files do not even need the walk.
  if (mayNameProto(text) && hasProtoKey(root)) throw new SyntaxError('the file has a key named __proto__');
  return root as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`line ${faultLine(text, error)} is not JSON; a comma, a bracket or a quotation mark may be missing or left over`);
  }
}

/** `value` parsed with `schema`. @throws SyntaxError that names the place of the first mismatch. */
export function fitted<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = safeParsed(schema, value);
  if (result.success) return result.data;
  throw new SyntaxError(misfitIn(value, result.error));
}

/** `record` as JSON with one list element per line, so that a change to one element is a change to one line. */
export function linewise(record: object): string {
  const fields = Object.entries(record).map(([key, value]: [string, unknown]) => {
    const text =
      Array.isArray(value) && value.length > 0
        ? `[\n${value.map((element: unknown) => JSON.stringify(element)).join(',\n')}\n]`
        : JSON.stringify(value);
    return `${JSON.stringify(key)}:${text}`;
  });
  return `{${fields.join(',\n')}}`;
}

// A quick search for the word alone rules out most texts.
function mayNameProto(text: string): boolean {
  return text.includes('__proto__') || (text.includes('\\u00') && /\\u00(?:5f|6f|7[024])/i.test(text));
}

function hasProtoKey(root: object): boolean {
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (Object.hasOwn(node, '__proto__')) return true;
    for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) waiting.push(value);
  }
  return false;
}
