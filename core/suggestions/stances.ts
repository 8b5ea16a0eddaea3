import { spanAt } from '../text/span.ts';
import { type Attitude, attitudeAt } from './attitudes.ts';
import { clauseAround, isEmptySubject, isNegated, isProse } from './clauses.ts';
import { reportIn } from './indirect.ts';
import type { Names } from './names.ts';
import { isOffice, isOrganisationNoun } from './person-words.ts';
import { headOf, type Phrase, phraseEndingAt } from './phrases.ts';
import { personRoles, phraseSpan } from './roles.ts';
import { ruleReasons } from './rules.ts';
import { beforeVerbGroup, canSpeak, subjectOf } from './speakers.ts';
import { rulesVersion, type SuggestedRole, type Suggestion } from './suggestion.ts';
import { singular } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/** Suggestions of STANCE: who is openly for or against what. Precise rather than complete. */
export function stanceSuggestions(text: string, sentences: readonly Sentence[], names: Names): Suggestion[] {
  return sentences.flatMap((sentence) => {
    if (!isProse(sentence)) return [];
    return [...sentence.words.flatMap((_, at) => stanceAt(text, sentence, at, names) ?? []), ...(demandIn(text, sentence, names) ?? [])];
  });
}

// “Smith said that the council must pay”
function demandIn(text: string, sentence: Sentence, names: Names): Suggestion[] | null {
  const { words } = sentence;
  const report = reportIn(sentence);
  if (!report || words.at(-1)?.text === '?') return null;
  const { content, speaker } = report;
  const must = words.findIndex(({ lower }, index) => index > content.from && index < content.to && lower === 'must');
  const next = words[must + 1];
  const subject = must < 0 || !next || /^(?:not|never|have|n't)$/.test(next.lower) ? null : subjectOf(words, must, content.from, 0);
  if (!subject || subject.from < content.from || isEmptySubject(words, subject) || !mayHold(words, speaker)) return null;
  const clause = { from: subject.from, to: Math.min(content.to, clauseAround(words, must).to) };
  if (words.slice(clause.from, clause.to).some(({ quote, lower }) => quote !== null || lower === 'if')) return null;
  const span = phraseSpan(text, sentence, clause);
  const roles: SuggestedRole[] = [
    ...personRoles(text, 'holder', sentence, speaker, names, 0.85),
    { role: 'target', span, entity: names.thingCalled(span.text), confidence: 0.6 },
  ];
  const attributes = { polarity: 'favor', explicitness: 'explicit', intensity: 'high', conditional: false };
  const rule = 'stance.must';
  return [{ layer: 'STANCE', spans: [span], attributes, roles, rule, version: rulesVersion, why: ruleReasons[rule], confidence: 0.6 }];
}

function stanceAt(text: string, sentence: Sentence, at: number, names: Names): Suggestion | null {
  const { words } = sentence;
  const attitude = attitudeAt(words, at);
  if (!attitude || words.at(-1)?.text === '?') return null;
  const { verb, rule } = attitude;
  if (verb !== null && isOpen(words, verb)) return null;
  const holder = attitude.holder && holderBehind(words, attitude.holder);
  if (!holder || !canSpeak(words, holder) || isEmptySubject(words, holder)) return null;
  if (rule !== 'stance.noun' && !mayHold(words, holder)) return null;
  const negated = verb !== null && isNegated(words, verb, 0);
  // “did not reject” is no support.
  if (negated && attitude.polarity === 'against') return null;
  const clause = clauseAround(words, at);
  const sure = attitude.target.pronoun ? 0.6 : certainties[rule];
  const target = phraseSpan(text, sentence, attitude.target);
  const roles: SuggestedRole[] = [
    ...personRoles(text, 'holder', sentence, holder, names, 0.85),
    { role: 'target', span: target, entity: names.thingCalled(target.text), confidence: sure },
  ];
  const strong = words
    .slice(Math.max(0, at - 3), attitude.to)
    .some(
      ({ lower }) =>
        /^(?:strongly|fiercely|firmly|sharply|vehemently|flatly|harshly|huge|utterly|totally)$/.test(lower) ||
        /huge|tremendous|total/.test(lower),
    );
  return {
    layer: 'STANCE',
    spans: [spanAt(text, phraseSpan(text, sentence, attitude))],
    attributes: {
      polarity: negated ? 'against' : attitude.polarity,
      explicitness: 'explicit',
      intensity: strong ? 'high' : 'medium',
      conditional: words.slice(clause.from, clause.to).some(({ lower }) => lower === 'if'),
    },
    roles,
    rule,
    version: rulesVersion,
    why: ruleReasons[rule],
    confidence: sure,
  };
}

const certainties: Readonly<Record<Attitude['rule'], number>> = {
  'stance.verb': 0.75,
  'stance.voiced': 0.75,
  'stance.described': 0.7,
  'stance.predicate': 0.75,
  'stance.noun': 0.6,
};

// “The union, which opposes the bill,”: whom the pronoun joins its clause to.
function holderBehind(words: readonly Word[], holder: Phrase): Phrase | null {
  const { from } = holder;
  if (!/^(?:who|which)$/.test(words[from]?.lower ?? '')) return holder;
  return words[from - 1]?.text === ',' ? phraseEndingAt(words, from - 2, 0) : null;
}

// What is only possible, supposed, avoided or named with something else: “may support”, “if he supports”, “opposing views”, “blamed for embracing”
function isOpen(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  const group = beforeVerbGroup(words, at, 0);
  // Of what someone may do, only what they are set on tells their mind.
  const set = /^(?:willing|ready|continues?|continued|vow(?:s|ed)?|pledge[sd]?|promise[sd]?)$/;
  if (before?.lower === 'to' && !set.test(words[at - 2]?.lower ?? '')) return true;
  if (words.slice(group + 1, at).some(({ lower }) => /^(?:may|might|could)$/.test(lower))) return true;
  if (/^(?:that|you|herself|himself|themselves)$/.test(words[group]?.lower ?? '')) return true;
  if (/^(?:avoid|refuse|decline|stop|deny|denie|hesitate)/.test(words[group]?.lower ?? '')) return true;
  // “its calls for”
  if (/^(?:its|their|his|her|our|my|your|the|an?)$/.test(before?.lower ?? '')) return true;
  const { from } = clauseAround(words, at);
  if (/^(?:if|whether|unless)$/.test(words[from]?.lower ?? '')) return true;
  const { lower } = words[at] as Word;
  return (
    /ing$/.test(lower) &&
    (before?.pos === 'ADP' || before?.pos === 'SCONJ' || before?.pos === 'DET' || (lower === 'opposing' && words[at + 1]?.pos === 'NOUN'))
  );
}

const people =
  /^(?:leaders|officials|allies|critics|lawmakers|voters|supporters|opponents|diplomats|experts|ministers|senators|residents|protesters|activists|governments?|council|party|campaign|people|men|women|president|minister|chancellor|senator|spokesman|spokeswoman)$/;

function mayHold(words: readonly Word[], holder: Phrase): boolean {
  const inside = words.slice(holder.from, holder.to);
  const head = singular(headOf(words, holder).lower);
  const isPerson = isOffice(head) || (isOrganisationNoun(head) && !/^(?:vessel|ship|ferry|app|brand|network)$/.test(head));
  return holder.pronoun || isPerson || inside.some((word) => word.pos === 'PROPN' || people.test(word.lower));
}
