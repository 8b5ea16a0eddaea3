import type { Command } from '../../core/commands.ts';
import type { Actions } from '../actions.ts';
import { type Bindings, bindingsOf } from '../keys.ts';
import { lastOf } from '../state/last-of.ts';
import type { View } from '../state/view-store.ts';

/** What the keys do in the text now; the returned function is asked at each key. */
export function articleBindings(actions: Actions, view: View): () => Bindings {
  // The window's keys too: ProseMirror keeps some of them (Mod-b, -i, -y, -z) from the window.
  const usual = lastOf((commands: readonly Command[]) => bindingsOf(commands, actions.run));
  const inBoundaryMode = lastOf((commands: readonly Command[]) => ({ ...bindingsOf(commands, actions.run), ...boundaryKeys(actions) }));
  return () => (view.store.getState().boundary ? inBoundaryMode : usual)(actions.commands());
}

// Boundary mode: arrows move the end by a word, with Shift the start, with Ctrl or Cmd by a character; up and down walk the fragments.
function boundaryKeys({ edges }: Actions): Bindings {
  const moves = (['start', 'end'] as const).flatMap((edge) =>
    (['word', 'character'] as const).flatMap((unit) =>
      ([1, -1] as const).map((step) => {
        const name = `${unit === 'character' ? 'Mod-' : ''}${edge === 'start' ? 'Shift-' : ''}${step === 1 ? 'ArrowRight' : 'ArrowLeft'}`;
        return [name, () => edges.move({ edge, step, unit })] as const;
      }),
    ),
  );
  const walks = [
    ['ArrowUp', () => edges.walkFragment(-1)],
    ['ArrowDown', () => edges.walkFragment(1)],
  ] as const;
  return Object.fromEntries(
    [...moves, ...walks].map(([name, deed]) => [
      name,
      () => {
        deed();
        return true;
      },
    ]),
  );
}
