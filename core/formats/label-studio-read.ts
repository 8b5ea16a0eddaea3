import type { ImportProblem } from '../import/draft.ts';
import type { Annotator } from '../model/annotator.ts';
import { safeParsed } from '../text/misfit.ts';
import { withoutAbout } from './about-files.ts';
import type { DatasetEntity } from './document.ts';
import type { Foreign, ForeignDocument, GivenFile } from './foreign.ts';
import { EntityMembers } from './foreign-schema.ts';
import { fieldOf, givenJson, isObject, isOffset, listOf, problemIn, stringOf } from './given-json.ts';
import { labelTag, textTag } from './label-studio-config.ts';
import { readWork, type Work } from './label-studio-regions.ts';
import type { Loss } from './ledger.ts';

const advice = 'Export the tasks from Label Studio as JSON (not JSON-MIN with other columns, CSV or CONLL) and import them again.';

/**
 * Reads Label Studio tasks: its JSON export, its JSON-MIN, and what Pressmark wrote for it, whether changed there or not. A region with several
 * labels becomes one annotation for each. Skipped annotations are ignored. Predictions are used only if nobody annotated the task.
 */
export function readLabelStudio(files: readonly GivenFile[]): Foreign {
  const documents: ForeignDocument[] = [];
  const problems: ImportProblem[] = [];
  const annotators = new Map<string, Annotator>();
  const entities = new Map<string, DatasetEntity>();
  const losses: Loss[] = [];
  for (const file of withoutAbout(files)) {
    if (!file.path.endsWith('.json')) continue;
    const given = givenJson(file);
    if (given.problem) {
      problems.push(given.problem);
      continue;
    }
    const found: ForeignDocument[] = [];
    const people: Annotator[] = [];
    const named: DatasetEntity[] = [];
    const lost: Loss[] = [];
    let problem: ImportProblem | null = null;
    for (const [index, task] of tasksOf(given.value).entries()) {
      const read = readTask(file.path, index, task);
      if ('code' in read) {
        problem = read;
        break;
      }
      found.push(read.document);
      people.push(...read.annotators);
      lost.push(...read.losses);
      named.push(...entitiesOf(task));
    }
    if (problem) problems.push(problem);
    else {
      documents.push(...found);
      losses.push(...lost.filter(({ count }) => count > 0));
      for (const one of people) annotators.set(one.id, one);
      for (const one of named) entities.set(one.id, one);
    }
  }
  return { documents, entities: [...entities.values()], links: [], annotators: [...annotators.values()], problems, losses };
}

const tasksOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

interface ReadTask {
  readonly document: ForeignDocument;
  readonly annotators: readonly Annotator[];
  /** What in the task gives no annotation, counted by kind. */
  readonly losses: readonly Loss[];
}

function readTask(file: string, index: number, task: unknown): ReadTask | ImportProblem {
  const fault = (message: string) => problemIn(file, 'damaged', `Task ${index + 1}: ${message}`, advice);
  if (!isObject(task)) return fault('it is not a JSON object.');
  const data = isObject(fieldOf(task, 'data')) ? fieldOf(task, 'data') : minimalData(task);
  const text = stringOf(data, textTag) ?? onlyText(data);
  if (text === null) return fault('its data holds no text, or several and none is called text.');
  const works: Work[] = [];
  const isOurs = stringOf(data, 'offset_unit') === 'unicode_code_point' && stringOf(data, 'doc_id') !== null;
  const made = madeIn(task);
  for (const annotation of annotationsOf(task)) {
    const work = readWork(annotation, isOurs);
    if (typeof work === 'string') return fault(work);
    works.push(apart(work, works));
  }
  const document: ForeignDocument = {
    ...{ file, line: null, doc_id: stringOf(data, 'doc_id'), text, text_sha256: stringOf(data, 'text_sha256') },
    // Older versions of Label Studio counted UTF-16 code units in their own files. The covered texts show which.
    unit: isOurs ? 'unicode_code_point' : null,
    name: stringOf(data, 'original_name') ?? `${file} task ${index + 1}`,
    language: stringOf(data, 'language'),
    title: stringOf(data, 'title'),
    source: stringOf(data, 'source'),
    url: stringOf(data, 'url'),
    published: stringOf(data, 'published'),
    headings: listOf(data, 'headings').filter(isOffset),
    annotations: works.flatMap(({ annotations }) => annotations),
    relations: works.flatMap(({ relations }) => relations),
    completions: works.flatMap(({ completion }) => completion ?? []),
  };
  const losses = [
    { kind: 'results about a whole task', count: works.reduce((sum, { unplaced }) => sum + unplaced, 0) },
    { kind: 'annotations that were cancelled', count: made.length - made.filter(isKept).length },
    // Predictions are used if nobody annotated.
    { kind: 'predictions beside annotations', count: made.length > 0 ? listOf(task, 'predictions').length : 0 },
  ];
  return { document, annotators: works.flatMap(({ annotator }) => annotator ?? []), losses };
}

