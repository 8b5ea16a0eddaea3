import { columnsOf, outside, runsOf, type Tag } from './conll-tags.ts';
import { type DatasetDocument, type DatasetEntity, mentionLayer } from './document.ts';
import type { ExportRun } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Tokenised } from './tokenised.ts';
import type { Utf8Text } from './utf8-text.ts';
import { layersOf, seenIn, type View } from './views.ts';
import { factsOf, type Work } from './works.ts';

/** The columns of a rich file before and after those of the layers. */
const fixedColumns = ['ID', 'FORM', 'START', 'END'] as const;
export const lastColumn = 'MISC';

/** The keywords of comment lines. */
export const richComments = {
  document: 'document',
  annotator: 'annotator',
  completed: 'completed',
  annotation: 'annotation',
  relation: 'relation',
  entity: 'entity',
};

/**
 * One annotator's work on a document as a table in the style of CoNLL-U Plus, written into `table`, which must be empty. Each line holds one token
 * with its offsets in code points. Each layer has a column of IOB2 tags and one of ids, and further such pairs (`QUOTE.2`) for overlapping
 * annotations. The white space after the token is written as in UDPipe. What a table cannot hold is written as JSON in comments before it,
 * including spans that tags cannot represent.
 */
export function richTable(
  document: DatasetDocument,
  work: Work,
  entities: readonly DatasetEntity[],
  text: Tokenised,
  run: ExportRun,
  table: Utf8Text,
): Utf8Text {
  const { source, ledger } = run;
  const { doc_id } = document;
  const comment = (key: string, value: unknown) => `# ${key} = ${jsonLine(value, ledger)}`;
  const comments = [
    `# newdoc id = ${doc_id}\n`,
    comment(richComments.document, factsOf(document)),
    comment(richComments.annotator, source.annotators.find(({ id }) => id === work.annotator) ?? { id: work.annotator }),
    ...(work.completed === null ? [] : [comment(richComments.completed, work.completed)]),
    ...(text.before === '' ? [] : [`# spaces_before = ${escapeSpace(text.before)}\n`]),
  ];
  const standing = work.annotations.filter(({ status }) => status !== 'rejected');
  const runs = new Map(standing.map((one) => [one.id, runsOf(one, text)]));
  for (const { annotator: _, spans, ...rest } of work.annotations) {
    const places = runs.get(rest.id)?.isExact ? {} : { spans: spans.map(({ start, end }) => [start, end]) };
    comments.push(comment(richComments.annotation, { ...rest, ...places }));
  }
  for (const entity of entities) comments.push(comment(richComments.entity, entity));
  for (const { annotator: _, ...relation } of work.relations) comments.push(comment(richComments.relation, relation));

  const names: string[] = [];
  const columns: Tag[][] = [];
  for (const layer of [...layersOf(source).map(({ id }) => id), mentionLayer]) {
    const view: View = { name: layer, layer, role: null };
    const tagged = seenIn(view, work.annotations, source).map(({ annotation: { id }, label }) => ({
      id,
      label,
      runs: runs.get(id)?.runs ?? [],
    }));
    for (const [index, column] of columnsOf(tagged, text.tokens.length).entries()) {
      const ranked = index === 0 ? layer : `${layer}.${index + 1}`;
      names.push(ranked, `${ranked}.id`);
      columns.push(column);
    }
  }
  table.add(`# global.columns = ${[...fixedColumns, ...names, lastColumn].join(' ')}\n${comments.join('')}`);
  for (const [index, { start, end }] of text.sentences.entries()) {
    table.add(`# sent_id = ${doc_id}-${index + 1}\n`);
    for (let at = start; at < end; at++) {
      const token = text.tokens[at] as Tokenised['tokens'][number];
      table
        .addNumber(at - start + 1)
        .add('\t')
        .add(token.text)
        .add('\t');
      table.addNumber(token.start).add('\t').addNumber(token.end);
      for (const column of columns) {
        const tag = column[at] as Tag;
        table.add(tag === outside ? untagged : `\t${tag.tag}\t${tag.id ?? '_'}`);
      }
      table.add('\t').add(spaceAfter(token.after)).add('\n');
    }
    table.add('\n');
  }
  // Without a sentence, the comments would run into those of a file appended to this one.
  return text.sentences.length === 0 ? table.add('\n') : table;
}

const untagged = `\t${outside.tag}\t_`;

function spaceAfter(space: string): string {
  if (space === ' ') return '_';
  return space === '' ? 'SpaceAfter=No' : `SpacesAfter=${escapeSpace(space)}`;
}

const spaceNames: Readonly<Record<string, string>> = { ' ': '\\s', '\n': '\\n', '\t': '\\t', '\r': '\\r' };

// Like UDPipe; characters that it has no escape for are written by number.
function escapeSpace(space: string): string {
  return space.replace(/[\s\u0085]/g, (one) => spaceNames[one] ?? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Reverses `escapeSpace`; null if it is not escaped white space. */
export function unescapeSpace(escaped: string): string | null {
  let isFine = true;
  const space = escaped.replace(/\\(?:u([0-9a-f]{4})|(.)|$)|([^\\])/gisu, (_, code?: string, named?: string, plain?: string) => {
    const one = code !== undefined ? String.fromCharCode(Number.parseInt(code, 16)) : (plain ?? spaceOf(named ?? ''));
    isFine &&= one !== undefined && /^[\s\u0085]+$/.test(one);
    return one ?? '';
  });
  return isFine ? space : null;
}

function spaceOf(named: string): string | undefined {
  return Object.keys(spaceNames).find((space) => spaceNames[space] === `\\${named}`);
}
