import type { Meaning } from '../../../core/comparison/meanings.ts';
import { type Codebook, current, type Layer } from '../../../core/model/codebook.ts';
import type { BoundaryMode } from '../../state/view-store.ts';
import { keyName } from './key-name.ts';

/** A key and what it does now. `keys` is null if the command has no key, so there is no hint to show. */
export interface KeyHint {
  readonly keys: string | null;
  readonly title: string;
}

/** The parts of the Annotate view's state that decide what the keys do. */
export interface KeySituation {
  readonly codebook: Codebook;
  readonly writable: boolean;
  readonly boundary: BoundaryMode | null;
  readonly isRelating: boolean;
  /** The title of the role that waits for a selection; null if none does. */
  readonly armedRole: string | null;
  readonly isSelecting: boolean;
  readonly isSuggestion: boolean;
  /** The layer of the active annotation or suggestion; undefined if none is active. */
  readonly layer: Layer | undefined;
  /** The attribute that digits set, if any. */
  readonly digits: { readonly title: string; readonly values: readonly string[] } | null;
}

const judgementHints: readonly (KeyHint & { readonly meaning: Meaning })[] = [
  { meaning: 'same', keys: keyName('Enter'), title: 'same' },
  { meaning: 'apart', keys: 'x', title: 'not the same' },
  { meaning: 'conflicts', keys: 'c', title: 'conflict' },
  { meaning: 'refines', keys: 'r', title: 'first is more exact' },
  { meaning: 'refines', keys: keyName('Shift-r'), title: 'second' },
];

/** The hints for the Compare view, by where the keys go. `sayable`: what can be said of the current candidate. */
export function compareHints(
  focus: 'table' | 'candidates' | null,
  sayable: readonly Meaning[],
  writable: boolean,
  keyOf: KeyOf,
): KeyHint[] {
  const undo = writable ? [{ keys: keyOf('history.undo'), title: 'undo' }] : [];
  const hints =
    focus === 'candidates'
      ? [
          ...judgementHints.filter(({ meaning }) => sayable.includes(meaning)),
          sayable.length > 0 || !writable ? { keys: 'o', title: 'open in its article' } : { keys: '↑ ↓', title: 'choose a candidate' },
          ...undo,
        ]
      : focus === 'table'
        ? [
            { keys: '← → ↑ ↓', title: 'walk' },
            { keys: keyName('Enter'), title: 'open in its article' },
            ...(writable ? [{ keys: keyName('Delete'), title: 'take out of the row' }] : []),
            ...undo,
          ]
        : [];
  return [...hints, { keys: keyOf('pane.next'), title: 'next pane' }].filter(({ keys }) => keys !== null);
}

/** Returns the key of a command by its id, in display form; null if it has none. */
type KeyOf = (command: string) => string | null;

/** The hints for the status bar, most relevant first. */
export function keyHints(now: KeySituation, keyOf: KeyOf): KeyHint[] {
  const hints = [...hintsOf(now, keyOf), ...(isInMode(now) ? [] : alwaysThere(now, keyOf))];
  return hints.filter(({ keys }) => keys !== null);
}

// A mode handles every key until it ends.
const isInMode = ({ boundary, isRelating, armedRole }: KeySituation) => boundary !== null || isRelating || armedRole !== null;

const alwaysThere = ({ writable }: KeySituation, keyOf: KeyOf): KeyHint[] => [
  ...(writable ? [{ keys: keyOf('history.undo'), title: 'undo' }] : []),
  { keys: keyOf('help.keys'), title: 'all keys' },
];

function hintsOf(now: KeySituation, keyOf: KeyOf): KeyHint[] {
  const { layer, codebook } = now;
  const hint = (command: string, title: string): KeyHint => ({ keys: keyOf(command), title });
  if (!now.writable) return [hint('annotation.next', 'next')];
  if (now.boundary) return boundaryHints(now.boundary, keyOf);
  if (now.isRelating) return [hint('annotation.next', 'walk'), hint('annotation.inspect', 'relate'), hint('annotation.release', 'cancel')];
  if (now.armedRole !== null)
    return [hint('annotation.inspect', `set ${now.armedRole.toLowerCase()}`), hint('annotation.release', 'cancel')];
  const tags = current(codebook.layers).map(({ id, title }) => hint(`tag.${id}`, title.toLowerCase()));
  const roles = current(layer?.roles ?? []).map(({ key, title }) => hint(`role.${key}`, title.toLowerCase()));
  if (now.isSelecting) return [...tags, ...roles, ...(layer ? [hint('annotation.unite', 'add as fragment')] : [])];
  if (now.isSuggestion) {
    return [
      hint('annotation.inspect', 'accept'),
      hint('suggestion.reject', 'reject'),
      hint('annotation.next', 'next'),
      hint('suggestion.all', 'all of its kind'),
      hint('annotation.boundary', 'boundaries'),
      hint('suggestion.edit', 'edit'),
    ];
  }
  if (!layer) return [...tags, hint('annotation.next', 'next')];
  return [
    ...roles,
    ...(now.digits ? [{ keys: digitKeys(now.digits.values.length, keyOf), title: now.digits.title.toLowerCase() }] : []),
    hint('relation.add', 'relate'),
    hint('annotation.remove', 'delete'),
  ];
}

const boundaryHints = ({ spans }: BoundaryMode, keyOf: KeyOf): KeyHint[] => [
  { keys: '← →', title: 'move the end' },
  { keys: `${keyName('Shift-←')} →`, title: 'move the start' },
  { keys: `${keyName('Mod-←')} →`, title: 'by a character' },
  ...(spans.length > 1 ? [{ keys: '↑ ↓', title: 'other fragment' }] : []),
  { keys: keyOf('annotation.inspect'), title: 'done' },
  { keys: keyOf('annotation.release'), title: 'put back' },
];

function digitKeys(count: number, keyOf: KeyOf): string | null {
  const [first, last] = [keyOf('value.1'), keyOf(`value.${count}`)];
  return first && last ? `${first}–${last}` : null;
}
