import type { ImportProblem } from '../import/draft.ts';
import { withoutAbout } from './about-files.ts';
import { type CasContent, contentOf, ownerOf } from './cas-content.ts';
import { again, CasFault, type CasGraph } from './cas-graph.ts';
import { readCasJson } from './cas-json-read.ts';
import { type Ranges, readCasXmi, readTypeSystem } from './cas-xmi-read.ts';
import type { Foreign, GivenFile } from './foreign.ts';
import { problemOf } from './given-text.ts';
import { firstOfEachId, joinedDocuments } from './joined-files.ts';

/**
 * Reads CAS JSON and XMI files, each with one annotator's work on one article; XMI with the TypeSystem.xml among `files`. Files of the same
 * article are combined. If both forms of a file are given, JSON is read, because it can hold more characters.
 */
export function readCas(files: readonly GivenFile[]): Foreign {
  const problems: ImportProblem[] = [];
  const ranges = rangesOf(files.filter(isTypeSystem), problems);
  const data = withoutAbout(files);
  const stems = new Set(data.filter(isJson).map(({ path }) => stemOf(path)));
  const graphs: CasGraph[] = [];
  for (const file of data) {
    if (!isJson(file) && !(isXmi(file) && !stems.has(stemOf(file.path)))) continue;
    const { graph, problem } = isJson(file) ? readCasJson(file) : readCasXmi(file, ranges);
    if (graph) graphs.push(graph);
    else problems.push(problem);
  }
  const owners = new Set<string>();
  const contents = graphs.toSorted(byOwner).flatMap((graph): CasContent[] => {
    try {
      const owner = ownerOf(graph);
      // Someone in another program continued from work that is also in the file of its first annotator.
      const isCopy = owner !== null && owners.has(owner);
      if (owner !== null) owners.add(owner);
      return [contentOf(graph, isCopy ? nameOf(stemOf(graph.path)) : annotatorBy(graph, graphs), isCopy)];
    } catch (fault) {
      if (!(fault instanceof CasFault)) throw fault;
      problems.push(problemOf(graph.path, null, fault.code, fault.message, fault.next));
      return [];
    }
  });
  if (graphs.length === 0 && problems.length === 0) {
    problems.push(problemOf(files[0]?.path ?? '', null, 'unsupported', 'No file here is CAS JSON (.json) or XMI (.xmi).', again));
  }
  const documents = joinedDocuments(
    contents.map(({ document }) => document),
    // Files of other programs have no ids.
    ({ doc_id, text }) => JSON.stringify([doc_id, text]),
  );
  const entities = firstOfEachId(contents.flatMap(({ entities: its }) => its));
  return { documents, entities, links: [], annotators: firstOfEachId(contents.flatMap(({ annotator }) => annotator ?? [])), problems };
}

/** Whether files are of this format. */
export function recognisesCas(paths: readonly string[], beginning: string): boolean {
  if (paths.some((path) => /\.xmi$/i.test(path))) return true;
  return /"%(HEADER|TYPES|FEATURE_STRUCTURES)"\s*:/.test(beginning);
}

/** INCEpTION's name for the file of an article before anybody worked on it there. */
export const initial = 'INITIAL_CAS';

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const stemOf = (path: string) => path.replace(/\.\w+$/, '');
const isJson = ({ path }: GivenFile) => /\.json$/i.test(path);
const isXmi = ({ path }: GivenFile) => /\.xmi$/i.test(path);
const isTypeSystem = ({ path }: GivenFile) => /^typesystem\.xml$/i.test(nameOf(path));

function rangesOf(files: readonly GivenFile[], problems: ImportProblem[]): Ranges | null {
  const all = new Map<string, ReadonlyMap<string, string>>();
  for (const file of files) {
    const { ranges, problem } = readTypeSystem(file);
    if (problem) problems.push(problem);
    for (const [type, features] of ranges ?? []) all.set(type, new Map([...(all.get(type) ?? []), ...features]));
  }
  return files.length > 0 ? all : null;
}

// If several files contain the work of one annotator, the annotator's own is the one with their name, or INITIAL_CAS.
function byOwner(a: CasGraph, b: CasGraph): number {
  const rank = (graph: CasGraph) => {
    const name = nameOf(stemOf(graph.path));
    return name === initial || (ownerOf(graph) ?? '').endsWith(`,${JSON.stringify(name)}]`) ? 0 : 1;
  };
  return rank(a) - rank(b);
}

// INCEpTION names a file after its annotator, in a folder named after the article.
function annotatorBy({ path, text, objects }: CasGraph, graphs: readonly CasGraph[]): string | null {
  const folder = folderOf(path);
  const name = nameOf(stemOf(path));
  if (name === initial) return null;
  const titles = [...objects.values()].map(({ features }) => features.get('documentTitle'));
  const isNamedSo = titles.some((title) => title?.kind === 'plain' && title.value === nameOf(folder));
  const hasOthers = graphs.some((other) => other.path !== path && folderOf(other.path) === folder && other.text === text);
  return isNamedSo || hasOthers ? name : null;
}
