/** How deeply objects and lists may be nested in JSON from elsewhere. JSON nested thousands deep can be parsed but not written again. */
export const jsonDepth = 64;

/** The offset, in UTF-16 code units, at which the JSON `text` first exceeds `jsonDepth`; null if it never does. The text need not be valid. */
export function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        // Skip strings: brackets in them are only text.
        for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++;
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > jsonDepth) return at;
        break;
      case 0x5d:
      case 0x7d:
        depth--;
    }
  }
  return null;
}
