import { z } from 'zod';
import { type AttributeValue, Evidence, Quantity } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import { safeParsed } from '../text/misfit.ts';
import { type Arg, mentionLayer } from './document.ts';
import type { ForeignAnnotation, ForeignRelation, ForeignSpan } from './foreign.ts';
import { AnnotationMembers, RelationMembers } from './foreign-schema.ts';
import { fieldOf, isObject, isOffset, listOf, stringOf } from './given-json.ts';
import { annotatorTag, controlNamed, doneTag, entityControl, nextFragment } from './label-studio-config.ts';
import { entityIn } from './label-studio-result.ts';

/** An annotation object of Label Studio: everything that one person did on a task. */
export interface Work {
  /** Null if the file does not name an annotator of Pressmark. */
  readonly annotator: Annotator | null;
  readonly completion: { readonly annotator: string; readonly marked: string } | null;
  readonly annotations: readonly ForeignAnnotation[];
  readonly relations: readonly ForeignRelation[];
  /** How many results are about the whole task and not made by Pressmark. */
  readonly unplaced: number;
}

// What Label Studio cannot represent; see label-studio-result.ts.
const { args, status } = AnnotationMembers.shape;
const Kept = AnnotationMembers.omit({ id: true, layer: true, attributes: true, note: true }).extend({
  args: args.exactOptional(),
  status: status.exactOptional(),
  relations: z.array(RelationMembers.omit({ from: true })).exactOptional(),
});
type Kept = z.infer<typeof Kept>;

interface Region {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  text: string | null;
  labels: readonly string[];
  /** By control; absent if not filled in. */
  readonly values: Map<string, AttributeValue>;
  note: string | null;
  kept: Kept | null;
  score: number | null;
}

interface Tie {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The work in an annotation object, or a sentence that says what is wrong with it. `isOurs` means that Pressmark made the task. */
export function readWork(annotation: unknown, isOurs: boolean): Work | string {
  const result = fieldOf(annotation, 'result');
  if (!Array.isArray(result)) return 'an annotation has no list of results.';
  const regions = new Map<string, Region>();
  const ties: Tie[] = [];
  const ofTask = new Map<string, object>();
  let unplaced = 0;
  for (const one of result as readonly unknown[]) {
    if (stringOf(one, 'type') === 'relation') {
      const fault = addTies(ties, one);
      if (fault) return fault;
      continue;
    }
    const value = fieldOf(one, 'value');
    if (!isObject(one) || !isObject(value)) return 'a result has no value.';
    // For a text shown as a page, the start is a path, and the offsets in the text are next to it.
    const place = isObject(fieldOf(value, 'globalOffsets')) ? fieldOf(value, 'globalOffsets') : value;
    const [start, end] = [fieldOf(place, 'start'), fieldOf(place, 'end')];
    if (start === undefined && end === undefined) {
      const name = stringOf(one, 'from_name') ?? '';
      ofTask.set(name, one);
      if (!isOurs || (name !== annotatorTag && name !== doneTag)) unplaced++;
      continue;
    }
    const id = stringOf(one, 'id') ?? `region ${regions.size}`;
    if (typeof start === 'string')
      return `the region ${short(id)} has no offsets in a text but a path in a page (HyperText), which cannot be read.`;
    if (!isOffset(start) || !isOffset(end) || start >= end)
      return `the region ${short(id)} has the offsets ${short(start)} to ${short(end)}.`;
    const region = regions.get(id) ?? { id, start, end, text: null, labels: [], values: new Map(), note: null, kept: null, score: null };
    regions.set(id, region);
    if (region.start !== start || region.end !== end) return `the region ${short(id)} has two places.`;
    addValue(region, one, value);
  }
  const unknown = ties.find(({ from, to }) => !regions.has(from) || !regions.has(to));
  if (unknown) return `a relation joins ${short(unknown.from)} and ${short(unknown.to)}, one of which is missing.`;
  return { ...assembled(annotation, regions, ties, ofTask, isOurs), unplaced };
}

// Content from a file may be too deeply nested or too long to be quoted in full.
const short = (value: unknown) => (typeof value === 'object' ? 'a list or object' : String(value).slice(0, 40));

function addTies(ties: Tie[], result: unknown): string | null {
  const [a, b] = [stringOf(result, 'from_id'), stringOf(result, 'to_id')];
  if (a === null || b === null) return 'a relation lacks an end.';
  const [from, to] = fieldOf(result, 'direction') === 'left' ? [b, a] : [a, b];
  const labels = listOf(result, 'labels').filter((label) => typeof label === 'string');
  for (const label of labels.length > 0 ? labels : ['relation']) ties.push({ from, to, label });
  return null;
}

function addValue(region: Region, result: object, value: object): void {
  const type = stringOf(result, 'type') ?? '';
  const name = stringOf(result, 'from_name') ?? '';
  const meta = fieldOf(result, 'meta');
  const notes = listOf(meta, 'text').filter((line) => typeof line === 'string');
  if (notes.length > 0) region.note = notes.join('\n');
  const kept = safeParsed(Kept, fieldOf(meta, 'pressmark'));
  if (kept.success) region.kept = kept.data;
  const score = fieldOf(result, 'score');
  if (typeof score === 'number' && score >= 0 && score <= 1) region.score = score;
  // The text typed into a text area is where other results have the covered text.
  if (type !== 'textarea') region.text = stringOf(value, 'text') ?? region.text;
  if (type.endsWith('labels')) {
    // These used to have a name other than their type.
    const labels = [...listOf(value, type), ...(type === 'hypertextlabels' ? listOf(value, 'htmllabels') : [])];
    region.labels = labels.filter((label) => typeof label === 'string');
    return;
  }
  const read = attributeValue(type, name, value);
  if (read !== null) region.values.set(name, read);
}

function attributeValue(type: string, name: string, value: object): AttributeValue | null {
  const kind = controlNamed(name)?.kind;
  const field = fieldOf(value, type === 'textarea' ? 'text' : type);
  if (typeof field === 'number') return field;
  const list = (Array.isArray(field) ? field : [field]).flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    // A path in a taxonomy.
    return Array.isArray(one) ? [one.filter((part) => typeof part === 'string').join(' / ')] : [];
  });
  if (kind === 'quantity' || kind === 'evidence') return structured(kind === 'quantity' ? Quantity : Evidence, list);
  if (kind === 'list' || kind === 'filler') return list;
  if (list.length === 0) return null;
  if (kind === 'boolean') return list[0] === 'true';
  return list.length === 1 ? (list[0] as string) : list;
}

