/** The line, counted from 1, that contains `offset` in `text`. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** The line, counted from 1, at which JSON.parse failed with `error`; the last line if the error does not say. */
export function faultLine(text: string, error: SyntaxError): number {
  return lineAt(text, faultOffset(text, error));
}

function faultOffset(text: string, { message }: SyntaxError): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  // Instead of the position, V8 may quote its surroundings: ten characters before and after, or the whole of a short text.
  const [, before, around = '', after] = /, (\.\.\.)?"(.*)"(\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  const at = text.indexOf(around);
  if (at !== text.lastIndexOf(around)) return text.length;
  if (before !== undefined) return at + 10;
  return after === undefined ? text.length : around.length - 10;
}

/** The offset, in UTF-16 code units, at which each value of the JSON `text` begins, by its path joined with dots. `text` must be valid JSON. */
export function valuePlaces(text: string): Map<string, number> {
  const places = new Map<string, number>();
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  // The path to the current place: a name in an object, a number in a list, null before the next name.
  const way: (string | number | null)[] = [];
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [sign] = match;
    const here = way.at(-1);
    if (sign === ':') continue;
    if (sign === ',') {
      if (typeof here === 'number') way[way.length - 1] = here + 1;
      else way[way.length - 1] = null;
    } else if (sign === '}' || sign === ']') way.pop();
    else if (here === null) way[way.length - 1] = JSON.parse(sign) as string;
    else {
      places.set(way.join('.'), match.index);
      if (sign === '{') way.push(null);
      if (sign === '[') way.push(0);
    }
  }
  return places;
}
