import type { ReadingOptions } from '../../core/import/draft.ts';
import { jsonDepth, tooDeepAt } from '../../core/text/json-depth.ts';
import { decodeLabelled, expectText } from './decode.ts';
import { FileRefusal } from './file-refusal.ts';
import { articlesOfRows, columnsOf, type Row, type RowArticle, rowLimit } from './table-rows.ts';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** The articles of a file with one JSON object per line, one for each object. The original of each is its line. @throws FileRefusal */
export function readJsonl(name: string, bytes: Uint8Array, { encoding, columns: named }: ReadingOptions = {}): RowArticle[] {
  const raw = decodeLabelled(bytes, encoding ?? null).replace(/^\ufeff/, '');
  expectText(raw);
  const rows: Row[] = [];
  const head = new Set<string>();
  const keys = new Set<string>();
  for (const [index, text] of raw.split(/\r?\n/).entries()) {
    if (text.trim() === '') continue;
    if (rows.length >= rowLimit)
      throw new FileRefusal('too-large', `it has more than ${rowLimit} lines`, 'Split it into smaller files and import those.');
    const object = objectOf(text, index + 1, keys);
    for (const key of object.keys()) head.add(key);
    rows.push({ line: index + 1, cell: (column) => object.get(column) ?? '', original: new TextEncoder().encode(`${text}\n`) });
  }
  if (rows.length === 0) throw new FileRefusal('empty', 'it holds no lines', 'Check that it is the right file, and that it was saved.');
  return articlesOfRows(name, rows, columnsOf([...head], named), [...keys]);
}

/** The strings, numbers and lists of strings in a line, by key. All keys that have a value are added to `keys`. */
function objectOf(text: string, line: number, keys: Set<string>): Map<string, string> {
  // Checked before the line is parsed.
  if (tooDeepAt(text) !== null) {
    throw new FileRefusal(
      'unsafe',
      `its line ${line} is nested more than ${jsonDepth} levels deep`,
      'Write the article’s fields side by side.',
      line,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileRefusal('damaged', `its line ${line} is not JSON`, 'Write one JSON object on each line.', line);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FileRefusal('damaged', `its line ${line} is not an object`, 'Write one JSON object on each line.', line);
  }
  const cells = new Map<string, string>();
  for (const [key, cell] of Object.entries(value)) {
    if (forbidden.has(key))
      throw new FileRefusal('unsafe', `its line ${line} has the key “${key}”`, 'Give that key another name, then import it again.', line);
    if (cell !== null && cell !== '' && !(Array.isArray(cell) && cell.length === 0)) keys.add(key);
    if (typeof cell === 'string' || typeof cell === 'number') cells.set(key, String(cell));
    // The paragraphs may be a list.
    else if (Array.isArray(cell) && cell.every((item) => typeof item === 'string')) cells.set(key, cell.join('\n'));
  }
  return cells;
}
