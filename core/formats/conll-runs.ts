/** A run of tokens with one tag, half-open. `id` is that of the annotation it is a piece of, null where the file does not say. */
export interface TagRun {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly id: string | null;
}

const tagForm = /^(?:([BIMELSU])(?:-(.+))?|O|_|\*)$/u;

/** Whether `tag` is one of IOB1, IOB2, IOBES or BILOU, or says in another way that the token is outside. */
export function isTag(tag: string): boolean {
  return tagForm.test(tag);
}

/**
 * The runs that `tags` of one sentence tell, in any of the schemes of `isTag`; `first` is the index of its first token. What does not begin a
 * run but has none before it with the same label and id begins one all the same, as in IOB1.
 */
export function runsOfTags(tags: readonly string[], ids: readonly (string | null)[], first: number): TagRun[] {
  const runs: TagRun[] = [];
  let isOpen = false;
  for (const [at, tag] of tags.entries()) {
    const [, prefix, label = ''] = tagForm.exec(tag) ?? [];
    const id = ids[at] ?? null;
    const last = runs.at(-1);
    const begins = prefix === 'B' || prefix === 'U' || prefix === 'S';
    if (prefix === undefined) isOpen = false;
    else if (!begins && isOpen && last?.label === label && last.id === id) runs[runs.length - 1] = { ...last, end: first + at + 1 };
    else runs.push({ start: first + at, end: first + at + 1, label, id });
    if (prefix !== undefined) isOpen = prefix === 'B' || prefix === 'I' || prefix === 'M';
  }
  return runs;
}
