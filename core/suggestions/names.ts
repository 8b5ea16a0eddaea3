import type { Registry } from '../model/entity.ts';
import { type Span, spanAt } from '../text/span.ts';
import { isTitle, type NameRun, nameRuns, plain } from './name-runs.ts';
import { mensNames, nationalities, organisationWords, titles, womensNames } from './name-words.ts';
import type { Phrase } from './phrases.ts';
import { type RegistryNames, registryNames } from './registry-names.ts';
import { isVerb } from './speakers.ts';
import { skeleton } from './spelling.ts';
import type { SuggestedEntity } from './suggestion.ts';
import { isGenitive } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

type Gender = 'he' | 'she' | null;

/** Someone whom an article names. */
interface Person {
  /** The longest form in the article, without titles. */
  canonical: string;
  readonly surname: string;
  gender: Gender;
}

/** A place where a sentence names a person. */
interface NameMention {
  readonly from: number;
  readonly to: number;
  readonly person: Person;
  /** Not governed by a preposition nor an owner: it may be what the sentence is about. */
  readonly subject: boolean;
}

/** Who is named in an article, and whom its pronouns and titles stand for. */
export class Names {
  readonly #bySurname = new Map<string, Person[]>();
  readonly #byTitle = new Map<string, Person | null>();
  readonly #mentions = new Map<Sentence, NameMention[]>();
  readonly #byFirstName = new Map<string, Person>();
  readonly #holders = new Map<string, Person | null>();
  readonly #spoke = new Map<Sentence, Person>();
  readonly #speakers: Person[] = [];
  readonly #sentences: readonly Sentence[];
  readonly #order: ReadonlyMap<Sentence, number>;
  readonly #registry: RegistryNames;

  constructor(sentences: readonly Sentence[], registry: Registry) {
    this.#sentences = sentences;
    this.#order = new Map(sentences.map((sentence, index) => [sentence, index]));
    this.#registry = registryNames(registry);
    // Full names first, so that a surname alone is known wherever it stands.
    const runs = sentences.map((sentence) => ({ sentence, runs: nameRuns(sentence.words) }));
    for (const { sentence, runs: found } of runs) for (const run of found) if (run.to - run.from > 1) this.#learn(sentence.words, run);
    for (const { sentence, runs: found } of runs) {
      const mentions: NameMention[] = [];
      for (const { from, to } of found) {
        const person = this.#personNamed(sentence.words.slice(from, to));
        if (person) person.gender ??= genderOf(sentence.words, from, sentence.words.slice(from, to));
        if (person) mentions.push({ from, to, person, subject: isSubject(sentence.words, from, to) });
      }
      this.#mentions.set(sentence, mentions);
    }
  }

  /**
   * What the speaker `phrase` of `sentence` stands for: the full name of someone named in the article, of the one whom a pronoun or title
   * means, or the name of a group or organisation; null where that is not known. The speakers must be asked for in the order of the text.
   */
  entityOf(sentence: Sentence, phrase: Phrase): SuggestedEntity | null {
    const words = sentence.words.slice(phrase.from, phrase.to);
    const person = phrase.pronoun ? this.#antecedent(sentence, phrase) : (this.#named(words) ?? this.#titled(words));
    if (!person) return phrase.pronoun ? null : (this.#inOffice(words) ?? this.#groupOf(words, phrase.from === 0));
    this.#spoke.set(sentence, person);
    this.#speakers.push(person);
    return this.#known(person.canonical, 'PERSON');
  }

  /** What `phrase` of `sentence`, which does not speak there, names; null for a pronoun and where that is not known. */
  whoIs({ words: line }: Sentence, phrase: Phrase): SuggestedEntity | null {
    if (phrase.pronoun) return null;
    const words = line.slice(phrase.from, phrase.to);
    const person = this.#named(words);
    return person ? this.#known(person.canonical, 'PERSON') : this.#groupOf(words, phrase.from === 0);
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

  #learn(words: readonly Word[], { from, to, title }: NameRun): void {
    const parts = words.slice(from, to);
    if (parts.some(({ lower }) => organisationWords.has(lower))) return;
    const surname = skeleton(surnameOf(parts));
    const canonical = nameOf(parts);
    const known = this.#bySurname.get(surname) ?? [];
    const first = skeleton(parts[0]?.text ?? '');
    let person = known.find((other) => skeleton(other.canonical.split(' ')[0] ?? '') === first);
    if (!person) {
      person = { canonical, surname, gender: genderOf(words, from, parts) };
      if (!this.#byFirstName.has(first)) this.#byFirstName.set(first, person);
      this.#bySurname.set(surname, [...known, person]);
    }
    for (const form of [title, appositive(words, to)]) {
      if (form === '') continue;
      const held = this.#byTitle.get(form);
      this.#byTitle.set(form, held === undefined || held === person ? person : null);
    }
  }

  #personNamed(parts: readonly Word[]): Person | null {
    const known = this.#bySurname.get(skeleton(surnameOf(parts)));
    // “Sir Keir”
    if (!known) return parts.length === 1 ? (this.#byFirstName.get(skeleton(parts[0]?.text ?? '')) ?? null) : null;
    if (parts.length > 1) {
      const first = skeleton(parts[0]?.text ?? '');
      return known.find(({ canonical }) => skeleton(canonical.split(' ')[0] ?? '') === first) ?? null;
    }
    return known[0] ?? null;
  }

  // The name that heads a phrase: the last before a preposition, as in “Twitter spokesman Jack Dorsey of …”.
  #named(words: readonly Word[]): Person | null {
    const core = headWords(words);
    const run = nameRuns(core).at(-1);
    if (!run || run.to < core.length) return null;
    const parts = core.slice(run.from, run.to);
    const known = this.#personNamed(parts);
    if (known) {
      const honorific = genderOf(core, run.from, parts);
      const fitting = this.#bySurname.get(known.surname)?.find(({ gender }) => honorific !== null && gender === honorific);
      return parts.length === 1 && fitting ? fitting : known;
    }
    if (run.from > 0 && !titles.has(plain(core[run.from - 1] as Word)) && core[run.from - 1]?.pos !== 'NOUN') return null;
    if (parts.some(({ lower }) => organisationWords.has(lower)) || core[0]?.pos === 'DET') return null;
    return { canonical: nameOf(parts), surname: skeleton(surnameOf(parts)), gender: genderOf(core, run.from, parts) };
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
    const holder = this.#holderOf(form);
    this.#holders.set(form, holder);
    return holder;
  }

  // “the president” is the one whose title ends so, “the French leader” the one who heads the state; not when there are two.
  #holderOf(form: string): Person | null {
    const exact = this.#byTitle.get(form);
    if (exact) return exact;
    const nation = /^(\S+) leader$/.exec(form)?.[1];
    const people = new Set<Person>();
    for (const [title, person] of this.#byTitle) {
      const leads = nation !== undefined && title.startsWith(`${nation} `) && /president|minister|chancellor/.test(title);
      if (person && (leads || title.endsWith(` ${form}`))) people.add(person);
    }
    return people.size === 1 ? ([...people][0] ?? null) : null;
  }

