const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };

/** A key of the command table (`Mod-Shift-z`) in the notation of the user's system: `Ctrl Shift Z`, `⌘⇧Z`. Single letters stay lower case. */
export function keyName(keys: string): string {
  const parts = keys.split(/-(?!$)/);
  const last = parts.at(-1) ?? '';
  const isChord = parts.length > 1;
  const named = parts.map((part, index) => {
    if (index === parts.length - 1) return isChord && last.length === 1 ? last.toUpperCase() : part;
    return isMac ? (macSigns[part] ?? part) : part === 'Mod' ? 'Ctrl' : part;
  });
  return named.join(isMac ? '' : ' ');
}
