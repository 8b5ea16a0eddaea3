import './palette.css';
import { Fragment, type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { layerOf } from '../../../core/model/codebook.ts';
import type { Range } from '../../../core/text/span.ts';
import { useLiveView, useSession, useWorkspace } from '../../session.tsx';
import { BareDialog } from '../../ui/dialog.tsx';
import { keyName } from '../frame/key-name.ts';
import { commandWords, type PaletteRow, usePaletteRows } from './palette-rows.ts';
import { QueryField, QueryProblems } from './query-field.tsx';
import { type Question, useFound, useQuery } from './query-reading.ts';

/** A single field to find commands, articles, entities, annotations and places in the text. */
export function Palette() {
  const { actions } = useSession();
  const palette = useLiveView((state) => state.palette);
  return (
    <BareDialog label="Search everything" className="palette" isOpen={palette !== null} onClose={actions.search.close}>
      {palette && <Everything start={palette.query} />}
    </BareDialog>
  );
}

const most = 7;

function Everything({ start }: { readonly start: string }) {
  const { actions } = useSession();
  const [input, setInput] = useState(start);
  const [caret, setCaret] = useState(start.length);
  const [written, setWritten] = useState<number | null>(null);
  const [walked, setWalked] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const read = useQuery(input, caret);
  const isCommand = commandWords(input) !== null;
  // Commands are found only by their names.
  const query = useMemo(() => (isCommand ? { ...read, problems: [], completions: [], asked: null } : read), [read, isCommand]);
  const question = useMemo((): Question | null => {
    const asked = query.asked?.trim();
    return asked ? { query: asked, what: ['articles', 'annotations'], most } : null;
  }, [query.asked]);
  const found = useFound('palette', question);
  const rows = usePaletteRows(input, query, found);
  // Completions are listed first, but Enter takes the first result, unless the user is typing a value.
  const isValue = query.completions[0]?.kind === 'value';
  const firstFound = rows.findIndex(({ writes }) => isValue || input.trim() === '' || !writes);
  const at = Math.max(0, walked === null ? firstFound : rows.findIndex((row) => row.id === walked));
  const inTurn = rows[at];
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row in turn is brought into view when it changes
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [inTurn?.id, rows]);
  const choose = (row: PaletteRow | undefined) => {
    if (!row) return;
    if (row.writes) {
      setInput(row.writes.input);
      setCaret(row.writes.caret);
      setWritten(row.writes.caret);
      setWalked(null);
      field.current?.focus();
    } else {
      if (found.answer && query.asked && /^(annotation|text) /.test(row.id)) actions.search.remember(query.asked);
      row.run?.();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined && rows.length > 0) {
      const next = Math.abs(step) > 1 ? Math.max(0, Math.min(rows.length - 1, at + step)) : (at + step + rows.length) % rows.length;
      setWalked(rows[next]?.id ?? null);
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) choose(rows.find((row) => row.id === 'all'));
    else if (event.key === 'Enter') choose(inTurn);
    else if (event.key === 'Tab' && !event.shiftKey && rows.some(({ writes }) => writes)) {
      choose(inTurn?.writes ? inTurn : rows.find(({ writes }) => writes));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { answer, failure } = found;
  const isEmpty = isCommand ? rows.length === 0 : question !== null && found.isDone && rows.every((row) => row.id === 'all');
  return (
    <>
      <div className="palette-head">
        <QueryField
          label="Search everything"
          placeholder="Commands (>), articles, people, words, or speaker: layer: has:note …"
          value={input}
          caret={written}
          problems={query.problems}
          list={id}
          rowInTurn={inTurn ? `${id}-${at}` : undefined}
          isExpanded={rows.length > 0}
          field={field}
          onType={(value, place) => {
            setInput(value);
            setCaret(place);
            setWritten(null);
            setWalked(null);
          }}
          onCaret={setCaret}
          onKeyDown={onKeyDown}
        />
        <QueryProblems list={id} problems={query.problems} />
      </div>
      <div className="palette-rows" role="listbox" id={id} aria-label="What was found" ref={list}>
        {sectionsOf(rows).map(({ name, first, rows: own }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={`${name} ${first}`} role="group" aria-label={name} className="palette-section">
            <div className="heading palette-heading" aria-hidden="true">
              {name}
            </div>
            {own.map((row, index) => (
              <Row key={row.id} row={row} id={`${id}-${first + index}`} isInTurn={first + index === at} onChoose={() => choose(row)} />
            ))}
          </div>
        ))}
      </div>
      <p className="palette-foot muted" role="status">
        {failure ??
          (answer?.indexing
            ? `Reading articles for the search: ${answer.indexing.done.toLocaleString('en')} of ${answer.indexing.total.toLocaleString('en')}…`
            : isEmpty
              ? `${isCommand ? 'No command has this name' : 'Nothing was found'}.`
              : '')}
        <span className="palette-keys" aria-hidden="true">
          {inTurn && (
            <>
              <kbd>Enter</kbd> {isCommand ? 'do it' : inTurn.writes ? 'write' : 'open'}{' '}
            </>
          )}
          {rows.some(({ writes }) => writes) && (
            <>
              <kbd>Tab</kbd> complete{' '}
            </>
          )}
          {rows.some((row) => row.id === 'all') && (
            <>
              <kbd>{keyName('Mod-Enter')}</kbd> all results{' '}
            </>
          )}
          <kbd>Esc</kbd> close
        </span>
      </p>
    </>
  );
}

interface RowProps {
  readonly row: PaletteRow;
  readonly id: string;
  readonly isInTurn: boolean;
  readonly onChoose: () => void;
}

function Row({ row: { words, marks = [], isText, note, keys, layer, writes }, id, isInTurn, onChoose }: RowProps) {
  const known = useWorkspace((state) => (layer === undefined ? undefined : state.opened && layerOf(state.opened.codebook.codebook, layer)));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the row in turn
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys act in the field
    <div
      id={id}
      className="palette-row"
      role="option"
      aria-selected={isInTurn}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {layer !== undefined && (
        <span data-hue={known?.hue} className="palette-swatch">
          <span className="swatch" data-look={known?.look} aria-hidden="true" />
          <span className="visually-hidden">{known?.title ?? layer}:</span>
        </span>
      )}
      <span className={isText ? 'palette-words text' : writes ? 'palette-words written' : 'palette-words'}>
        <MarkedText text={words} marks={marks} />
      </span>
      {note !== '' && <span className="palette-note muted">{note}</span>}
      {keys !== undefined && <kbd>{keys}</kbd>}
    </div>
  );
}

function MarkedText({ text, marks }: { readonly text: string; readonly marks: readonly Range[] }) {
  return (
    <>
      {marks.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(marks[index - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </>
  );
}

// Rows of one section are grouped together.
function sectionsOf(rows: readonly PaletteRow[]) {
  const sections: { name: string; first: number; rows: PaletteRow[] }[] = [];
  for (const [index, row] of rows.entries()) {
    const last = sections.at(-1);
    if (last?.name === row.section) last.rows.push(row);
    else sections.push({ name: row.section, first: index, rows: [row] });
  }
  return sections;
}
