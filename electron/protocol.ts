import type { Protocol } from 'electron';
import { pageFiles, securityHeaders } from '../host/loopback/page.ts';
import { isOurs, pageScheme } from './origin.ts';

/** The privileges of the page's scheme, to be registered before the app is ready. */
export const pagePrivileges = { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } };

/**
 * Serves the built page in `folder` at its own origin, with the same lookup and rules as the loopback host. Every other host of the scheme is
 * refused.
 */
export function servePage(protocol: Protocol, folder: string): void {
  const files = pageFiles(folder);
  protocol.handle(pageScheme, async ({ method, url }) => {
    const address = isOurs(url) ? URL.parse(url) : null;
    if (address === null) return new Response(null, { status: 403, headers: securityHeaders() });
    const { status, headers, body } = await files(method, address.pathname);
    return new Response(body === null ? null : new Uint8Array(body), { status, headers });
  });
}