// If what someone wrote there does not fit, keep it as text, so that it is visible and not lost.
function structured(schema: typeof Quantity | typeof Evidence, texts: readonly string[]): AttributeValue {
  const values = texts.map((text) => {
    try {
      return safeParsed(schema, JSON.parse(text)).data ?? null;
    } catch {
      return null;
    }
  });
  return values.every((value) => value !== null) ? (values as AttributeValue) : [...texts];
}

function assembled(
  annotation: unknown,
  regions: ReadonlyMap<string, Region>,
  ties: readonly Tie[],
  ofTask: ReadonlyMap<string, object>,
  isOurs: boolean,
): Omit<Work, 'unplaced'> {
  const isPrediction = fieldOf(annotation, 'isPrediction') === true;
  const person = isOurs ? annotatorOf(annotation, ofTask.get(annotatorTag)) : null;
  const annotator = person?.id ?? userOf(annotation, isPrediction);
  const next = new Map(ties.filter(({ label }) => label === nextFragment).map(({ from, to }) => [from, to]));
  const follows = new Set(next.values());
  const heads = [...regions.values()].filter(({ id }) => !follows.has(id));
  // Fragments that follow each other in a ring have no first one, so each becomes an annotation of its own.
  const reached = new Set(heads.flatMap((head) => chainOf(head, regions, next).map(({ id }) => id)));
  const alone = [...regions.values()].filter(({ id }) => !reached.has(id));
  const headOf = new Map<string, string>();
  const annotations: ForeignAnnotation[] = [];
  const relations: ForeignRelation[] = [];
  for (const head of [...heads, ...alone]) {
    const fragments = reached.has(head.id) ? chainOf(head, regions, next) : [head];
    for (const { id } of fragments) headOf.set(id, head.id);
  }
  const ends = ties
    .filter(({ label }) => label !== nextFragment)
    .map(({ from, to, label }) => ({ from: headOf.get(from) as string, to: headOf.get(to) as string, label }));
  for (const head of [...heads, ...alone]) {
    const fragments = reached.has(head.id) ? chainOf(head, regions, next) : [head];
    const own = ends.filter(({ from }) => from === head.id);
    const { args, rest } = rolesOf(head, own, regions, isOurs);
    relations.push(...relationsOf(head, rest, annotator));
    const spans = fragments.map(({ start, end, text }): ForeignSpan => ({ start, end, text })).sort((a, b) => a.start - b.start);
    const { args: _, relations: __, ...history } = head.kept ?? {};
    const predicted = isPrediction ? { origin: 'model' as const, confidence: head.score } : {};
    const ground = { spans, args, annotator, note: head.note ?? '', ...predicted, ...history };
    const status = head.kept?.status ?? (isOurs && head.labels[0] === mentionLayer ? mentionStatus(person) : null);
    const labels = head.labels.length > 0 ? head.labels : ['unlabelled'];
    for (const [index, layer] of labels.entries())
      annotations.push({
        ...ground,
        id: index === 0 ? head.id : `${head.id}.${layer}`,
        layer,
        attributes: attributesOf(head, layer),
        status,
      });
  }
  const marked = stringOf(fieldOf(fieldOf(ofTask.get(doneTag), 'meta'), 'pressmark'), 'marked');
  const completion = marked !== null && annotator !== null ? { annotator, marked } : null;
  return { annotator: person, completion, annotations, relations };
}

