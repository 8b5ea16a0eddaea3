import type { Command } from '../../core/commands.ts';
import type { Actions } from '../actions.ts';
import { type Bindings, bindingsOf } from '../keys.ts';
import { lastOf } from '../state/last-of.ts';
import type { View } from '../state/view-store.ts';

/** The key bindings of the text. The returned function is called for each key and gives the current ones. */
export function articleBindings(actions: Actions, view: View): () => Bindings {
  // Includes the keys of the window, because ProseMirror would handle some of them itself (Mod-b, -i, -y, -z).
  const usual = lastOf((commands: readonly Command[]) => bindingsOf(commands, actions.run));
  const inBoundaryMode = lastOf((commands: readonly Command[]) => ({ ...bindingsOf(commands, actions.run), ...boundaryKeys(actions) }));
  return () => (view.store.getState().boundary ? inBoundaryMode : usual)(actions.commands());
}

// Boundary mode: arrows move the end by a word, with Shift the start, and with Ctrl or Cmd by a character. Up and Down walk through the fragments.
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
