import { isPassive } from './clauses.ts';
import { nameRuns } from './name-runs.ts';
import { headOf, type Phrase, phraseEndingAt, phraseStartingAt } from './phrases.ts';
import { subjectOf } from './speakers.ts';
import { attitudeTarget } from './stance-targets.ts';
import { isGenitive, singular } from './word-forms.ts';
import type { Word } from './words.ts';

/** Words that tell that somebody is for or against something. */
export interface Attitude {
  readonly polarity: 'favor' | 'against';
  /** The words that tell it, with the target: from the verb or noun of attitude on, `to` excluded. */
  readonly from: number;
  readonly to: number;
  readonly target: Phrase;
  /** Whose attitude it is; null where nobody is named for it. */
  readonly holder: Phrase | null;
  /** The verb whose denial is that of the attitude; null for a noun. */
  readonly verb: number | null;
  readonly rule: 'stance.verb' | 'stance.voiced' | 'stance.described' | 'stance.predicate' | 'stance.noun';
}

type Polarity = Attitude['polarity'];

const formsOf = (verbs: string) =>
  verbs
    .split(' ')
    .map((verb) =>
      /e$/.test(verb)
        ? `${verb}[sd]?|${verb.slice(0, -1)}ing`
        : /[^aeiou]y$/.test(verb)
          ? `${verb}(?:ing)?|${verb.slice(0, -1)}ie[sd]`
          : `${verb}(?:e?s|ed|ing)?`,
    )
    .join('|');
const forms = (verbs: string) => new RegExp(`^(?:${formsOf(verbs)})$`);
const favours = forms('welcome praise support endorse hail applaud embrace champion commend favor favour demand urge back defend');
const opposes = forms('reject oppose condemn criticize criticise denounce slam blast rebuke dismiss decry deplore resist');
const voicing = /^(?:express|expresses|expressed|expressing|voice|voices|voiced|voicing)$/;
const describing =
  /^(?:describe|describes|described|describing|characterize[sd]?|characterise[sd]?|call|calls|called|brand|brands|branded|portray|portrays|portrayed)$/;
const good =
  /\b(?:step forward|forward|vital|great|historic|excellent|good|wonderful|important|success|successful|breakthrough|tremendous|brave|courageous|hero|smart|best|promising|landmark|milestone|remarkable|outstanding|positive)\b/i;
const bad =
  /\b(?:disaster|disastrous|mistake|wrong|reprehensible|dangerous|disgrace|disgraceful|shameful|unacceptable|terrible|horrible|absurd|reckless|failure|failed|bad|worst|racist|divisive|threat|illegal|unfair|rigged|irresponsible|outrageous|ridiculous|nonsense|betrayal)\b/i;

// Verbs that take a side with the words behind them alone: “voted against”, “came out in favour of”, “threw her weight behind”.
const withParticle: readonly (readonly [verb: RegExp, behind: RegExp, polarity: Polarity])[] = [
  [new RegExp(`^(?:${formsOf('vote call push press lobby')}|lobbied)$`), /^for /, 'favor'],
  [new RegExp(`^(?:${formsOf('vote campaign argue lobby warn rail')}|lobbied)$`), /^against /, 'against'],
  [new RegExp(`^(?:${formsOf('vote campaign argue')}|speak|speaks|spoke)$`), /^(?:out )?in (?:favou?r|support) of /, 'favor'],
  [/^(?:come|comes|came|speak|speaks|spoke)$/, /^out against /, 'against'],
  [/^(?:come|comes|came)$/, /^out in (?:favou?r|support) of /, 'favor'],
  [/^(?:throw|throws|threw|thrown|put|puts)$/, /^(?:his|her|its|their) (?:full )?(?:weight|support) behind /, 'favor'],
  [/^(?:rally|rallies|rallied|line[sd]?)$/, /^(?:up )?behind /, 'favor'],
  [/^(?:rule|rules|ruled)$/, /^out /, 'against'],
  [forms('object'), /^to /, 'against'],
];
const particles = /^(?:for|against|in|out|up|behind|to|his|her|its|their)$/;
const predicates: readonly (readonly [behind: RegExp, polarity: Polarity])[] = [
  [/^(?:dead |firmly |strongly |fiercely |totally )?(?:against|opposed to|critical of) /, 'against'],
  [/^(?:firmly |strongly |broadly |fully )?(?:in (?:favou?r|support) of|supportive of) /, 'favor'],
];
const sides: Readonly<Record<string, Polarity>> = {
  ...{ critic: 'against', opponent: 'against', supporter: 'favor', backer: 'favor', proponent: 'favor', advocate: 'favor' },
};
const attitudeNouns: Readonly<Record<string, Polarity>> = {
  ...{
    support: 'favor',
    approval: 'favor',
    praise: 'favor',
    admiration: 'favor',
    enthusiasm: 'favor',
    endorsement: 'favor',
    backing: 'favor',
  },
  ...{ opposition: 'against', disapproval: 'against', outrage: 'against', anger: 'against', dismay: 'against' },
};

