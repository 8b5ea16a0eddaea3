import type { WebContents } from 'electron';
import { isOurs } from './origin.ts';

interface Departure {
  readonly url: string;
  preventDefault(): void;
}

function stay(departure: Departure): void {
  if (!isOurs(departure.url)) departure.preventDefault();
}

/** Keeps `contents` on our own page: no other address in any frame, no new window, no web view. */
export function guardNavigation(contents: WebContents): void {
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
