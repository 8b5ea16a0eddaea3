import model from 'wink-eng-lite-web-model';
import winkNLP, { type PartOfSpeech } from 'wink-nlp';
import type { Range } from '../text/span.ts';
import { cueKind } from './cues.ts';
import type { MarkedSpan } from './marks.ts';
import { mensNames, nationalities, womensNames } from './name-words.ts';

/** One token of an article's text outside of quotation marks, or one whole marked run (`pos` QUOTE). Half-open UTF-16 offsets of the article. */
export interface Word extends Range {
  readonly text: string;
  readonly lower: string;
  /** Universal part of speech, or QUOTE for a run in quotation marks. */
  readonly pos: PartOfSpeech | 'QUOTE';
  /** The marked run that it stands for. */
  readonly quote: MarkedSpan | null;
}

/** Words of a sentence that stand in a row: their indexes, `to` excluded. */
export interface WordRange {
  readonly from: number;
  readonly to: number;
}

/** A sentence of the article in which each outermost marked run is one word. */
export interface Sentence {
  readonly words: readonly Word[];
  /** Index of the paragraph (non-empty line) that holds it. */
  readonly paragraph: number;
}

let tagger: ReturnType<typeof winkNLP> | null = null;

/**
 * The sentences of `text` in order, each outermost of `marked` as one word. Paragraphs are lines; sentences never cross them. Abbreviations
 * and names with initials end none. Linear in the length of the text. The language model is read at the first call.
 */
export function sentencesOf(text: string, marked: readonly MarkedSpan[]): Sentence[] {
  const quotes = marked.filter(({ depth }) => depth === 0);
  const sentences: Sentence[] = [];
  let paragraph = 0;
  let next = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const within: MarkedSpan[] = [];
    for (let quote = quotes[next]; quote && quote.start < end; quote = quotes[++next]) within.push(quote);
    const words = wordsOf(text, start, end, within);
    if (words.length > 0) {
      for (const part of splitSentences(text, withNames(words))) sentences.push({ words: part, paragraph });
      paragraph++;
    }
    start = end + 1;
  }
  return withKnownNames(sentences);
}

// The tagger's work grows faster than a line that holds a whole book, so that a line is read in pieces.
const longest = 5000;
const mostWords = 120;

function wordsOf(text: string, start: number, end: number, quotes: readonly MarkedSpan[]): Word[] {
  const words: Word[] = [];
  let next = 0;
  const add = (word: Word) => {
    for (let quote = quotes[next]; quote && quote.start < word.end; quote = quotes[++next]) words.push(quoteWord(text, quote));
    const last = words.at(-1);
    if (!last || word.start >= last.end) words.push(word);
  };
  for (let from = start; from < end; ) {
    let to = Math.min(end, from + longest);
    if (to < end) {
      const space = text.lastIndexOf(' ', to);
      if (space > from) to = space + 1;
      else if (/[\udc00-\udfff]/.test(text.charAt(to))) to--;
    }
    tag(text, from, to, add);
    from = to;
  }
  for (const quote of quotes.slice(next)) words.push(quoteWord(text, quote));
  return words;
}

function tag(text: string, from: number, to: number, add: (word: Word) => void): void {
  const line = text.slice(from, to);
  if (line.trim() === '') return;
  tagger ??= winkNLP(model, ['pos']);
  const { its } = tagger;
  const tokens = tagger.readDoc(line).tokens();
  const values = tokens.out(its.value) as string[];
  const tags = tokens.out(its.pos) as PartOfSpeech[];
  let at = 0;
  let last: Word | undefined;
  for (const [index, value] of values.entries()) {
    const found = line.indexOf(value, at);
    // The tokeniser unifies some characters; what it then calls by another name is left out.
    if (found < 0 || found - at > 40 || value.trim() === '') continue;
    at = found + value.length;
    const lower = value.toLowerCase().replace(/’/g, "'");
    const pos = isFirstName(lower, value, values[index + 1]) ? 'PROPN' : (tags[index] ?? 'X');
    const word: Word = { start: from + found, end: from + at, text: value, lower, pos, quote: null };
    if (last && line.charAt(found - 1) !== ' ' && isCut(line.slice(last.end - from - 1, found + 1))) {
      const whole = line.slice(last.start - from, at);
      last = { ...last, end: word.end, text: whole, lower: whole.toLowerCase() };
      continue;
    }
    if (last) add(last);
    last = word;
    // “The fog comes in.”: the stop ends a sentence where it abbreviates nothing.
    if (value.length > 2 && value.endsWith('.') && /^\p{Ll}+\.$/u.test(value) && !abbreviation.test(value.slice(0, -1))) {
      add({ ...word, end: word.end - 1, text: value.slice(0, -1), lower: lower.slice(0, -1), pos: value === 'in.' ? 'ADP' : pos });
      last = { ...word, start: word.end - 1, text: '.', lower: '.', pos: 'PUNCT' };
    }
  }
  if (last) add(last);
}

// The tokeniser cuts at letters that it does not know (“Nguyễn”): letters on both sides, one of them beyond ASCII.
const isCut = (seam: string) => /^[\p{L}\p{M}]{2,}$/u.test(seam) && /[^\0-\x7f]/.test(seam);

