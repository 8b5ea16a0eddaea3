/** How deep the objects and lists of JSON from elsewhere may lie in each other. What lies thousands deep parses, and cannot be written again. */
export const jsonDepth = 64;

/** Where the JSON `text` first lies deeper than `jsonDepth`, in UTF-16 code units; null where it never does. It need not be sound. */
export function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22:
        // A string: brackets in it are words.
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
