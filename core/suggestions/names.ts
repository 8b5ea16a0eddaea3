import type { Registry } from '../model/entity.ts';
import { type Span, spanAt } from '../text/span.ts';
import { isTitle, nameRuns, plain } from './name-runs.ts';
import { nationalities, organisationWords, titles } from './name-words.ts';
import { genderOf, isGroup, nameOf, People, type Person, strangerCalled } from './people.ts';
import { type Gender, genderOfNoun, isPersonNoun } from './person-words.ts';
import { headOf, type Phrase, phraseStartingAt } from './phrases.ts';
import { type RegistryNames, registryNames } from './registry-names.ts';
import { isVerb } from './speakers.ts';
import type { SuggestedEntity } from './suggestion.ts';
import { isGenitive } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/** A place where a sentence names a person. */
interface NameMention {
  readonly from: number;
  readonly to: number;
  readonly person: Person;
  /** Not governed by a preposition nor an owner: it may be what the sentence is about. */
  readonly subject: boolean;
}

/** Whom a later pronoun may mean: someone named, or (`person` null) someone who is only described. */
interface Antecedent {
  readonly person: Person | null;
  readonly gender: Gender;
}

/** Who is named in an article, and whom its pronouns and titles stand for. */
export class Names {
  readonly #people: People;
  readonly #mentions = new Map<Sentence, NameMention[]>();
  readonly #holders = new Map<string, Person | null>();
  readonly #spoke = new Map<Sentence, Antecedent>();
  readonly #speakers: { readonly place: number; readonly person: Person }[] = [];
  // Quotes, facts and stances ask for the same phrases.
  readonly #asked = new Map<Word, { readonly to: number; readonly person: Person | null }>();
  readonly #sentences: readonly Sentence[];
  readonly #order: ReadonlyMap<Sentence, number>;
  readonly #registry: RegistryNames;

  constructor(sentences: readonly Sentence[], registry: Registry) {
    this.#sentences = sentences;
    this.#order = new Map(sentences.map((sentence, index) => [sentence, index]));
    this.#registry = registryNames(registry);
    this.#people = new People(sentences);
    for (const sentence of sentences) {
      const { words } = sentence;
      const mentions: NameMention[] = [];
      for (const { from, to } of this.#people.namesIn(sentence)) {
        const person = this.#people.called(words.slice(from, to));
        if (!person) continue;
        this.#people.hear(person, words, from, to);
        mentions.push({ from, to, person, subject: isSubject(words, from, to) });
      }
      this.#mentions.set(sentence, mentions);
    }
  }

  /** Takes in that `phrase` of `sentence` speaks there, so that later pronouns may mean it. Those who speak must be told in the order of the text. */
  listen(sentence: Sentence, phrase: Phrase): void {
    const person = this.#personOf(sentence, phrase);
    const place = this.#order.get(sentence) as number;
    if (person) {
      if (phrase.pronoun) person.kind ??= 'person';
      this.#spoke.set(sentence, { person, gender: person.gender });
      this.#speakers.push({ place, person });
    } else {
      const unnamed = describedPerson(sentence.words, phrase);
      if (unnamed) this.#spoke.set(sentence, unnamed);
    }
  }

  /**
   * What `phrase` of `sentence`, which speaks there or has a mind of its own, stands for: the full name of someone named in the article, of the
   * one whom a pronoun or title means, or the name of a group or organisation; null where that is not known.
   */
  entityOf(sentence: Sentence, phrase: Phrase): SuggestedEntity | null {
    const words = sentence.words.slice(phrase.from, phrase.to);
    const person = this.#personOf(sentence, phrase);
    if (person) return this.#known(person.canonical, typeOf(person));
    return phrase.pronoun ? null : (this.#inOffice(words) ?? this.#groupOf(words, phrase.from === 0));
  }

  #personOf(sentence: Sentence, phrase: Phrase): Person | null {
    const first = sentence.words[phrase.from] as Word;
    const before = this.#asked.get(first);
    if (before?.to === phrase.to) return before.person;
    const words = sentence.words.slice(phrase.from, phrase.to);
    const person = phrase.pronoun ? this.#antecedent(sentence, phrase) : (this.#named(words) ?? this.#titled(words));
    this.#asked.set(first, { to: phrase.to, person });
    return person;
  }

