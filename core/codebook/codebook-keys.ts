import { fixedCommands } from '../commands.ts';
import { type Codebook, current, type Layer } from '../model/codebook.ts';

const ofRole = 'a role';

/**
 * What is wrong with the keys of `codebook`, one sentence each. Keys of layers and fixed commands act everywhere in the article; keys of roles and
 * relations act while an annotation is active. No key may have two meanings, but roles of different layers may share one.
 */
export function keyFaults(codebook: Codebook): string[] {
  const faults: string[] = [];
  const holders = commandKeys();
  for (const { key, holder } of codebookKeys(codebook)) {
    const other = holders.get(key);
    if (other !== undefined && other !== holder) faults.push(`the key ${key} of ${holder} is that of ${other} already`);
    else holders.set(key, holder);
  }
  return faults;
}

/** An unused key for a new layer of `codebook`; null if all candidates are taken. */
export function freeLayerKey(codebook: Codebook): string | null {
  const taken = new Set([...commandKeys().keys(), ...codebookKeys(codebook).map(({ key }) => key)]);
  return [...'zwhvreoqstföäüžłñç'].find((key) => !taken.has(key)) ?? null;
}

/** An unused key for a new role of `layer`. It may be shared with roles of other layers. Null if all candidates are taken. */
export function freeRoleKey(codebook: Codebook, { roles }: Layer): string | null {
  const others = codebookKeys(codebook).filter(({ holder }) => holder !== ofRole);
  const taken = new Set([...commandKeys().keys(), ...[...others, ...current(roles)].map(({ key }) => key)]);
  // Try the keys of roles in the default codebook first.
  return [...'pgedcvzwhroqstföäüžłñç'].find((key) => !taken.has(key)) ?? null;
}

// Single-letter keys, each with the title of its command. With Shift only if no command uses the plain letter.
function commandKeys(): Map<string, string> {
  const holders = new Map<string, string>();
  for (const { keys, title } of fixedCommands) {
    for (const key of keys) {
      const plain = key.replace('Shift-', '');
      if (plain.length === 1 && (key === plain || !holders.has(plain))) holders.set(plain, `“${title}”`);
    }
  }
  return holders;
}

// The keys of retired items do not act.
function codebookKeys({ layers, relations }: Codebook): { readonly key: string; readonly holder: string }[] {
  return [
    ...current(layers).map(({ key, id }) => ({ key, holder: id })),
    ...current(relations).flatMap(({ key, id }) => (key === null ? [] : [{ key, holder: id }])),
    ...current(layers).flatMap(({ roles }) => current(roles).map(({ key }) => ({ key, holder: ofRole }))),
  ];
}
