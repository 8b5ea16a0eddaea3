import { fixedCommands } from '../commands.ts';
import { type Codebook, current, type Layer } from '../model/codebook.ts';

const ofRole = 'a role';

/**
 * What is wrong with the keys of `codebook`, one sentence each. Those of layers and fixed commands act everywhere in the article, those of roles
 * and relations while an annotation is active: none may be two things, but roles of different layers may share one.
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

/** A key for a new layer of `codebook`, which nothing else has; null where none of those that are tried is left. */
export function freeLayerKey(codebook: Codebook): string | null {
  const taken = new Set([...commandKeys().keys(), ...codebookKeys(codebook).map(({ key }) => key)]);
  return [...'zwhvreoqstföäüžłñç'].find((key) => !taken.has(key)) ?? null;
}

/** A key for a new role of `layer`, which none of its roles and nothing but roles of other layers has; null where none of those that are tried is left. */
export function freeRoleKey(codebook: Codebook, { roles }: Layer): string | null {
  const others = codebookKeys(codebook).filter(({ holder }) => holder !== ofRole);
  const taken = new Set([...commandKeys().keys(), ...[...others, ...current(roles)].map(({ key }) => key)]);
  // Those that roles of the default codebook have come first.
  return [...'pgedcvzwhroqstföäüžłñç'].find((key) => !taken.has(key)) ?? null;
}

// Keys of one letter, each with the title of the command that has it; with Shift only where no command has the plain letter.
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

// Of what is retired none acts.
function codebookKeys({ layers, relations }: Codebook): { readonly key: string; readonly holder: string }[] {
  return [
    ...current(layers).map(({ key, id }) => ({ key, holder: id })),
    ...current(relations).flatMap(({ key, id }) => (key === null ? [] : [{ key, holder: id }])),
    ...current(layers).flatMap(({ roles }) => current(roles).map(({ key }) => ({ key, holder: ofRole }))),
  ];
}
