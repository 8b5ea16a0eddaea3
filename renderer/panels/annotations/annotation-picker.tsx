import './annotation-picker.css';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { matchingAnnotations, queryWords } from '../../../core/annotations/annotation-search.ts';
import type { AnnotationHit } from '../../../core/annotations/hits.ts';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { type Layer, layerOf } from '../../../core/model/codebook.ts';
import { byLikeness } from '../../../core/text/likeness.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { othersOf } from '../../state/others.ts';
import { currentSet } from '../../state/workspace.ts';
import { counted } from '../../ui/count.ts';
import { Pick } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';

interface AnnotationPickerProps {
  /** The layers that can be picked. */
  readonly layers: readonly string[];
  /** The annotation that cannot be picked. */
  readonly except: string;
  /** Whether to search only the article on screen. */
  readonly isHereOnly: boolean;
  /** Sort the results by how alike they are to these words; null for reading order, with this article first. */
  readonly like: string | null;
  readonly onPick: (hit: AnnotationHit) => void;
}

interface Row {
  readonly hit: AnnotationHit;
  readonly layer: Layer | undefined;
  /** Its article and its annotator, unless it is here and the annotator's own. */
  readonly told: readonly string[];
}

// More than anybody reads. Further words narrow the results down.
const most = 1000;
// Milliseconds between the last letter and the search in other articles.
const rest = 150;

/** Finds an annotation by words: in this article first, then in all, or the most alike first. Type, walk with the arrows, and pick with Enter. */
export function AnnotationPicker({ layers, except, isHereOnly, like, onPick }: AnnotationPickerProps) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const annotators = useWorkspace((state) => state.opened?.annotators ?? nobody);
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const articles = useWorkspace((state) => state.articles);
  const [query, setQuery] = useState('');
  const [annotator, setAnnotator] = useState('');
  const [walked, setWalked] = useState<string | null>(null);
  const here = useHere(query, layers, annotator || null);
  const elsewhere = useElsewhere(query, layers, annotator || null, isHereOnly, like);
  const rows = useMemo(() => {
    const titles = new Map(articles.map(({ meta }) => [meta.id, meta.title]));
    const rowOf = (hit: AnnotationHit, isHere: boolean): Row => ({
      hit,
      layer: codebook && layerOf(codebook, hit.layer),
      told: [
        hit.who,
        isHere ? 'this article' : (titles.get(hit.article) ?? hit.article),
        hit.annotator === own ? null : (annotators.find(({ id }) => id === hit.annotator)?.name ?? hit.annotator),
      ].filter((words) => words !== null),
    });
    const known = [...here.map((hit) => rowOf(hit, true)), ...elsewhere.hits.map((hit) => rowOf(hit, false))];
    const others = known.filter(({ hit }) => hit.annotation !== except);
    return like === null ? others : byLikeness(others, like, ({ hit }) => hit.text);
  }, [here, elsewhere.hits, articles, annotators, own, codebook, except, like]);
  const at = rows.findIndex((row) => idOf(row) === walked);
  const current = rows[at] ?? rows[0];
  const pick = (id: string) => {
    const row = rows.find((each) => idOf(each) === id);
    if (row) onPick(row.hit);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = rows[Math.max(0, Math.min(rows.length - 1, Math.max(0, at) + step))];
    if (step !== 0 && next) setWalked(idOf(next));
    else if (event.key === 'Enter' && current) onPick(current.hit);
    else return;
    event.preventDefault();
  };
  const names = Object.fromEntries([['', 'Everybody'], ...annotators.map(({ id, name }) => [id, name])]);
  return (
    <div className="annotation-picker">
      <div className="picker-line">
        <TextField
          aria-label="Search annotations"
          autoFocus
          value={query}
          onChange={(words) => {
            setQuery(words);
            setWalked(null);
          }}
          onKeyDown={onKeyDown}
        >
          <Input className="input" placeholder="Words in the text, the note or who speaks" />
        </TextField>
        {annotators.length > 1 && <Pick label="Whose annotations" values={names} value={annotator} onChange={setAnnotator} />}
      </div>
      <p role="status" className="muted">
        {elsewhere.failure ??
          (elsewhere.isDone
            ? `${counted(rows.length, 'annotation')}${elsewhere.isCut ? ' and more: further words narrow them down' : ''}`
            : `${counted(rows.length, 'annotation')} so far, ${counted(elsewhere.searched, 'article')} of ${articles.length} searched…`)}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {walked !== null && current ? [current.layer?.title, current.hit.text, ...current.told].filter(Boolean).join(', ') : ''}
      </p>
      <LongList
        className="picker-rows"
        rowClassName="picker-row"
        label="Annotations found"
        items={rows}
        idOf={idOf}
        rowHeight={50}
        selected={current ? idOf(current) : null}
        onWalk={setWalked}
        onChoose={pick}
        row={PickerRow}
        empty={<p className="empty">{elsewhere.isDone ? 'No annotation fits.' : 'Searching…'}</p>}
      />
    </div>
  );
}
const nobody: readonly { readonly id: string; readonly name: string }[] = [];
const idOf = ({ hit }: Row) => hit.annotation;

