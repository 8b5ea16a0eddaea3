import type { Case, Version } from '../../../core/agreement/cases.ts';
import { meant, type Reading } from '../../../core/agreement/meaning.ts';
import type { Registry } from '../../../core/model/entity.ts';

/** Equal versions of a case as one choice: whose they are, and the first of them. */
export interface Choice {
  readonly annotators: readonly string[];
  readonly version: Version;
}

/** The choices of a case. Versions that say the same are one choice; the choices of most annotators come first. */
export function choicesOf({ versions, differs }: Case, readings: readonly Reading[], registry: Registry): Choice[] {
  const choices = new Map<string, { annotators: string[]; version: Version }>();
  for (const version of versions) {
    const reading = readings.find(({ annotator }) => annotator === version.annotator);
    if (!reading) continue;
    const key = JSON.stringify(differs.map((field) => meant(reading, version.annotation, field, registry)));
    const known = choices.get(key);
    if (known) known.annotators.push(version.annotator);
    else choices.set(key, { annotators: [version.annotator], version });
  }
  return [...choices.values()].sort((a, b) => b.annotators.length - a.annotators.length);
}
