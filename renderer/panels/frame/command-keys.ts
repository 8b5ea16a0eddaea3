import { useMemo } from 'react';
import type { Command } from '../../../core/commands.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { lastOf } from '../../state/last-of.ts';
import { keyName } from './key-name.ts';

/** The first key that acts for a command, by its id, as people write it; null for a command without one. */
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

// Every part of the page that names a key asks the same list.
const namesOf = lastOf(
  (commands: readonly Command[]) => new Map(commands.map(({ id, keys: [key] }) => [id, key === undefined ? null : keyName(key)])),
);
