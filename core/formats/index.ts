import { brat } from './brat.ts';
import { cas } from './cas.ts';
import { claimreview } from './claimreview.ts';
import { conll } from './conll.ts';
import { csv } from './csv.ts';
import { doccano } from './doccano.ts';
import type { Format } from './format.ts';
import { graphml } from './graphml.ts';
import { huggingface } from './huggingface.ts';
import { jsonl } from './jsonl.ts';
import { labelStudio } from './label-studio.ts';
import { refiQda } from './refi-qda.ts';
import { spacy } from './spacy.ts';
import { stam } from './stam.ts';
import { webAnnotation } from './web-annotation.ts';

/** Every format, in the order of the Dataset view. */
export const formats: readonly Format[] = [
  jsonl,
  csv,
  huggingface,
  conll,
  spacy,
  brat,
  cas,
  labelStudio,
  doccano,
  webAnnotation,
  stam,
  graphml,
  claimreview,
  refiQda,
];

/** The format with this name. @throws RangeError if there is none */
export function formatNamed(name: string): Format {
  const format = formats.find((candidate) => candidate.name === name);
  if (!format) throw new RangeError(`no format ${name}; there are ${formats.map((candidate) => candidate.name).join(', ')}`);
  return format;
}
