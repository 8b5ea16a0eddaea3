/** A run of tokens with one tag, half-open. `id` is that of its annotation, null if the file does not say. */
export interface TagRun {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly id: string | null;
}

const tagForm = /^(?:([BIMELSU])(?:-(.+))?|O|_|\*)$/u;

/** Whether `tag` belongs to IOB1, IOB2, IOBES or BILOU, or says in another way that the token is outside. */
export function isTag(tag: string): boolean {
  return tagForm.test(tag);
}

/**
 * The runs in the `tags` of one sentence, in any of the schemes of `isTag`. `first` is the index of its first token. A tag that only continues a
 * run begins one if the previous token has a different label or id, as in IOB1.
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
