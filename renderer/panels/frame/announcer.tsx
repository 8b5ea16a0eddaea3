import { useEffect, useState } from 'react';
import { relationCount } from '../../../core/annotations/relations.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import { fillersOf, type Layer, layerOf, openFields } from '../../../core/model/codebook.ts';
import { entityOfMention } from '../../../core/model/entity.ts';
import { familyNames, familyOf } from '../../../core/suggestions/choice.ts';
import { useSession, useView } from '../../session.tsx';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { openSuggestion, openSuggestionsOf } from '../../state/suggestions.ts';
import { currentSet, type Workspace } from '../../state/workspace.ts';
import { counted } from '../../ui/count.ts';

/** Announces to screen readers which annotation is active whenever that changes, and in boundary mode which words it covers. Not visible. */
export function Announcer() {
  const { workspace, view } = useSession();
  const active = useView((state) => state.active);
  const boundary = useView((state) => state.boundary);
  const [told, setTold] = useState('');
  useEffect(() => {
    const state = workspace.store.getState();
    const annotation = currentSet(state).annotations.get(active ?? '');
    const suggestion = openSuggestion(state, active);
    setTold(annotation ? sentenceOf(annotation, state) : suggestion ? suggestedSentence(suggestion, state) : '');
  }, [active, workspace]);
  useEffect(() => {
    const text = workspace.store.getState().article?.text ?? '';
    const fragment = boundary?.spans[boundary.fragment];
    if (fragment) setTold(`Covers ${shortened(text.slice(fragment.start, fragment.end))}`);
    else if (!view.store.getState().active) setTold('');
  }, [boundary, workspace, view]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" aria-label="Active annotation">
      {told}
    </div>
  );
}

/** “Quote: “I am asking…”, speaker he, cue said, 2 to complete”. */
function sentenceOf(annotation: Annotation, state: Workspace): string {
  const codebook = state.opened?.codebook.codebook;
  const layer = codebook && layerOf(codebook, annotation.layer);
  const words = shortened(annotation.spans.map(({ text }) => text).join(' … '));
  if (!layer) return `${annotation.layer}: ${words}`;
  const open = openFields(layer, annotation);
  const lacking = open.attributes.length + open.roles.length;
  const relations = relationCount(currentSet(state).relations, state.work.links, annotation.id);
  return [
    `${layer.title}: ${words}`,
    ...rolesOf(annotation, layer, state),
    ...(relations > 0 ? [counted(relations, 'relation')] : []),
    ...(lacking > 0 ? [`${lacking} to complete`] : []),
  ].join(', ');
}

/** “Suggestion 3 of 24: quote, “I am asking…”, speaker he, meaning Volodymyr Zelensky, cue said”. */
function suggestedSentence(suggestion: OpenSuggestion, state: Workspace): string {
  const open = openSuggestionsOf(state);
  const codebook = state.opened?.codebook.codebook;
  const layer = codebook && layerOf(codebook, suggestion.layer);
  const words = shortened(suggestion.spans.map(({ text }) => text).join(' … '));
  const roles = suggestion.roles.map(({ role, span, entity }) => {
    const title = layer?.roles.find(({ name }) => name === role)?.title.toLowerCase() ?? role;
    return `${title} ${span.text}${entity && entity.canonical !== span.text ? `, meaning ${entity.canonical}` : ''}`;
  });
  return [`Suggestion ${open.indexOf(suggestion) + 1} of ${open.length}: ${familyNames[familyOf(suggestion)][0]}`, words, ...roles].join(
    ', ',
  );
}

function rolesOf(annotation: Annotation, layer: Layer, state: Workspace): string[] {
  const set = currentSet(state);
  return layer.roles.flatMap(({ name, title }) => {
    const names = fillersOf(annotation, name).map(({ target }) => {
      if (target.kind === 'author') return 'the author';
      if (target.kind === 'mention') return set.mentions.get(target.id)?.span.text ?? '';
      if (target.kind === 'entity') return entityOfMention(state.registry, { id: annotation.id, entity: target.id })?.canonical ?? '';
      return shortened(set.annotations.get(target.id)?.spans[0]?.text ?? '');
    });
    return names.length > 0 ? [`${title.toLowerCase()} ${names.join(' and ')}`] : [];
  });
}

// Keeps only the beginning and the end, because a long quote would otherwise be read out in full at every step. Removes quotation marks, since the
// sentence adds its own.
function shortened(words: string): string {
  const list = words.replace(/^[“”"]+|[“”"]+$/g, '').split(/\s+/);
  return `“${list.length > 16 ? `${list.slice(0, 9).join(' ')} … ${list.slice(-6).join(' ')}` : list.join(' ')}”`;
}
