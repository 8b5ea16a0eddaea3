import type { Session } from 'electron';
import { isOurs, pageOrigin } from './origin.ts';

/** The one thing that the page may do beside showing itself: put text on the clipboard. */
const allowed = 'clipboard-sanitized-write';

/**
 * Refuses every permission, device, screen and download of `session`. Only our own page may write to the clipboard, and save what it made
 * itself: Electron then asks the person for the place.
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