/** The attitude that word `at` of a sentence begins; null where it tells none, or not of what. */
export function attitudeAt(words: readonly Word[], at: number): Attitude | null {
  const word = words[at] as Word;
  if (word.quote) return null;
  if (isVerbOfAttitude(words, at) && !isPassive(words, at)) {
    const found = ofVerb(words, at);
    if (found) return found;
  }
  if (word.pos === 'AUX' || word.pos === 'VERB')
    return /^(?:is|are|was|were|be|been|remain|remains|remained)$/.test(word.lower) ? ofPredicate(words, at) : null;
  return word.pos === 'NOUN' || word.pos === 'PROPN' ? (ofSide(words, at) ?? ofOwner(words, at)) : null;
}

// “The city backs the project”: between a noun and an article stands a verb, whatever the tagger takes it for.
function isVerbOfAttitude(words: readonly Word[], at: number): boolean {
  const [word, before, next] = [words[at] as Word, words[at - 1], words[at + 1]];
  if (word.pos === 'VERB') return true;
  return (
    word.pos === 'NOUN' &&
    /s$/.test(word.lower) &&
    (favours.test(word.lower) || opposes.test(word.lower)) &&
    /^(?:NOUN|PROPN)$/.test(before?.pos ?? '') &&
    /^(?:the|an?|this|his|her|its|their)$/.test(next?.lower ?? '')
  );
}

function ofVerb(words: readonly Word[], at: number): Attitude | null {
  const { lower } = words[at] as Word;
  const verb = (polarity: Polarity, from: number): Attitude | null => {
    const target = attitudeTarget(words, from);
    return target && { polarity, target, from: at, to: target.to, holder: subjectOf(words, at, 0, 2), verb: at, rule: 'stance.verb' };
  };
  const next = words[at + 1]?.lower ?? '';
  for (const [form, particle, polarity] of particles.test(next) ? withParticle : []) {
    const found = form.test(lower) ? particle.exec(wordsBehind(words, at)) : null;
    if (found) return verb(polarity, at + 1 + found[0].trim().split(' ').length);
  }
  if (voicing.test(lower)) return voiced(words, at);
  if (describing.test(lower)) {
    const found = described(words, at);
    if (found) return found;
  }
  if (favours.test(lower)) {
    const found = verb('favor', at + 1);
    // “urged the council to pay”: the council is only spoken to.
    return found && ((/^urg/.test(lower) && words[found.to]?.lower === 'to') || isGame(words, lower, found.target)) ? null : found;
  }
  const found = opposes.test(lower) ? verb('against', at + 1) : null;
  return found && isDenial(words, lower, found.target) ? null : found;
}

// “defended the title”
const isGame = (words: readonly Word[], verb: string, target: Phrase): boolean =>
  /^defend/.test(verb) && /^(?:titles?|championships?|crown|lead|goal)$/.test(headOf(words, target).lower);

// “rejected the criticism”, “dismissed the claims”: what is said to be untrue.
const isDenial = (words: readonly Word[], verb: string, { from, to }: Phrase): boolean =>
  /^(?:reject|dismiss)/.test(verb) &&
  words
    .slice(from, to)
    .some(({ lower }) =>
      /^(?:criticism|allegation|accusation|claim|charge|suggestion|report|rumou?r|assertion|notion|appeal)s?$/.test(lower),
    );

const wordsBehind = (words: readonly Word[], at: number): string =>
  `${words
    .slice(at + 1, at + 7)
    .map(({ lower }) => lower)
    .join(' ')} `;

