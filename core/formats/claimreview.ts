import type { Evidence } from '../model/annotation.ts';
import { type Layer, layerOf } from '../model/codebook.ts';
import { type Entity, entityOf } from '../model/entity.ts';
import { type DatasetAnnotation, type DatasetDocument, mentionLayer } from './document.ts';
import type { ExportRun, Format } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Chunk } from './ledger.ts';

const path = 'claimreview.jsonld';
const verdictName = 'verdict';

// The verdicts of the default codebook (those of AVeriTeC) on a scale from 1 (false) to 5 (true). Other verdicts have no number.
const ratings: Readonly<Record<string, number>> = { supported: 5, conflicting_evidence: 3, refuted: 1 };
// Verdicts that neither verify nor refute.
const open = new Set(['not_enough_evidence', 'unverified', 'unproven']);

/**
 * schema.org ClaimReview as JSON-LD: one review for each annotation of a layer with the attribute `verdict` that verifies or refutes the claim.
 * Unchecked claims are left out. Google no longer shows such reviews; they are for archives of fact checks and other readers of JSON-LD.
 */
export const claimreview: Format = {
  name: 'claimreview',
  title: 'ClaimReview (JSON-LD)',
  about: 'Facts with a verdict, as reviews of claims by schema.org; facts that nobody has verified are left out.',
  offsetUnit: 'none',
  canLeaveTextOut: false,
  tokeniser: null,
  write,
};

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { ledger } = run;
  let reviews = 0;
  yield ledger.chunk(path, '{"@context":"https://schema.org","@graph":[', 0);
  for await (const document of run.documents()) {
    const lines = new Reviews(run, document).all().map((review) => {
      // Makes it safe inside the script element of a page, which a < could end.
      const line = jsonLine(review, ledger).trimEnd().replaceAll('<', '\\u003c');
      return `${reviews++ === 0 ? '' : ','}\n${line}`;
    });
    yield ledger.chunk(path, lines.join(''), lines.length);
  }
  yield ledger.whole(path, '\n]}\n', 0);
  ledger.lose('relations across articles', run.links().length);
  ledger.lose('entities of the registry (those who made a claim are named)', run.entities().length);
  return undefined;
}

/** The reviews of one article. Everything that they cannot hold is entered in the ledger. */
class Reviews {
  readonly #run: ExportRun;
  readonly #document: DatasetDocument;

  constructor(run: ExportRun, document: DatasetDocument) {
    this.#run = run;
    this.#document = document;
  }

  all(): object[] {
    const { ledger, source } = this.#run;
    const { annotations, relations, completions, split } = this.#document;
    ledger.lose('texts of articles (titles, publishers, days and addresses are with the claims)');
    ledger.lose('relations', relations.length);
    ledger.lose('marks of articles as done', completions.length);
    ledger.lose('splits of articles', split === null ? 0 : 1);
    return annotations.flatMap((annotation) => {
      const { layer, status, attributes } = annotation;
      const definition = layerOf(source.codebook, layer);
      const verdict = Object.hasOwn(attributes, verdictName) ? attributes[verdictName] : undefined;
      if (status === 'rejected') ledger.lose('suggestions that were rejected');
      else if (layer === mentionLayer) ledger.lose('mentions');
      else if (typeof verdict !== 'string' || !definition) ledger.lose(`annotations of the layer ${layer} without a verdict`);
      else if (open.has(verdict)) ledger.lose(`annotations of the layer ${layer} with the verdict ${verdict}, which verifies nothing`);
      else return [this.#review(annotation, definition, verdict)];
      return [];
    });
  }

  #review(annotation: DatasetAnnotation, layer: Layer, verdict: string): object {
    const { ledger, source, annotators } = this.#run;
    const { id, spans, annotator, modified, note, origin } = annotation;
    ledger.lose('places of claims in the articles');
    ledger.lose('notes', note ? 1 : 0);
    ledger.lose('origins of annotations', origin === 'manual' ? 0 : 1);
    const rating = Object.hasOwn(ratings, verdict) ? { ratingValue: ratings[verdict], bestRating: 5, worstRating: 1 } : {};
    return {
      '@type': 'ClaimReview',
      '@id': `urn:pressmark:${id}`,
      ...(modified === undefined ? {} : { datePublished: modified }),
      claimReviewed: spans.map(({ text }) => text).join(' … '),
      author: { '@type': 'Person', name: annotators.find((one) => one.id === annotator)?.name ?? annotator },
      publisher: { '@type': 'Organization', name: source.project.name },
      reviewRating: { '@type': 'Rating', ...rating, alternateName: inWords(verdict) },
      ...this.#findings(annotation, layer),
      itemReviewed: { '@type': 'Claim', ...this.#claim(annotation), appearance: this.#appearance() },
    };
  }

  // What the verdict is based on.
  #findings({ attributes }: DatasetAnnotation, layer: Layer): object {
    const findings: { reviewBody?: string; citation?: object[] } = {};
    for (const { name, type } of layer.attributes) {
      const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (value === undefined || name === verdictName) continue;
      if (type === 'evidence') {
        findings.citation = (value as Evidence[]).map(({ url, accessed, says, note }) => ({
          '@type': 'CreativeWork',
          ...address(url),
          description: ['url' in address(url) ? '' : url, says, accessed === '' ? '' : `read ${accessed}`, note]
            .filter((part) => part !== '')
            .join('; '),
        }));
      } else if (name === 'justification') findings.reviewBody = String(value);
      else this.#run.ledger.lose(`values of ${layer.id}.${name}`);
    }
    return findings;
  }

