import type { Table } from './csv-tables.ts';
import type { FileEntry } from './ledger.ts';
import { packageLicences } from './licence.ts';

/** datapackage.json, version 2 of the Data Package standard, for `files`, each with its table. `created` is ISO 8601. */
export function dataPackage(
  { name: project, licence }: { readonly name: string; readonly licence?: string },
  created: string,
  files: readonly { readonly entry: FileEntry; readonly table: Table; readonly excel: boolean }[],
): unknown {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: packageName(project),
    title: project,
    ...packageLicences(licence),
    description: 'Offsets are 0-based, half-open and count Unicode code points: in Python, text[start:end] is the covered text.',
    created,
    resources: files.map(({ entry, table, excel }) => ({
      name: excel ? `${table.name}-excel` : table.name,
      title: table.title,
      ...(excel ? { description: excelNote } : {}),
      path: entry.path,
      type: 'table',
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
      hash: `sha256:${entry.sha256}`,
      bytes: entry.bytes,
      schema: {
        $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
        fields: table.fields,
        primaryKey: table.primaryKey,
        ...(Object.keys(table.foreignKeys).length > 0 ? { foreignKeys: foreignKeys(table) } : {}),
        missingValues: [''],
      },
    })),
  };
}

const excelNote =
  'For opening in a spreadsheet: begins with a byte order mark, and a text that would begin like a formula begins with an apostrophe. ' +
  'Programs should read the file without .excel in its name.';

function foreignKeys(table: Table): unknown {
  return Object.entries(table.foreignKeys).map(([field, [resource, target]]) => ({
    fields: [field],
    reference: { resource: resource === table.name ? '' : resource, fields: [target] },
  }));
}

function packageName(project: string): string {
  const slug = project
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug || 'dataset';
}
