import { createHash, randomBytes } from 'node:crypto';
import type { Deliver } from './desk.ts';

/** A file that waits to be fetched once. */
export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One-use tickets for downloads: a link can carry no bearer token, so it carries 256 random bits that are good once and not for long. */
export interface Tickets {
  /** Keeps `download` and returns the ticket for it (43 characters, base64url). */
  issue(download: Download): string;
  /** The download of `ticket`, once; null for a ticket that was never issued, was used or is too old. */
  redeem(ticket: string): Download | null;
  /** Drops all that waits. */
  clear(): void;
}

/** Tickets that are good for `lifetimeMs` milliseconds. */
export function createTickets(lifetimeMs = 60_000): Tickets {
  // Kept by hash, so that looking one up tells nothing through its timing.
  const waiting = new Map<string, { download: Download; timer: NodeJS.Timeout }>();
  const keyOf = (ticket: string) => createHash('sha256').update(ticket).digest('hex');
  const drop = (key: string) => {
    clearTimeout(waiting.get(key)?.timer);
    waiting.delete(key);
  };
  return {
    issue(download) {
      const ticket = randomBytes(32).toString('base64url');
      const key = keyOf(ticket);
      const timer = setTimeout(() => drop(key), lifetimeMs);
      timer.unref();
      waiting.set(key, { download, timer });
      return ticket;
    },
    redeem(ticket) {
      const key = keyOf(ticket);
      const found = waiting.get(key)?.download ?? null;
      drop(key);
      return found;
    },
    clear() {
      for (const key of [...waiting.keys()]) drop(key);
    },
  };
}

/** Delivers an export as a zip behind a ticket: the page follows `/download/<ticket>`. `zip` makes the bytes. */
export function deliverByTicket(tickets: Tickets, zip: (...export_: Parameters<Deliver>) => Promise<Uint8Array>): Deliver {
  return async (project, request) => {
    const name = `${fileNameOf(project.info.name)}-${request.format}.zip`;
    return { kind: 'download', ticket: tickets.issue({ name, bytes: await zip(project, request) }), name };
  };
}

// Letters and digits of any script stay; all else, which some file system or header may not carry, becomes a hyphen.
function fileNameOf(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return safe || 'dataset';
}
