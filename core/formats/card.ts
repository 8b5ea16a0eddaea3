import type { DatasetSource, Format, Loss } from './format.ts';

/** What a card is made of. */
export interface CardContent {
  readonly format: Format;
  readonly source: DatasetSource;
  readonly counts: Readonly<Record<string, number>>;
  readonly losses: readonly Loss[];
  readonly documents: { readonly languages: ReadonlySet<string>; readonly splits: ReadonlyMap<string, number> };
  /** Of the format's own files. */
  readonly paths: readonly string[];
}

/** The dataset card: Markdown from which a stranger learns what the dataset is, who made it, by which rules, and where it ends. */
export function datasetCard({ format, source, counts, losses }: CardContent): string {
  return [
    `# ${source.project.name.toWellFormed()}`,
    `Written by ${source.generator.name} ${source.generator.version} as ${format.title}.`,
    `${counts['documents']} articles, ${counts['annotations']} annotations.`,
    ...losses.map(({ kind, count }) => `- not carried: ${count} × ${kind}`),
    '',
  ].join('\n\n');
}
