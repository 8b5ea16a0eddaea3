import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttributeValue } from '../../model/annotation.ts';
import { offsetMap } from '../../text/offsets.ts';
import type { DatasetDocument, DatasetEntity, DatasetLink } from '../document.ts';
import { exportDataset } from '../export-run.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, GivenFile } from '../foreign.ts';
import type { DatasetSource, Format } from '../format.ts';
import type { Loss } from '../ledger.ts';
import { exported, hashOf, sourceOf } from './case.ts';
import { someProject, type WholeProject } from './whole-project.ts';

/** Enters a loss, under exactly the name that the ledger uses. */
export type Lose = (kind: string, count?: number) => void;

/** What must be preserved of a dataset. */
export interface RoundTrip {
  /** The id of the rule that the test shows, with which its title begins. */
  readonly rule: string;
  /**
   * Returns what the format should give back of `all`, which is everything, and enters the rest with `lose`. Without this, the format must
   * preserve everything. Absent, null and '' (for notes) are the same. `file` and `line` are not compared, `headings` only if `read` returns them.
   */
  readonly carried?: (all: Foreign, lose: Lose) => Foreign;
  /** For a format that does not keep the ids of annotations and relations. They are then matched by everything else. */
  readonly keepsIds?: false;
  /** Which of the written files are given to `read`; by default all. */
  readonly given?: (path: string) => boolean;
  readonly runs?: number;
}

/**
 * A property test: what `format` reads back is the project, minus exactly the losses that it reported. Call it at the top of a test file:
 * `roundTrip(brat, { rule: 'X180', carried })`.
 */
export function roundTrip(format: Format, options: RoundTrip): void {
  it(`${options.rule} what ${format.name} wrote is read back, minus exactly what it said it would lose`, async () => {
    await fc.assert(
      fc.asyncProperty(someProject, (project) => expectRoundTrip(format, project, options)),
      { numRuns: options.runs ?? 30 },
    );
  });
}

/** The check of `roundTrip` for one project. */
export async function expectRoundTrip(format: Format, project: WholeProject, options: Omit<RoundTrip, 'rule'> = {}): Promise<void> {
  if (!format.read) throw new TypeError(`${format.name} has no read`);
  const source = sourceOfWhole(project);
  const { bytes, outcome } = await exported(format, source);
  const files: GivenFile[] = [...bytes]
    .filter(([path]) => options.given?.(path) ?? true)
    .map(([path, content]) => ({ path, bytes: content }));
  const found = format.read(files);
  expect(found.problems).toEqual([]);
  const losses = new Map<string, number>();
  const lose: Lose = (kind, count = 1) => {
    if (count > 0) losses.set(kind, (losses.get(kind) ?? 0) + count);
  };
  const all = foreignOf(await wholeDataset(source));
  const expected = options.carried?.(all, lose) ?? all;
  const keepsIds = options.keepsIds ?? true;
  const tellsHeadings = found.documents.some(({ headings }) => headings !== undefined);
  expect(comparable(found, keepsIds, tellsHeadings)).toEqual(comparable(expected, keepsIds, tellsHeadings));
  expect(outcome.losses).toEqual([...losses].map(([kind, count]): Loss => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1)));
}

/** A whole project as a dataset source. */
export function sourceOfWhole({ input, texts }: WholeProject): DatasetSource {
  return sourceOf(
    input,
    (file) => texts.get(file) as string,
    () => hashOf(createHash('sha256')),
  );
}

/** Everything in a dataset of `source`, as the exporters receive it. */
export async function wholeDataset(source: DatasetSource): Promise<Dataset> {
  const documents: DatasetDocument[] = [];
  let rest: Omit<Dataset, 'documents'> | null = null;
  const collector: Format = {
    ...{ name: 'jsonl', title: '', about: '', offsetUnit: 'unicode_code_point', canLeaveTextOut: true, tokeniser: null },
    // biome-ignore lint/correctness/useYield: it only looks
    async *write(run) {
      for await (const document of run.documents()) documents.push(document);
      rest = { links: run.links(), entities: run.entities(), annotators: run.annotators };
      return undefined;
    },
  };
  for await (const _ of exportDataset(collector, source));
  return { documents, ...((rest as Omit<Dataset, 'documents'> | null) ?? { links: [], entities: [], annotators: [] }) };
}

export interface Dataset {
  readonly documents: readonly DatasetDocument[];
  readonly links: readonly DatasetLink[];
  readonly entities: readonly DatasetEntity[];
  readonly annotators: Foreign['annotators'];
}