function PickerRow({ item: { hit, layer, told } }: { readonly item: Row }) {
  return (
    <>
      <span data-hue={layer?.hue} className="annotation-swatch">
        {layer && <span className="swatch" data-look={layer.look} aria-hidden="true" />}
        <span className="visually-hidden">{layer?.title ?? hit.layer}:</span>
      </span>
      <span className="picker-text">{hit.text}</span>
      <span className="muted picker-told">{told.join(' · ')}</span>
    </>
  );
}

// The matches in this article, in their current state.
function useHere(query: string, layers: readonly string[], annotator: string | null): readonly AnnotationHit[] {
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const set = useWorkspace(currentSet);
  const others = useWorkspace(othersOf);
  const registry = useWorkspace((state) => state.registry);
  return useMemo(
    () => matchingAnnotations([...(own ? [{ annotator: own, set }] : []), ...others], registry, { query, layers, annotator }),
    [own, set, others, registry, query, layers, annotator],
  );
}

interface Elsewhere {
  readonly hits: readonly AnnotationHit[];
  readonly searched: number;
  readonly isDone: boolean;
  readonly isCut: boolean;
  readonly failure: string | null;
}
const nothing: Elsewhere = { hits: [], searched: 0, isDone: false, isCut: false, failure: null };
const nowhere: Elsewhere = { ...nothing, isDone: true };

// The matches in all other articles, as the host finds them. Another question or closing the picker stops the search.
function useElsewhere(
  query: string,
  layers: readonly string[],
  annotator: string | null,
  isHereOnly: boolean,
  like: string | null,
): Elsewhere {
  const { workspace } = useSession();
  const current = useWorkspace((state) => state.article?.meta.id);
  const [found, setFound] = useState(nothing);
  const sought = layers.join(' ');
  useEffect(() => {
    if (isHereOnly) return setFound(nowhere);
    let isCurrent = true;
    // Keep earlier results only if they match the new words too. Nothing else may be picked.
    const words = queryWords(query);
    const fits = ({ text, note, who }: AnnotationHit) => words.every((word) => `${text} ${note} ${who ?? ''}`.toLowerCase().includes(word));
    setFound((before) => ({ ...before, hits: before.hits.filter(fits), isDone: false, searched: 0 }));
    const search = async () => {
      let hits: AnnotationHit[] = [];
      let searched = 0;
      let isCut = false;
      let after: Output<'searchAnnotations'>['next'] = null;
      do {
        const asked = { query: query.slice(0, 1000), layers: sought.split(' ').filter(Boolean), annotator, after };
        const part: Output<'searchAnnotations'> = await workspace.searchAnnotations(asked);
        hits.push(...part.hits.filter(({ article }) => article !== current));
        searched += part.searched;
        after = part.next;
        const isFull = hits.length > most;
        isCut ||= isFull;
        // The most alike may come last, so go through all parts.
        if (isFull && like !== null) hits = byLikeness(hits, like, ({ text }) => text).slice(0, most);
        const isEnd = after === null || (isCut && like === null);
        if (isCurrent) setFound({ hits: hits.slice(0, most), searched, isDone: isEnd, isCut, failure: null });
        if (isEnd) return;
      } while (isCurrent && after !== null);
    };
    const timer = setTimeout(() => {
      search().catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        if (isCurrent) setFound({ ...nowhere, failure: `${error.failure.message} ${error.failure.next}` });
      });
    }, rest);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [workspace, query, sought, annotator, isHereOnly, like, current]);
  return found;
}