  #antecedent(sentence: Sentence, phrase: Phrase): Person | null {
    const pronoun = sentence.words[phrase.from] as Word;
    if (pronoun.lower === 'who') {
      const before = this.#mentions.get(sentence)?.findLast(({ to }) => to <= phrase.from);
      return before?.person ?? null;
    }
    const gender: Gender = /^(?:he|his|him)$/.test(pronoun.lower) ? 'he' : /^(?:she|her)$/.test(pronoun.lower) ? 'she' : null;
    if (gender === null) return null;
    const fits = (person: Person) => person.gender === null || person.gender === gender;
    const here =
      this.#mentions.get(sentence)?.filter((mention) => mention.to <= phrase.from && mention.subject && fits(mention.person)) ?? [];
    if (here.length > 0) return here[0]?.person ?? null;
    const place = this.#order.get(sentence) as number;
    for (let at = place - 1; at >= Math.max(0, place - 12); at--) {
      const earlier = this.#sentences[at] as Sentence;
      const spoke = this.#spoke.get(earlier);
      if (spoke && fits(spoke)) return spoke;
      const named = this.#mentions.get(earlier)?.find((mention) => mention.subject && fits(mention.person));
      if (named) return named.person;
    }
    return this.#speakers.slice(-20).findLast(fits) ?? null;
  }
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

// “Keir Starmer, the British prime minister,”
function appositive(words: readonly Word[], to: number): string {
  if (words[to]?.text !== ',' || words[to + 1]?.lower !== 'the') return '';
  let at = to + 2;
  while (at < words.length && /^(?:ADJ|NOUN|PROPN)$/.test(words[at]?.pos ?? '')) at++;
  return words
    .slice(to + 2, at)
    .map(plain)
    .join(' ');
}

const nameOf = (parts: readonly Word[]) => {
  let name = '';
  for (const [index, part] of parts.entries()) name += (index > 0 && (parts[index - 1] as Word).end < part.start ? ' ' : '') + part.text;
  return name;
};

const surnameOf = (parts: readonly Word[]) => {
  const last = parts.at(-1);
  return last && /^(?:jr|sr|ii|iii|iv)\.?$/.test(last.lower) && parts.length > 1 ? (parts.at(-2)?.text ?? '') : (last?.text ?? '');
};

function genderOf(words: readonly Word[], from: number, parts: readonly Word[]): Gender {
  for (let at = from - 1; at >= Math.max(0, from - 4) && isTitle(words[at] as Word); at--) {
    const title = plain(words[at] as Word);
    if (/^(?:mr|sir|lord|king|prince|pope|congressman|chairman|spokesman|brother|father)$/.test(title)) return 'he';
    if (/^(?:mrs|ms|miss|dame|lady|queen|princess|congresswoman|chairwoman|spokeswoman|sister|baroness)$/.test(title)) return 'she';
  }
  const first = parts[0]?.lower ?? '';
  return parts.length > 1 ? (mensNames.has(first) ? 'he' : womensNames.has(first) ? 'she' : null) : null;
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
