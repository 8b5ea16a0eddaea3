import type { WordChange } from '../../../core/comparison/word-changes.ts';

/** A text with what changed in it: words that are gone are struck out, words that are new are underlined. */
export function ChangedWords({ changes }: { readonly changes: readonly WordChange[] }) {
  return (
    <>
      {changes.map(({ kind, text }, index) => {
        const key = `${index} ${kind}`;
        if (kind === 'gone')
          return (
            <span key={key}>
              <del>
                <span className="visually-hidden">gone: </span>
                {text}
                <span className="visually-hidden">; </span>
              </del>{' '}
            </span>
          );
        if (kind === 'new')
          return (
            <ins key={key}>
              <span className="visually-hidden">new: </span>
              {text}
              <span className="visually-hidden">; </span>
            </ins>
          );
        return <span key={key}>{text}</span>;
      })}
    </>
  );
}

/** A text with its numbers set off. `places` are half-open UTF-16 offsets in it. */
export function WithNumbers({
  text,
  places,
}: {
  readonly text: string;
  readonly places: readonly { readonly start: number; readonly end: number }[];
}) {
  const parts: { readonly start: number; readonly end: number; readonly isNumber: boolean }[] = [];
  let at = 0;
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end > text.length) continue;
    if (start > at) parts.push({ start: at, end: start, isNumber: false });
    parts.push({ start, end, isNumber: true });
    at = end;
  }
  parts.push({ start: at, end: text.length, isNumber: false });
  return (
    <>
      {parts.map(({ start, end, isNumber }) =>
        isNumber ? <strong key={start}>{text.slice(start, end)}</strong> : <span key={start}>{text.slice(start, end)}</span>,
      )}
    </>
  );
}