// “is against the cuts”, “has been critical of the plan”
function ofPredicate(words: readonly Word[], at: number): Attitude | null {
  const begin = /^(?:not|n't|also|still|now|always|never)$/.test(words[at + 1]?.lower ?? '') ? at + 1 : at;
  const behind = wordsBehind(words, begin);
  for (const [form, polarity] of predicates) {
    const found = form.exec(behind);
    const target = found && attitudeTarget(words, begin + 1 + found[0].trim().split(' ').length);
    if (!target) continue;
    const denied = /^(?:not|n't|never)$/.test(words[at + 1]?.lower ?? '');
    if (denied && polarity === 'against') return null;
    const holder = subjectOf(words, at, 0, 2);
    return {
      polarity: denied ? 'against' : polarity,
      target,
      from: at,
      to: target.to,
      holder,
      verb: denied ? null : at,
      rule: 'stance.predicate',
    };
  }
  return null;
}

// “critics of the plan”, “Smith, an opponent of the plan,”, “Smith is a supporter of the plan”
function ofSide(words: readonly Word[], at: number): Attitude | null {
  if (words[at + 1]?.lower !== 'of') return null;
  const { lower, text } = words[at] as Word;
  const polarity = sides[singular(lower)];
  if (!polarity || (/^\p{Lu}/u.test(text) && at > 0)) return null;
  const target = attitudeTarget(words, at + 2);
  const phrase = phraseEndingAt(words, at, 0);
  if (!target || !phrase || /^(?:no|few)$/.test(words[phrase.from]?.lower ?? '')) return null;
  const holder = /s$/.test(lower) ? { from: at, to: at + 1, pronoun: false } : bearerOf(words, phrase);
  return holder && { polarity, target, from: at, to: target.to, holder, verb: null, rule: 'stance.noun' };
}

// Of “Smith, a critic of it” and “Smith is a critic of it” Smith.
function bearerOf(words: readonly Word[], phrase: Phrase): Phrase | null {
  const before = words[phrase.from - 1];
  if (before?.text === ',') {
    const name = nameRuns(words.slice(0, phrase.from - 1)).at(-1);
    return name?.to === phrase.from - 1 ? { from: name.from, to: name.to, pronoun: false } : null;
  }
  return /^(?:is|are|was|were|remains)$/.test(before?.lower ?? '') ? subjectOf(words, phrase.from - 1, 0, 0) : null;
}

// “his support for the plan”, “the union’s opposition to it”
function ofOwner(words: readonly Word[], at: number): Attitude | null {
  const polarity = attitudeNouns[(words[at] as Word).lower];
  if (!polarity || !/^(?:for|to|of|at|over)$/.test(words[at + 1]?.lower ?? '')) return null;
  const own = words[at - 1]?.pos === 'ADJ' ? at - 2 : at - 1;
  const owner = words[own];
  const holder = /^(?:his|her|their|its)$/.test(owner?.lower ?? '')
    ? { from: own, to: own + 1, pronoun: true }
    : isGenitive(owner)
      ? phraseEndingAt(words, own - 1, 0)
      : null;
  const target = holder && attitudeTarget(words, at + 2);
  // “dropped its opposition to it”
  const governing = words[holder ? holder.from - 1 : 0];
  const isGivenUp = /^(?:drop|withdr[ae]w|end|abandon|revers|los[et]|soften|den[iy]|question|lift)/.test(governing?.lower ?? '');
  return target && !isGivenUp ? { polarity, target, from: at, to: target.to, holder, verb: null, rule: 'stance.noun' } : null;
}

// “expressed approval of the outcomes”
function voiced(words: readonly Word[], at: number): Attitude | null {
  for (let index = at + 1; index < Math.min(words.length - 1, at + 5); index++) {
    const polarity = attitudeNouns[(words[index] as Word).lower];
    if (!polarity) continue;
    if (!/^(?:of|for|to|at|over|about)$/.test(words[index + 1]?.lower ?? '')) return null;
    const target = attitudeTarget(words, index + 2);
    return target && { polarity, target, from: at, to: target.to, holder: subjectOf(words, at, 0, 2), verb: at, rule: 'stance.voiced' };
  }
  return null;
}

// “described the pledge as a “huge step forward””
function described(words: readonly Word[], at: number): Attitude | null {
  const target = phraseStartingAt(words, at + 1, words.length);
  if (!target || target.pronoun || /^(?:him|her|them|me|us|it)$/.test(words[at + 1]?.lower ?? '')) return null;
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
  const holder = polarity && to > from ? subjectOf(words, at, 0, 2) : null;
  return holder && polarity && { polarity, target, from: at, to, holder, verb: at, rule: 'stance.described' };
}
