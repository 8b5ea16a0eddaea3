import { proposeLeavingOut } from '../../core/import/boilerplate.ts';
import { type ArticleDraft, invisibleRemarks, keptWords, linesAsBlocks } from '../../core/import/draft.ts';
import { publishedDate } from '../../core/import/published-date.ts';
import { type Columns, guessColumns } from '../../core/import/table-columns.ts';
import { titleOf } from '../../core/model/article.ts';
import { detailProblem, tidyDetail } from '../../core/model/article-record.ts';
import { FileRefusal } from './file-refusal.ts';

/** One row of a table: its line in the file from 1, its cells by column, and its original bytes. */
export interface Row {
  readonly line: number;
  readonly cell: (column: string) => string;
  readonly original: Uint8Array;
}

/** An article of a table, with its original bytes. */
export interface RowArticle {
  readonly draft: ArticleDraft;
  readonly original: Uint8Array;
}

/** The most rows that a table may have. */
export const rowLimit = 10_000;

/** The columns to read from a table with this head. @throws FileRefusal if no column holds the text, or if a named column does not exist */
export function columnsOf(head: readonly string[], named: Parameters<typeof guessColumns>[1]): Columns & { readonly text: string } {
  const list = head
    .map((column) => `“${column.slice(0, 40)}”`)
    .slice(0, 20)
    .join(', ');
  let columns: Columns;
  try {
    columns = guessColumns(head, named);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FileRefusal('column', `it has no column “${error.message}”`, `Its columns are ${list}.`, 1);
  }
  const { text } = columns;
  if (text === null)
    throw new FileRefusal('column', 'no column has a name that suggests the text', `Say which it is. Its columns are ${list}.`, 1);
  return { ...columns, text };
}

/**
 * The articles of the rows of a table called `name`. A row without text gives no article. The first article has a remark on how many such rows there
 * were, and on which of the columns `head` no article uses.
 */
export function articlesOfRows(
  name: string,
  rows: readonly Row[],
  columns: Columns & { readonly text: string },
  head: readonly string[],
): RowArticle[] {
  // Control characters do not count as text, because they become spaces.
  const full = rows.filter(({ cell }) => /[^\s\p{Cc}]/u.test(cell(columns.text)));
  if (full.length === 0)
    throw new FileRefusal('empty', `its column “${columns.text}” holds no text`, 'Say which column holds the text of the articles.');
  const empty = rows.length - full.length;
  const ofAll = [
    ...(empty > 0 ? [`${empty} ${empty === 1 ? 'row without text is' : 'rows without text are'} left out.`] : []),
    ...unreadRemark(head.filter((column) => !isNumbering.test(column.trim()) && !Object.values(columns).includes(column))),
  ];
  return full.map((row, index) => ({ draft: draftOf(name, row, columns, index === 0 ? ofAll : []), original: row.original }));
}

// A column that only numbers the rows needs no remark.
const isNumbering = /^(?:_?id|index|row|no\.?|nr\.?|unnamed: ?\d+)?$/i;
// How many columns a remark names, and how many characters of each.
const columnsNamed = 10;
const columnNamed = 40;

function unreadRemark(columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const some = columns.slice(0, columnsNamed).map((column) => `“${column.slice(0, columnNamed).toWellFormed()}”`);
  return [
    `Not read: ${columns.length === 1 ? 'the column' : 'the columns'} ${some.join(', ')}${columns.length > columnsNamed ? ' …' : ''}.`,
  ];
}

function draftOf(name: string, { line, cell }: Row, columns: Columns & { readonly text: string }, ofAll: readonly string[]): ArticleDraft {
  const remarks: string[] = [...ofAll];
  const detail = (key: 'source' | 'date' | 'url' | 'language'): string | null => {
    const column = columns[key];
    if (column === null) return null;
    const typed = tidyDetail(key, cell(column).replace(/\s+/g, ' '));
    const value = typed !== null && key === 'date' ? (publishedDate(typed) ?? typed) : typed;
    const problem = value === null ? null : detailProblem(key, value);
    if (problem === null) return value;
    remarks.push(`Line ${line}: ${problem}`);
    return null;
  };
  const blocks = linesAsBlocks(cell(columns.text));
  const title =
    (columns.title === null ? '' : cell(columns.title).replace(/\s+/g, ' ').trim()) ||
    titleOf(blocks.map(({ text }) => text).join('\n'), name);
  const proposed = proposeLeavingOut(blocks, title);
  const [source, date, url, language] = [detail('source'), detail('date'), detail('url'), detail('language')];
  return {
    name,
    title,
    source,
    date,
    url,
    language,
    words: keptWords(proposed),
    blocks: proposed,
    remarks: [...remarks, ...invisibleRemarks(proposed)],
  };
}