  #claim({ layer, args, attributes }: DatasetAnnotation): object {
    const { metadata } = this.#document;
    const authors: Entity[] = [];
    const about: Entity[] = [];
    for (const arg of args) {
      const entity = this.#entityOf(arg);
      if (arg.role === 'source' && entity) authors.push(entity);
      else if (arg.role === 'event' && entity) about.push(entity);
      else this.#run.ledger.lose(`roles ${layer}.${arg.role}${entity ? '' : ' that no entity fills'}`);
    }
    // If no one else is responsible for the claim, the publication is.
    const isOwn = attributes['attribution'] !== 'attributed' && !args.some(({ role }) => role === 'source') && metadata.source !== null;
    const makers = isOwn ? [{ '@type': 'Organization', name: metadata.source }] : authors.map((entity) => agent(entity));
    return {
      ...(makers.length === 0 ? {} : { author: makers.length === 1 ? makers[0] : makers }),
      ...this.#published(),
      ...(about.length === 0 ? {} : { about: about.map((entity) => ({ '@type': 'Event', name: entity.canonical, ...sameAs(entity) })) }),
    };
  }

  #entityOf(arg: DatasetAnnotation['args'][number]): Entity | null {
    const { registry } = this.#run.source;
    if ('entity' in arg) return entityOf(registry, arg.entity) ?? null;
    if (!('annotation' in arg)) return null;
    const id = this.#document.annotations.find((one) => one.id === arg.annotation)?.attributes['entity_id'];
    return typeof id === 'string' ? (entityOf(registry, id) ?? null) : null;
  }

  // An article that contains the claim. Whether it is the first, nobody knows.
  #appearance(): object {
    const { url, title, source } = this.#document.metadata;
    return {
      '@type': 'NewsArticle',
      ...address(url),
      headline: title,
      ...(source === null ? {} : { publisher: { '@type': 'Organization', name: source } }),
      ...this.#published(),
    };
  }

  // EDTF can say more than a schema.org date. Seasons, uncertain dates and ranges are left out.
  #published(): object {
    const { published } = this.#document.metadata;
    return published !== null && /^\d{4}(-\d\d(-\d\d)?)?$/.test(published) ? { datePublished: published } : {};
  }
}

// Null without a web scheme. What an address cannot hold unchanged (RFC 3987) is percent-encoded.
const address = (url: string | null) =>
  url !== null && /^https?:\/\//i.test(url) ? { url: url.replace(/["<>\\^`{|}\s]/g, encodeURIComponent) } : {};

const inWords = (verdict: string) => `${verdict.charAt(0).toUpperCase()}${verdict.slice(1).replaceAll('_', ' ')}`;

const agent = (entity: Entity) => ({
  '@type': entity.type === 'PERSON' ? 'Person' : 'Organization',
  name: entity.canonical,
  ...sameAs(entity),
});

const sameAs = ({ wikidata }: Entity) => (wikidata === null ? {} : { sameAs: `https://www.wikidata.org/entity/${wikidata}` });
