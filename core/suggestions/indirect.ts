import { type Range, type Span, spanAt } from '../text/span.ts';
import { isNegated } from './clauses.ts';
import { cueKind, isPlainCue, isSayingNoun } from './cues.ts';
import type { Names } from './names.ts';
import { type Phrase, phraseStartingAt } from './phrases.ts';
import { addresseeRoles, cueEnd, personRoles, phraseSpan, speakerForm } from './roles.ts';
import { ruleReasons } from './rules.ts';
import { canSpeak, isCue, isVerb, subjectOf } from './speakers.ts';
import { rulesVersion, type SuggestedRole, type Suggestion } from './suggestion.ts';
import { endsInIng, isAccordingTo, isRelativePronoun, singular } from './word-forms.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/** Someone's words without marks: who says it by which cue, and the words of the sentence that hold what is said, `to` excluded. */
export interface Report {
  readonly sentence: Sentence;
  readonly cue: WordRange;
  readonly speaker: Phrase;
  readonly content: WordRange;
  /** Where a cue inserted between commas parts what is said, its second part. */
  readonly rest?: WordRange;
  readonly rule: 'quote.that' | 'quote.clause' | 'quote.according' | 'quote.closing';
}

const certainties: Readonly<Record<Report['rule'], number>> = {
  'quote.that': 0.9,
  'quote.clause': 0.85,
  'quote.according': 0.85,
  'quote.closing': 0.85,
};

/** What `sentences` report without marks. A sentence that holds anything in marks is left to the other rules. */
export function reportsOf(sentences: readonly Sentence[]): Report[] {
  return sentences.flatMap((sentence) => {
    const report = sentence.words.some(({ quote }) => quote) ? null : reportIn(sentence);
    const further = report && goingOn(report);
    return report ? (further ? [report, further] : [report]) : [];
  });
}

/** What `sentence` reports, marks or not; null where nobody in it is made answerable for it. */
export function reportIn(sentence: Sentence): Report | null {
  let report = known.get(sentence);
  if (report === undefined) {
    report = read(sentence);
    known.set(sentence, report);
  }
  return report;
}
// Quotes, facts and stances all ask for it.
const known = new WeakMap<Sentence, Report | null>();

function read(sentence: Sentence): Report | null {
  if (sentence.words.length < 6) return null;
  const report = according(sentence) ?? leading(sentence) ?? inserted(sentence) ?? closing(sentence);
  return report && (report.rest || report.content.to - report.content.from >= 3) ? report : null;
}

/** Suggestions of QUOTE without marks. */
export function indirectSuggestions(text: string, reports: readonly Report[], names: Names): Suggestion[] {
  return reports.map(({ sentence, cue, speaker, content, rest, rule }) => {
    const { words } = sentence;
    const confidence = certainties[rule];
    const roles: SuggestedRole[] = [
      ...personRoles(text, 'speaker', sentence, speaker, names, confidence),
      { role: 'cue', span: phraseSpan(text, sentence, { from: cue.from, to: cueEnd(words, cue) }), entity: null, confidence },
      ...addresseeRoles(text, sentence, cue, names, confidence),
    ];
    const kind = cueKind((words[cue.from] as Word).lower);
    const medium = kind === 'write' ? 'writing' : kind === 'think' ? 'thought' : 'speech';
    const spans: Span[] = [content, ...(rest ? [rest] : [])].map((part) => spanAt(text, contentRange(words, part)));
    const attributes = { type: 'indirect', medium, speaker_form: speakerForm(text, sentence, speaker) };
    return { layer: 'QUOTE', spans, attributes, roles, rule, version: rulesVersion, why: ruleReasons[rule], confidence };
  });
}

function contentRange(words: readonly Word[], { from, to }: WordRange): Range {
  return { start: (words[from] as Word).start, end: (words[to - 1] as Word).end };
}

// “Smith said (that) prices would fall.”
function leading(sentence: Sentence): Report | null {
  const { words } = sentence;
  for (let at = 1; at < words.length - 3; at++) {
    const word = words[at] as Word;
    if (
      !isCue(word, words[at + 1]) ||
      /^(?:label|think)$/.test(cueKind(word.lower) ?? '') ||
      /^(?:reflect|challenge|oppose)/.test(word.lower) ||
      endsInIng(word)
    )
      continue;
    const speaker = subjectOf(words, at, 0);
    if (
      !speaker ||
      !canSpeak(words, speaker) ||
      isRelativePronoun(words[speaker.from]) ||
      isImpersonal(words, speaker) ||
      isNoun(words, at) ||
      isNegated(words, at, 0)
    )
      continue;
    const after = afterAdverbial(words, at + 1);
    const that = words[after]?.lower === 'that';
    const from = that ? saidAfterThat(words, at, after) : isPlainCue(word.lower) && opensClause(words, after) ? after : null;
    if (from === null) continue;
    return {
      sentence,
      cue: { from: at, to: at + 1 },
      speaker,
      content: { from, to: Math.min(clauseEnd(words, from), openingEnd(words, at)) },
      rule: that ? 'quote.that' : 'quote.clause',
    };
  }
  return null;
}

