import { entityOf } from '../model/entity.ts';
import { type DatasetAnnotation, mentionLayer } from './document.ts';
import type { DatasetSource, ExportRun, Format } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Chunk } from './ledger.ts';
import { type SpacyDoc, type SpacySpan, spacyDoc } from './spacy-doc.ts';
import { DocBin } from './spacy-docbin.ts';
import { prodigyTask } from './spacy-prodigy.ts';
import { tokenised } from './tokenised.ts';
import { tokeniser } from './tokens.ts';
import { seenIn, type View, viewsOf } from './views.ts';
import { entitiesOf, factsOf, loseAllButWork, nothingMet, type Work, worksOn } from './works.ts';

/** The key of `doc.spans` that spaCy's span categoriser uses by default. */
const defaultKey = 'sc';

/**
 * spaCy 3 and Prodigy, by annotator and split. `docbin/<annotator>/<split>/` contains .spacy files. Annotations overlap, so they are in
 * `doc.spans` (all layers under `sc`; each layer, role and the mentions also under its own name) and not in `doc.ents`. Everything else is in
 * `doc.user_data`. `prodigy/<annotator>/<split>.jsonl` contains the same spans as tasks. For each annotator and split, one file is kept in memory
 * until it has `tokensInFile` tokens.
 */
export function spacyIn(tokensInFile: number): Format {
  return {
    name: 'spacy',
    title: 'spaCy and Prodigy',
    about: 'DocBin files to train spaCy on, with overlapping annotations in doc.spans, and the same as tasks for Prodigy.',
    offsetUnit: 'unicode_code_point',
    canLeaveTextOut: false,
    tokeniser,
    example: () =>
      [
        'from pathlib import Path',
        'import spacy',
        'from spacy.tokens import DocBin',
        'nlp = spacy.blank("en")',
        'for path in sorted(Path("docbin").rglob("*.spacy")):',
        '    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):',
        '        print(doc.user_data["document"]["doc_id"], [(span.label_, span.text) for span in doc.spans["sc"]])',
      ].join('\n'),
    write: (run) => write(run, tokensInFile),
  };
}

/** `spacyIn` with files of about sixty articles. */
export const spacy: Format = spacyIn(50_000);

async function* write(run: ExportRun, tokensInFile: number): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const views = viewsOf(source);
  const bins = new Map<string, { bin: DocBin; number: number }>();
  const met = nothingMet();
  const finished = (place: string, { bin, number }: { bin: DocBin; number: number }) =>
    ledger.whole(`docbin/${place}/${String(number).padStart(4, '0')}.spacy`, bin.bytes(), bin.documents);
  for await (const document of run.documents()) {
    const works = worksOn(document);
    met.documents++;
    if (works.length === 0) {
      met.idle++;
      continue;
    }
    const doc = spacyDoc(tokenised(document));
    for (const work of works) {
      met.annotators.add(work.annotator);
      const place = `${work.annotator}/${document.split === 'validation' ? 'dev' : (document.split ?? 'all')}`;
      const { keyed, shown } = spansOf(work, doc, views, source);
      const userData = JSON.parse(jsonLine({ document: factsOf(document), entities: entitiesOf(work, run, met), ...work }, ledger));
      const kept = bins.get(place) ?? { bin: new DocBin(), number: 1 };
      kept.bin.add({ doc, spans: keyed, userData });
      if (kept.bin.tokens >= tokensInFile) {
        yield finished(place, kept);
        bins.set(place, { bin: new DocBin(), number: kept.number + 1 });
      } else bins.set(place, kept);
      const task = prodigyTask(document, work, doc, shown, source.project.id, ledger);
      yield ledger.chunk(`prodigy/${place}.jsonl`, task, 1);
    }
  }
  for (const [place, kept] of bins) if (kept.bin.documents > 0) yield finished(place, kept);
  loseAllButWork(run, met);
  return undefined;
}

/** The spans of one document and annotator. */
interface Spans {
  /** By key in `doc.spans`. */
  readonly keyed: Record<string, SpacySpan[]>;
  /** Those of all layers and of mentions. */
  readonly shown: SpacySpan[];
}

function spansOf({ annotations }: Work, doc: SpacyDoc, views: readonly View[], source: DatasetSource): Spans {
  const groups = views.map((view) => {
    const spans = seenIn(view, annotations, source).flatMap(({ annotation, label }) =>
      annotation.spans.flatMap((span): SpacySpan[] => {
        const held = doc.tokensIn(span);
        return held ? [{ ...held, id: annotation.id, label, knowledgeId: knowledgeIdOf(annotation, source) }] : [];
      }),
    );
    return { ...view, spans };
  });
  const whole = groups.filter(({ role }) => role === null);
  const spansIn = (some: typeof groups) => some.flatMap(({ spans }) => spans).sort(inTokenOrder);
  return {
    keyed: {
      [defaultKey]: spansIn(whole.filter(({ layer }) => layer !== mentionLayer)),
      ...Object.fromEntries(groups.map(({ name, spans }) => [name === defaultKey ? `layer.${name}` : name, spans])),
    },
    shown: spansIn(whole),
  };
}

function knowledgeIdOf({ attributes }: DatasetAnnotation, { registry }: DatasetSource): string {
  const { entity_id } = attributes;
  return typeof entity_id === 'string' ? (entityOf(registry, entity_id)?.wikidata ?? entity_id) : '';
}

function inTokenOrder(a: SpacySpan, b: SpacySpan): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}
