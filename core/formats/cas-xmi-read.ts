import { SaxesParser, type SaxesTagNS } from 'saxes';
import { CasFault, type GraphValue, graphOf, type RawObject, type RawSofa, type Read } from './cas-graph.ts';
import { uima } from './cas-types.ts';
import type { GivenFile } from './foreign.ts';
import { givenText } from './given-text.ts';

/** The ranges of features by type and feature, from TypeSystem.xml, including inherited ones. Lists are given by their array type. */
export type Ranges = ReadonlyMap<string, ReadonlyMap<string, string>>;

const depth = 64;
const mostAttributes = 1000;

/** An element with its text and child elements. */
interface Node {
  readonly name: string;
  /** The namespace. */
  readonly space: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Node[];
  text: string;
}

/** Calls `onElement` for each direct child of the root of an XML file, when it ends. @throws CasFault as in `readCasXmi` */
function walk(text: string, onElement: (node: Node) => void): void {
  const open: Node[] = [];
  const parser = new SaxesParser({ xmlns: true, position: true });
  const fault = (code: CasFault['code'], message: string) => {
    throw Object.assign(new CasFault(code, message), { line: parser.line, column: parser.column + 1 });
  };
  parser.on('doctype', () => fault('unsafe', 'The file declares a document type, which could make it grow without end.'));
  parser.on('error', () => fault('damaged', 'The file breaks the rules of XML here.'));
  let attributes = 0;
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    if (++attributes > mostAttributes) fault('unsafe', `An element of the file has more than ${mostAttributes} attributes.`);
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (open.length >= depth) fault('unsafe', `The elements of the file are nested more than ${depth} levels deep.`);
    const values = new Map(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
    const node: Node = { name: tag.local, space: tag.uri, attributes: values, children: [], text: '' };
    if (open.length > 1) open.at(-1)?.children.push(node);
    open.push(node);
  });
  const add = (run: string) => {
    const node = open.at(-1);
    if (node && open.length > 1) node.text += run;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const node = open.pop();
    if (node && open.length === 1) onElement(node);
  });
  parser.write(text).close();
}

/** The result of `read`, or the problem of the file. */
function reading<T>(
  file: GivenFile,
  read: (text: string) => T,
): { value: T; problem: null } | { value: null; problem: NonNullable<Read['problem']> } {
  const text = givenText(file);
  if (typeof text !== 'string') return { value: null, problem: text };
  try {
    return { value: read(text), problem: null };
  } catch (fault) {
    if (!(fault instanceof CasFault)) throw fault;
    const { line = null, column = null } = fault as { line?: number; column?: number };
    return { value: null, problem: { file: file.path, line, column, code: fault.code, message: fault.message, next: fault.next } };
  }
}

/**
 * Reads XMI 1.0 as written by Java's UIMA, cassis, INCEpTION and Pressmark. Without `ranges`, a list of numbers counts as references only if the
 * file has objects with a role and a target under these ids. Refuses document types, and thus all entities.
 */
export function readCasXmi(file: GivenFile, ranges: Ranges | null): Read {
  const read = reading(file, (text) => {
    const nodes: { id: number; type: string; node: Node }[] = [];
    const sofas: RawSofa[] = [];
    let members: Map<number, Set<number>> | null = null;
    walk(text, (node) => {
      const type = typeOf(node);
      if (type === 'uima.cas.NULL') return;
      if (type === 'uima.cas.View') {
        members ??= new Map();
        members.set(Number(node.attributes.get('sofa')), new Set(numbers(node.attributes.get('members') ?? '') ?? []));
        return;
      }
      const id = whole(node.attributes.get('xmi:id'));
      if (id === null) throw new CasFault('damaged', `A ${type} has no xmi:id, so the file is not UIMA XMI.`);
      if (type === uima.sofa) sofas.push({ id, text: node.attributes.get('sofaString') ?? null });
      else nodes.push({ id, type, node });
    });
    const links = new Set(
      nodes.flatMap(({ id, node: { attributes } }) => (attributes.has('target') && !attributes.has('begin') ? [id] : [])),
    );
    const objects = nodes.map(({ id, type, node }): RawObject => {
      const offset = (name: string) => (node.attributes.has(name) ? (whole(node.attributes.get(name)) ?? Number.NaN) : undefined);
      const features = featuresOf(node, ranges?.get(type) ?? null, links);
      return { id, type, sofa: whole(node.attributes.get('sofa')), begin: offset('begin'), end: offset('end'), features };
    });
    return graphOf(file.path, sofas, objects, members);
  });
  return read.problem ? { graph: null, problem: read.problem } : { graph: read.value, problem: null };
}

