import { hedgeIn } from '../facts/hedges.ts';
import { quantitiesIn } from '../facts/quantities.ts';
import type { Quantity } from '../model/annotation.ts';
import { type Span, spanAt } from '../text/span.ts';
import { clauseAround, isEmptySubject, isNegated, isPassive, isProse } from './clauses.ts';
import { cueKind, isPlainCue } from './cues.ts';
import { reportIn } from './indirect.ts';
import type { Names } from './names.ts';
import type { Phrase } from './phrases.ts';
import { roleFacts } from './role-facts.ts';
import { personRoles, phraseSpan } from './roles.ts';
import { ruleReasons } from './rules.ts';
import { canSpeak, isCue, isVerb, subjectOf } from './speakers.ts';
import { rulesVersion, type SuggestedRole, type Suggestion } from './suggestion.ts';
import { endsInIng } from './word-forms.ts';
import type { Sentence, Word, WordRange } from './words.ts';

const numerals =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|percent)\b/i;

const events =
  /^(?:signed|signs|agreed|agrees|occupied|occupies|attacked|attacks|killed|kills|wounded|injured|launched|launches|deployed|approved|adopted|ratified|elected|arrested|captured|seized|annexed|invaded|bombed|withdrew|imposed|lifted|appointed|resigned|died|fired|won|lost|passed|voted|met|meets|visited|acquired|founded|opened|closed|released|detained|convicted|sentenced|sued|destroyed|shot|penned|gathered|reached|attended|hosted|omitted|joined)$/;
// After “did” and “did not”.
const undone =
  /^(?:sign|agree|occupy|attack|kill|launch|deploy|approve|adopt|ratify|arrest|seize|annex|invade|bomb|withdraw|impose|lift|resign|win|lose|pass|vote|meet|visit|attend|join|reach)$/;

/** Suggestions of FACT: clauses with a number and what it counts, and events that someone brought about. Nothing inside quotation marks is read. */
export function factSuggestions(text: string, sentences: readonly Sentence[], names: Names): Suggestion[] {
  return sentences.flatMap((sentence) => {
    if (!isProse(sentence)) return [];
    const taken: WordRange[] = [];
    const free = ({ from, to }: WordRange) => {
      if (taken.some((other) => from < other.to && other.from < to)) return false;
      taken.push({ from, to });
      return true;
    };
    const found = [...numberFacts(text, sentence, names, free), ...eventFacts(text, sentence, names, free)];
    return [...found, ...roleFacts(text, sentence, taken)];
  });
}

type Free = (clause: WordRange) => boolean;

function numberFacts(text: string, sentence: Sentence, names: Names, free: Free): Suggestion[] {
  const { words } = sentence;
  const runs = words.flatMap((word, index) => (!word.quote && numerals.test(word.text) ? [index] : []));
  const facts: Suggestion[] = [];
  let done = -1;
  for (const index of runs) {
    if (index < done) continue;
    const around = clauseAround(words, index);
    done = around.to;
    const clause = withoutCue(sentence, { ...around, from: contentStart(words, around, index) }, index);
    if (!standsAlone(words, clause)) continue;
    if (clause.to - clause.from > 60 || words.slice(clause.from, clause.to).some(({ quote }) => quote && quote.end - quote.start > 40))
      continue;
    const { start, end } = phraseSpan(text, sentence, clause);
    const counted = quantitiesIn(text.slice(start, end))
      .filter(({ quantity, range }) => quantity.unit !== '' || isCount(quantity, text.slice(start + range.start, start + range.end)))
      .filter(({ range, quantity: { counts } }) => !saysWhenOrWho(text.slice(start + range.end, end), counts))
      .map(({ quantity, range }) => ({ quantity, place: spanAt(text, { start: start + range.start, end: start + range.end }) }));
    if (counted.length === 0 || !free(clause)) continue;
    facts.push(fact(text, sentence, clause, names, { type: 'numerical', counted, confidence: 0.7 }));
  }
  return facts;
}

// Of many the sentence before may say what they are (“more than 2,000 were displaced”); figures without a comma or a scale are a label.
const isCount = ({ value, counts }: Quantity, words: string): boolean =>
  counts === '' ? value >= 1000 && /[,\p{L}]/u.test(words) : !/\b(?:things|ways|reasons|times)$/.test(counts);