/** The entities included in a task that Pressmark wrote. */
function entitiesOf(task: unknown): DatasetEntity[] {
  return listOf(fieldOf(task, 'data'), 'entities').flatMap((one) => safeParsed(EntityMembers, one).data ?? []);
}

// JSON-MIN puts the data and the results of one annotation next to each other.
function minimalData(task: object): unknown {
  return Object.fromEntries(Object.entries(task).filter(([, value]) => typeof value === 'string'));
}

/** The only string in a task that is long enough to be annotated, whatever its key; null if there are several or none. */
function onlyText(data: unknown): string | null {
  if (!isObject(data)) return null;
  const texts = Object.values(data).filter((value) => typeof value === 'string' && /\s/.test(value));
  return texts.length === 1 ? (texts[0] as string) : null;
}

// Before version 1 they were called `completions`.
const madeIn = (task: object) => [...listOf(task, 'annotations'), ...listOf(task, 'completions')];
const isKept = (annotation: unknown) => fieldOf(annotation, 'was_cancelled') !== true;

function annotationsOf(task: object): readonly unknown[] {
  const made = madeIn(task);
  const kept = made.filter(isKept);
  if (kept.length > 0) return kept;
  if (made.length === 0 && listOf(task, 'predictions').length > 0) {
    return listOf(task, 'predictions').map((one) => ({
      ...(isObject(one) ? one : {}),
      result: fieldOf(one, 'result'),
      isPrediction: true,
    }));
  }
  const minimal = Object.entries(task).filter(
    ([, value]) => Array.isArray(value) && value.some((one) => Array.isArray(fieldOf(one, 'labels'))),
  );
  if (fieldOf(task, 'data') !== undefined || minimal.length === 0) return [];
  const result = minimal.flatMap(([name, values], group) =>
    (values as readonly unknown[]).map((value, index) => ({
      ...{ id: `${group}.${index}`, from_name: name || labelTag, to_name: textTag, type: 'labels', value },
    })),
  );
  return [{ result, completed_by: fieldOf(task, 'annotator') }];
}

// Region ids are unique only within one annotation, and an annotation copied from another one has the same ids.
function apart(work: Work, before: readonly Work[]): Work {
  const taken = new Set(before.flatMap(({ annotations }) => annotations.map(({ id }) => id)));
  if (!work.annotations.some(({ id }) => taken.has(id))) return work;
  const named = (id: string) => `${id}.of.${before.length + 1}`;
  return {
    ...work,
    annotations: work.annotations.map((one) => ({
      ...one,
      id: named(one.id),
      args: one.args.map((arg) => ('annotation' in arg ? { ...arg, annotation: named(arg.annotation) } : arg)),
    })),
    relations: work.relations.map((one) => ({ ...one, id: named(one.id), from: named(one.from), to: named(one.to) })),
  };
}
