import type { DatasetSource, ExportRun, Format } from './format.ts';
import type { Chunk } from './ledger.ts';
import { codesXml, refiCodes } from './refi-codes.ts';
import { RefiProject } from './refi-project.ts';
import { element, fitsXml } from './xml-text.ts';
import { ZipFile } from './zip-file.ts';

const projectPath = 'project.qdpx';
const codebookPath = 'codebook.qdc';

/**
 * REFI-QDA 1.5, the exchange standard for qualitative analysis software: a project (.qdpx, a zip file with project.qde and the articles as plain
 * text) and its codebook alone (.qdc). Layers, roles and values are codes, fragments are selections in code points, entities are cases, roles and
 * relations are links. The selections of all articles are kept in memory until the end, because the project is one XML file; the texts are not.
 */
export const refiQda: Format = {
  name: 'refi-qda',
  title: 'REFI-QDA project',
  about: 'One project and its codebook for ATLAS.ti, MAXQDA, NVivo and QualCoder.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: false,
  tokeniser: null,
  write,
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger, annotators } = run;
  const guidOf = guids(source);
  const clean = (text: string) => {
    if (!fitsXml(text)) ledger.lose('texts with characters that XML cannot hold (replaced by U+FFFD)');
    return ledger.wellFormed(text);
  };
  const codes = refiCodes(source.codebook, guidOf, clean);
  const project = new RefiProject({ codebook: source.codebook, codes, annotators, ledger, guidOf });
  const zip = new ZipFile();
  yield ledger.chunk(projectPath, zip.take(), 0);
  for await (const document of run.documents()) {
    project.add(document);
    zip.store(`sources/${project.sourceGuid(document)}.txt`, document.text);
    yield ledger.chunk(projectPath, zip.take(), 1);
  }
  for (const link of run.links()) project.link(link);
  zip.add('project.qde', project.xml({ name: source.project.name, changed: source.changed }, run.entities()));
  zip.end();
  yield ledger.whole(projectPath, zip.take(), 0);
  const content = element('CodeBook', { xmlns: 'urn:QDA-XML:codebook:1.0', origin: 'Pressmark' }, `\n ${codesXml(codes.tree, ' ')}\n`);
  yield ledger.whole(codebookPath, `<?xml version="1.0" encoding="UTF-8"?>\n${content}\n`, 1);
  return undefined;
}

// Derived from what a thing is instead of random, so that the same project gives the same bytes: UUIDs of version 8 (RFC 9562, section 5.8).
function guids({ project, sha256 }: DatasetSource): (...what: string[]) => string {
  return (...what) => {
    const hex = sha256(JSON.stringify([project.id, ...what]));
    const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}
