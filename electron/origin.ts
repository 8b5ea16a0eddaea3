/** The scheme of the page; only this app answers it. */
export const pageScheme = 'app';
/** The only host that the scheme has. */
const pageHost = 'pressmark';
/** The origin of the page as Chromium writes it. */
export const pageOrigin = `${pageScheme}://${pageHost}`;
/** The address of the page. */
export const pageUrl = `${pageOrigin}/`;

/**
 * Whether `url` is of our own origin: scheme and host exactly, no port, no user. It is parsed, never compared by its beginning,
 * so that `app://pressmark.example` and `app://pressmark@example` are strangers.
 */
export function isOurs(url: string): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null && parsed.protocol === `${pageScheme}:` && parsed.host === pageHost && parsed.username === '' && parsed.password === ''
  );
}
