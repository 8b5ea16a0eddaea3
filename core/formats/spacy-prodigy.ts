import type { DatasetDocument } from './document.ts';
import type { SpacyDoc, SpacySpan } from './spacy-doc.ts';
import type { Work } from './works.ts';

/**
 * A task of Prodigy as its interfaces for spans and relations keep it: character offsets half-open in code points, `token_end` the last token.
 * Roles that are filled in the text and relations are relations between first pieces, from the annotation to what fills its role; `head`
 * and `child` are the last tokens of these. Each span has the annotation's id, so that pieces of one are known.
 */
export function prodigyTask(
  document: DatasetDocument,
  work: Work,
  { tokens }: SpacyDoc,
  spans: readonly SpacySpan[],
  project: string,
): unknown {
  const { doc_id, text, metadata, split } = document;
  const shown = spanTask(tokens);
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
  return {
    text,
    tokens: tokens.map(({ text: word, start, end, space }, id) => ({ text: word, start, end, id, ws: space })),
    spans: spans.map((span) => ({ ...shown(span), id: span.id })),
    relations: [...roles, ...relations],
    answer: 'accept',
    _annotator_id: session,
    _session_id: session,
    _view_id: 'relations',
    meta: { doc_id, title: metadata.title, ...(split ? { split } : {}) },
  };
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
