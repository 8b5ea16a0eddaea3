import { Codebook } from '../model/codebook.ts';
import { jsonDepth, tooDeepAt } from '../text/json-depth.ts';
import { codebookFaults } from './codebook-soundness.ts';

/** The codebook that `text` (JSON) describes, or else what is wrong with it, one sentence each with its line where there is one. */
export function readCodebook(text: string): Codebook | string[] {
  const deep = tooDeepAt(text);
  if (deep !== null) return [`Line ${lineAt(text, deep)}: its objects and lists lie more than ${jsonDepth} deep in each other`];
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = /position (\d+)/.exec(error.message)?.[1];
    const line = offset === undefined ? lineAt(text, text.length) : lineAt(text, Number(offset));
    return [`Line ${line}: this is not JSON (${error.message.replace(/ in JSON.*| \(line.*/s, '')})`];
  }
  const read = Codebook.safeParse(data);
  if (!read.success) {
    const places = valuePlaces(text);
    return read.error.issues.slice(0, 20).map(({ path, message }) => {
      const name = path.map(String).join('.');
      const at = places.get(name) ?? places.get(path.slice(0, -1).map(String).join('.')) ?? 0;
      return `Line ${lineAt(text, at)}: ${name || 'the file'}: ${message}`;
    });
  }
  const faults = codebookFaults(read.data);
  return faults.length > 0 ? faults.map((fault) => `${fault.charAt(0).toUpperCase()}${fault.slice(1)}`) : read.data;
}

/** `codebook` as the text of a file that `readCodebook` reads. */
export function codebookText(codebook: Codebook): string {
  return `${JSON.stringify(codebook, null, 2)}\n`;
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** Where each value of the JSON `text` begins, by its path with dots. `text` must be JSON. */
function valuePlaces(text: string): Map<string, number> {
  const places = new Map<string, number>();
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  // The way to where we are: a name in an object, a number in a list; null before the next name.
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
