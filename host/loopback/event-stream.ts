import type { HostEvent } from '../../core/contract.ts';
import type { Host } from '../host.ts';

const heartbeatMs = 15_000;
// A page that leaves this many events unread is gone. If it is not, it reconnects and reloads what it missed.
const eventBacklog = 10_000;

/**
 * The events for `page` as lines of JSON, with empty lines at intervals to show that the stream is alive. Adds the function that ends it to
 * `streams`.
 */
export function eventStream(host: Host, page: string, streams: Set<() => void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (line: string) => {
        if ((controller.desiredSize ?? 0) < -eventBacklog) end();
        else controller.enqueue(encoder.encode(`${line}\n`));
      };
      const end = () => {
        stop();
        controller.close();
      };
      const leave = host.listen(page, (event: HostEvent) => send(JSON.stringify(event)));
      const heartbeat = setInterval(() => send(''), heartbeatMs);
      stop = () => {
        streams.delete(end);
        clearInterval(heartbeat);
        leave();
      };
      streams.add(end);
      // The first line sends the headers, so that the page knows at once that it is connected.
      send('');
    },
    cancel: () => stop(),
  });
}
