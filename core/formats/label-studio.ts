import { entityOf } from '../model/entity.ts';
import type { DatasetDocument, DatasetEntity } from './document.ts';
import type { ExportRun, Format } from './format.ts';
import { jsonLine } from './json-text.ts';
import { labelingConfig } from './label-studio-config.ts';
import { readLabelStudio } from './label-studio-read.ts';
import { resultOf } from './label-studio-result.ts';
import type { Chunk } from './ledger.ts';
import { namedEntities } from './named-entities.ts';
import { peopleOn } from './people.ts';

/**
 * Label Studio: tasks.json for its import, with one task for each article and one annotation for each annotator, and config.xml, the matching
 * labelling interface (reference formats, section 7). A layer is a label, a fragment a region, an attribute a control under the region, and a role
 * or relation a relation. Offsets count code points, like Label Studio's editor. What it cannot represent is in the `meta` of a region, which it
 * preserves.
 */
export const labelStudio: Format = {
  name: 'label-studio',
  title: 'Label Studio',
  about: 'Tasks with everybody’s annotations and the labelling interface made from the codebook, to go on annotating in Label Studio.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: false,
  tokeniser: null,
  example,
  write: (run) => writeLabelStudio(run),
  read: readLabelStudio,
  recognises: (paths, beginning) =>
    paths.some((path) => path.endsWith('.json')) &&
    (/^\s*(\[\s*)?\{\s*"(id|data|annotations|predictions)"\s*:/.test(beginning) ||
      /"(from_name|labels|completed_by)"\s*:/.test(beginning)) &&
    /"(data|labels|result)"\s*:/.test(beginning),
};

// In UTF-16 code units. Its server accepts files of some 50 MB; a new file begins well before that.
const largestFile = 16_000_000;

/** Writes the tasks. A file ends once it holds more than `fileSize` UTF-16 code units. */
export async function* writeLabelStudio(run: ExportRun, fileSize = largestFile): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const { codebook, registry } = source;
  const ground = { codebook, nameOf: (id: string) => entityOf(registry, id)?.canonical ?? id };
  const worked = new Set<string>();
  const named = new Set<string>();
  let file = 1;
  let size = 0;
  const path = () => (file === 1 ? 'tasks.json' : `tasks-${file}.json`);
  for await (const document of run.documents()) {
    const people = peopleOn(document, run.annotators);
    const annotations = people.map((annotator) => {
      worked.add(annotator.id);
      const result = resultOf(annotator, document, ownRelations(document, annotator.id), ground);
      return { result, ground_truth: annotator.role === 'adjudicator' };
    });
    ledger.lose('rejected suggestions', document.annotations.filter(({ status }) => status === 'rejected').length);
    const carried = people.flatMap(({ id }) => ownRelations(document, id)).length;
    ledger.lose('relations between annotations of two annotators', document.relations.length - carried);
    const entities = namedEntities(run.entities(), document.annotations);
    for (const { id } of entities) named.add(id);
    const line = jsonLine({ data: dataOf(document, entities), annotations, predictions: [] }, ledger).trimEnd();
    if (size > fileSize) {
      yield ledger.whole(path(), '\n]\n', 0);
      file++;
      size = 0;
    }
    yield ledger.chunk(path(), `${size === 0 ? '[' : ','}\n${line}`, 1);
    size += line.length;
  }
  yield ledger.whole(path(), size === 0 ? '[]\n' : '\n]\n', 0);
  ledger.lose('relations across articles', run.links().length);
  ledger.lose('entities that nothing in an article is linked to', run.entities().filter(({ id }) => !named.has(id)).length);
  if (size > 0) ledger.lose('annotators who have no work in the articles', run.annotators.filter(({ id }) => !worked.has(id)).length);
  yield ledger.whole('config.xml', labelingConfig(codebook), 1);
  return undefined;
}

// Label Studio preserves the data of a task. It includes the entities that its annotations refer to, for reading the task back.
function dataOf(document: DatasetDocument, entities: readonly DatasetEntity[]): object {
  const { doc_id, text, length, offset_unit, text_sha256, language, metadata, group_id, split } = document;
  const splits = split === null ? {} : { group_id, split };
  return { text, doc_id, ...metadata, language, ...splits, offset_unit, length, text_sha256, entities };
}

/** The relations between an annotator's own annotations. Label Studio only relates regions of one annotation. */
function ownRelations({ annotations, relations }: DatasetDocument, annotator: string) {
  const own = new Set(annotations.flatMap(({ id, annotator: by, status }) => (by === annotator && status !== 'rejected' ? [id] : [])));
  return relations.filter(({ annotator: by, from, to }) => by === annotator && own.has(from) && own.has(to));
}

function example(): string {
  return [
    '# In Label Studio: make a project, paste config.xml under Settings, Labeling Interface, Code; import tasks.json.',
    'import json',
    'for task in json.load(open("tasks.json", encoding="utf-8")):',
    '    text = task["data"]["text"]',
    '    for annotation in task["annotations"]:',
    '        for result in annotation["result"]:',
    '            if result["type"] == "labels":',
    '                value = result["value"]',
    '                print(value["labels"], text[value["start"]:value["end"]])',
  ].join('\n');
}
