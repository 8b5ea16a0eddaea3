/** The calls of one page that are under way, so that a closing window can wait for them. */
export interface Traffic {
  /** Counts `call` until it settles, and hands it back. */
  follow<T>(call: Promise<T>): Promise<T>;
  /** Settles once no call has been under way for `rest` ms, at the latest after `limit` ms. True when it came to rest. */
  rested(rest: number, limit: number): Promise<boolean>;
}

/** Starts counting with no call under way. */
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
