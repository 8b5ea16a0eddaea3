import { AppError } from '../failure.ts';
import type { Codebook } from '../model/codebook.ts';
import { cardPath, codebookPath, manifestPath } from './about-files.ts';
import { datasetCard } from './card.ts';
import { CardFacts } from './card-facts.ts';
import type { DatasetDocument, DatasetEntity, DatasetLink } from './document.ts';
import type { DatasetSource, ExportRun, Format, Outcome } from './format.ts';
import { prettyJson } from './json-text.ts';
import type { Chunk } from './ledger.ts';
import { Ledger } from './ledger.ts';
import { Projection } from './projection.ts';

/**
 * Writes `source` in `format`: the format's own files, then codebook.json if it can be read back, README.md, a card for people, and manifest.json with the offset unit, the tokeniser,
 * the ICU version, the selection, counts, losses and the digest of every other file. The same source gives the same bytes. The generator returns
 * what the dataset contains and what could not be exported.
 * @throws AppError `unsupported` for a format that cannot leave out text although it must, or a codebook that datasets cannot represent
 */
export async function* exportDataset(format: Format, source: DatasetSource): AsyncGenerator<Chunk, Outcome> {
  if (!source.withText && !format.canLeaveTextOut) {
    throw new AppError(
      'unsupported',
      `${format.title} cannot be written without the articles’ text.`,
      'Choose another format, such as jsonl or csv, or include the text.',
      'Nothing was written.',
    );
  }
  const ledger = new Ledger(source.newHash);
  const projection = new Projection(source, ledger);
  const run = new Run(source, ledger, projection);
  const extras = await (yield* format.write(run));
  // Counted and checked even if the format has no place for them.
  run.facts.seeLinks(run.links());
  const entities = run.entities();
  // Replaces lone surrogates before the losses are listed, because the manifest contains both these names and the losses.
  const { id, name, licence } = source.project;
  const project = { id, name: ledger.wellFormed(name), ...(licence === undefined ? {} : { licence: ledger.wellFormed(licence) }) };
  const { codebook, codebookVersion, generator, selection, withText, splits } = source;
  const counts = projection.counts;
  // Examples are passages of articles.
  const shown = withText ? codebook : withoutExamples(codebook);
  if (format.read) yield ledger.whole(codebookPath, prettyJson(shown, ledger), 1);
  const card = datasetCard({
    format,
    source: { ...source, codebook: shown },
    counts,
    losses: ledger.losses(),
    facts: run.facts,
    entities,
    paths: ledger.paths(),
  });
  yield ledger.whole(cardPath, `${extras?.cardHead ?? ''}${card}`, 1);
  const manifest = {
    format: format.name,
    generator: { name: generator.name, version: generator.version },
    icu: generator.icu,
    tokeniser: format.tokeniser,
    project,
    changed: source.changed,
    offset_unit: format.offsetUnit,
    text: withText ? 'included' : 'left out',
    selection,
    codebook: { name: codebook.name, version: codebookVersion, language: codebook.language },
    layers: codebook.layers.map(({ id, title, attributes, roles }) => ({
      id,
      title,
      attributes: attributes.map(({ name }) => name),
      roles: roles.map(({ name }) => name),
      annotations: counts[`layers.${id}`] ?? 0,
    })),
    split: splits ? splits.method : null,
    counts: Object.fromEntries(Object.entries(counts).filter(([name]) => !name.startsWith('layers.'))),
    ...extras?.manifest,
    files: ledger.close(),
    losses: ledger.losses(),
  };
  // It lists the other files, but not itself.
  yield { path: manifestPath, content: source.newHash().update(prettyJson(manifest, ledger)), isText: true, rows: 1, ends: true };
  return { counts, losses: ledger.losses() };
}

function withoutExamples(codebook: Codebook): Codebook {
  return { ...codebook, layers: codebook.layers.map(({ examples: _, ...layer }) => layer) };
}

class Run implements ExportRun {
  readonly source: DatasetSource;
  readonly ledger: Ledger;
  /** The facts for the card, collected while the documents are written. */
  readonly facts: CardFacts;
  readonly #projection: Projection;
  #links: readonly DatasetLink[] | null = null;
  #entities: readonly DatasetEntity[] | null = null;

  constructor(source: DatasetSource, ledger: Ledger, projection: Projection) {
    this.source = source;
    this.ledger = ledger;
    this.#projection = projection;
    this.facts = new CardFacts(source.codebook);
  }

  get annotators() {
    return [...this.source.annotators].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async *documents(): AsyncGenerator<DatasetDocument> {
    for await (const article of this.source.articles()) {
      const document = this.#projection.document(article);
      this.facts.see(document);
      yield document;
    }
  }

  links(): readonly DatasetLink[] {
    this.#links ??= this.#projection.links();
    return this.#links;
  }

  entities(): readonly DatasetEntity[] {
    this.#entities ??= this.#projection.entities();
    return this.#entities;
  }
}
