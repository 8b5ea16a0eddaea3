import type { StanceStatement } from '../comparison/stance-network.ts';
import { type Codebook, layerOf } from '../model/codebook.ts';
import { entityOf } from '../model/entity.ts';
import { type DatasetAnnotation, type DatasetDocument, mentionLayer } from './document.ts';
import type { DatasetSource } from './format.ts';
import type { Ledger } from './ledger.ts';

/** The holder or the target of a stance. `kind` is an entity type, or `AUTHOR`. */
export interface StanceParty {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly wikidata: string | null;
}

/** A stance of the dataset as a statement of a network, with its source. Offsets are in code points. */
export interface FoundStatement extends StanceStatement {
  readonly id: string;
  readonly annotator: string;
  readonly status: string;
  readonly polarity: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly holder: StanceParty;
  readonly target: StanceParty;
}

// The default codebook's values and likely new names for them. For other values, for and against cannot be distinguished.
const isFor = /^(?:(?:in[ _-])?favou?r|for|pro|supports?|supportive|agrees?|agreement|approves?|approval|positive)$/i;
const isAgainst = /^(?:against|anti|contra|opposes?|opposed|opposition|disagrees?|disagreement|rejects?|disapproves?|negative)$/i;
const levelOf = (polarity: string): 0 | 1 | null => (isFor.test(polarity) ? 1 : isAgainst.test(polarity) ? 0 : null);

/** Whether annotations of `layer` can be stances: by somebody (role `holder`), on something (`target`), for or against it (`polarity`). */
export function isStanceLayer(codebook: Codebook, layer: string): boolean {
  const definition = layerOf(codebook, layer);
  const roles = definition?.roles.map(({ name }) => name) ?? [];
  const isPolar = definition?.attributes.some(({ name, type }) => name === 'polarity' && type === 'enum') ?? false;
  return isPolar && roles.includes('holder') && roles.includes('target');
}

/**
 * The stances in `document` as statements, one for each holder. If an adjudicator has decided or is done with it, only the adjudicators' stances
 * count. Otherwise those of all annotators count, and a stance that several found counts once. What is not a statement is entered in the ledger with the reason.
 */
export function statementsIn(document: DatasetDocument, source: DatasetSource, ledger: Ledger): FoundStatement[] {
  const stances = document.annotations.filter(({ layer, status }) => status !== 'rejected' && isStanceLayer(source.codebook, layer));
  const decided = stances.filter(({ annotator }) => isAdjudicator(source, annotator));
  const isDecided = decided.length > 0 || document.completions.some(({ annotator }) => isAdjudicator(source, annotator));
  const taken = isDecided ? decided : stances;
  ledger.lose('stances that an adjudicator has decided on', stances.length - taken.length);
  const found = taken.flatMap((stance) => statementsOf(stance, document, source, ledger));
  const kept = foundOnce(found);
  ledger.lose('stances that another annotator found too', found.length - kept.length);
  return kept;
}

const isAdjudicator = ({ annotators }: DatasetSource, id: string) => annotators.some((one) => one.id === id && one.role === 'adjudicator');

function statementsOf(stance: DatasetAnnotation, document: DatasetDocument, source: DatasetSource, ledger: Ledger): FoundStatement[] {
  const polarity = Object.hasOwn(stance.attributes, 'polarity') ? String(stance.attributes['polarity']) : null;
  const level = polarity === null ? null : levelOf(polarity);
  if (polarity === null || level === null) {
    ledger.lose('stances that are neither for nor against');
    return [];
  }
  const parties = (role: string) =>
    stance.args.filter((arg) => arg.role === role).map((arg) => partyOf(arg, document, source) ?? { unknown: true as const });
  const [holders, targets] = [parties('holder'), parties('target')];
  const [target] = targets;
  if (!target || 'unknown' in target) {
    ledger.lose('stances whose target is not linked to an entity');
    return [];
  }
  const known = holders.filter((holder): holder is StanceParty => !('unknown' in holder));
  if (known.length === 0) ledger.lose('stances whose holder is not linked to an entity');
  else ledger.lose('holders of stances that are not linked to an entity', holders.length - known.length);
  const place = {
    start: stance.spans[0]?.start ?? 0,
    end: stance.spans.at(-1)?.end ?? 0,
    text: stance.spans.map(({ text }) => text).join(' … '),
  };
  return known.map((holder) => ({
    ...{ id: stance.id, annotator: stance.annotator, status: stance.status, document: document.doc_id, date: document.metadata.published },
    ...{ actor: `actor:${holder.id}`, concept: `concept:${target.id}`, level, polarity, ...place, holder, target },
  }));
}

function partyOf(arg: DatasetAnnotation['args'][number], document: DatasetDocument, source: DatasetSource): StanceParty | null {
  const { doc_id, metadata } = document;
  if ('author' in arg) {
    const { source: publisher, title } = metadata;
    return { id: `author:${publisher ?? doc_id}`, label: `Author (${publisher ?? title})`, kind: 'AUTHOR', wikidata: null };
  }
  const filler = 'annotation' in arg ? document.annotations.find(({ id }) => id === arg.annotation) : undefined;
  const linked = filler?.layer === mentionLayer ? filler.attributes['entity_id'] : undefined;
  const id = 'entity' in arg ? arg.entity : typeof linked === 'string' ? linked : null;
  const entity = id === null ? undefined : entityOf(source.registry, id);
  return entity ? { id: entity.id, label: entity.canonical, kind: entity.type, wikidata: entity.wikidata } : null;
}

// If several annotators found the same stance (holder, target, level), only the one who found it most often counts.
function foundOnce(found: readonly FoundStatement[]): FoundStatement[] {
  const cells = new Map<string, Map<string, FoundStatement[]>>();
  for (const statement of found) {
    const key = JSON.stringify([statement.actor, statement.concept, statement.level]);
    const by = cells.get(key) ?? new Map<string, FoundStatement[]>();
    cells.set(key, by);
    by.set(statement.annotator, [...(by.get(statement.annotator) ?? []), statement]);
  }
  const most = [...cells.values()].map(
    (by) =>
      [...by].reduce((best, one) =>
        one[1].length > best[1].length || (one[1].length === best[1].length && one[0] < best[0]) ? one : best,
      )[1],
  );
  const kept = new Set(most.flat());
  return found.filter((statement) => kept.has(statement));
}
