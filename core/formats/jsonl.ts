import { withoutText } from './document.ts';
import type { ExportRun, Extras, Format } from './format.ts';
import { jsonLine, prettyJson } from './json-text.ts';
import { isJsonl, readJsonl } from './jsonl-read.ts';
import { documentSchema, lineDefinitions } from './jsonl-schema.ts';
import type { Chunk } from './ledger.ts';

const schemaPath = 'schema/document-1.0.schema.json';

/**
 * Canonical JSONL, qds/1.0: the format that can represent everything. One document on each line, with its text and everybody's annotations, along
 * with the registry, the relations across documents, the annotators, the schema of all lines, and a manifest with digests. Offsets count code
 * points. U+0085, U+2028 and U+2029 are escaped, because Python's `splitlines` ends a line there.
 */
export const jsonl: Format = {
  name: 'jsonl',
  title: 'JSONL (complete)',
  about: 'One article a line with every annotation, checked by a JSON Schema made from the codebook; nothing is left out.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: true,
  tokeniser: null,
  guide:
    '`documents.jsonl` has an article a line: its text and metadata, everybody’s annotations and mentions in `annotations` (a mention has the layer `mention`), the relations between them in `relations`. What fills a role stands in `args`: the id of a mention or annotation, or an entity of `entities.jsonl`. `relations.jsonl` has the relations across articles. The JSON Schema in `schema/` tells every field.',
  example: () =>
    [
      'import json',
      'for line in open("documents.jsonl", encoding="utf-8"):',
      '    document = json.loads(line)',
      '    for annotation in document["annotations"]:',
      '        print(annotation["layer"], [document["text"][span["start"]:span["end"]] for span in annotation["spans"]])',
    ].join('\n'),
  write,
  read: readJsonl,
  recognises: isJsonl,
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, Extras> {
  const { source, ledger } = run;
  const lines = (path: string, records: readonly unknown[]) =>
    ledger.chunk(path, records.map((record) => jsonLine(record, ledger)).join(''), records.length);
  yield ledger.chunk('documents.jsonl', '', 0);
  for await (const document of run.documents()) yield lines('documents.jsonl', [source.withText ? document : withoutText(document)]);
  yield lines('relations.jsonl', run.links());
  yield lines('entities.jsonl', run.entities());
  yield lines('annotators.jsonl', run.annotators);
  yield ledger.whole(schemaPath, prettyJson(documentSchema(source.codebook, source.codebookVersion, source.withText), ledger), 1);
  const schemas = { 'documents.jsonl': schemaPath };
  for (const [path, definition] of Object.entries(lineDefinitions))
    Object.assign(schemas, { [path]: `${schemaPath}#/$defs/${definition}` });
  return { manifest: { schema: 'qds/1.0', schemas } };
}
