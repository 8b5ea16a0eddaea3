import { normalised, oneModeNetwork, twoModeNetwork } from '../comparison/stance-network.ts';
import { mentionLayer } from './document.ts';
import type { ExportRun, Extras, Format } from './format.ts';
import type { Chunk } from './ledger.ts';
import { gexf, graphMl, type Network, type NetworkColumn, type NetworkValue, tableCsv } from './network-files.ts';
import { type FoundStatement, isStanceLayer, type StanceParty, statementsIn } from './stance-statements.ts';
import { fitsXml } from './xml-text.ts';

/**
 * Stance networks as in Discourse Network Analyzer: who is for and against what (stances), who agrees with whom (actors), and what is held
 * together (concepts), each as GraphML, as GEXF and as a list of edges, along with all statements that they count. The statements of all articles
 * are kept in memory until the end; the texts are not.
 */
export const graphml: Format = {
  name: 'graphml',
  title: 'Stance networks (GraphML, GEXF, CSV)',
  about: 'Who is for and against what, and who agrees with whom, for Gephi, visone, igraph and networkx.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: true,
  tokeniser: null,
  write,
};

const nodeColumns: readonly NetworkColumn[] = [
  { name: 'label', type: 'string' },
  { name: 'mode', type: 'string' },
  { name: 'bipartite', type: 'int' },
  { name: 'kind', type: 'string' },
  { name: 'wikidata', type: 'string' },
  { name: 'statements', type: 'int' },
];
const stanceColumns: readonly NetworkColumn[] = [
  { name: 'weight', type: 'double' },
  { name: 'positive', type: 'int' },
  { name: 'negative', type: 'int' },
  { name: 'statements', type: 'int' },
  { name: 'activity', type: 'double' },
  { name: 'prominence', type: 'double' },
  { name: 'documents', type: 'int' },
  { name: 'first_date', type: 'string' },
  { name: 'last_date', type: 'string' },
];
const measures = ['ignore', 'congruence', 'conflict', 'subtract'] as const;
const normalisations = ['average', 'jaccard', 'cosine'] as const;
const likenessColumns: readonly NetworkColumn[] = [
  { name: 'weight', type: 'double' },
  ...measures.map((name): NetworkColumn => ({ name, type: 'double' })),
  ...measures.flatMap((name) => normalisations.map((by): NetworkColumn => ({ name: `${name}_${by}`, type: 'double' }))),
];

async function* write(run: ExportRun): AsyncGenerator<Chunk, Extras> {
  const { source, ledger } = run;
  const columns = [
    'statement_id',
    'doc_id',
    'published',
    'split',
    'annotator',
    'status',
    'actor',
    'concept',
    'polarity',
    'level',
    'start',
    'end',
  ];
  const all = source.withText ? [...columns, 'text'] : columns;
  const statements: FoundStatement[] = [];
  yield ledger.chunk('statements.csv', tableCsv(all, []), 0);
  for await (const document of run.documents()) {
    loseRest(document, run);
    const found = statementsIn(document, source, ledger);
    const rows = found.map(({ id, document: doc_id, date, actor, concept, ...rest }) => {
      const { annotator, status, polarity, level, start, end, text } = rest;
      const where = { statement_id: id, doc_id, published: date, split: document.split };
      return {
        ...where,
        annotator,
        status,
        actor: ledger.wellFormed(actor),
        concept: ledger.wellFormed(concept),
        polarity,
        level,
        start,
        end,
        text,
      };
    });
    yield ledger.chunk('statements.csv', rows.length === 0 ? '' : withoutHead(tableCsv(all, rows)), rows.length);
    // The networks do not need the text any more.
    statements.push(...found.map((statement) => ({ ...statement, text: '' })));
  }
  ledger.lose('relations across articles', run.links().length);
  ledger.lose('entities of the registry (those in a network with name, type and Wikidata id)', run.entities().length);
  const nodes = new Nodes(statements, run);
  yield ledger.whole('nodes.csv', tableCsv(['id', ...nodeColumns.map(({ name }) => name)], nodes.all), nodes.all.length);
  for (const [name, network] of Object.entries(networksOf(statements, nodes))) {
    const edges = ['source', 'target', ...network.edgeColumns.map((column) => column.name)];
    yield ledger.whole(`${name}.graphml`, graphMl(network), network.edges.length);
    yield ledger.whole(`${name}.gexf`, gexf(network, source.changed.slice(0, 10)), network.edges.length);
    yield ledger.whole(`${name}.csv`, tableCsv(edges, network.edges), network.edges.length);
  }
  return { manifest: { network: { duplicates: 'include', levels: { favor: 1, against: 0 }, weight: 'subtract', normalisations } } };
}

