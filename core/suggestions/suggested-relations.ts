import type { SuggestedRelation, Suggestion } from './suggestion.ts';

/**
 * `suggestions` of the article `text`, in their order, with the relations between them: a quote with a cue of its own continues the one of the
 * same speaker before it in the paragraph, and a quote that a stance of the same person holds is evidence for it.
 */
export function withRelations(text: string, suggestions: readonly Suggestion[]): Suggestion[] {
  const relations = new Map<Suggestion, SuggestedRelation[]>();
  const relate = (type: SuggestedRelation['type'], from: Suggestion, to: Suggestion) => {
    relations.set(from, [...(relations.get(from) ?? []), { type, place: 'from', other: placeOf(to) }]);
    relations.set(to, [...(relations.get(to) ?? []), { type, place: 'to', other: placeOf(from) }]);
  };
  let previous: Suggestion | null = null;
  let stance: Suggestion | null = null;
  for (const suggestion of suggestions) {
    if (suggestion.layer === 'STANCE') stance = suggestion;
    if (suggestion.layer !== 'QUOTE') continue;
    if (previous && isNext(text, previous, suggestion)) relate('continues', suggestion, previous);
    previous = suggestion;
    if (stance && lies(suggestion, stance) && whoIn(suggestion, 'speaker') === whoIn(stance, 'holder'))
      relate('evidence_for', suggestion, stance);
  }
  return suggestions.map((suggestion) => {
    const found = relations.get(suggestion);
    return found ? { ...suggestion, relations: found } : suggestion;
  });
}

function isNext(text: string, before: Suggestion, after: Suggestion): boolean {
  const [end, start] = [before.spans.at(-1)?.end ?? 0, after.spans[0]?.start ?? 0];
  const cues = [before, after].map(({ roles }) => roles.find(({ role }) => role === 'cue')?.span.start);
  const speaker = whoIn(after, 'speaker');
  const isInOne = end <= start && start - end <= 60 && !text.slice(end, start).includes('\n');
  return (
    isInOne && cues.every((cue) => cue !== undefined) && cues[0] !== cues[1] && speaker !== null && whoIn(before, 'speaker') === speaker
  );
}

const placeOf = ({ layer, spans }: Suggestion): SuggestedRelation['other'] => ({ layer, span: spans[0] as Suggestion['spans'][number] });

const lies = (inner: Suggestion, outer: Suggestion) =>
  inner.spans.every((span) => outer.spans.some(({ start, end }) => start <= span.start && span.end <= end));

// Who fills a role, by name; null for nobody and for several.
function whoIn({ roles }: Suggestion, name: string): string | null {
  const [filler, ...others] = roles.filter(({ role }) => role === name);
  return filler && others.length === 0 ? (filler.entity?.canonical ?? filler.span.text) : null;
}
