import type { DatasetDocument } from './document.ts';
import { jsonLine } from './json-text.ts';
import type { Ledger } from './ledger.ts';
import type { SpacyDoc, SpacySpan } from './spacy-doc.ts';
import type { Work } from './works.ts';

/**
 * A line of JSON with one Prodigy task, for its interfaces for spans and relations. Character offsets are half-open in code points; `token_end` is
 * the last token. Roles filled in the text and relations become relations between first pieces, from the annotation to the filler of its role;
 * `head` and `child` are the last tokens of these pieces. Each span has the id of its annotation, so that pieces can be recognised.
 */
export function prodigyTask(
  document: DatasetDocument,
  work: Work,
  doc: SpacyDoc,
  spans: readonly SpacySpan[],
  project: string,
  ledger: Ledger,
): string {
  const { doc_id, metadata, split } = document;
  const shown = spanTask(doc.tokens);
  const first = new Map([...spans].reverse().map((span) => [span.id, shown(span)]));
  const tie = (from: string, to: string, label: string) => {
    const [head, child] = [first.get(from), first.get(to)];
    return head && child ? [{ head: head.token_end, child: child.token_end, label, head_span: head, child_span: child }] : [];
  };
  const roles = work.annotations.flatMap(({ id, args }) =>
    args.flatMap((arg) => ('annotation' in arg ? tie(id, arg.annotation, arg.role) : [])),
  );
  const relations = work.relations.flatMap(({ from, to, type }) => tie(from, to, type));
  const session = `${project}-${work.annotator}`;
  const rest = {
    spans: spans.map((span) => ({ ...shown(span), id: span.id })),
    relations: [...roles, ...relations],
    answer: 'accept',
    _annotator_id: session,
    _session_id: session,
    _view_id: 'relations',
    meta: { doc_id, title: metadata.title, ...(split ? { split } : {}) },
  };
  return `${wordsOf(document, doc, ledger)},${jsonLine(rest, ledger).slice(1)}`;
}

// The beginning of a task, which is the same for everyone who worked on a document.
const beginnings = new WeakMap<SpacyDoc, string>();

function wordsOf({ text }: DatasetDocument, doc: SpacyDoc, ledger: Ledger): string {
  const known = beginnings.get(doc);
  if (known !== undefined) return known;
  const tokens = doc.tokens.map(({ text: word, start, end, space }, id) => ({ text: word, start, end, id, ws: space }));
  const beginning = jsonLine({ text, tokens }, ledger).slice(0, -2);
  beginnings.set(doc, beginning);
  return beginning;
}

function spanTask(tokens: SpacyDoc['tokens']) {
  return ({ start, end, label }: SpacySpan) => ({
    start: tokens[start]?.start ?? 0,
    end: tokens[end - 1]?.end ?? 0,
    token_start: start,
    token_end: end - 1,
    label,
  });
}