function networksOf(statements: readonly FoundStatement[], nodes: Nodes): Record<'stances' | 'actors' | 'concepts', Network> {
  const stances = twoModeNetwork(statements).map(
    ({ actor, concept, subtract, ignore, positive, negative, activity, prominence, ...edge }) => ({
      ...{ source: nodes.idOf(actor), target: nodes.idOf(concept), weight: subtract, positive, negative, statements: ignore },
      ...{ activity, prominence, documents: edge.documents, first_date: edge.first, last_date: edge.last },
    }),
  );
  const alike = (of: 'actor' | 'concept') =>
    oneModeNetwork(statements, of).map((edge) => {
      const row: Record<string, NetworkValue> = { source: nodes.idOf(edge.one), target: nodes.idOf(edge.other), weight: edge.subtract };
      for (const measure of measures) row[measure] = edge[measure];
      for (const measure of measures) for (const by of normalisations) row[`${measure}_${by}`] = normalised(edge, measure, by);
      return row;
    });
  const ofMode = (mode: string) => nodes.all.filter((node) => node['mode'] === mode);
  return {
    stances: { nodeColumns, edgeColumns: stanceColumns, nodes: nodes.all, edges: stances },
    actors: { nodeColumns, edgeColumns: likenessColumns, nodes: ofMode('actor'), edges: alike('actor') },
    concepts: { nodeColumns, edgeColumns: likenessColumns, nodes: ofMode('concept'), edges: alike('concept') },
  };
}

/** Actors, then concepts, each ascending by id. An entity can be both, so the ids say which. */
class Nodes {
  readonly all: readonly Readonly<Record<string, NetworkValue>>[];
  readonly #ids = new Map<string, string>();

  constructor(statements: readonly FoundStatement[], { ledger }: ExportRun) {
    const clean = (text: string) => {
      if (!fitsXml(text)) ledger.lose('names with characters that XML cannot hold (U+FFFD in their place in GraphML and GEXF)');
      return ledger.wellFormed(text);
    };
    const modes = (['actor', 'concept'] as const).map((mode) => {
      const parties = new Map<string, { party: StanceParty; count: number }>();
      for (const statement of statements) {
        const id = statement[mode];
        const party = mode === 'actor' ? statement.holder : statement.target;
        parties.set(id, { party, count: (parties.get(id)?.count ?? 0) + 1 });
      }
      return [...parties]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, { party, count }]) => {
          this.#ids.set(id, clean(id));
          const { label, kind, wikidata } = party;
          return { id: this.idOf(id), label: clean(label), mode, bipartite: mode === 'actor' ? 0 : 1, kind, wikidata, statements: count };
        });
    });
    this.all = modes.flat();
  }

  idOf(key: string): string {
    return this.#ids.get(key) ?? key;
  }
}

// Everything that no network contains.
function loseRest({ annotations, relations, completions }: Parameters<typeof statementsIn>[0], { source, ledger }: ExportRun): void {
  ledger.lose('texts and details of articles (id, day and split are with the statements)');
  ledger.lose('relations', relations.length);
  ledger.lose('marks of articles as done', completions.length);
  for (const { layer, status, attributes, spans, note, origin } of annotations) {
    if (status === 'rejected') ledger.lose('suggestions that were rejected');
    else if (layer === mentionLayer) ledger.lose('mentions');
    else if (!isStanceLayer(source.codebook, layer)) ledger.lose(`annotations of the layer ${layer}`);
    else {
      for (const name of Object.keys(attributes)) if (name !== 'polarity') ledger.lose(`values of ${layer}.${name}`);
      ledger.lose('stances in fragments (one range over all of them is kept)', spans.length > 1 ? 1 : 0);
      ledger.lose('notes', note ? 1 : 0);
      ledger.lose('origins of annotations', origin === 'manual' ? 0 : 1);
    }
  }
}

const withoutHead = (csv: string) => csv.slice(csv.indexOf('\r\n') + 2);