// “four years ago”, “four winters ago”, “the 51-year-old”
function saysWhenOrWho(behind: string, counts: string): boolean {
  const rest = behind.trimStart();
  return /^(?:ago|earlier|later)\b|^-old\b/.test(rest.startsWith(counts) ? rest.slice(counts.length).trimStart() : rest);
}

function eventFacts(text: string, sentence: Sentence, names: Names, free: Free): Suggestion[] {
  const { words } = sentence;
  return words.flatMap((word, at) => {
    const before = words[at - 1];
    const denied = undone.test(word.lower) && words.slice(Math.max(0, at - 2), at).some(({ lower }) => lower === 'did');
    if (!denied && (word.pos !== 'VERB' || !events.test(word.lower))) return [];
    // “to agreed positions”, “to be deployed”
    if (before && /^(?:ADP|DET|ADJ)$/.test(before.pos)) return [];
    if (before?.lower === 'be' || before?.lower === 'to') return [];
    // “seized on the message”, “agreed that …”
    if (words[at + 1]?.lower === (/^seize/.test(word.lower) ? 'on' : /^agree/.test(word.lower) ? 'that' : null)) return [];
    const subject = subjectOf(words, at, 0, 0);
    if (!subject || !canSpeak(words, subject) || isEmptySubject(words, subject)) return [];
    // “if I had never opened a book”
    if (/^(?:if|unless)$/.test(words[subject.from - 1]?.lower ?? '')) return [];
    const isKnown = subject.pronoun || words.slice(subject.from, subject.to).some((part) => part.pos === 'PROPN' || /s$/.test(part.lower));
    const { to } = clauseAround(words, at);
    const clause = { from: subject.from, to };
    const inMarks = words.slice(clause.from, to).some(({ quote }) => quote && quote.end - quote.start > 30);
    if (!isKnown || inMarks || to - clause.from > 45 || to - at < (isPassive(words, at) ? 1 : 2) || !free(clause)) return [];
    const negative = isNegated(words, at, 0);
    return [fact(text, sentence, clause, names, { type: 'event_property', counted: [], confidence: 0.65, negative })];
  });
}

// Without the words that only join the clause to others: “where …”, “Currently, …”, “With the mayor present, …”.
function contentStart(words: readonly Word[], { from }: { from: number }, number: number): number {
  let start = from;
  while (start < number && /^(?:where|when|that|as|while|although|though|because|whereas|and|but|so)$/.test(words[start]?.lower ?? ''))
    start++;
  // “hours after the shelling killed …”
  if (
    /^(?:minutes|hours|days|weeks|months|years)$/.test(words[start]?.lower ?? '') &&
    /^(?:after|before)$/.test(words[start + 1]?.lower ?? '')
  )
    start += 2;
  const opening = words[start]?.pos === 'ADV' ? words[start + 1]?.text === ',' : words[start]?.pos === 'ADP';
  const commas = opening ? words.flatMap(({ text }, index) => (index > start && index < number && text === ',' ? [index] : [])) : [];
  const [first, second, ...others] = commas;
  if (first === undefined) return start;
  // “In Norvia, its largest market, sales fell by …”: what is beside the opening belongs to it.
  const isAside =
    second !== undefined && others.length === 0 && !words.slice(first, second).some(isVerb) && !isVerb(words[second + 1] as Word);
  return (isAside ? second : first) + 1;
}

// Of “Smith said 300 houses were lost” what is said.
function withoutCue(sentence: Sentence, clause: WordRange, number: number): WordRange {
  const content = reportIn(sentence)?.content;
  if (!content || clause.from >= content.from || number < content.from || number >= content.to) return clause;
  return { from: content.from, to: Math.min(clause.to, content.to) };
}

// “ending the four-year war”, “which has 30 members” and “even after he lost 30 seats” state nothing without what stands around them, and
// of what somebody says or thinks of something only the words that say so would be left.
function standsAlone(words: readonly Word[], { from, to }: WordRange): boolean {
  const first = words[from];
  // “shelling killed 14 people”
  const isDeed = endsInIng(first) && words[from + 1] !== undefined && isVerb(words[from + 1] as Word) && !endsInIng(words[from + 1]);
  if (
    !first ||
    from >= to ||
    (first.pos === 'VERB' && !isDeed) ||
    first.pos === 'AUX' ||
    /^(?:which|who|whose|whom|than|not)$/.test(first.lower)
  )
    return false;
  const depends = /^(?:even|after|before|until|since|if|unless|once)$/.test(first.lower);
  if (depends && !words.slice(from, to).some(({ text }) => text === ',')) return false;
  const verb = finiteVerb(words, from, to);
  return verb !== null && !reports((words[verb] as Word).lower);
}

