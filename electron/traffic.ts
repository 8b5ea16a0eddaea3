/** The calls in progress of one page, so that a closing window can wait for them. */
export interface Traffic {
  /** Counts `call` until it settles, and returns it. */
  follow<T>(call: Promise<T>): Promise<T>;
  /** Settles once no call has been in progress for `rest` ms, or after `limit` ms at the latest. True if the page came to rest. */
  rested(rest: number, limit: number): Promise<boolean>;
}

/** Starts with no calls in progress. */
export function createTraffic(): Traffic {
  let running = 0;
  const changes = new Set<() => void>();
  const change = (by: 1 | -1): void => {
    running += by;
    for (const changed of changes) changed();
  };
  return {
    follow: (call) => {
      change(1);
      return call.finally(() => change(-1));
    },
    rested: (rest, limit) =>
      new Promise((resolve) => {
        let calm: NodeJS.Timeout | undefined;
        const end = (atRest: boolean): void => {
          clearTimeout(calm);
          clearTimeout(patience);
          changes.delete(watch);
          resolve(atRest);
        };
        const watch = (): void => {
          clearTimeout(calm);
          if (running === 0) calm = setTimeout(() => end(true), rest);
        };
        const patience = setTimeout(() => end(false), limit);
        changes.add(watch);
        watch();
      }),
  };
}