  /** What `phrase` of `sentence`, which does not speak there, names; null for a pronoun and where that is not known. */
  whoIs({ words: line }: Sentence, phrase: Phrase): SuggestedEntity | null {
    if (phrase.pronoun) return null;
    const words = line.slice(phrase.from, phrase.to);
    const person = this.#named(words);
    return person ? this.#known(person.canonical, typeOf(person)) : this.#groupOf(words, phrase.from === 0);
  }

  /** The issue, document, event, organisation or place of the registry that is called as `words`, articles aside; null where there is none. */
  thingCalled(words: string): SuggestedEntity | null {
    return this.#registry.thing(words);
  }

  #groupOf(words: readonly Word[], atHead: boolean): SuggestedEntity | null {
    const group = groupName(words, atHead);
    return group === null ? null : this.#known(group, /\s/.test(group) ? 'ORGANISATION' : null);
  }

  /** The event of the registry that `sentence` names outside of marks, the longest name first; null where it names none. */
  eventIn(text: string, { words }: Sentence): { span: Span; entity: SuggestedEntity } | null {
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0];
    const { events } = this.#registry;
    const line = events.length > 0 ? text.slice(start, end).toLowerCase() : '';
    for (const { entity, name } of events) {
      const at = line.indexOf(name);
      const isWhole = at >= 0 && !/[\p{L}\p{N}]/u.test(`${line.charAt(at - 1)}${line.charAt(at + name.length)}`);
      const range = { start: start + at, end: start + at + name.length };
      if (!isWhole || words.some(({ quote }) => quote && quote.start < range.end && range.start < quote.end)) continue;
      return { span: spanAt(text, range), entity };
    }
    return null;
  }

  #known(name: string, type: string | null): SuggestedEntity {
    return this.#registry.speaker(name) ?? { id: null, canonical: name, type };
  }

  // The name that heads a phrase: the last before a preposition, as in “Twitter spokesman Jack Dorsey of …”.
  #named(words: readonly Word[]): Person | null {
    const core = headWords(words);
    const run = nameRuns(core).at(-1);
    if (!run || run.to < core.length) return null;
    const parts = core.slice(run.from, run.to);
    const known = this.#people.called(parts);
    if (known) return parts.length === 1 ? this.#people.ofGender(known, genderOf(core, run.from, parts)) : known;
    if (run.from > 0 && !titles.has(plain(core[run.from - 1] as Word)) && core[run.from - 1]?.pos !== 'NOUN') return null;
    if (parts.some(({ lower }) => organisationWords.has(lower)) || isGroup(parts) || core[0]?.pos === 'DET') return null;
    return strangerCalled(core, run.from, parts);
  }

  // “the Ukrainian president”, of whom the article says no more
  #inOffice(words: readonly Word[]): SuggestedEntity | null {
    const form = officeIn(words);
    return form === null ? null : this.#registry.holder(form);
  }

  #titled(words: readonly Word[]): Person | null {
    const form = officeIn(words);
    if (form === null) return null;
    const known = this.#holders.get(form);
    if (known !== undefined) return known;
    const holder = this.#people.holderOf(form);
    this.#holders.set(form, holder);
    return holder;
  }

  #antecedent(sentence: Sentence, phrase: Phrase): Person | null {
    const pronoun = sentence.words[phrase.from] as Word;
    if (pronoun.lower === 'who') {
      const before = this.#mentions.get(sentence)?.findLast(({ to }) => to <= phrase.from);
      return before?.person ?? null;
    }
    const gender: Gender = /^(?:he|his|him)$/.test(pronoun.lower) ? 'he' : /^(?:she|her)$/.test(pronoun.lower) ? 'she' : null;
    if (gender === null) return null;
    const fits = (other: Gender) => other === null || other === gender;
    // Of two names in a sentence or paragraph, one of which nothing says that it is a person’s yields.
    let doubtful = null as NameMention | null;
    const subjectIn = (mentions: readonly NameMention[]): Person | null => {
      const fitting = mentions.filter(({ subject, person }) => subject && person.kind !== 'organisation' && fits(person.gender));
      doubtful ??= fitting[0] ?? null;
      return fitting.find(({ person }) => person.kind === 'person')?.person ?? null;
    };
    const here = subjectIn(this.#mentions.get(sentence)?.filter(({ to }) => to <= phrase.from) ?? []) ?? doubtful?.person;
    if (here) return here;
    const place = this.#order.get(sentence) as number;
    let { paragraph } = sentence;
    for (let at = place - 1; at >= Math.max(0, place - 12); at--) {
      const earlier = this.#sentences[at] as Sentence;
      if (doubtful && earlier.paragraph !== paragraph) break;
      ({ paragraph } = earlier);
      const spoke = this.#spoke.get(earlier);
      if (spoke?.person && fits(spoke.gender)) return spoke.person;
      const unnamed = spoke?.person === null ? spoke : describedSubject(earlier.words);
      if (unnamed && fits(unnamed.gender) && sentence.paragraph - earlier.paragraph <= 1) return doubtful?.person ?? null;
      const named = subjectIn(this.#mentions.get(earlier) ?? []);
      if (named) return named;
    }
    return doubtful?.person ?? this.#lastSpeaker(place, fits);
  }

  // Of the twenty that spoke last before sentence `place`, the latest who fits.
  #lastSpeaker(place: number, fits: (gender: Gender) => boolean): Person | null {
    let [from, to] = [0, this.#speakers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#speakers[middle]?.place ?? 0) < place) from = middle + 1;
      else to = middle;
    }
    return this.#speakers.slice(Math.max(0, from - 20), from).findLast(({ person }) => fits(person.gender))?.person ?? null;
  }
}

