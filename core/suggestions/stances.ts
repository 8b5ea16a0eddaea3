import { spanAt } from '../text/span.ts';
import { clauseAround, isEmptySubject, isNegated, isPassive, isProse } from './clauses.ts';
import { reportIn } from './indirect.ts';
import type { Names } from './names.ts';
import { type Phrase, phraseStartingAt } from './phrases.ts';
import { phraseSpan } from './roles.ts';
import { ruleReasons } from './rules.ts';
import { beforeVerbGroup, canSpeak, subjectOf } from './speakers.ts';
import { rulesVersion, type SuggestedRole, type Suggestion } from './suggestion.ts';
import type { Sentence, Word } from './words.ts';

const forms = (verbs: string) =>
  new RegExp(
    `^(?:${verbs
      .split(' ')
      .map((verb) =>
        /e$/.test(verb)
          ? `${verb}[sd]?|${verb.slice(0, -1)}ing`
          : /[^aeiou]y$/.test(verb)
            ? `${verb}(?:ing)?|${verb.slice(0, -1)}ie[sd]`
            : `${verb}(?:e?s|ed|ing)?`,
      )
      .join('|')})$`,
  );
const favours = forms('welcome praise support endorse hail applaud embrace champion commend favor favour demand urge');
const opposes = forms('reject oppose condemn criticize criticise denounce slam blast rebuke dismiss decry deplore resist');
const calling = /^(?:call|calls|called|calling|push|pushes|pushed|pushing|press|presses|pressed|pressing)$/;
const voicing = /^(?:express|expresses|expressed|expressing|voice|voices|voiced|voicing)$/;
const describing =
  /^(?:describe|describes|described|describing|characterize[sd]?|characterise[sd]?|call|calls|called|brand|brands|branded|portray|portrays|portrayed)$/;
const good =
  /\b(?:step forward|forward|vital|great|historic|excellent|good|wonderful|important|success|successful|breakthrough|tremendous|brave|courageous|hero|smart|best|promising|landmark|milestone|remarkable|outstanding|positive)\b/i;
const bad =
  /\b(?:disaster|disastrous|mistake|wrong|reprehensible|dangerous|disgrace|disgraceful|shameful|unacceptable|terrible|horrible|absurd|reckless|failure|failed|bad|worst|racist|divisive|threat|illegal|unfair|rigged|irresponsible|outrageous|ridiculous|nonsense|betrayal)\b/i;

