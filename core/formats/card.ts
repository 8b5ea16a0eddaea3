import type { Annotator } from '../model/annotator.ts';
import type { CardFacts } from './card-facts.ts';
import { counted, cut, figure, listOf, plain, tableOf } from './card-markdown.ts';
import { schemeSections } from './card-scheme.ts';
import type { DatasetEntity } from './document.ts';
import type { DatasetSource, Format } from './format.ts';
import type { Loss } from './ledger.ts';

/** What a card is made of. */
export interface CardContent {
  readonly format: Format;
  readonly source: DatasetSource;
  readonly counts: Readonly<Record<string, number>>;
  readonly losses: readonly Loss[];
  readonly facts: CardFacts;
  readonly entities: readonly DatasetEntity[];
  /** The format's own files, ascending. */
  readonly paths: readonly string[];
}

/** The dataset card: Markdown that tells a stranger what the dataset is, who made it, by which rules, and what its limits are. */
export function datasetCard(content: CardContent): string {
  const { source, facts, entities } = content;
  const paragraphs = [
    `# ${plain(source.project.name)}`,
    ...summary(content),
    '## Contents',
    ...contents(content),
    '## How to read it',
    ...reading(content),
    '## How it was annotated',
    ...scheme(content),
    ...schemeSections(source.codebook, facts, entities),
    '## Who annotated it',
    ...annotators(content),
    '## Splits',
    ...splits(content),
    '## Licence',
    licence(source.project.licence),
    '## Known limits',
    ...listOf(limits(content)),
    '## Where it comes from',
    ...provenance(content),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function licence(stated: string | undefined): string {
  return stated === undefined
    ? 'Not stated in the project. The texts are their publishers’, the annotations their annotators’: ask both before you pass the dataset on or use it beyond what the law allows without asking.'
    : `${plain(stated)}, as the project states. It is about the annotations: the texts are their publishers’, so ask them before you pass texts on or use them beyond what the law allows without asking.`;
}

const of = (counts: CardContent['counts'], name: string) => counts[name] ?? 0;
const share = (part: number, whole: number) => (whole === 0 ? '0 %' : `${Math.round((100 * part) / whole)} %`);

function summary({ source, counts, format }: CardContent): string[] {
  const layers = source.codebook.layers.map(({ id, title }) => `${plain(title)} (${figure(of(counts, `layers.${id}`))})`);
  const text = source.withText ? '' : ' The texts themselves are left out; offsets and hashes tell where the annotations belong.';
  return [
    `${counted(of(counts, 'documents'), 'article')} with ${counted(of(counts, 'annotations'), 'annotation')} by ${counted(of(counts, 'annotators'), 'person', 'people')}: ${layers.join(', ')}. Written as ${plain(format.title)}.${text}`,
  ];
}

function contents({ source, counts, facts, entities, paths }: CardContent): string[] {
  const standing = entities.filter(({ merged_into, removed }) => merged_into === null && !removed).length;
  const gone = entities.length - standing;
  const { published, documents, words, languages } = facts;
  const period = published && (published.first === published.last ? published.first : `${published.first} to ${published.last}`);
  const undated = documents.undated > 0 ? `${period ? ', ' : ''}${counted(documents.undated, 'article')} without a plain date` : '';
  const rows: [string, string][] = [
    ['Articles', figure(of(counts, 'documents'))],
    ['Words', figure(words)],
    ['Languages', [...languages].map(([tag, count]) => `${plain(tag)} (${figure(count)})`).join(', ') || 'not stated'],
    ['Published', `${period ?? ''}${undated}` || 'not stated'],
    ['Annotations', figure(of(counts, 'annotations'))],
    ['Mentions', figure(of(counts, 'mentions'))],
    ['Relations in one article', figure(of(counts, 'relations'))],
    ['Relations across articles', figure(of(counts, 'cross_document_relations'))],
    ['Entities', `${figure(standing)}${gone > 0 ? `, and ${figure(gone)} merged or removed` : ''}`],
    ['Rejected suggestions', figure(of(counts, 'rejected'))],
    ['Text', source.withText ? 'included' : 'left out'],
  ];
  return [...tableOf(['What', 'How much:'], rows), 'Files, each with its sha256 in `manifest.json`:', ...listOf(fileLines(paths))];
}

const shownPaths = 15;

// If there are many files, lists them by folder and extension.
function fileLines(paths: readonly string[]): string[] {
  const shown = (path: string) => `\`${path.replaceAll('`', '')}\``;
  if (paths.length <= shownPaths) return paths.map(shown);
  const groups = new Map<string, number>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const group = `${path.slice(0, path.length - name.length)}*${name.includes('.') ? name.slice(name.lastIndexOf('.')) : ''}`;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const lines = [...groups].map(([group, count]) => `${shown(group)}: ${counted(count, 'file')}`);
  return lines.length <= shownPaths ? lines : [...lines.slice(0, shownPaths), `and ${counted(lines.length - shownPaths, 'folder')} more`];
}

function reading({ format, source }: CardContent): string[] {
  const example = source.withText ? format.example?.(source) : undefined;
  const without =
    'The texts are left out: find your own copy of each article by the sha256 of its text (UTF-8, line ends LF) before you use the offsets.';
  return [
    ...(format.guide ? [format.guide] : []),
    ...units[format.offsetUnit],
    ...(format.tokeniser ? [`Tokens are made by ${plain(format.tokeniser)}, ICU ${plain(source.generator.icu)}.`] : []),
    ...(source.withText || format.offsetUnit === 'none' ? [] : [without]),
    ...(example ? ['In Python:', `\`\`\`python\n${example}\n\`\`\``] : []),
  ];
}

const units: Readonly<Record<Format['offsetUnit'], readonly string[]>> = {
  unicode_code_point: [
    'Offsets count Unicode code points from 0 and are half-open: in Python `text[start:end]` is the covered text, in JavaScript `[...text].slice(start, end).join("")`.',
  ],
  utf16_code_unit: [
    'Offsets count UTF-16 code units from 0 and are half-open: in JavaScript and Java `text.substring(start, end)` is the covered text, in Python `text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")`.',
  ],
  token: ['Annotations are told by tokens, not by characters.'],
  none: ['This format has no offsets.'],
};

function scheme({ source, facts }: CardContent): string[] {
  const { codebook, codebookVersion } = source;
  const { origins } = facts;
  const made = [
    `${figure(origins.of('manual'))} by hand`,
    `${figure(origins.of('model'))} accepted from rule-based suggestions`,
    `${figure(origins.of('imported'))} imported from a file`,
  ];
  return [
    `People annotated by version ${codebookVersion} of the codebook “${plain(codebook.name)}”: ${made.join(', ')}. Each annotator’s work stands for itself; nothing is merged. Names in code type are those that the files use.`,
  ];
}

function annotators({ source, facts }: CardContent): string[] {
  const { layers } = source.codebook;
  const sorted = [...source.annotators].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.map(({ id, name, role }: Annotator) => [
    `\`${id}\``,
    plain(cut(name, 80)),
    role,
    figure(facts.worked.of(id)),
    figure(facts.done.of(id)),
    ...layers.map((layer) => figure(facts.layers.get(layer.id)?.byAnnotator.of(id) ?? 0)),
  ]);
  const { documents } = facts;
  return [
    ...tableOf(['Id', 'Name', 'Role', 'Articles:', 'Done:', ...layers.map(({ title }) => `${plain(title)}:`)], rows),
    `${counted(documents.shared, 'article')} of ${figure(documents.annotated)} with annotations were annotated by more than one person. An adjudicator decides between the others: status \`adjudicated\`.`,
  ];
}

function splits({ source, facts }: CardContent): string[] {
  if (!source.splits) {
    return [
      'None were made. Articles on one event share their words: when you split, keep them together, and never split by annotation or sentence.',
    ];
  }
  const method = Object.entries(source.splits.method).map(
    ([name, value]) => `${plain(name.replaceAll('_', ' '))}: ${plain(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  const { layers } = source.codebook;
  const names = ['train', 'validation', 'test', 'unassigned'].filter((name) => facts.splits.has(name));
  const rows = names.map((name) => [
    name,
    figure(facts.splits.of(name)),
    ...layers.map((layer) => figure(facts.layers.get(layer.id)?.bySplit.of(name) ?? 0)),
  ]);
  return [
    'Articles of one group are in one split; all annotators’ versions of an article stay together.',
    ...tableOf(['Split', 'Articles:', ...layers.map(({ title }) => `${plain(title)}:`)], rows),
    ...listOf(method),
  ];
}

function limits({ source, counts, facts, losses }: CardContent): string[] {
  const { documents } = facts;
  const annotations = of(counts, 'annotations');
  const { layers, annotators: taken, statuses } = source.selection;
  const narrowed = [
    ...(layers ? [`the layers ${layers.map((id) => `\`${id}\``).join(', ')}`] : []),
    ...(taken ? [`the annotators ${taken.map((id) => `\`${id}\``).join(', ')}`] : []),
    ...(statuses ? [`articles that are ${statuses.join(' or ')}`] : []),
  ];
  return [
    ...(narrowed.length > 0 ? [`It is a part of the project: ${narrowed.join('; ')}.`] : []),
    documents.shared === 0
      ? 'No article was annotated by more than one person, so nobody can tell how far two people agree.'
      : `Only ${counted(documents.shared, 'article')} can tell how far people agree; no measure of it is given here.`,
    `Drafts, which lack something that the codebook requires: ${figure(of(counts, 'drafts'))} of ${counted(annotations, 'annotation')} (${share(of(counts, 'drafts'), annotations)}), status \`draft\`.`,
    `${counted(documents.done, 'article')} of ${figure(of(counts, 'documents'))} were marked as done; in the others, what is not annotated is not known to be absent.`,
    ...(of(counts, 'rejected') > 0
      ? [
          `${counted(of(counts, 'rejected'), 'suggestion')} that an annotator turned down, status \`rejected\`, ${of(counts, 'rejected') === 1 ? 'is a negative example' : 'are negative examples'} where the format keeps them.`,
        ]
      : []),
    ...losses.map(({ kind, count }) => `Not carried: ${figure(count)} × ${plain(kind)}.`),
    ...(losses.length === 0 ? ['Nothing of the project was lost in this format.'] : []),
  ];
}

function provenance({ source, format }: CardContent): string[] {
  const { generator, project, changed, codebook, codebookVersion } = source;
  return tableOf(
    ['What', 'Which'],
    [
      ['Written by', `${plain(generator.name)} ${plain(generator.version)}, format \`${format.name}\``],
      ['Project', `${plain(project.name)} (\`${project.id}\`)`],
      ['Last change', changed],
      ['Codebook', `${plain(codebook.name)}, version ${codebookVersion}, language ${plain(codebook.language)}`],
      ['ICU', plain(generator.icu)],
    ],
  );
}
