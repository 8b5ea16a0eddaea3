import type { Output } from '../../../core/contract.ts';
import type { Annotator } from '../../../core/model/annotator.ts';
import { narrowed } from '../../../core/search/bars.ts';
import { folded } from '../../../core/search/conditions.ts';
import { printValue } from '../../../core/search/query.ts';
import { cell } from '../../../core/text/csv-cell.ts';
import { counted, number } from '../../ui/count.ts';
import { byOrder, type GridCell, type GridColumn, type GridOrder } from '../../ui/grid-order.ts';

/** The progress of one annotator with an article. */
export interface Progress {
  readonly annotations: number;
  /** How many of them lack something that their layer requires. More may need checking; see core/annotations/validation.ts. */
  readonly drafts: number;
  readonly isDone: boolean;
}

/** An article with the progress of each annotator in the table. `done` is how many of them have done it. */
export interface ProgressRow {
  readonly article: string;
  readonly title: string;
  readonly by: readonly Progress[];
  readonly annotations: number;
  readonly drafts: number;
  readonly done: number;
}

/** What a cell opens: a query, and which kind of results. Null opens the article itself. */
export type ProgressQuery = { readonly query: string; readonly what: 'annotations' | 'articles' } | null;

/** The progress of `annotators` by article, with the columns of the table. */
export interface ProgressTable {
  readonly annotators: readonly Annotator[];
  readonly columns: readonly GridColumn[];
  readonly rows: readonly ProgressRow[];
}

const none: Progress = { annotations: 0, drafts: 0, isDone: false };

/** Makes the table from an answer. Its annotators are those of the project, and any others whose work still exists. */
export function progressTable(
  { articles, annotators: seen, cells }: Output<'progressByArticle'>,
  known: readonly Annotator[],
  titleOf: (article: string) => string,
): ProgressTable {
  const others = seen.filter((id) => !known.some((annotator) => annotator.id === id)).map((id) => ({ id, name: id }) as Annotator);
  const annotators = [...known, ...others];
  const byArticle = articles.map(() => annotators.map(() => none));
  for (const [article, annotator, annotations, drafts, isDone] of cells) {
    const place = annotators.findIndex(({ id }) => id === seen[annotator]);
    const own = byArticle[article];
    if (own) own[place] = { annotations, drafts, isDone };
  }
  const rows = articles.map((article, index): ProgressRow => {
    const by = byArticle[index] ?? [];
    const sum = (of: (progress: Progress) => number) => by.reduce((total, each) => total + of(each), 0);
    const title = titleOf(article);
    return {
      ...{ article, title, by, annotations: sum((each) => each.annotations), drafts: sum((each) => each.drafts) },
      done: sum((each) => Number(each.isDone)),
    };
  });
  const columns: GridColumn[] = [
    { id: 'article', title: 'Article', kind: 'words' },
    ...annotators.map(({ id, name }): GridColumn => ({ id: `by ${id}`, title: name, kind: 'number' })),
    { id: 'annotations', title: 'All', kind: 'number' },
    { id: 'drafts', title: 'Drafts', kind: 'number' },
    { id: 'done', title: 'Done by', kind: 'number' },
  ];
  return { annotators, columns, rows };
}

/** The rows sorted by a column of the table; unchanged without an order. Articles that an annotator has done come after those they have not. */
export function inProgressOrder({ columns, rows }: ProgressTable, order: GridOrder | null): readonly ProgressRow[] {
  const place = columns.findIndex(({ id }) => id === order?.column);
  const compare = byOrder(order, (row: ProgressRow) => keysOf(row)[place] ?? 0);
  return compare ? rows.toSorted(compare) : rows;
}

const keysOf = ({ title, by, annotations, drafts, done }: ProgressRow): (string | number)[] => [
  title,
  ...by.map((each) => each.annotations + (each.isDone ? 1e6 : 0)),
  ...[annotations, drafts, done],
];

/** The cells of a row: a tick if done, the number of annotations, and how many of them are drafts. */
export function progressCells({ annotators }: ProgressTable, row: ProgressRow): GridCell[] {
  return [
    { text: row.title, name: `${row.title}. Open`, opens: true },
    ...row.by.map((each, index): GridCell => {
      const { annotations, drafts, isDone } = each;
      const isBegun = annotations > 0 || isDone;
      const text = isBegun ? `${isDone ? '✓ ' : ''}${number(annotations)}${drafts > 0 ? ` · ${counted(drafts, 'draft')}` : ''}` : '–';
      const state = isDone ? 'done' : isBegun ? 'in progress' : 'not started';
      return { text, name: `${text}, ${annotators[index]?.name}: ${state}. Show them`, opens: true, isQuiet: !isBegun };
    }),
    {
      text: number(row.annotations),
      name: `${number(row.annotations)} annotations. Show them`,
      opens: true,
      isQuiet: row.annotations === 0,
    },
    { text: number(row.drafts), name: `${counted(row.drafts, 'draft')}. Show them`, opens: true, isQuiet: row.drafts === 0 },
    {
      text: `${row.done} of ${annotators.length}`,
      name: `Done by ${row.done} of ${annotators.length}. Show it`,
      opens: true,
      isQuiet: row.done === 0,
    },
  ];
}

/** What the cell in `column` of a row counts, given the query of the table. */
export function progressQuery({ annotators }: ProgressTable, row: ProgressRow, column: number, query: string): ProgressQuery {
  const within = narrowed(query, `article:${row.article}`);
  const asked = (what: 'annotations' | 'articles', term: string): ProgressQuery => ({ query: narrowed(within, term), what });
  const annotator = annotators[column - 1];
  const own = row.by[column - 1];
  if (column === 0) return null;
  if (annotator && own) {
    const who = annotatorValue(annotators, annotator);
    if (own.annotations > 0) return asked('annotations', `annotator:${who}`);
    return asked('articles', own.isDone ? `done:${who}` : `-begun:${who} -done:${who}`);
  }
  const total = column - 1 - annotators.length;
  if (total < 2) return asked('annotations', total === 0 ? '' : 'is:draft');
  const done = annotators.filter((_, index) => row.by[index]?.isDone).map((each) => annotatorValue(annotators, each));
  return asked('articles', done.length > 0 ? `done:${done.join(',')}` : '-status:done');
}

/** How a query refers to an annotator: by name, or by id if two have the same name. */
export function annotatorValue(annotators: readonly Annotator[], { id, name }: Annotator): string {
  const isAlone = annotators.filter((other) => folded(other.name) === folded(name)).length === 1;
  return printValue({ text: isAlone ? name : id, exact: true });
}

/** The table as CSV (RFC 4180), with three columns for each annotator. */
export function progressCsv({ annotators, rows }: ProgressTable): string {
  const head = ['Article', 'Title', ...annotators.flatMap(({ name }) => [name, `${name}: drafts`, `${name}: done`])];
  const lines = rows.map(({ article, title, by }) => [
    ...[article, title],
    ...by.flatMap(({ annotations, drafts, isDone }) => [String(annotations), String(drafts), isDone ? 'yes' : 'no']),
  ]);
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
