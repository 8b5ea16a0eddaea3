import type { Annotator } from '../model/annotator.ts';
import { offsetMap } from '../text/offsets.ts';
import type { Range } from '../text/span.ts';
import { casJsonWriter } from './cas-json.ts';
import { type CasWork, casObjects, type Segmentation, unfit } from './cas-objects.ts';
import { initial, readCas, recognisesCas } from './cas-read.ts';
import { typeSystem } from './cas-types.ts';
import { casXmiWriter, typeSystemXml } from './cas-xmi.ts';
import { type DatasetDocument, type DatasetEntity, mentionLayer } from './document.ts';
import type { ExportRun, Format } from './format.ts';
import type { Chunk } from './ledger.ts';
import { sentencesOf, tokeniser, tokensOf } from './tokens.ts';
import { fitsXml } from './xml-text.ts';

const typeSystemPath = 'TypeSystem.xml';

/**
 * UIMA, as read by INCEpTION and cassis: one CAS for each article and annotator, written both as CAS JSON 0.4.0 and as XMI 1.0 from the same
 * objects, together with the type system of the codebook, from which INCEpTION makes its layers. Offsets count UTF-16 code units, like UIMA's.
 */
export const cas: Format = {
  name: 'cas',
  title: 'UIMA CAS (JSON and XMI)',
  about: 'A file for each article and annotator, with tokens and sentences, for INCEpTION, UIMA and cassis.',
  offsetUnit: 'utf16_code_unit',
  canLeaveTextOut: false,
  tokeniser,
  write,
  read: readCas,
  recognises: recognisesCas,
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const types = typeSystem(source.codebook).map((type) => ({ ...type, description: ledger.wellFormed(type.description) }));
  const casJson = casJsonWriter(types, ledger);
  const casXmi = casXmiWriter();
  const worked = new Set<string>();
  const linked = new Set<string>();
  let articles = 0;
  yield ledger.whole(typeSystemPath, typeSystemXml(types), 1);
  for await (const document of run.documents()) {
    articles++;
    if (!fitsXml(document.text)) ledger.lose(unfit);
    for (const id of entitiesIn(document)) linked.add(id);
    const segmentation = segmentationOf(document);
    for (const work of worksOn(document, run)) {
      if (work.annotator) worked.add(work.annotator.id);
      const objects = casObjects(document, segmentation, work, source, ledger);
      const path = `${document.doc_id}/${work.annotator?.id ?? initial}`;
      yield ledger.whole(`${path}.json`, casJson(document.text, objects), 1);
      yield ledger.whole(`${path}.xmi`, casXmi(document.text, objects), 1);
    }
  }
  ledger.lose('relations across articles', run.links().length);
  const written = run.entities().filter(({ id }) => linked.has(id));
  ledger.lose('entities that nothing in an article is linked to', run.entities().length - written.length);
  ledger.lose('entities with more than a name, a type and a Wikidata id, which alone are kept', written.filter(hasDetails).length);
  const idle = run.annotators.filter(({ id }) => !worked.has(id));
  if (articles > 0) ledger.lose('annotators who have no work in the articles', idle.length);
  return undefined;
}

/** The ids of the entities to which annotations and mentions of `document` are linked. */
export function entitiesIn({ annotations }: Pick<DatasetDocument, 'annotations'>): Set<string> {
  const linked = annotations.flatMap(({ layer, attributes, args }) => [
    ...(layer === mentionLayer ? [attributes['entity_id']] : []),
    ...args.map((arg) => ('entity' in arg ? arg.entity : null)),
  ]);
  return new Set(linked.filter((id): id is string => typeof id === 'string'));
}

/** Whether more is known about an entity than a CAS can hold. */
export function hasDetails({ aliases, members, date, roles, notes, removed }: DatasetEntity): boolean {
  return removed || date !== null || notes !== '' || [aliases, members, roles].some((list) => list.length > 0);
}

// Tokens end at the spans of all annotators, so that all files of an article have the same tokens.
function segmentationOf({ text, language, annotations }: DatasetDocument): Segmentation {
  const offsets = offsetMap(text);
  const sentences = sentencesOf(text, language);
  const ends = ({ start, end }: Range) => [start, end];
  const cuts = annotations.flatMap(({ spans }) => spans.flatMap(ends)).map((point) => offsets.fromCodePoint(point));
  return { sentences, tokens: tokensOf(text, language, [...cuts, ...sentences.flatMap(ends)]) };
}

function worksOn(document: DatasetDocument, { annotators: known, ledger }: ExportRun): CasWork[] {
  const owners = new Map(document.annotations.map(({ id, annotator }) => [id, annotator]));
  const isOwn = ({ from, to }: DatasetDocument['relations'][number], annotator: string) =>
    owners.get(from) === annotator && owners.get(to) === annotator;
  const crossing = document.relations.filter((relation) => !isOwn(relation, relation.annotator)).length;
  ledger.lose('relations to an annotation of another annotator', crossing);
  const ids = new Set([...owners.values(), ...document.completions.map(({ annotator }) => annotator)]);
  const strangers = [...ids].filter((id) => !known.some((one) => one.id === id)).sort();
  const annotators = [...known, ...strangers.map((id): Annotator => ({ id, name: id, role: 'annotator' }))];
  const works = annotators.map(
    (annotator): CasWork => ({
      annotator,
      annotations: document.annotations.filter((annotation) => annotation.annotator === annotator.id),
      relations: document.relations.filter((relation) => relation.annotator === annotator.id && isOwn(relation, annotator.id)),
      completed: document.completions.find((completion) => completion.annotator === annotator.id)?.marked ?? null,
    }),
  );
  const withWork = works.filter(({ annotations, completed }) => annotations.length > 0 || completed !== null);
  return withWork.length > 0 ? withWork : [{ annotator: null, annotations: [], relations: [], completed: null }];
}
