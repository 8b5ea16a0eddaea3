import { z } from 'zod';
import type { Annotation, AnnotationSet } from '../model/annotation.ts';
import { entityOfMention, type Registry } from '../model/entity.ts';
import { plainName, withoutTitle } from '../registry/entity-names.ts';
import { isPronoun } from '../text/pronouns.ts';
import type { SuggestedRole, Suggestion } from './suggestion.ts';

const count = z.int().min(0);

/** What became of the suggestions of one rule: accepted as they were, accepted and edited afterwards, rejected. */
export const RuleTally = z.strictObject({ accepted: count, edited: count, rejected: count });
export type RuleTally = z.infer<typeof RuleTally>;

/** What became of some words in one layer: kept as annotations, by hand or accepted, and rejected. */
export const TermTally = z.strictObject({ kept: count, rejected: count });
export type TermTally = z.infer<typeof TermTally>;

/**
 * What an annotator's work tells the suggester, of one article or of many: tallies by rule; by layer and words (`wordsOf`), of few words; and
 * how many annotations each name has, as their speaker, holder or source. Plain data, and additive.
 */
export const Experience = z.strictObject({
  rules: z.record(z.string(), RuleTally),
  terms: z.record(z.string(), z.record(z.string(), TermTally)),
  names: z.record(z.string(), count),
});
export type Experience = z.infer<typeof Experience>;

/** Of somebody who has decided nothing yet. */
export const noExperience: Experience = { rules: {}, terms: {}, names: {} };

/** Whether it tells nothing. */
export function isEmptyExperience({ rules, terms, names }: Experience): boolean {
  return [rules, terms, names].every((record) => Object.keys(record).length === 0);
}

const layers: Readonly<Record<string, string>> = { quote: 'QUOTE', term: 'QUOTED_TERM', stance: 'STANCE', fact: 'FACT' };

// Taken over and made something else: what the rule said was wrong.
const isOtherKind = (rule: string, layer: string) =>
  Object.values(layers).includes(layer) && own(layers, rule.split('.')[0] ?? '') !== layer;

const longestTerm = 8;
const tellingRoles = new Set(['speaker', 'holder', 'source']);

/** What `set`, an annotator's own work on one article, tells: of what was made and decided at `since` (ISO 8601) or later, null for all. */
export function experienceOf(set: AnnotationSet, registry: Registry, since: string | null): Experience {
  const rules = new Map<string, RuleTally>();
  const terms = new Map<string, Map<string, TermTally>>();
  const names = new Map<string, number>();
  const countRule = (rule: string, what: keyof RuleTally) => {
    const tally = rules.get(rule) ?? { accepted: 0, edited: 0, rejected: 0 };
    rules.set(rule, { ...tally, [what]: tally[what] + 1 });
  };
  const countTerm = (layer: string, spans: Annotation['spans'], what: keyof TermTally) => {
    const words = wordsOf(spans);
    if (words === null) return;
    const ofLayer = terms.get(layer) ?? new Map<string, TermTally>();
    const tally = ofLayer.get(words) ?? { kept: 0, rejected: 0 };
    ofLayer.set(words, { ...tally, [what]: tally[what] + 1 });
    terms.set(layer, ofLayer);
  };
  const counts = (time: string) => since === null || time >= since;
  for (const { layer, spans, rule, decided } of set.decisions.values()) {
    if (!counts(decided)) continue;
    countRule(rule, 'rejected');
    countTerm(layer, spans, 'rejected');
  }
  for (const annotation of set.annotations.values()) {
    const { origin, layer, spans, created, modified } = annotation;
    if (!counts(created) || origin.kind === 'import') continue;
    if (origin.kind === 'suggestion')
      countRule(origin.rule, isOtherKind(origin.rule, layer) ? 'rejected' : modified === created ? 'accepted' : 'edited');
    countTerm(layer, spans, 'kept');
    for (const name of namesIn(annotation, set, registry)) names.set(name, (names.get(name) ?? 0) + 1);
  }
  return plain(rules, terms, names);
}

/** The sum of `parts`, such as of all articles. */
export function mergeExperience(parts: Iterable<Experience>): Experience {
  const rules = new Map<string, RuleTally>();
  const terms = new Map<string, Map<string, TermTally>>();
  const names = new Map<string, number>();
  for (const part of parts) {
    for (const [rule, tally] of Object.entries(part.rules)) rules.set(rule, sum(rules.get(rule), tally));
    for (const [layer, tallies] of Object.entries(part.terms)) {
      const ofLayer = terms.get(layer) ?? new Map<string, TermTally>();
      for (const [words, tally] of Object.entries(tallies)) ofLayer.set(words, sum(ofLayer.get(words), tally));
      terms.set(layer, ofLayer);
    }
    for (const [name, number] of Object.entries(part.names)) names.set(name, (names.get(name) ?? 0) + number);
  }
  return plain(rules, terms, names);
}

