import type { OnBeforeRequestListenerDetails, Session } from 'electron';
import { isOurs, pageOrigin } from './origin.ts';

/** Whether a request stays on this computer: our own page, what it made itself, the developer tools, or an image that the page carries. */
function isLocal({ url, resourceType }: Pick<OnBeforeRequestListenerDetails, 'url' | 'resourceType'>): boolean {
  if (isOurs(url) || url.startsWith('devtools:')) return true;
  // A file that the page made is saved by a request of one of these types; a script or a frame from there is none of ours.
  if (url.startsWith(`blob:${pageOrigin}/`) && (resourceType === 'mainFrame' || resourceType === 'other')) return true;
  return resourceType === 'image' && (url.startsWith('blob:') || url.startsWith('data:'));
}

/** Cancels every request of `session` that would leave the app; also the ones that Chromium makes by itself. */
export function refuseNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLocal(details) }));
  session.setSpellCheckerEnabled(false);
}
