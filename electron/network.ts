import type { OnBeforeRequestListenerDetails, Session } from 'electron';
import { isOurs, pageOrigin } from './origin.ts';

/** Whether a request stays on this computer: to our own page, to something it made itself, to the developer tools, or to an image in the page. */
function isLocal({ url, resourceType }: Pick<OnBeforeRequestListenerDetails, 'url' | 'resourceType'>): boolean {
  if (isOurs(url) || url.startsWith('devtools:')) return true;
  // Saving a file that the page made is a request of one of these types. A script or a frame from such an address is never ours.
  if (url.startsWith(`blob:${pageOrigin}/`) && (resourceType === 'mainFrame' || resourceType === 'other')) return true;
  return resourceType === 'image' && (url.startsWith('blob:') || url.startsWith('data:'));
}

/** Cancels every request of `session` that would leave the app, including those that Chromium makes by itself. */
export function refuseNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocal(details) }));
  session.setSpellCheckerEnabled(false);
}