// http:///webanno/custom.ecore stands for the package webanno.custom.
function typeOf({ name, space }: Node): string {
  const packageName = /^http:\/\/\/(.*)\.ecore$/.exec(space)?.[1]?.replaceAll('/', '.') ?? '';
  return packageName === '' || packageName === 'uima.noNamespace' ? name : `${packageName}.${name}`;
}

const ofUima = new Set(['xmi:id', 'sofa', 'begin', 'end', 'xmi:version']);
const references = new Set(['Governor', 'Dependent', 'target', 'first', 'next']);

function featuresOf(
  { attributes, children }: Node,
  ranges: ReadonlyMap<string, string> | null,
  links: ReadonlySet<number>,
): Map<string, GraphValue> {
  const features = new Map<string, GraphValue>();
  for (const [name, value] of attributes) {
    if (!ofUima.has(name) && !name.startsWith('xmlns')) features.set(name, featureValue(name, value, ranges?.get(name), links));
  }
  const lists = new Map<string, string[]>();
  for (const { name, text } of children) {
    const items = lists.get(name) ?? [];
    lists.set(name, items);
    items.push(text);
  }
  for (const [name, value] of lists) features.set(name, { kind: 'strings', value });
  return features;
}

function featureValue(name: string, value: string, range: string | undefined, links: ReadonlySet<number>): GraphValue {
  const ids = numbers(value);
  if (range === undefined) {
    if (ids?.length === 1 && references.has(name)) return { kind: 'references', to: ids, isList: false };
    if (ids && ids.length > 0 && ids.every((id) => links.has(id))) return { kind: 'references', to: ids, isList: true };
    return { kind: 'plain', value };
  }
  if (range === uima.boolean) return { kind: 'plain', value: value === 'true' };
  if (/^uima\.cas\.(Double|Float|Integer|Long|Short|Byte)$/.test(range)) {
    const number = Number(value);
    return { kind: 'plain', value: value !== '' && Number.isFinite(number) ? number : value };
  }
  if (range === uima.objectArray && ids) return { kind: 'references', to: ids, isList: true };
  // Lists of anything but texts are written as one text, separated by spaces.
  if (/^uima\.cas\.\w+Array$/.test(range)) return { kind: 'strings', value: value === '' ? [] : value.split(' ') };
  if (range.startsWith('uima.cas.') || !ids) return { kind: 'plain', value };
  return { kind: 'references', to: ids, isList: false };
}

const whole = (value: string | undefined) => (value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null);

// Null if one of them is not a number.
function numbers(value: string): number[] | null {
  const ids = value.trim() === '' ? [] : value.trim().split(/\s+/).map(whole);
  return ids.some((id) => id === null) ? null : (ids as number[]);
}

/** Reads a UIMA type system description. */
export function readTypeSystem(
  file: GivenFile,
): { ranges: Ranges; problem: null } | { ranges: null; problem: NonNullable<Read['problem']> } {
  const read = reading(file, (text) => {
    const types = new Map<string, { superType: string; own: Map<string, string> }>();
    walk(text, (top) => {
      if (top.name !== 'types') return;
      for (const type of top.children) {
        const own = new Map<string, string>();
        for (const feature of child(type, 'features')?.children ?? []) own.set(wordOf(feature, 'name'), wordOf(feature, 'rangeTypeName'));
        types.set(wordOf(type, 'name'), { superType: wordOf(type, 'supertypeName'), own });
      }
    });
    const all = (name: string, seen: readonly string[]): [string, string][] => {
      const type = types.get(name);
      // Stop at a type that is its own ancestor.
      if (!type || seen.includes(name) || seen.length > depth) return [];
      return [...all(type.superType, [...seen, name]), ...type.own];
    };
    // A type for texts of which only certain ones are allowed.
    const plain = (range: string) => (types.get(range)?.superType === uima.string ? uima.string : range);
    const rangesOf = (name: string) => new Map(all(name, []).map(([feature, range]) => [feature, plain(range)]));
    return new Map([...types.keys()].map((name) => [name, rangesOf(name)]));
  });
  return read.problem ? { ranges: null, problem: read.problem } : { ranges: read.value, problem: null };
}

const child = (node: Node, name: string) => node.children.find((one) => one.name === name);
const wordOf = (node: Node, name: string) => child(node, name)?.text.trim() ?? '';
