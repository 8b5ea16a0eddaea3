import ofAdjectives from 'wink-lexicon/src/wn-adjective-exceptions.js';
import ofNouns from 'wink-lexicon/src/wn-noun-exceptions.js';
import ofVerbs from 'wink-lexicon/src/wn-verb-exceptions.js';
import sensesOf from 'wink-lexicon/src/wn-word-senses.js';
import numbers from 'wink-lexicon/src/wn-words.js';

type Kind = 'noun' | 'verb' | 'adjective';

const exceptions: readonly (readonly [Kind, Readonly<Record<string, string>>])[] = [
  ['verb', ofVerbs],
  ['noun', ofNouns],
  ['adjective', ofAdjectives],
];
// Irregular forms by lemma. WordNet's list lacks the first.
const irregular = new Map<string, string[]>([['be', ['being']]]);
for (const [, list] of exceptions) {
  for (const [form, lemma] of Object.entries(list)) irregular.set(lemma, [...(irregular.get(lemma) ?? []), form]);
}

/**
 * The forms of an English word in lower case, the word itself first: for `say` say, says, said, saying. A form leads to its lemma (`said` to say)
 * unless it is also a word of its own (`saw`, `meeting`). Irregular verbs get regular forms too, which does no harm because nobody writes them. Words
 * that WordNet lacks, such as names and new words, get the regular endings.
 */
export function formsOf(word: string): string[] {
  const sought = word.toLowerCase();
  const lemmas = isOwn(sought) ? [] : lemmasOf(sought);
  return [...new Set([sought, ...(lemmas.length > 0 ? lemmas : [sought]).flatMap((lemma) => [lemma, ...inflected(lemma)])])];
}

// The numbers are WordNet's lexicographer files (lexnames): adjectives, nouns, verbs. Participles are 44.
function kindsOf(word: string): ReadonlySet<Kind> {
  const number = Object.hasOwn(numbers, word) ? numbers[word] : undefined;
  const senses = number === undefined ? [] : (sensesOf[number] ?? []);
  return new Set(
    senses.flatMap((sense): Kind[] =>
      sense < 2 ? ['adjective'] : sense > 2 && sense < 29 ? ['noun'] : sense > 28 && sense < 44 ? ['verb'] : [],
    ),
  );
}

// Whether a word is a noun or verb in its own right and not the plural of another noun: troops belongs to troop, although WordNet lists it as a noun
// too.
function isOwn(word: string): boolean {
  const kinds = kindsOf(word);
  const isPlural = /s$/.test(word) && lemmasOf(word).some((lemma) => kindsOf(lemma).has('noun'));
  return (kinds.has('noun') || kinds.has('verb')) && !isPlural;
}

function lemmasOf(form: string): string[] {
  const stems = ['s', 'es', 'd', 'ed', 'ing', 'r', 'er', 'st', 'est'].flatMap((ending) => {
    if (!form.endsWith(ending)) return [];
    const stem = form.slice(0, -ending.length);
    return [stem, `${stem}e`, stem.replace(/i$/, 'y')];
  });
  const known = exceptions.flatMap(([, list]) => (Object.hasOwn(list, form) ? [list[form] ?? form] : []));
  const found = [...stems, form.replace(/men$/, 'man')].filter((stem) => kindsOf(stem).size > 0 && inflected(stem).includes(form));
  return [...new Set([...known, ...found])].filter((lemma) => lemma !== form);
}

function inflected(lemma: string): string[] {
  const kinds = kindsOf(lemma);
  const own = irregular.get(lemma) ?? [];
  const forms = [...own];
  if (kinds.has('noun') || kinds.has('verb')) forms.push(...plural(lemma));
  if (kinds.has('verb')) {
    // If the last letter is doubled (planned), the form with a single letter belongs to another verb (planed). See has saw, so seed is not its past
    // tense.
    const isOther = own.some((form) => form.startsWith(lemma + lemma.at(-1)) && form.endsWith('ing')) && kindsOf(`${lemma}e`).has('verb');
    const past = ended(lemma, 'ed');
    if (!isOther) forms.push(ended(lemma, 'ing'), ...(own.length > 0 && kindsOf(past).has('verb') ? [] : [past]));
  }
  // Some adjectives share the form in -er with a noun, such as cleaner.
  const isAgent = (form: string) => kinds.has('verb') && kindsOf(form).has('noun') && kindsOf(ended(lemma, 'est')).size === 0;
  if (kinds.has('adjective')) forms.push(...['er', 'est'].map((ending) => ended(lemma, ending)).filter((form) => !isAgent(form)));
  // The shortest words that are in no dictionary get no endings.
  if (kinds.size === 0 && own.length === 0 && /^\p{L}{4,}$/u.test(lemma))
    forms.push(...plural(lemma), ended(lemma, 'ed'), ended(lemma, 'ing'));
  return forms;
}

function plural(lemma: string): string[] {
  if (/[^aeiou]y$/.test(lemma)) return [`${lemma.slice(0, -1)}ies`];
  if (/man$/.test(lemma)) return [`${lemma}s`, lemma.replace(/man$/, 'men')];
  if (/(s|x|z|ch|sh)$/.test(lemma)) return [`${lemma}es`];
  return lemma.endsWith('o') ? [`${lemma}s`, `${lemma}es`] : [`${lemma}s`];
}

function ended(lemma: string, ending: string): string {
  if (ending === 'ing') return (/[^eoy]e$/.test(lemma) ? lemma.slice(0, -1) : lemma) + ending;
  if (lemma.endsWith('e')) return lemma + ending.slice(1);
  return (/[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}i` : lemma) + ending;
}
