const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const running = new Set<AbortController>();

/**
 * Treats it as a signal to stop if the reader of `stream` (such as `head`) has gone, instead of ending with an error in the middle of the work.
 * Anything printed afterwards is lost.
 */
export function stopWithoutReader(stream: NodeJS.WritableStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    for (const control of running) control.abort();
  });
}

/**
 * Runs `work`. The first Ctrl-C (or another signal that ends programs) tells it to stop without leaving anything half done. A second one, for someone
 * who does not want to wait, ends the program at once.
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
  running.add(control);
  try {
    return await work(control.signal);
  } finally {
    running.delete(control);
    release();
  }
}
