import type { OnBeforeRequestListenerDetails, Session } from 'electron';
import { isOurs, pageOrigin } from './origin.ts';

/** Whether a request stays on this computer: our own page, what it made itself, the developer tools, or an image that the page carries. */
export function isLocal({ url, resourceType }: Pick<OnBeforeRequestListenerDetails, 'url' | 'resourceType'>): boolean {
  if (isOurs(url) || url.startsWith(`blob:${pageOrigin}/`) || url.startsWith('devtools:')) return true;
  return resourceType === 'image' && (url.startsWith('blob:') || url.startsWith('data:'));
}

/** Cancels every request of `session` that would leave the app; also the ones that Chromium makes by itself. */
export function refuseNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocal(details) }));
  session.setSpellCheckerEnabled(false);
}
