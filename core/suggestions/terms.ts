import { cueKind, isPlainCue } from './cues.ts';
import type { Sentence, Word } from './words.ts';

const works =
  /^(?:show|program|programme|book|books|novel|film|movie|song|songs|album|podcast|episode|website|site|magazine|newspaper|column|play|musical|series|memoir|documentary|author|editor|host|co-host|star|director|classic|drama|comedy|thriller|anthem|single|track|tune|poem|painting|autobiography|biography|sitcom|blog|newsletter|ballad|hit|game)$/;
const broadcaster = /^(?:\p{Lu}[\p{Lu}&]{1,5}|television|TV|radio|Netflix|Hulu|Broadway|Showtime|Bravo|Fox)$/u;
const small = /^(?:a|an|the|of|in|on|at|to|for|and|or|but|with|by|from|as|vs|de|la|is|it)$/i;

/**
 * Whether the marked run that is word `index` of `sentence` names a thing (a work, a show, a slogan on a hat) or labels the noun after it, and
 * so reports nobody's words: 'document' for a work, 'name' for another name, 'label' for a modifier; null otherwise. `words` is its length in
 * words; `reported` whether a cue stands right at it; `listed` what the marked run is that it is joined to by a comma or “and”.
 */
export function termKindOf(
  sentence: Sentence,
  index: number,
  words: number,
  reported: boolean,
  listed: 'document' | 'name' | null,
): 'document' | 'name' | 'label' | null {
  const { words: line } = sentence;
  const run = line[index] as Word;
  const before = line[index - 1];
  const after = line[index + 1];
  const inner = run.text.replace(/^\P{L}+|\P{L}+$/gu, '');
  // “Gallery to close,” by the Herald’s Ann Lee
  if (after?.lower === 'by' && !reported && line.slice(index + 2, index + 6).some((word) => word.pos === 'PROPN')) return 'document';
  const inHeadline = isHeadline(line, index);
  const titled = isTitled(inner) && !inHeadline && !isUttered(line, index);
  // “NBC’s “Today””
  if (isTitled(inner) && words <= 8 && /^(?:’s|'s)$/.test(before?.text ?? '') && broadcaster.test(line[index - 2]?.text ?? ''))
    return 'document';
  // ““Parks” and “Guardians of the Galaxy””
  if (titled && words <= 8 && listed !== null) return listed;
  if (inHeadline && words <= 5 && !reported && labelsHere(line, index)) return 'label';
  const statement = reported && leadsIn(line, index);
  if (titled && words <= 12 && !statement) {
    if (nearWork(line, index)) return 'document';
    const governed =
      before !== undefined &&
      (before.pos === 'ADP' || /^(?:told|tells)$/.test(before.lower) || before.pos === 'DET' || /^(?:’s|'s)$/.test(before.text));
    if (words >= 2 && (governed || !reported)) return 'name';
    if (before && cueKind(before.lower) !== undefined && !isPlainCue(before.lower) && !/[.!?]["'”’»]*$/.test(run.text)) return 'name';
  }
  if (nearWork(line, index) && words <= 6 && before?.pos !== 'PUNCT' && !reported && /^\p{Lu}/u.test(inner)) return 'document';
  const modifies = after !== undefined && after.pos === 'NOUN' && !/[.,!?;:—]["'”’»]*$/.test(run.text);
  const determined =
    before !== undefined && (before.pos === 'DET' || before.pos === 'ADJ' || /^(?:’s|'s|’|'|his|her|their|its|our|my)$/.test(before.lower));
  if (modifies && determined && words <= 4) return 'label';
  if (/^(?:so-called|known|titled|entitled|named)$/.test(before?.lower ?? '') && words <= 6) return 'name';
  return null;
}

// “wore a hat reading “Make It Great Again””, “the slogan, “Yes We Can””: words that stand or sound somewhere, whatever their capitals.
function isUttered(line: readonly Word[], index: number): boolean {
  if (line[index - 1]?.lower === 'to') return /^(?:promise|vow|pledge)(?:s|d|ed)?$/.test(line[index - 2]?.lower ?? '');
  const at = /^(?:,|:|of)$/.test(line[index - 1]?.lower ?? '') ? index - 2 : index - 1;
  return uttered.test(line[at]?.lower ?? '');
}
const uttered =
  /^(?:reads?|reading|chant(?:s|ed|ing)?|shout(?:s|ed|ing)?|yell(?:s|ed|ing)?|scream(?:s|ed|ing)?|slogans?|mottos?|mantras?|cry|cries)$/;

function leadsIn(line: readonly Word[], index: number): boolean {
  const before = line[index - 1];
  return (
    before === undefined ||
    /^[,:]$/.test(before.text) ||
    before.lower === 'that' ||
    (/^(?:say|write|think)$/.test(cueKind(before.lower) ?? '') && !/^(?:told|tells?|telling)$/.test(before.lower))
  );
}

function isTitled(inner: string): boolean {
  const parts = inner.split(/\s+/).filter((part) => !small.test(part));
  return parts.length > 0 && !/[!?]\s/.test(inner) && parts.every((part) => /^[\p{Lu}\p{N}([{#@&]/u.test(part));
}

// A headline capitalises everything, so that capitals in marks say nothing there.
function isHeadline(line: readonly Word[], index: number): boolean {
  const others = line.filter((word, position) => position !== index && !word.quote && /^\p{L}{4,}/u.test(word.text));
  return others.length > 0 && others.filter((word) => /^\p{Lu}/u.test(word.text)).length / others.length > 0.75;
}

// “Assembles ‘A Sizable Army’ Of Reporters”
function labelsHere(line: readonly Word[], index: number): boolean {
  const before = line[index - 1];
  const after = line[index + 1];
  if (!before || !after || /[.,!?;:—]["'”’»]*$/.test((line[index] as Word).text)) return false;
  return cueKind(before.lower) === undefined && /^(?:ADP|NOUN|PROPN)$/.test(after.pos);
}

function nearWork(line: readonly Word[], index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 3); at--) {
    const word = line[at] as Word;
    if (works.test(word.lower)) return true;
    if (word.pos === 'VERB' && word.lower !== 'called') return false;
  }
  return false;
}
