import { offsetMap } from '../text/offsets.ts';
import type { DatasetDocument } from './document.ts';
import type { ExportRun, Format } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Chunk, Ledger } from './ledger.ts';
import {
  annotationItem,
  context,
  creator,
  documentNode,
  entityNode,
  iri,
  linkItem,
  type Node,
  relationItem,
} from './web-annotation-items.ts';
import { readWebAnnotation } from './web-annotation-read.ts';

/**
 * W3C Web Annotation (Web Annotation Data Model, Recommendation of 2017; reference formats, section 9): an AnnotationCollection with a page of
 * annotations for each article and one for the relations across articles, together with the texts and the registry, all in JSON-LD. Positions
 * count code points, as the model requires.
 */
export const webAnnotation: Format = {
  name: 'web-annotation',
  title: 'W3C Web Annotation',
  about: 'Linked data: a page of annotations for each article, with the words around each, and the registry as concepts.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: true,
  tokeniser: null,
  example: ({ withText }) =>
    [
      'import json',
      'from glob import glob',
      'for path in sorted(glob("pages/*.jsonld")):',
      '    page = json.load(open(path, encoding="utf-8"))',
      ...(withText ? ['    text = open(page["pm:document"]["pm:file"], encoding="utf-8", newline="").read()'] : []),
      '    for item in page["items"]:',
      '        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]',
      '        for target in targets:',
      '            if "selector" not in target: continue  # what is about annotations or the whole article',
      withText
        ? '            position = target["selector"][0]; print(item["body"][0]["value"], text[position["start"]:position["end"]])'
        : '            position = target["selector"]; print(item["body"][0]["value"], position["start"], position["end"])',
    ].join('\n'),
  write,
  read: readWebAnnotation,
  recognises: (paths, beginning) =>
    paths.some((path) => /\.(jsonld|json)$/.test(path)) &&
    (beginning.includes('http://www.w3.org/ns/anno.jsonld') ||
      /"type"\s*:\s*"(Annotation|AnnotationPage|AnnotationCollection)"/.test(beginning)),
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const people = new Map(run.annotators.map((annotator) => [annotator.id, annotator]));
  const collection = iri('project', source.project.id);
  const pages: { readonly id: string; readonly path: string }[] = [];
  let total = 0;
  // A page refers to the next one, so it waits until it is known whether there is one.
  let waiting: Page | null = null;
  const turn = (page: Page | null): Chunk[] => {
    const before = waiting;
    waiting = page;
    if (page) pages.push({ id: page.id, path: page.path });
    return before ? [ledger.whole(before.path, pageText(before, page?.id ?? null, ledger), before.items.length)] : [];
  };
  const pageOf = (id: string, path: string, head: Node, items: readonly Node[]): Page => {
    const page = { id: iri('page', id), path, collection, head, items, startIndex: total, previous: pages.at(-1)?.id ?? null };
    total += items.length;
    return page;
  };
  for await (const document of run.documents()) {
    const { doc_id, text, annotations, relations, completions } = document;
    const file = source.withText ? `texts/${doc_id}.txt` : null;
    if (file) yield ledger.whole(file, text, 1);
    const words = text === '' ? null : { text, offsets: offsetMap(text) };
    const kept = annotations.filter(({ status }) => status !== 'rejected');
    ledger.lose('rejected suggestions', annotations.length - kept.length);
    const items = [
      ...kept.map((annotation) => annotationItem(annotation, document, words, people.get(annotation.annotator))),
      ...relations.map((relation) => relationItem(relation, relation, people.get(relation.annotator))),
    ];
    const head = { 'pm:document': documentNode(document, file), ...completed(completions) };
    yield* turn(pageOf(doc_id, `pages/${doc_id}.jsonld`, head, items));
  }
  const links = run.links().map((link) => linkItem(link, people.get(link.annotator)));
  if (links.length > 0) yield* turn(pageOf('relations', 'relations.jsonld', {}, links));
  yield* turn(null);
  const frame = {
    '@context': context,
    id: collection,
    type: 'AnnotationCollection',
    label: source.project.name,
    creator: run.annotators.map((annotator) => creator(annotator.id, annotator)),
    modified: source.changed,
    total,
    ...(pages.length > 0 ? { first: pages[0]?.id, last: pages.at(-1)?.id } : {}),
  };
  yield ledger.whole(
    'collection.jsonld',
    linewise(
      frame,
      'pm:page',
      pages.map(({ id, path }) => ({ id, 'pm:file': path })),
      ledger,
    ),
    total,
  );
  const entities = run.entities();
  yield ledger.whole('entities.jsonld', linewise({ '@context': context }, '@graph', entities.map(entityNode), ledger), entities.length);
  return undefined;
}

interface Page {
  readonly id: string;
  readonly path: string;
  readonly collection: string;
  readonly head: Node;
  readonly items: readonly Node[];
  readonly startIndex: number;
  readonly previous: string | null;
}

function pageText({ id, collection, head, items, startIndex, previous }: Page, next: string | null, ledger: Ledger): string {
  const frame = {
    '@context': context,
    id,
    type: 'AnnotationPage',
    partOf: collection,
    startIndex,
    ...(previous === null ? {} : { prev: previous }),
    ...(next === null ? {} : { next }),
    ...head,
  };
  return linewise(frame, 'items', items, ledger);
}

const completed = (completions: DatasetDocument['completions']): Node =>
  completions.length === 0
    ? {}
    : { 'pm:completion': completions.map(({ annotator, marked }) => ({ creator: iri('annotator', annotator), 'pm:marked': marked })) };

/** An object with one member on each line, ending with a list with one element on each line. */
function linewise(frame: Node, list: string, elements: readonly Node[], ledger: Ledger): string {
  const line = (value: unknown) => jsonLine(value, ledger).trimEnd();
  const members = Object.entries(frame).map(([name, value]) => `  ${JSON.stringify(name)}: ${line(value)},\n`);
  const inside = elements.length === 0 ? '' : `\n${elements.map((element) => `    ${line(element)}`).join(',\n')}\n  `;
  return `{\n${members.join('')}  ${JSON.stringify(list)}: [${inside}]\n}\n`;
}
