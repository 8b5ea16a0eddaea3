import { layerFilesOf } from './conll-layers.ts';
import { readConll, recognisesConll } from './conll-read.ts';
import { richTable } from './conll-rich.ts';
import type { ExportRun, Extras, Format } from './format.ts';
import type { Chunk } from './ledger.ts';
import { tokenised } from './tokenised.ts';
import { tokeniser } from './tokens.ts';
import { Utf8Text } from './utf8-text.ts';
import { entitiesOf, loseAllButWork, nothingMet, worksOn } from './works.ts';

/**
 * CoNLL, by annotator and split, in two forms. `rich/<annotator>/<split>/<document>.tsv` contains one annotator's complete work on one document
 * and can be read back. `layers/<annotator>/<layer>/<split>.conll` contains one layer, or one role of a layer, in the four columns of CoNLL-2003
 * with IOB2 tags, as programs that learn from them expect. An article is only in the files of those who worked on it; elsewhere its words would be
 * tagged `O` although nobody decided that.
 */
export const conll: Format = {
  name: 'conll',
  title: 'CoNLL (IOB2)',
  about: 'One token a line: a table with all layers for each article, and a file for each layer to train taggers on.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: false,
  tokeniser,
  example: () =>
    [
      'from glob import glob',
      'for path in glob("rich/**/*.tsv", recursive=True):',
      '    lines = open(path, encoding="utf-8").read().split("\\n")',
      '    columns = lines[0].split(" = ")[1].split(" ")',
      '    tokens = [dict(zip(columns, line.split("\\t"))) for line in lines if "\\t" in line]',
    ].join('\n'),
  write,
  read: readConll,
  recognises: recognisesConll,
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, Extras> {
  const { source, ledger } = run;
  const files = layerFilesOf(source);
  const table = new Utf8Text();
  const met = nothingMet();
  for await (const document of run.documents()) {
    const works = worksOn(document);
    met.documents++;
    if (works.length === 0) {
      met.idle++;
      continue;
    }
    const text = tokenised(document);
    const split = document.split === 'validation' ? 'dev' : document.split;
    for (const work of works) {
      met.annotators.add(work.annotator);
      const folder = split === null ? work.annotator : `${work.annotator}/${split}`;
      richTable(document, work, entitiesOf(work, run, met), text, run, table.clear());
      yield ledger.whole(`rich/${folder}/${document.doc_id}.tsv`, ledger.wellFormed(table), text.tokens.length);
      for (const { folder: view, rank, lines } of files.of(work, text)) {
        const path = `layers/${work.annotator}/${view}/${split ?? 'all'}${rank === 1 ? '' : `.${rank}`}.conll`;
        yield ledger.chunk(path, ledger.wellFormed(lines), text.tokens.length);
      }
    }
  }
  loseAllButWork(run, met);
  return { manifest: { tags: 'IOB2', layer_files: files.counts() } };
}
