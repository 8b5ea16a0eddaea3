/** Runs tasks one after another, in the order given. Each caller gets the outcome of its own task; a failed task does not stop the others. */
export function newQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const outcome = last.then(task);
    const ended = () => undefined;
    last = outcome.then(ended, ended);
    return outcome;
  };
}