// Where what is said begins, with the cue at `cue` and “that” at `that`; null where “that” opens no clause of it.
function saidAfterThat(words: readonly Word[], cue: number, that: number): number | null {
  const next = words[that + 1];
  // “quite that way”
  if (!next || /^(?:quite|all|just|only)$/.test(words[that - 1]?.lower ?? '')) return null;
  // “said that, if prices fall, …”
  const from = /^(?:,|[—–-]+)$/.test(next.text) ? that + 2 : that + 1;
  if (!words.slice(from, clauseEnd(words, from)).some(isVerb)) return null;
  // “said that was enough”
  if (that === cue + 1) return isVerb(next) && !endsInIng(next) ? that : from;
  // “reported profits that beat expectations”; but “told reporters that”, “expressed concern that”
  const object = phraseStartingAt(words, cue + 1, that);
  return object?.to === that && !telling.test((words[cue] as Word).lower) && !holdsClause(words, cue, object) ? null : from;
}

const telling =
  /^(?:tell|told|assur|remind|inform|warn|promis|advis|caution|assert|argu|ask|beg|plead|signal|show|teach|add|insist|notif|acknowledg|admit|concede|claim|say|said)/;
const holding =
  /^(?:alarm|anger|belief|certainty|concern|confidence|conviction|dismay|doubt|fear|hope|outrage|regret|skepticism|scepticism|surprise|suspicion|view|worry)$/;
// “dismissed the idea that”: what somebody is said not to say.
const holdsClause = (words: readonly Word[], cue: number, object: Phrase): boolean => {
  const head = singular((words[object.to - 1] as Word).lower);
  return (isSayingNoun(head) || holding.test(head)) && !/^(?:reject|dismiss|den[iy]|refut)/.test((words[cue] as Word).lower);
};

// What “While allies proposed that …,” reports ends at the comma.
function openingEnd(words: readonly Word[], cue: number): number {
  const opens = /^(?:while|although|though|because|since|whereas)$/.test(words[0]?.lower ?? '');
  const isInside = opens && !words.slice(0, cue).some(({ text }) => text === ',');
  const comma = isInside ? words.findIndex(({ text }, index) => index > cue && text === ',') : -1;
  return comma < 0 ? words.length : comma;
}

// “the states that …”
const isNoun = (words: readonly Word[], at: number) => words[at]?.pos === 'NOUN' && /^(?:DET|ADJ|NUM|ADP)$/.test(words[at - 1]?.pos ?? '');

// “Smith said that prices would fall, adding that wages would rise.”
function goingOn({ sentence, speaker, content }: Report): Report | null {
  const { words } = sentence;
  const at = content.to + 1;
  const cue = words[at];
  if (words[content.to]?.text !== ',' || !cue || !endsInIng(cue) || !isPlainCue(cue.lower) || words[at + 1]?.lower !== 'that') return null;
  const from = at + 2;
  const to = clauseEnd(words, from);
  return to - from >= 3 ? { sentence, cue: { from: at, to: at + 1 }, speaker, content: { from, to }, rule: 'quote.that' } : null;
}

// Ideas, plans and “it” say nothing.
function isImpersonal(words: readonly Word[], { from, to }: Phrase): boolean {
  return (
    words[from]?.lower === 'it' ||
    /^(?:idea|aim|goal|point|intent|intention|hope|plan|fact|problem|question|truth|reality|thing|difference|move|result)s?$/.test(
      words[to - 1]?.lower ?? '',
    )
  );
}

// “said on Tuesday that”, “told reporters that”, “also noted that”
function afterAdverbial(words: readonly Word[], from: number): number {
  for (let at = from; at < Math.min(words.length, from + 8); at++) {
    const word = words[at] as Word;
    // “in that case”
    if (word.lower === 'that' && (words[at - 1]?.pos !== 'ADP' || /^(?:out|back|on)$/.test(words[at - 1]?.lower ?? ''))) return at;
    if (isVerb(word) || /^[,:;]$/.test(word.text) || word.lower === 'to') return from;
  }
  return from;
}

