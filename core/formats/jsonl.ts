import type { Chunk, DatasetSource, Format, Outcome } from './format.ts';
import { documentSchema, lineDefinitions } from './jsonl-schema.ts';
import { Ledger } from './ledger.ts';
import { Projection } from './projection.ts';

const schemaPath = 'schema/document-1.0.schema.json';

/**
 * Canonical JSONL, qds/1.0: the format that carries everything. One document a line with its text and everybody's annotations in it,
 * beside it the registry, the relations across documents, the annotators, the schema of all lines and a manifest with digests.
 * Offsets count code points. U+0085, U+2028 and U+2029 are escaped, since Python's `splitlines` ends a line there.
 */
export const jsonl: Format = {
  name: 'jsonl',
  title: 'JSONL (complete)',
  about: 'One article a line with every annotation, checked by a JSON Schema made from the codebook; nothing is left out.',
  offsetUnit: 'unicode_code_point',
  export: exportJsonl,
};

async function* exportJsonl(source: DatasetSource): AsyncGenerator<Chunk, Outcome> {
  const ledger = new Ledger(source.newHash);
  const projection = new Projection(source, ledger);
  const { codebook, codebookVersion, project, generator, annotators } = source;
  const line = (record: unknown) => `${escapeLineEnds(JSON.stringify(record, (_, value) => wellFormed(value, ledger)))}\n`;
  const lines = (path: string, records: readonly unknown[]) => ledger.chunk(path, records.map(line).join(''), records.length);
  const file = (path: string, value: unknown) => ledger.chunk(path, pretty(value, ledger), 1);

  // Before the losses are listed, as it stands in the manifest that lists them.
  const projectName = ledger.wellFormed(project.name);
  yield ledger.chunk('documents.jsonl', '', 0);
  for await (const article of source.articles()) yield lines('documents.jsonl', [projection.document(article)]);
  yield lines('relations.jsonl', projection.links());
  yield lines('entities.jsonl', projection.entities());
  yield lines('annotators.jsonl', [...annotators].sort(byId));
  yield file(schemaPath, documentSchema(codebook, codebookVersion));

  const definitions: Readonly<Record<string, string>> = { 'documents.jsonl': '', ...lineDefinitions };
  const files = ledger.close().map((entry) => {
    const definition = definitions[entry.path];
    if (definition === undefined) return entry;
    return { ...entry, schema: definition ? `${schemaPath}#/$defs/${definition}` : schemaPath };
  });
  const outcome: Outcome = { counts: projection.counts, losses: ledger.losses() };
  const manifest = {
    format: 'qds',
    version: '1.0',
    generator: { name: generator.name, version: generator.version },
    icu: generator.icu,
    tokeniser: null,
    project: { id: project.id, name: projectName },
    changed: source.changed,
    offset_unit: 'unicode_code_point',
    codebook: { name: codebook.name, version: codebookVersion, language: codebook.language },
    layers: codebook.layers.map(({ id, title, attributes, roles }) => ({
      id,
      title,
      attributes: attributes.map(({ name }) => name),
      roles: roles.map(({ name }) => name),
      annotations: projection.counts[`layers.${id}`] ?? 0,
    })),
    split: null,
    counts: Object.fromEntries(Object.entries(projection.counts).filter(([name]) => !name.startsWith('layers.'))),
    files,
    losses: outcome.losses,
  };
  yield { path: 'manifest.json', text: pretty(manifest, ledger), rows: 1 };
  return outcome;
}

function pretty(value: unknown, ledger: Ledger): string {
  return `${escapeLineEnds(JSON.stringify(value, (_, part) => wellFormed(part, ledger), 2))}\n`;
}

function wellFormed(value: unknown, ledger: Ledger): unknown {
  return typeof value === 'string' ? ledger.wellFormed(value) : value;
}

// Inside JSON these three stand in strings only, so the escape never changes what is said.
function escapeLineEnds(json: string): string {
  return json.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
