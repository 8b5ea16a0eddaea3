import { annotationConf, visualConf } from './brat-conf.ts';
import { bratDocument, slicerOf } from './brat-document.ts';
import { bratNames } from './brat-names.ts';
import { readBrat, recognisesBrat } from './brat-read.ts';
import type { ExportRun, Format } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Chunk } from './ledger.ts';
import { entitiesOf, loseAllButWork, nothingMet, worksOn } from './works.ts';

/**
 * brat standoff, with a folder for each annotator (and split). Each article has its text, an .ann file, and a .json file with what an .ann file
 * cannot hold; brat ignores that one. annotation.conf and visual.conf, made from the codebook, apply to all. Offsets count code points.
 */
export const brat: Format = {
  name: 'brat',
  title: 'brat',
  about: 'Text and standoff annotations with the configuration for brat, and for the many programs that read its files.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: false,
  tokeniser: null,
  example: () =>
    [
      'from pathlib import Path',
      'for path in sorted(Path(".").rglob("*.ann")):',
      '    text = path.with_suffix(".txt").read_bytes().decode("utf-8")',
      '    for line in path.read_bytes().decode("utf-8").split("\\n"):',
      '        if line.startswith("T"):',
      '            number, place, covered = line.split("\\t", 2)',
      '            layer, offsets = place.split(" ", 1)',
      '            print(layer, [text[slice(*map(int, part.split()))] for part in offsets.split(";")])',
    ].join('\n'),
  write,
  read: readBrat,
  recognises: recognisesBrat,
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const names = bratNames(source);
  const met = nothingMet();
  yield ledger.whole('annotation.conf', annotationConf(source, names), 1);
  yield ledger.whole('visual.conf', visualConf(source, names), 1);
  for await (const document of run.documents()) {
    const works = worksOn(document);
    const sliceOf = slicerOf(document.text);
    met.documents++;
    if (works.length === 0) met.idle++;
    for (const work of works) {
      met.annotators.add(work.annotator);
      const path = [work.annotator, ...(document.split === null ? [] : [document.split]), document.doc_id].join('/');
      const { ann, rest, rows } = bratDocument(document, work, entitiesOf(work, run, met), names, source, ledger, sliceOf);
      yield ledger.whole(`${path}.txt`, ledger.wellFormed(document.text), 1);
      yield ledger.whole(`${path}.ann`, ledger.wellFormed(ann), rows);
      yield ledger.whole(`${path}.json`, jsonLine(rest, ledger), 1);
    }
  }
  loseAllButWork(run, met);
  return undefined;
}
