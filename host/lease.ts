/** Decides which one page may write. `page` is a page's own random id. */
export interface Lease {
  /** The page that may write now; null when none does. */
  holder(): string | null;
  /** A page opened the workspace. It gets the lease when that is free or its holder's stream has ended. Says whether it may write. */
  open(page: string): boolean;
  /** Moves the lease to `page`, whoever holds it. */
  take(page: string): void;
  /** Whether `page` may write. The page that held the lease last has it back by asking, if nobody took it since. */
  mayWrite(page: string): boolean;
  /** An event stream of `page` began. Call the returned function once when it ends. */
  connect(page: string): () => void;
  /** Ends the timer of a holder that is away. */
  close(): void;
}

/**
 * A lease that a page keeps while its event stream lasts. When the holder's last stream has ended for `graceMs` milliseconds the lease
 * goes free; a page that opens within that time is taken for the holder's reload and has it at once. `moved` hears each new holder.
 */
export function createLease(moved: (page: string | null) => void, graceMs = 5000): Lease {
  let holder: string | null = null;
  let last: string | null = null;
  let away: NodeJS.Timeout | null = null;
  const streams = new Map<string, number>();

  const move = (page: string | null) => {
    if (away) clearTimeout(away);
    away = null;
    if (page !== null) last = page;
    if (page === holder) return;
    holder = page;
    moved(page);
  };
  const regain = (page: string) => {
    if (holder === null && last === page) move(page);
  };

  return {
    holder: () => holder,
    open(page) {
      if (holder === null || away) move(page);
      return holder === page;
    },
    take: move,
    mayWrite(page) {
      regain(page);
      return holder === page;
    },
    connect(page) {
      streams.set(page, (streams.get(page) ?? 0) + 1);
      regain(page);
      if (page === holder) move(page);
      return () => {
        const left = (streams.get(page) ?? 1) - 1;
        if (left > 0) streams.set(page, left);
        else streams.delete(page);
        if (left > 0 || page !== holder) return;
        away = setTimeout(() => move(null), graceMs);
        away.unref();
      };
    },
    close() {
      if (away) clearTimeout(away);
      away = null;
    },
  };
}