// A word that is a name within a sentence is one at its head too.
function withKnownNames(sentences: readonly Sentence[]): Sentence[] {
  const known = new Set<string>();
  for (const { words } of sentences) for (const word of words.slice(1)) if (word.pos === 'PROPN') known.add(word.text);
  return sentences.map((sentence) => {
    const [first, ...rest] = sentence.words;
    const isName =
      first && /^(?:VERB|ADV|INTJ|ADJ|X|NOUN|AUX)$/.test(first.pos) && known.has(first.text) && !nationalities.has(first.lower);
    return isName ? { ...sentence, words: [{ ...first, pos: 'PROPN' }, ...rest] } : sentence;
  });
}

// A capital within a sentence makes a name, whatever the tagger takes it for; in a headline it says nothing.
function withNames(words: readonly Word[]): readonly Word[] {
  const letters = words.filter(({ text, quote }) => !quote && /^\p{L}{4,}/u.test(text));
  if (letters.filter(({ text }) => /^\p{Lu}/u.test(text)).length > letters.length * 0.7) return words;
  return words.map((word, index) => {
    const before = words[index - 1];
    const within =
      before !== undefined && !/^[.?!:;(•*—–-]+$/.test(before.text) && (before.quote === null || !/[.?!]["'”’»]*$/.test(before.text));
    return within &&
      /^\p{Lu}\p{Ll}/u.test(word.text) &&
      (/^(?:VERB|ADV|INTJ|ADJ|X|SCONJ)$/.test(word.pos) || word.text === 'Will') &&
      !nationalities.has(word.lower)
      ? { ...word, pos: 'PROPN' }
      : word;
  });
}

// “Carly Lee” is no adverb.
function isFirstName(lower: string, value: string, next: string | undefined): boolean {
  return /^\p{Lu}/u.test(value) && /^\p{Lu}/u.test(next ?? '') && (womensNames.has(lower) || mensNames.has(lower));
}

function quoteWord(text: string, quote: MarkedSpan): Word {
  const words = text.slice(quote.start, quote.end);
  return { start: quote.start, end: quote.end, text: words, lower: words.toLowerCase(), pos: 'QUOTE', quote };
}

const abbreviation =
  /^(?:\p{L}|mr|mrs|ms|dr|sen|rep|gov|gen|col|lt|sgt|capt|maj|prof|rev|st|jr|sr|hon|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|vs|inc|corp|co|ltd|no|va|md|fla|calif|tex|mass|conn|pa|ill|mich|minn|wis|ariz|colo|wash|ore|nev|tenn|ky|ga|ala|miss|la|ark|okla|kan|neb|mo|ind|del|n\.?[hycdjm]|s\.?[cd]|r\.?i|w\.?v|d\.c|u\.s|u\.k|e\.u|a\.m|p\.m)$/iu;

function splitSentences(text: string, words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [];
  let from = datelineEnd(words);
  if (from > 0) sentences.push(words.slice(0, from));
  for (let index = from; index < words.length - 1; index++) {
    // What reads a sentence looks through all of it; a line without an end is read in pieces.
    if (!endsSentence(text, words, index) && index - from < mostWords) continue;
    sentences.push(words.slice(from, index + 1));
    from = index + 1;
  }
  sentences.push(words.slice(from));
  return sentences;
}

// “ORVEL, March 3 (Continental Wire) — The dam …”: the index of the word after the dash, 0 where a paragraph has no dateline.
function datelineEnd(words: readonly Word[]): number {
  if (!/^\p{Lu}{3,}$/u.test(words[0]?.text ?? '')) return 0;
  for (const [index, { text, quote }] of words.slice(0, 12).entries()) {
    if (/^(?:[—–-]|--)$/.test(text)) return /^\p{Lu}/u.test(words[index + 1]?.text ?? '') ? index + 1 : 0;
    if (quote || !/^(?:[\p{Lu}\p{N}].*|[,.()/])$/u.test(text)) return 0;
  }
  return 0;
}

function endsSentence(text: string, words: readonly Word[], index: number): boolean {
  const word = words[index] as Word;
  const next = words[index + 1] as Word;
  const capital = /^[\p{Lu}\p{N}“"'‘«„([—–-]/u.test(next.text) || next.quote !== null;
  if (word.quote) {
    const inner = text.slice(word.quote.inner.start, word.quote.inner.end).trimEnd();
    if (/\.$|…$/.test(inner)) return capital && !/^[,;]/.test(next.text) && !(next.text === '(' || /^[—–-]/.test(next.text));
    if (/[?!]$/.test(inner)) return capital && !saysSoon(words, index + 1) && !/^[—–-]/.test(next.text);
    return false;
  }
  if (isTime(word)) return opener.test(next.text);
  if (word.text === '?' || word.text === '!') return capital;
  if (/^\.+$|^…$/.test(word.text)) {
    const before = words[index - 1];
    if (before && before.end === word.start && before.quote === null && abbreviation.test(before.text) && next.quote === null) {
      return isTime(before) && opener.test(next.text);
    }
    return capital && text.slice(word.end, next.start) !== '';
  }
  return false;
}

// “at 11 p.m. The governor …”, but “at 11 p.m. Eastern”
const isTime = ({ lower }: Word) => /^[ap]\.m\.?$/.test(lower);
const opener =
  /^(?:The|A|An|This|That|These|Those|He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|In|At|By|But|And|When|After|Before|Some|No)$/;

// After “Why?” a capital may still begin who asks it.
function saysSoon(words: readonly Word[], from: number): boolean {
  for (let index = from; index < Math.min(words.length, from + 12); index++) {
    const word = words[index] as Word;
    if (word.quote || /^[.?!;:]$/.test(word.text)) return false;
    if (/^(?:say|write)$/.test(cueKind(word.lower) ?? '')) return true;
  }
  return false;
}