/**
 * `suggestions` with the confidence that `experience` leaves them, and with why.
 * - Rule: with a decisions on it of which k kept its suggestion, c becomes (10c + k) / (10 + a): the share kept, where the rule's own confidence
 *   counts as ten decisions; at most 0.3 up or down.
 * - Words: where the same words were rejected as this layer (or kept as the other kind of marked words) at least twice more often than kept,
 *   c is halved; where they were kept at least twice more often, half of what is missing to 1 is added.
 * - Names: where a role's words are a name that spoke before in the project, or that the registry knows, half of what is missing to 1 is added to the role.
 */
export function learned(suggestions: readonly Suggestion[], experience: Experience): Suggestion[] {
  const known = new Set(Object.keys(experience.names).map(plainName));
  return suggestions.map((suggestion) => {
    const reasons: string[] = [];
    const confidence = ofWords(
      suggestion,
      ofRule(suggestion.confidence, own(experience.rules, suggestion.rule), reasons),
      experience,
      reasons,
    );
    const roles = suggestion.roles.map((role) => withName(role, known, reasons));
    return reasons.length === 0 ? suggestion : { ...suggestion, roles, confidence, why: [suggestion.why, ...new Set(reasons)].join(' ') };
  });
}

/** The share of decided suggestions of a rule that were kept; null where none was decided. */
export function shareKept({ accepted, edited, rejected }: RuleTally): number | null {
  const decided = accepted + edited + rejected;
  return decided === 0 ? null : (accepted + edited) / decided;
}

/** Words as they are compared with what was rejected and kept before: without marks, case and stops; null where they are many. */
export function wordsOf(spans: readonly { readonly text: string }[]): string | null {
  const words = plainName(
    spans
      .map(({ text }) => text)
      .join(' ')
      .replace(/[“”„«»"‘]|^'|'$/gu, ' '),
  )
    .replace(/[,;:!?]+(?= |$)/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' || words === '__proto__' || words.split(' ').length > longestTerm ? null : words;
}

const plain = (rules: Map<string, RuleTally>, terms: Map<string, Map<string, TermTally>>, names: Map<string, number>): Experience => ({
  rules: Object.fromEntries(rules),
  terms: Object.fromEntries([...terms].map(([layer, tallies]) => [layer, Object.fromEntries(tallies)])),
  names: Object.fromEntries(names),
});

function sum<T extends Readonly<Record<string, number>>>(one: T | undefined, other: T): T {
  return one ? (Object.fromEntries(Object.entries(one).map(([key, number]) => [key, number + (other[key] ?? 0)])) as T) : other;
}

// Words of an article may be called like what every object has.
const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

const prior = 10;
const most = 0.3;

function ofRule(confidence: number, tally: RuleTally | undefined, reasons: string[]): number {
  if (!tally) return confidence;
  const kept = tally.accepted + tally.edited;
  const decided = kept + tally.rejected;
  reasons.push(`You kept ${kept} of ${decided} by this rule.`);
  const share = (prior * confidence + kept) / (prior + decided);
  return Math.min(Math.max(share, confidence - most, 0.01), confidence + most, 0.99);
}

const otherKind: Readonly<Record<string, string>> = { QUOTE: 'QUOTED_TERM', QUOTED_TERM: 'QUOTE' };

function ofWords({ layer, spans }: Suggestion, confidence: number, { terms }: Experience, reasons: string[]): number {
  const words = wordsOf(spans);
  const tally = words === null ? undefined : own(own(terms, layer), words);
  const asOther = words === null ? 0 : (own(own(terms, otherKind[layer] ?? ''), words)?.kept ?? 0);
  const kept = tally?.kept ?? 0;
  const against = (tally?.rejected ?? 0) + asOther;
  if (against - kept >= 2) {
    reasons.push(`You judged these words otherwise ${against} times.`);
    return confidence / 2;
  }
  if (kept - against < 2) return confidence;
  reasons.push(`You kept these words ${kept} times.`);
  return confidence + (1 - confidence) / 2;
}

function withName(role: SuggestedRole, known: ReadonlySet<string>, reasons: string[]): SuggestedRole {
  const { span, entity } = role;
  if (!tellingRoles.has(role.role) || isPronoun(span.text)) return role;
  const name = entity?.canonical ?? span.text;
  const hasSpoken = known.has(plainName(name)) || known.has(plainName(withoutTitle(span.text)));
  if (!hasSpoken && !entity?.id) return role;
  reasons.push(hasSpoken ? `${name} spoke in what you annotated.` : `The registry knows ${name}.`);
  return { ...role, confidence: role.confidence + (1 - role.confidence) / 2 };
}

function namesIn({ id, roles }: Annotation, { mentions }: AnnotationSet, registry: Registry): Set<string> {
  const names = new Set<string>();
  for (const { role, target } of roles) {
    if (!tellingRoles.has(role)) continue;
    const mention = target.kind === 'mention' ? mentions.get(target.id) : undefined;
    const meant = target.kind === 'entity' ? { id, entity: target.id } : mention;
    const entity = meant && entityOfMention(registry, meant);
    const words = mention ? withoutTitle(mention.span.text) : '';
    const name = entity?.canonical ?? (/\p{Lu}/u.test(words) && !isPronoun(words) ? words : null);
    if (name !== null && name !== '__proto__') names.add(name);
  }
  return names;
}