const mentionStatus = (person: Annotator | null) => (person?.role === 'adjudicator' ? 'adjudicated' : 'final');

function chainOf(head: Region, regions: ReadonlyMap<string, Region>, next: ReadonlyMap<string, string>): Region[] {
  const chain: Region[] = [];
  const seen = new Set<string>();
  for (let at: string | undefined = head.id; at !== undefined && !seen.has(at); at = next.get(at)) {
    seen.add(at);
    chain.push(regions.get(at) as Region);
  }
  return chain;
}

function attributesOf({ values }: Region, layer: string): Record<string, AttributeValue> {
  const entries = [...values].flatMap(([name, value]): [string, AttributeValue][] => {
    if (name === entityControl && typeof value === 'string') return [['entity_id', entityIn(value) ?? value]];
    const ours = controlNamed(name);
    if (ours?.kind === 'filler') return [];
    return [[ours?.layer === layer ? ours.field : name, value]];
  });
  return Object.fromEntries(entries);
}

// A tie fills a role if Pressmark wrote it for one, or if it leads to a mention. If all previous fillers still exist, their order is kept.
function rolesOf(
  head: Region,
  ties: readonly Tie[],
  regions: ReadonlyMap<string, Region>,
  isOurs: boolean,
): { args: readonly Arg[]; rest: readonly Tie[] } {
  const before = head.kept?.args ?? [];
  const isRole = ({ to, label }: Tie) =>
    isOurs &&
    (regions.get(to)?.labels.includes(mentionLayer) ||
      before.some((arg) => 'annotation' in arg && arg.annotation === to && arg.role === label));
  const isBoth = ({ to, label }: Tie) => (head.kept?.relations ?? []).some((one) => one.to === to && one.type === label);
  const inText = ties.filter(isRole).map(({ to, label }): Arg => ({ role: label, annotation: to }));
  const elsewhere = [...head.values].flatMap(([name, value]): Arg[] => {
    const control = controlNamed(name);
    if (control?.kind !== 'filler' || !Array.isArray(value)) return [];
    return (value as readonly string[]).map((words) => {
      const entity = entityIn(words);
      return entity === null && words === 'author'
        ? { role: control.field, author: true }
        : { role: control.field, entity: entity ?? words };
    });
  });
  const found = [...inText, ...elsewhere];
  const keyOf = (arg: Arg) =>
    JSON.stringify([arg.role, 'annotation' in arg ? arg.annotation : 'entity' in arg ? ['entity', arg.entity] : 0]);
  const sorted = (args: readonly Arg[]) => [...new Set(args.map(keyOf))].sort().join();
  const rest = ties.filter((tie) => !isRole(tie) || isBoth(tie));
  return { args: sorted(found) === sorted(before) ? before : found, rest };
}

function relationsOf({ id, kept }: Region, ties: readonly Tie[], annotator: string | null): ForeignRelation[] {
  return ties.flatMap(({ to, label }): ForeignRelation[] => {
    const known = (kept?.relations ?? []).filter((one) => one.to === to && one.type === label);
    if (known.length > 0) return known.map((core) => ({ ...core, from: id, to, annotator }));
    return [{ id: `${id}.${label}.${to}`, type: label, from: id, to, annotator, attributes: {} }];
  });
}

function annotatorOf(annotation: unknown, result: unknown): Annotator | null {
  const [words] = listOf(fieldOf(result, 'value'), 'text');
  const id = typeof words === 'string' ? entityIn(words) : null;
  if (id === null) return null;
  const name = (words as string).slice(0, (words as string).lastIndexOf(' ['));
  return { id, name, role: fieldOf(annotation, 'ground_truth') === true ? 'adjudicator' : 'annotator' };
}

/** The author according to Label Studio: an e-mail address, a user number, or the version of a model. */
function userOf(annotation: unknown, isPrediction: boolean): string | null {
  if (isPrediction) return stringOf(annotation, 'model_version');
  const user = fieldOf(annotation, 'completed_by');
  if (typeof user === 'number' || typeof user === 'string') return String(user);
  const id = fieldOf(user, 'id');
  return stringOf(user, 'email') ?? (typeof id === 'number' ? String(id) : null);
}
