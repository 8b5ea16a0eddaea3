import type { Codebook } from '../model/codebook.ts';
import { entityOf } from '../model/entity.ts';
import type { ExportRun, Format } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Chunk, Ledger } from './ledger.ts';
import {
  annotatorNode,
  codebookSet,
  documentAnnotations,
  entityNode,
  fixedSets,
  linkNode,
  recordSet,
  type StamNode,
} from './stam-annotations.ts';

/**
 * STAM JSON (Stand-off Text Annotation Model 1.3; reference formats, section 10): a store for each article with its text next to it, and
 * `project.store.stam.json`, which includes them all and contains the relations across articles, the registry and the annotators. Cursors count
 * code points. Everything is an annotation: fragments use a composite selector, roles and relations directional ones.
 */
export const stam: Format = {
  name: 'stam',
  title: 'STAM',
  about: 'Stand-off Text Annotation Model: a store for each article and one that includes them all, for stam tools, Python and Rust.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: false,
  tokeniser: null,
  example: () =>
    [
      'import stam',
      `store = stam.AnnotationStore(file="${projectPath}")`,
      `layer = store.dataset("${recordSet}").key("layer")`,
      'for annotation in store.annotations(layer):',
      '    print(annotation.data(layer)[0].value(), annotation.text(), [str(selection.offset()) for selection in annotation.textselections()])',
    ].join('\n'),
  write,
};

const projectPath = 'project.store.stam.json';
const setsPath = 'sets.store.stam.json';

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const nameOf = (entity: string) => entityOf(source.registry, entity)?.canonical ?? entity;
  const sets = Object.entries({ ...fixedSets, [codebookSet]: codebookKeys(source.codebook) }).map(([id, keys]) => ({
    ...{ '@type': 'AnnotationDataSet', '@id': id, keys: keysOf(keys), data: [] },
  }));
  // A separate store for the sets. If two stores define or include a set, readers treat it as two sets.
  const setFrame = { '@type': 'AnnotationStore', '@id': 'sets', resources: [], annotations: [] };
  yield ledger.whole(setsPath, storeText(setFrame, 'annotationsets', sets, ledger), sets.length);
  const stores: string[] = [];
  for await (const document of run.documents()) {
    const { doc_id, text } = document;
    yield ledger.whole(`texts/${doc_id}.txt`, text, 1);
    const annotations = documentAnnotations(document, nameOf);
    const path = `stores/${doc_id}.store.stam.json`;
    stores.push(path);
    const frame = {
      '@type': 'AnnotationStore',
      '@id': doc_id,
      '@include': `../${setsPath}`,
      resources: [{ '@type': 'TextResource', '@id': doc_id, '@include': `../texts/${doc_id}.txt` }],
      annotationsets: [],
    };
    yield ledger.whole(path, storeText(frame, 'annotations', annotations, ledger), annotations.length);
  }
  const shared = [...run.links().map(linkNode), ...run.annotators.map(annotatorNode), ...run.entities().map(entityNode)];
  const frame = {
    '@type': 'AnnotationStore',
    '@id': source.project.id,
    // Without articles, no store includes the sets.
    '@include': stores.length > 0 ? stores : [setsPath],
    resources: [],
    annotationsets: [],
  };
  yield ledger.whole(projectPath, storeText(frame, 'annotations', shared, ledger), shared.length);
  return undefined;
}

const keysOf = (ids: readonly string[]) => ids.map((id) => ({ '@type': 'DataKey', '@id': id }));

function codebookKeys({ layers, relations }: Codebook): string[] {
  return [...layers, ...relations].flatMap(({ id, attributes }) => attributes.map(({ name }) => `${id}.${name}`));
}

/** An object with one member on each line, ending with a list with one element on each line. */
function storeText(frame: StamNode, list: string, elements: readonly StamNode[], ledger: Ledger): string {
  const line = (value: unknown) => jsonLine(value, ledger).trimEnd();
  const members = Object.entries(frame).map(([name, value]) => `  ${JSON.stringify(name)}: ${line(value)},\n`);
  const inside = elements.length === 0 ? '' : `\n${elements.map((element) => `    ${line(element)}`).join(',\n')}\n  `;
  return `{\n${members.join('')}  ${JSON.stringify(list)}: [${inside}]\n}\n`;
}
