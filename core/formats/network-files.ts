import { element, xmlText } from './xml-text.ts';

/** A value of a node or an edge. */
export type NetworkValue = string | number | null;

/** A column of a network's nodes or edges. */
export interface NetworkColumn {
  readonly name: string;
  readonly type: 'string' | 'int' | 'double';
}

/** An undirected network: rows of nodes (with `id` and `label`) and edges (with `source`, `target` and `weight`), and their other columns. */
export interface Network {
  readonly nodeColumns: readonly NetworkColumn[];
  readonly edgeColumns: readonly NetworkColumn[];
  readonly nodes: readonly Readonly<Record<string, NetworkValue>>[];
  readonly edges: readonly Readonly<Record<string, NetworkValue>>[];
}

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `network` as GraphML. Weights keep their sign. */
export function graphMl({ nodeColumns, edgeColumns, nodes, edges }: Network): string {
  const keys = [
    ...nodeColumns.map((column) => ({ ...column, id: `n_${column.name}`, of: 'node' })),
    ...edgeColumns.map((column) => ({ ...column, id: `e_${column.name}`, of: 'edge' })),
  ].map(({ id, of, name, type }) => element('key', { id, for: of, 'attr.name': name, 'attr.type': type }));
  const data = (prefix: string, columns: readonly NetworkColumn[], row: Network['nodes'][number]) =>
    columns.map(({ name }) => valueElement('data', { key: `${prefix}_${name}` }, row[name] ?? null)).join('');
  const lines = [
    ...nodes.map((row) => element('node', { id: text(row['id']) }, data('n', nodeColumns, row))),
    ...edges.map((row, index) =>
      element('edge', { id: `e${index}`, source: text(row['source']), target: text(row['target']) }, data('e', edgeColumns, row)),
    ),
  ];
  const graph = element('graph', { id: 'G', edgedefault: 'undirected' }, block(lines, '  '));
  const root = {
    xmlns: 'http://graphml.graphdrawing.org/xmlns',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': 'http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd',
  };
  return `${head}${element('graphml', root, block([...keys, graph], ' '))}\n`;
}

/** `network` as GEXF 1.3, for Gephi. Its layouts accept no negative weights, so weights are written without their sign, and the sign separately. */
export function gexf({ nodeColumns, edgeColumns, nodes, edges }: Network, day: string): string {
  const types = { string: 'string', int: 'integer', double: 'double' };
  const further = (columns: readonly NetworkColumn[]) => columns.filter(({ name }) => name !== 'label' && name !== 'weight');
  const edgeFurther: NetworkColumn[] = [{ name: 'sign', type: 'int' }, ...further(edgeColumns)];
  const attributes = (of: string, columns: readonly NetworkColumn[]) =>
    element(
      'attributes',
      { class: of },
      block(
        columns.map(({ name, type }) => element('attribute', { id: name, title: name, type: types[type] })),
        '   ',
      ),
    );
  const values = (columns: readonly NetworkColumn[], row: Network['nodes'][number]) => {
    const told = columns.flatMap(({ name }) => {
      const value = row[name] ?? null;
      return value === null ? [] : [element('attvalue', { for: name, value })];
    });
    return element('attvalues', {}, told.join(''));
  };
  const nodeLines = nodes.map((row) =>
    element('node', { id: text(row['id']), label: text(row['label']) }, values(further(nodeColumns), row)),
  );
  const edgeLines = edges.map((row, index) => {
    const weight = Number(row['weight']);
    const ends = { id: index, source: text(row['source']), target: text(row['target']), weight: Math.abs(weight) };
    return element('edge', ends, values(edgeFurther, { ...row, sign: Math.sign(weight) }));
  });
  const parts = [
    attributes('node', further(nodeColumns)),
    attributes('edge', edgeFurther),
    element('nodes', {}, block(nodeLines, '   ')),
    element('edges', {}, block(edgeLines, '   ')),
  ];
  const meta = element('meta', { lastmodifieddate: day }, element('creator', {}, 'Pressmark') + element('description', {}, 'Stances'));
  const graph = element('graph', { defaultedgetype: 'undirected', mode: 'static' }, block(parts, '  '));
  return `${head}${element('gexf', { xmlns: 'http://gexf.net/1.3', version: '1.3' }, block([meta, graph], ' '))}\n`;
}

/** Rows as CSV (RFC 4180), with a header. Null is an empty cell. */
export function tableCsv(columns: readonly string[], rows: readonly Readonly<Record<string, NetworkValue>>[]): string {
  const cell = (value: NetworkValue) => {
    const written = value === null ? '' : String(value);
    return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
  };
  const lines = rows.map((row) => columns.map((name) => cell(row[name] ?? null)));
  return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

const text = (value: NetworkValue | undefined) => String(value ?? '');

function valueElement(name: string, attributes: Record<string, string>, value: NetworkValue): string {
  return value === null ? '' : element(name, attributes, xmlText(String(value)));
}

const block = (lines: readonly string[], indent: string) =>
  lines.length === 0 ? '' : `${lines.map((line) => `\n${indent}${line}`).join('')}\n${indent.slice(1)}`;