const reports = (verb: string) => !events.test(verb) && (isPlainCue(verb) || /^(?:think|label)$/.test(cueKind(verb) ?? ''));

// That of “the man who shot three people was arrested” is “was”; “a teacher who saved nine children” has none.
function finiteVerb(words: readonly Word[], from: number, to: number): number | null {
  let isRelative = false;
  for (let at = from; at < to; at++) {
    const word = words[at] as Word;
    const before = words[at - 1];
    // A verb that is taken for a noun is none to pass over.
    if (at > from && /^(?:who|which|whose|whom)$/.test(word.lower)) isRelative = words.slice(at + 1, Math.min(to, at + 4)).some(isVerb);
    if (!isVerb(word) || before?.lower === 'to' || (endsInIng(word) && before?.pos !== 'AUX')) continue;
    if (!isRelative) return at;
    // The verb of the relative clause, to its last word.
    while (at + 1 < to && /^(?:VERB|AUX|ADV|PART)$/.test(words[at + 1]?.pos ?? '')) at++;
    isRelative = false;
  }
  return null;
}

// What was intended, and under which condition, says nothing of how certain it is that it was done.
function assertedEnd(words: readonly Word[], { from, to }: WordRange): number {
  const verb = words.findIndex((word, index) => index >= from && index < to && word.pos === 'VERB');
  if (verb < 0) return to;
  const end = words.findIndex(
    ({ lower }, index) => index > verb && index < to && /^(?:to|if|unless|should|whether|that|which|who)$/.test(lower),
  );
  return end < 0 ? to : end;
}

// The report that holds `clause`: that of the sentence, or one that goes on with it (“he said, adding that …”).
function reportAround(sentence: Sentence, clause: WordRange): { readonly content: WordRange; readonly speaker: Phrase } | null {
  const { words } = sentence;
  const that = clause.from - 1;
  const cue = words[that - 1];
  const isReport = words[that]?.lower === 'that' && cue !== undefined && isCue(cue, words[that]);
  const speaker = isReport ? subjectOf(words, that - 1, 0) : null;
  return speaker && canSpeak(words, speaker) ? { content: clause, speaker } : reportIn(sentence);
}

interface Claim {
  readonly type: 'numerical' | 'event_property';
  readonly counted: readonly { readonly quantity: Quantity; readonly place: Span }[];
  readonly confidence: number;
  readonly negative?: boolean;
}

function fact(text: string, sentence: Sentence, clause: WordRange, names: Names, claim: Claim): Suggestion {
  const { type, counted, confidence } = claim;
  const { words } = sentence;
  const within = words.slice(clause.from, clause.to);
  const negative = claim.negative ?? within.some(({ lower }) => /^(?:not|n't|never)$/.test(lower));
  const span = phraseSpan(text, sentence, clause);
  const hedge =
    type === 'event_property'
      ? hedgeIn(phraseSpan(text, sentence, { ...clause, to: assertedEnd(words, clause) }).text)
      : hedgeIn(span.text);
  const report = reportAround(sentence, clause);
  const attributed = report !== null && report.content.from <= clause.from && clause.to <= report.content.to;
  const roles: SuggestedRole[] = attributed ? personRoles(text, 'source', sentence, report.speaker, names, 0.8) : [];
  const event = names.eventIn(text, sentence);
  if (event) roles.push({ role: 'event', span: event.span, entity: event.entity, confidence: 0.7 });
  const reportedly = within.some(({ lower }: Word) => lower === 'reportedly');
  const rule = type === 'numerical' ? 'fact.number' : 'fact.event';
  return {
    layer: 'FACT',
    spans: [spanAt(text, span)],
    attributes: {
      claim_type: type,
      attribution: attributed || reportedly ? 'attributed' : 'asserted',
      certainty: hedge?.certainty ?? 'certain',
      fact_polarity: negative ? 'negative' : 'positive',
      ...(counted.length > 0 ? { quantity: counted.map(({ quantity }) => quantity) } : {}),
    },
    ...(counted.length > 0 ? { quantityPlaces: counted.map(({ place }) => place) } : {}),
    roles,
    rule,
    version: rulesVersion,
    why: ruleReasons[rule],
    confidence,
  };
}
