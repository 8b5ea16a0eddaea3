import type { IncomingMessage } from 'node:http';
import { stepLimit } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { tooDeepAt } from '../../core/text/json-depth.ts';
import { sizeLimit } from '../import/reader.ts';

/** The size limits of a request body, in bytes: for a call, a step, and a file to import. Page and importer have lower limits and better messages. */
export const bodyCaps = { json: 8_000_000, step: stepLimit + 1_000_000, file: sizeLimit('zip') + 1_000_000 } as const;

/** The failure of a request whose body exceeds its limit. */
export class TooLarge extends AppError {
  constructor() {
    super('too-large', 'This is more than Pressmark accepts at once.', 'Split the file into smaller ones.');
  }
}

/** The whole body, counted as it arrives. @throws TooLarge beyond `cap` bytes */
export async function bodyOf(incoming: IncomingMessage, cap: number): Promise<Uint8Array> {
  if (Number(incoming.headers['content-length'] ?? 0) > cap) throw new TooLarge();
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of incoming) {
    total += (piece as Buffer).byteLength;
    if (total > cap) throw new TooLarge();
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces, total);
}

/** The body parsed as JSON. @throws TooLarge beyond `cap` bytes; SyntaxError if it is not UTF-8, not JSON, or nested too deeply */
export async function jsonOf(incoming: IncomingMessage, cap: number = bodyCaps.json): Promise<unknown> {
  const bytes = await bodyOf(incoming, cap);
  try {
    return parsedJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw error instanceof TypeError ? new SyntaxError('not UTF-8') : error;
  }
}

/** @throws SyntaxError if the text is not JSON, or nested too deeply */
export function parsedJson(text: string): unknown {
  if (tooDeepAt(text) !== null) throw new SyntaxError('nested too deep');
  return JSON.parse(text);
}
