import type { Session } from 'electron';
import { isOurs, pageOrigin } from './origin.ts';

/** The only permission that the page has: to put text on the clipboard. */
const allowed = 'clipboard-sanitized-write';

/**
 * Refuses every permission, device, screen capture and download of `session`. Only our own page may write to the clipboard, and save files that it
 * made itself; Electron then asks the person where.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(permission === allowed && isOurs(contents.getURL())));
  session.setPermissionCheckHandler((_, permission, origin) => permission === allowed && isOurs(origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_, answer) => answer(null));
  session.setBluetoothPairingHandler((_, answer) => answer({ confirmed: false }));
  session.on('will-download', (event, item, contents) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin}/`) || !isOurs(contents.getURL())) event.preventDefault();
  });
}
