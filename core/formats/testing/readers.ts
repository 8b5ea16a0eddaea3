import { Ajv2020 } from 'ajv/dist/2020.js';
import Papa from 'papaparse';
import type { DatasetDocument } from '../document.ts';

/** The documents of a JSONL export. */
export const documentsOf = (files: ReadonlyMap<string, string>) =>
  (files.get('documents.jsonl') ?? '')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as DatasetDocument);

/** What the generated schema says of every line of an export: no sentence where all is well. */
export function schemaProblems(files: ReadonlyMap<string, string>): string[] {
  const schema = JSON.parse(files.get('schema/document-1.0.schema.json') ?? '') as { $id: string };
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  ajv.addSchema(schema);
  const definitions = {
    'documents.jsonl': '',
    'entities.jsonl': '#/$defs/entity',
    'relations.jsonl': '#/$defs/link',
    'annotators.jsonl': '#/$defs/annotator',
  };
  return Object.entries(definitions).flatMap(([path, definition]) => {
    const validate = ajv.compile({ $ref: `${schema.$id}${definition}` });
    const lines = (files.get(path) ?? '').split('\n');
    if (lines.pop() !== '') return [`${path} does not end with a line end`];
    return lines.flatMap((line) => (validate(JSON.parse(line)) ? [] : [`${path}: ${ajv.errorsText(validate.errors)}`]));
  });
}

/** The records of a CSV file with a header, by column, as papaparse reads them. @throws SyntaxError where it finds a fault. */
export function table(files: ReadonlyMap<string, string>, path: string): Record<string, string>[] {
  const parsed = Papa.parse<Record<string, string>>(files.get(path) ?? '', { header: true, newline: '\r\n', skipEmptyLines: true });
  if (parsed.errors.length > 0) throw new SyntaxError(`${path}: ${JSON.stringify(parsed.errors)}`);
  return parsed.data;
}