/** A dataset as a lossless reader would return it. */
export function foreignOf({ documents, links, entities, annotators }: Dataset): Foreign {
  return {
    links,
    entities,
    annotators,
    problems: [],
    documents: documents.map(
      ({ doc_id, language, text, text_sha256, metadata, completions, annotations, relations }): ForeignDocument => ({
        ...{ file: '', line: null, doc_id, text, text_sha256, unit: 'unicode_code_point', name: metadata.original_name, language },
        ...{
          title: metadata.title,
          source: metadata.source,
          url: metadata.url,
          published: metadata.published,
          headings: metadata.headings,
        },
        ...{ annotations, relations, completions },
      }),
    ),
  };
}

type Plain = Record<string, unknown>;

// Normalises order and unit, and removes what is not compared, so that equal content gives equal values.
function comparable(foreign: Foreign, keepsIds: boolean, tellsHeadings: boolean): unknown {
  return {
    documents: [...foreign.documents]
      .sort(by(({ doc_id, text }) => `${doc_id} ${text}`))
      .map(({ headings, ...document }) => plainDocument(tellsHeadings && headings ? { ...document, headings } : document, keepsIds)),
    links: [...foreign.links].sort(by(({ id }) => id)).map(said),
    entities: [...foreign.entities].sort(by(({ id }) => id)).map(said),
    annotators: [...foreign.annotators].sort(by(({ id }) => id)).map(said),
  };
}

function plainDocument(
  { file: _, line: __, unit, annotations, relations, completions, ...facts }: ForeignDocument,
  keepsIds: boolean,
): Plain {
  const toPoint = inCodePoints(facts.text ?? '', unit);
  const inPoints = annotations.map(({ line: _, ...annotation }) => ({
    ...annotation,
    spans: annotation.spans.map(({ start, end, text }) => ({ start: toPoint(start), end: toPoint(end), text })),
  }));
  const names = keepsIds ? null : namesByContent(inPoints);
  const named = (id: string) => names?.get(id) ?? id;
  const plainAnnotations = inPoints.map((annotation) => said({ ...annotation, ...renamed(annotation, named) }));
  const plainRelations = relations.map((relation) =>
    said({ ...relation, from: named(relation.from), to: named(relation.to), ...(keepsIds ? {} : { id: '' }) }),
  );
  return {
    ...said(facts),
    annotations: plainAnnotations.sort(by((one) => JSON.stringify(keepsIds ? one['id'] : one))),
    relations: plainRelations.sort(by((one) => JSON.stringify(keepsIds ? one['id'] : one))),
    completions: [...completions].sort(by(({ annotator }) => annotator)),
  };
}

function inCodePoints(text: string, unit: ForeignDocument['unit']): (offset: number) => number {
  if (unit === 'unicode_code_point' || unit === null) return (offset) => offset;
  const map = offsetMap(text);
  if (unit === 'utf16_code_unit') return (offset) => map.toCodePoint(offset);
  return (offset) => {
    const at = Array.from({ length: text.length + 1 }, (_, index) => index).find((index) => map.toByte(index) === offset);
    return map.toCodePoint(at ?? Number.NaN);
  };
}

// A name for each annotation, made from everything known about it except what it refers to. Identical annotations share a name.
function namesByContent(annotations: readonly ForeignAnnotation[]): Map<string, string> {
  return new Map(
    annotations.map(({ id, args, ...rest }) => {
      const roles = args.map((arg) => ('annotation' in arg ? { role: arg.role } : arg));
      return [id, JSON.stringify(said({ ...rest, roles }), sortedKeys)];
    }),
  );
}

const sortedKeys = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

function renamed({ id, args, attributes }: ForeignAnnotation, named: (id: string) => string): Plain {
  return {
    id: named(id),
    args: args.map((arg) => ('annotation' in arg ? { ...arg, annotation: named(arg.annotation) } : arg)),
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, withMentionsNamed(value, named)])),
  };
}

function withMentionsNamed(value: AttributeValue, named: (id: string) => string): AttributeValue {
  if (!Array.isArray(value)) return value;
  return (value as readonly unknown[]).map((item) => {
    const isQuantity = typeof item === 'object' && item !== null && 'mention' in item && typeof item.mention === 'string';
    return isQuantity ? { ...item, mention: named(item.mention as string) } : item;
  }) as AttributeValue;
}

/** `record` without empty fields. */
function said(record: object): Plain {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => value !== undefined && value !== null && !(name === 'note' && value === '')),
  );
}

const by =
  <T>(key: (item: T) => string) =>
  (a: T, b: T) => {
    const [one, other] = [key(a), key(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
