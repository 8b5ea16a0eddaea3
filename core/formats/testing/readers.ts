import { Ajv2020 } from 'ajv/dist/2020.js';
import Papa from 'papaparse';
import type { DatasetDocument } from '../document.ts';

/** The documents of a JSONL export. */
export const documentsOf = (files: ReadonlyMap<string, string>) =>
  (files.get('documents.jsonl') ?? '')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as DatasetDocument);

const definitions: Readonly<Record<string, string>> = {
  'documents.jsonl': '',
  'entities.jsonl': '#/$defs/entity',
  'relations.jsonl': '#/$defs/link',
  'annotators.jsonl': '#/$defs/annotator',
};
// Compiling a schema takes much longer than using it, and most exports in these tests share one.
const compiled = new Map<string, (path: string, line: string) => string | null>();

function checkerOf(schemaText: string): (path: string, line: string) => string | null {
  const known = compiled.get(schemaText);
  if (known) return known;
  const schema = JSON.parse(schemaText) as { $id: string };
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  ajv.addSchema(schema);
  const validators = new Map(Object.entries(definitions).map(([path, at]) => [path, ajv.compile({ $ref: `${schema.$id}${at}` })]));
  const checker = (path: string, line: string) => {
    const validate = validators.get(path);
    if (!validate) throw new RangeError(`no schema for ${path}`);
    return validate(JSON.parse(line)) ? null : `${path}: ${ajv.errorsText(validate.errors)}`;
  };
  compiled.set(schemaText, checker);
  return checker;
}

/** What the generated schema reports for the lines of an export; empty if all are valid. */
export function schemaProblems(files: ReadonlyMap<string, string>): string[] {
  const check = checkerOf(files.get('schema/document-1.0.schema.json') ?? '');
  return Object.keys(definitions).flatMap((path) => {
    const lines = (files.get(path) ?? '').split('\n');
    if (lines.pop() !== '') return [`${path} does not end with a line end`];
    return lines.flatMap((line) => check(path, line) ?? []);
  });
}

/** The records of a CSV file with a header, by column, as papaparse reads them. @throws SyntaxError if it finds a fault */
export function table(files: ReadonlyMap<string, string>, path: string): Record<string, string>[] {
  const parsed = Papa.parse<Record<string, string>>(files.get(path) ?? '', { header: true, newline: '\r\n', skipEmptyLines: true });
  if (parsed.errors.length > 0) throw new SyntaxError(`${path}: ${JSON.stringify(parsed.errors)}`);
  return parsed.data;
}