function opensClause(words: readonly Word[], from: number): boolean {
  const subject = phraseStartingAt(words, from, words.length);
  if (!subject) return false;
  let at = subject.to;
  while (words[at]?.pos === 'ADV') at++;
  const verb = words[at];
  return verb !== undefined && isVerb(verb) && !endsInIng(verb);
}

// To the end of the sentence, without its stop and without what the article adds (“, underscoring …”, “, but has yet …”).
function clauseEnd(words: readonly Word[], from: number): number {
  let end = words.length;
  while (end > from && /^[.?!,;:]+$/.test(words[end - 1]?.text ?? '')) end--;
  for (let at = from + 2; at < end; at++) {
    if (words[at]?.text === ';') return at;
    if (words[at]?.text !== ',') continue;
    const next = words[at + 1];
    if (!next) continue;
    if (/^(?:though|although|but|while|whereas)$/.test(next.lower)) return at;
    if (
      (next.pos === 'VERB' || isPlainCue(next.lower)) &&
      endsInIng(next) &&
      (cueKind(next.lower) || /^(?:underscoring|leaving|outlining|underlining|reflecting|hoping|praising)$/.test(next.lower))
    )
      return at;
  }
  return end;
}

function according(sentence: Sentence): Report | null {
  const { words } = sentence;
  const at = words.findIndex((_, index) => isAccordingTo(words, index));
  if (at < 0) return null;
  const speaker = phraseStartingAt(words, at + 2, words.length) ?? objectPronoun(words, at + 2);
  if (!speaker) return null;
  const cue = { from: at, to: at + 2 };
  if (at <= 1) {
    const comma = words.findIndex(({ text }, index) => index >= speaker.to && text === ',');
    return comma < 0
      ? null
      : { sentence, cue, speaker, content: { from: comma + 1, to: clauseEnd(words, comma + 1) }, rule: 'quote.according' };
  }
  const from = words.findLastIndex(({ text }, index) => index < at && /^[:;]$/.test(text)) + 1;
  return words[at - 1]?.text === ',' ? { sentence, cue, speaker, content: { from, to: at - 1 }, rule: 'quote.according' } : null;
}

function objectPronoun(words: readonly Word[], at: number): Phrase | null {
  return /^(?:him|her|them)$/.test(words[at]?.lower ?? '') ? { from: at, to: at + 1, pronoun: true } : null;
}

// “The price, Smith said, would fall.”
function inserted(sentence: Sentence): Report | null {
  const { words } = sentence;
  for (let at = 3; at < words.length - 4; at++) {
    const word = words[at] as Word;
    if (words[at + 1]?.text !== ',' || !isPlainCue(word.lower) || !isCue(word, words[at + 1])) continue;
    const speaker = subjectOf(words, at, 2, 0);
    const from = at + 2;
    if (!speaker || speaker.to > at || words[speaker.from - 1]?.text !== ',' || endsInIng(words[from])) return null;
    if (!canSpeak(words, speaker) || isImpersonal(words, speaker)) return null;
    if (/^(?:but|though|although|while|who|which|citing)$/.test(words[from]?.lower ?? '')) return null;
    const to = clauseEnd(words, from);
    if (!words.slice(from, to).some(isVerb)) return null;
    const report = { sentence, cue: { from: at, to: at + 1 }, speaker, rule: 'quote.closing' } as const;
    // “Still, he said, prices would fall.”
    if (speaker.from === 2) return { ...report, content: { from, to } };
    return { ...report, content: { from: 0, to: speaker.from - 1 }, rest: { from, to } };
  }
  return null;
}

// “Prices would fall, Smith said.”
function closing(sentence: Sentence): Report | null {
  const { words } = sentence;
  for (let at = words.length - 1; at > 3; at--) {
    const word = words[at] as Word;
    if (!isCue(word, words[at + 1]) || !isPlainCue(word.lower) || endsInIng(word)) continue;
    const speaker = subjectOf(words, at, 3, 0);
    if (!speaker || words[speaker.from - 1]?.text !== ',' || words.length - at > 8 || words[at + 1]?.lower === 'that') return null;
    // “On Monday, Smith said …”
    if (!words.slice(0, speaker.from - 1).some(isVerb)) return null;
    return { sentence, cue: { from: at, to: at + 1 }, speaker, content: { from: 0, to: speaker.from - 1 }, rule: 'quote.closing' };
  }
  return null;
}
