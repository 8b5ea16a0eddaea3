import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { FailureCode, Reply } from '../core/failure.ts';
import { isOurs, pageOrigin } from './origin.ts';

/** The channel of the calls; preload.ts names it too. */
export const callChannel = 'host';
/** The channel of the events; preload.ts names it too. */
export const eventChannel = 'event';

/** Finds the function that takes calls of the page in `contents`; null if no page there may call. */
export type Receiver = (contents: WebContents) => ((method: string, input: unknown, bytes: Uint8Array) => Promise<Reply>) | null;

const nothing = new Uint8Array();

function refusal(code: FailureCode, message: string): Reply {
  return { ok: false, error: { code, message, safe: 'Nothing was changed.', next: 'Close this window and open the project again.' } };
}

/**
 * Whether a call comes from our own page: the main frame of its window, at our origin. The frame is null once it has navigated away. An empty frame
 * inherits its opener's origin, so both origin and address are checked.
 */
function isTrusted({ sender, senderFrame }: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === pageOrigin && isOurs(senderFrame.url);
}

/** Answers the page's calls on their one channel. Any other caller is refused before anything of the call is read. */
export function answerCalls(ipcMain: IpcMain, receiverOf: Receiver): void {
  ipcMain.handle(callChannel, async (event, method: unknown, input: unknown, bytes: unknown): Promise<Reply> => {
    const receive = isTrusted(event) ? receiverOf(event.sender) : null;
    if (receive === null) return refusal('bad-request', 'A page that is not Pressmark called the host.');
    if (typeof method !== 'string') return refusal('bad-request', 'A call had no name.');
    if (bytes !== undefined && !(bytes instanceof Uint8Array)) return refusal('bad-request', `The call ${method} had bytes that are none.`);
    return receive(method, input, bytes ?? nothing);
  });
}