const typeOf = ({ kind }: Person) => (kind === 'organisation' ? 'ORGANISATION' : 'PERSON');

// “a spokesman for the town”: one person, of whom no name is known.
function describedPerson(words: readonly Word[], phrase: Phrase): Antecedent | null {
  const head = phrase.pronoun ? undefined : headOf(words, phrase);
  return head?.pos === 'NOUN' && isPersonNoun(head.lower) ? { person: null, gender: genderOfNoun(head.lower) } : null;
}

// “A woman was arrested.”
function describedSubject(words: readonly Word[]): Antecedent | null {
  const phrase = /^(?:an?|one|another)$/.test(words[0]?.lower ?? '') ? phraseStartingAt(words, 0, words.length) : null;
  return phrase && describedPerson(words, phrase);
}

// The office of “the Ukrainian president”, in small letters; null for a phrase of another form.
function officeIn(words: readonly Word[]): string | null {
  const core = headWords(words);
  return core[0]?.lower === 'the'
    ? core
        .slice(1)
        .map(({ lower }) => lower)
        .join(' ')
    : null;
}

function isSubject(words: readonly Word[], from: number, to: number): boolean {
  let start = from;
  while (
    start > 0 &&
    (isTitle(words[start - 1] as Word) ||
      words[start - 1]?.pos === 'DET' ||
      words[start - 1]?.pos === 'ADJ' ||
      words[start - 1]?.pos === 'NOUN' ||
      words[start - 1]?.pos === 'PROPN')
  )
    start--;
  const before = words[start - 1];
  const after = words[to];
  if (isGenitive(after)) return false;
  return !(before && (before.pos === 'ADP' || (isVerb(before) && !/^(?:said|says|added|adds|wrote|writes|asked)$/.test(before.lower))));
}

function headWords(words: readonly Word[]): readonly Word[] {
  const cut = words.findIndex((word, index) => index > 0 && (word.pos === 'ADP' || word.text === ',' || word.text === '('));
  return cut > 0 ? words.slice(0, cut) : words;
}

// A group or organisation: a phrase with a name in it whose head is a name or a plural (“US envoys”, “the Clinton campaign”).
function groupName(words: readonly Word[], atHead: boolean): string | null {
  const core = headWords(words).filter((word, index) => !(index === 0 && word.pos === 'DET') && !isGenitive(word));
  const last = core.at(-1);
  if (!last || core.length !== headWords(words).filter((word, index) => !(index === 0 && word.pos === 'DET')).length) return null;
  if (/^(?:some|many|several|most|few|other|all|both|no)$/.test(words[0]?.lower ?? '')) return null;
  // “Military experts” at the head of a sentence: the capital says nothing.
  if (atHead && core.length > 1 && !core.slice(1).some(({ text }) => /^\p{Lu}/u.test(text)) && !nationalities.has(core[0]?.lower ?? ''))
    return null;
  const named =
    core.some((word) => /^\p{Lu}/u.test(word.text) && word.start > (words[0]?.start ?? 0)) ||
    (/^\p{Lu}/u.test(core[0]?.text ?? '') && (core[0]?.pos === 'PROPN' || nationalities.has(core[0]?.lower ?? '')));
  const body =
    last.pos === 'PROPN' ||
    /s$/.test(last.lower) ||
    /^(?:campaign|government|ministry|office|party|administration|army|council|union|court|group|committee|department|agency)$/.test(
      last.lower,
    );
  return named && body ? nameOf(core) : null;
}
