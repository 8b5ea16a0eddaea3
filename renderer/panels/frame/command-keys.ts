import { useMemo } from 'react';
import type { Command } from '../../../core/commands.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { lastOf } from '../../state/last-of.ts';
import { keyName } from './key-name.ts';

/** Returns a function that gives the first key of a command by its id, in display form; null if the command has none. */
export function useCommandKeys(): (id: string) => string | null {
  const { actions } = useSession();
  const keys = useWorkspace((state) => state.settings.keys);
  const letterKeys = useWorkspace((state) => state.settings.letterKeys);
  const tagging = useWorkspace((state) => state.settings.tagging);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the commands are made from the settings and the codebook
  const names = useMemo(() => namesOf(actions.commands()), [actions, keys, letterKeys, tagging, codebook]);
  return (id) => names.get(id) ?? null;
}

// Cached, because every part of the page that names a key uses the same list.
const namesOf = lastOf(
  (commands: readonly Command[]) => new Map(commands.map(({ id, keys: [key] }) => [id, key === undefined ? null : keyName(key)])),
);
