import { isTitle, type NameRun, nameRuns, plain } from './name-runs.ts';
import { mensNames, nationalities, organisationWords, titles, womensNames } from './name-words.ts';
import { type Gender, genderOfNoun, isOrganisationNoun, isPersonNoun } from './person-words.ts';
import { headOf, phraseStartingAt } from './phrases.ts';
import { skeleton } from './spelling.ts';
import type { Sentence, Word } from './words.ts';

/** Someone whom an article names. */
export interface Person {
  /** The longest form in the article, without titles. */
  readonly canonical: string;
  readonly surname: string;
  /** The first word of the name, compared as surnames are. */
  readonly first: string;
  gender: Gender;
  /** What the words beside the name say that it is; null where they do not. */
  kind: 'person' | 'organisation' | null;
}

/** Who is named in an article by more than a surname, or beside what they are to somebody (“her husband, Ted,”). */
export class People {
  readonly #bySurname = new Map<string, Person[]>();
  readonly #byFirstName = new Map<string, Person>();
  readonly #byTitle = new Map<string, Person | null>();

  readonly #runs: ReadonlyMap<Sentence, readonly NameRun[]>;

  constructor(sentences: readonly Sentence[]) {
    this.#runs = new Map(sentences.map((sentence) => [sentence, nameRuns(sentence.words)]));
    for (const [{ words }, runs] of this.#runs)
      for (const run of runs) if (run.to - run.from > 1 || isIntroduced(words, run.from)) this.#learn(words, run);
  }

  /** The names in `sentence`, one of those that were read, in order. */
  namesIn(sentence: Sentence): readonly NameRun[] {
    return this.#runs.get(sentence) ?? [];
  }

  /** Who of them is called `parts`; null where nobody is. */
  called(parts: readonly Word[]): Person | null {
    const known = this.#bySurname.get(skeleton(surnameOf(parts)));
    // “Sir Keir”
    if (!known) return parts.length === 1 ? (this.#byFirstName.get(skeleton(parts[0]?.text ?? '')) ?? null) : null;
    if (parts.length > 1) {
      const first = skeleton(parts[0]?.text ?? '');
      return known.find((person) => person.first === first) ?? null;
    }
    return known[0] ?? null;
  }

  /** The one of the surname of `person` whose gender is `gender`, if there is one; else `person`. */
  ofGender(person: Person, gender: Gender): Person {
    return (gender !== null && this.#bySurname.get(person.surname)?.find((other) => other.gender === gender)) || person;
  }

  /** Who holds the office `form`: “the president” is the one whose title ends so, “the French leader” the one who heads the state; null when there are two. */
  holderOf(form: string): Person | null {
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

  #learn(words: readonly Word[], { from, to, title }: NameRun): void {
    const parts = words.slice(from, to);
    if (parts.some(({ lower }) => organisationWords.has(lower)) || isGroup(parts)) return;
    const person = this.#personOf(parts);
    for (const form of [title, appositive(words, to), descriptiveBefore(words, from)]) {
      if (form === '') continue;
      const held = this.#byTitle.get(form);
      this.#byTitle.set(form, held === undefined || held === person ? person : null);
    }
  }

  /** Takes in what the words beside the name at `from` to `to` say of `person`. */
  hear(person: Person, words: readonly Word[], from: number, to: number): void {
    if (person.gender !== null) return;
    person.gender = genderOf(words, from, words.slice(from, to));
    if (person.gender !== null) person.kind = 'person';
    else if (person.kind !== 'person') person.kind = kindOf(words, from, to) ?? person.kind;
  }

  #personOf(parts: readonly Word[]): Person {
    const surname = skeleton(surnameOf(parts));
    const first = skeleton(parts[0]?.text ?? '');
    const known = this.#bySurname.get(surname) ?? [];
    const same = known.find((other) => other.first === first);
    if (same) return same;
    const person: Person = { canonical: nameOf(parts), surname, first, gender: null, kind: null };
    if (!this.#byFirstName.has(first)) this.#byFirstName.set(first, person);
    this.#bySurname.set(surname, [...known, person]);
    return person;
  }
}

/** Whether the name `parts` is one of several (“Labour MPs”). */
export function isGroup(parts: readonly Word[]): boolean {
  return /^\p{Lu}{2,}s$/u.test(parts.at(-1)?.text ?? '');
}

/** Someone called `parts`, of whom nothing is known but what stands before the name, which begins at word `from`. */
export function strangerCalled(words: readonly Word[], from: number, parts: readonly Word[]): Person {
  const [surname, first] = [skeleton(surnameOf(parts)), skeleton(parts[0]?.text ?? '')];
  return { canonical: nameOf(parts), surname, first, gender: genderOf(words, from, parts), kind: null };
}

/** The words of a name as one text, with spaces where there are some. */
export function nameOf(words: readonly Word[]): string {
  const parts = withoutLetters(words);
  let name = '';
  for (const [index, part] of parts.entries()) name += (index > 0 && (parts[index - 1] as Word).end < part.start ? ' ' : '') + part.text;
  return name;
}

// “Imran Aziz KC”
const withoutLetters = (parts: readonly Word[]): readonly Word[] =>
  parts.length > 2 && /^(?:KC|QC|MP|MEP|MSP|MBE|OBE|CBE|MD|PhD)$/.test(parts.at(-1)?.text ?? '') ? parts.slice(0, -1) : parts;

function surnameOf(words: readonly Word[]): string {
  const parts = withoutLetters(words);
  const last = parts.at(-1);
  return last && /^(?:jr|sr|ii|iii|iv)\.?$/.test(last.lower) && parts.length > 1 ? (parts.at(-2)?.text ?? '') : (last?.text ?? '');
}

/** What the titles before the name `parts`, which begins at word `from`, and its first name say of who bears it. */
export function genderOf(words: readonly Word[], from: number, parts: readonly Word[]): Gender {
  let at = from - 1;
  for (; at >= Math.max(0, from - 4) && isTitle(words[at] as Word); at--) {
    const title = plain(words[at] as Word);
    if (/^(?:mr|sir|lord|king|prince|pope|congressman|chairman|spokesman|brother|father)$/.test(title)) return 'he';
    if (/^(?:mrs|ms|miss|dame|lady|queen|princess|congresswoman|chairwoman|spokeswoman|sister|baroness)$/.test(title)) return 'she';
  }
  const first = parts[0]?.lower ?? '';
  const byName = parts.length > 1 ? (mensNames.has(first) ? 'he' : womensNames.has(first) ? 'she' : null) : null;
  return byName ?? genderOfNoun(descriptionBefore(words, at + 1)?.lower ?? '');
}

// “her husband Ted”, “his daughter, Karin,”: one word that is a name by what stands before it.
function isIntroduced(words: readonly Word[], from: number): boolean {
  const description = descriptionBefore(words, from);
  if (!description || genderOfNoun(description.lower) === null) return false;
  const owner = words.slice(Math.max(0, from - 4), from).find(({ lower }) => /^(?:his|her|their|my|our|’s|'s)$/.test(lower));
  return owner !== undefined;
}

// The noun that says what a name is that begins at word `from`, right before it or before its comma.
function descriptionBefore(words: readonly Word[], from: number): Word | null {
  const word = words[words[from - 1]?.text === ',' ? from - 2 : from - 1];
  return word?.pos === 'NOUN' ? word : null;
}

function kindOf(words: readonly Word[], from: number, to: number): Person['kind'] {
  const title = words[from - 1];
  if (title && titles.has(plain(title)) && !nationalities.has(title.lower)) return 'person';
  const next = words[to];
  const afterComma = next?.text === ',' ? words[to + 1] : undefined;
  // “Dana Kovic, 34,”, “Rasmus Ek, who”
  if (afterComma && (/^\d{2}$/.test(afterComma.text) || afterComma.lower === 'who')) return 'person';
  const phrase =
    afterComma && /^(?:an?|the|his|her|its|their)$/.test(afterComma.lower) ? phraseStartingAt(words, to + 1, words.length) : null;
  const heads = [descriptionBefore(words, from), phrase && headOf(words, phrase)];
  if (heads.some((head) => head && isPersonNoun(head.lower) && !isOrganisationNoun(head.lower))) return 'person';
  const isFirm = /^(?:inc|ltd|plc|corp|llc)$/.test(next?.lower ?? '') || words[from - 1]?.lower === 'the';
  return isFirm || heads.some((head) => head && isOrganisationNoun(head.lower)) ? 'organisation' : null;
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

// “the British prime minister, Keir Starmer,”
function descriptiveBefore(words: readonly Word[], from: number): string {
  if (words[from - 1]?.text !== ',') return '';
  let at = from - 2;
  while (/^(?:ADJ|NOUN)$/.test(words[at]?.pos ?? '')) at--;
  return words[at]?.lower === 'the'
    ? words
        .slice(at + 1, from - 1)
        .map(plain)
        .join(' ')
    : '';
}
