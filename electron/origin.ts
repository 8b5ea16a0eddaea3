/** The scheme of the page; only this app answers it. */
export const pageScheme = 'app';
/** The only host that the scheme has. */
const pageHost = 'pressmark';
/** The origin of the page as Chromium writes it. */
export const pageOrigin = `${pageScheme}://${pageHost}`;
/** The address of the page. */
export const pageUrl = `${pageOrigin}/`;

/**
 * Whether `url` has our own origin: exactly our scheme and host, no port, no user. It is parsed rather than compared by its beginning, so that
 * `app://pressmark.example` and `app://pressmark@example` are rejected.
 */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null && parsed.protocol === `${pageScheme}:` && parsed.host === pageHost && parsed.username === '' && parsed.password === ''
  );
}