/** Suggestions of STANCE: who is openly for or against what, by a verb of attitude with its target. Precise rather than complete. */
export function stanceSuggestions(text: string, sentences: readonly Sentence[], names: Names): Suggestion[] {
  return sentences.flatMap((sentence) => {
    if (!isProse(sentence)) return [];
    return [
      ...sentence.words.flatMap((word, at) => (word.pos === 'VERB' ? (stanceAt(text, sentence, at, names) ?? []) : [])),
      ...(demandIn(text, sentence, names) ?? []),
    ];
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
    { role: 'holder', span: phraseSpan(text, sentence, speaker), entity: names.entityOf(sentence, speaker), confidence: 0.85 },
    { role: 'target', span, entity: names.thingCalled(span.text), confidence: 0.6 },
  ];
  const attributes = { polarity: 'favor', explicitness: 'explicit', intensity: 'high', conditional: false };
  const rule = 'stance.must';
  return [{ layer: 'STANCE', spans: [span], attributes, roles, rule, version: rulesVersion, why: ruleReasons[rule], confidence: 0.6 }];
}

interface Attitude {
  readonly polarity: 'favor' | 'against';
  readonly target: Phrase;
  /** Where the stance ends, excluded. */
  readonly to: number;
  readonly rule: 'stance.verb' | 'stance.voiced' | 'stance.described';
}

function stanceAt(text: string, sentence: Sentence, at: number, names: Names): Suggestion | null {
  const { words } = sentence;
  const attitude = attitudeAt(words, at);
  if (!attitude || isPassive(words, at)) return null;
  // Of what someone may do, only what they are set on tells their mind.
  const set = /^(?:willing|ready|continues?|continued|vow(?:s|ed)?|pledge[sd]?|promise[sd]?)$/;
  if (words[at - 1]?.lower === 'to' && !set.test(words[at - 2]?.lower ?? '')) return null;
  if (isOpen(words, at)) return null;
  const holder = subjectOf(words, at, 0, 2);
  if (!holder || !canSpeak(words, holder) || isEmptySubject(words, holder) || !mayHold(words, holder)) return null;
  const negated = isNegated(words, at, 0);
  // “did not reject” is no support.
  if (negated && attitude.polarity === 'against') return null;
  const clause = clauseAround(words, at);
  const sure = attitude.rule === 'stance.described' ? 0.7 : 0.75;
  const target = phraseSpan(text, sentence, attitude.target);
  const roles: SuggestedRole[] = [
    { role: 'holder', span: phraseSpan(text, sentence, holder), entity: names.entityOf(sentence, holder), confidence: 0.85 },
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
    spans: [spanAt(text, phraseSpan(text, sentence, { from: at, to: attitude.to }))],
    attributes: {
      polarity: negated ? 'against' : attitude.polarity,
      explicitness: 'explicit',
      intensity: strong ? 'high' : 'medium',
      conditional: words.slice(clause.from, clause.to).some(({ lower }) => lower === 'if'),
    },
    roles,
    rule: attitude.rule,
    version: rulesVersion,
    why: ruleReasons[attitude.rule],
    confidence: sure,
  };
}

// What is asked, only supposed, avoided or named with something else: “Do you support …?”, “If he supports …”, “opposing views”, “blamed for embracing …”
function isOpen(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  const group = beforeVerbGroup(words, at, 0);
  if (words.at(-1)?.text === '?' || /^(?:that|which|you|herself|himself|themselves)$/.test(words[group]?.lower ?? '')) return true;
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

function attitudeAt(words: readonly Word[], at: number): Attitude | null {
  const { lower } = words[at] as Word;
  const next = words[at + 1]?.lower ?? '';
  const verb = (polarity: Attitude['polarity'], from: number): Attitude | null => {
    const target = phraseStartingAt(words, from, words.length);
    return target && !target.pronoun && !isObjectPronoun(words[from]) ? { polarity, target, to: target.to, rule: 'stance.verb' } : null;
  };
  if (lower === 'warned' && next === 'against') return verb('against', at + 2);
  if (calling.test(lower) && next === 'for') return verb('favor', at + 2);
  if (voicing.test(lower)) return voiced(words, at);
  if (describing.test(lower)) {
    const found = described(words, at);
    if (found) return found;
  }
  if (favours.test(lower)) {
    const found = verb('favor', at + 1);
    // “urged the council to pay”: the council is only spoken to.
    return found && /^urg/.test(lower) && words[found.to]?.lower === 'to' ? null : found;
  }
  return opposes.test(lower) ? verb('against', at + 1) : null;
}

const isObjectPronoun = (word: Word | undefined) => /^(?:him|her|them|me|us|it)$/.test(word?.lower ?? '');

// “expressed approval of the outcomes”
function voiced(words: readonly Word[], at: number): Attitude | null {
  for (let index = at + 1; index < Math.min(words.length - 1, at + 5); index++) {
    const { lower } = words[index] as Word;
    const polarity = /^(?:approval|support|praise|admiration|enthusiasm)$/.test(lower)
      ? 'favor'
      : /^(?:opposition|disapproval|outrage|anger|dismay)$/.test(lower)
        ? 'against'
        : null;
    if (!polarity) continue;
    if (!/^(?:of|for|to|at|over|about)$/.test(words[index + 1]?.lower ?? '')) return null;
    const target = phraseStartingAt(words, index + 2, words.length);
    return target && !target.pronoun ? { polarity, target, to: target.to, rule: 'stance.voiced' } : null;
  }
  return null;
}

// “described the pledge as a “huge step forward””
function described(words: readonly Word[], at: number): Attitude | null {
  const target = phraseStartingAt(words, at + 1, words.length);
  if (!target || target.pronoun || isObjectPronoun(words[at + 1])) return null;
  const as = words[target.to]?.lower === 'as' ? target.to + 1 : null;
  const from = as ?? target.to;
  let to = from;
  let judgement = '';
  for (; to < Math.min(words.length, from + 8); to++) {
    const word = words[to] as Word;
    if (/^[.,;:]$/.test(word.text) || /^(?:and|but|that|which|who)$/.test(word.lower)) break;
    judgement += ` ${word.text}`;
    if (word.quote) {
      to++;
      break;
    }
  }
  if (as === null && words[to - 1]?.quote === null) return null;
  const polarity = good.test(judgement) && !bad.test(judgement) ? 'favor' : bad.test(judgement) && !good.test(judgement) ? 'against' : null;
  return polarity && to > from ? { polarity, target, to, rule: 'stance.described' } : null;
}

const people =
  /^(?:leaders|officials|allies|critics|lawmakers|voters|supporters|opponents|diplomats|experts|ministers|senators|residents|protesters|activists|governments?|council|party|campaign|people|men|women|president|minister|chancellor|senator|spokesman|spokeswoman)$/;

function mayHold(words: readonly Word[], holder: Phrase): boolean {
  const inside = words.slice(holder.from, holder.to);
  return holder.pronoun || inside.some((word) => word.pos === 'PROPN' || people.test(word.lower));
}
