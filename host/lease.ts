/** Decides which single page may write. `page` is a page's own random id. */
export interface Lease {
  /** The page that may write now; null if there is none. */
  holder(): string | null;
  /** Called when a page opens the workspace. Gives it the lease if that is free or the holder's stream has ended. Returns whether it may write. */
  open(page: string): boolean;
  /** Moves the lease to `page`, whoever holds it. */
  take(page: string): void;
  /** Whether `page` may write. The page that held the lease last gets it back by asking, if nobody took it since. */
  mayWrite(page: string): boolean;
  /** Called when an event stream of `page` begins. Call the returned function once when it ends. */
  connect(page: string): () => void;
  /** Stops the timer of an absent holder. */
  close(): void;
}

/**
 * A lease that a page keeps while its event stream lasts. When the holder's last stream has been over for `graceMs` milliseconds, the lease becomes
 * free. A page that opens within that time is assumed to be the holder after a reload, and gets it at once. `moved` is called with each new holder.
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
