const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does `work`, which is told to stop by the first Ctrl-C (or another signal that ends programs) and then leaves nothing half done. A second one, for
 * someone who will not wait, ends the program at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const control = new AbortController();
  const stop = () => {
    control.abort();
    release();
  };
  const release = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(control.signal);
  } finally {
    release();
  }
}
