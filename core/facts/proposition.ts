const auxiliary =
  "am|is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|can|cannot|could|may|might|must|shall|should|ought|isn't|aren't|won't|can't";
// Verbs that are seldom nouns.
const lemmas =
  'need want deserve require threaten fail make give take keep deter protect secure oppose begin win lose violate break meet serve undermine strengthen weaken remain become go come stay belong depend allow prevent send deploy sign join leave cede withdraw accept reject recognise recognize';

const forms = lemmas.split(' ').flatMap((lemma) => {
  const ies = lemma.replace(/([^aeiou])y$/, '$1ie');
  return [lemma, `${ies}${/(?:ss|sh|ch|x|o)$/.test(lemma) ? 'es' : 's'}`, `${lemma.replace(/e$/, '')}ed`];
});
const verbs = new RegExp(`(?<![\\p{L}’'-])(?:${auxiliary}|${forms.join('|')})(?![\\p{L}’'-])`, 'giu');

/**
 * The types of entity in the order in which `words` may become a new one: those that the role names (its `targets`) before all others, but
 * for an issue where the words are a name.
 */
export function typesInTurn(types: readonly string[], targets: readonly string[], words: string): string[] {
  const isNamed = (type: string) => targets.includes(type) && !(type === 'ISSUE' && isName(words));
  return [...types.filter(isNamed), ...types.filter((type) => !isNamed(type))];
}

// Capitals throughout, small words aside: “Keir Starmer”, “Coalition of the Willing”.
function isName(words: string): boolean {
  const long = words.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu)?.filter((word) => word.length > 3) ?? [];
  return long.length > 0 && long.every((word) => /^[\p{Lu}\p{N}]/u.test(word)) && propositionProblem(words) !== null;
}

/** Why English `words` are no proposition that one can be for or against, as a sentence for a person; null where they may be one. */
export function propositionProblem(words: string): string | null {
  const text = words.trim();
  if (text.endsWith('?')) return 'Nobody is for or against a question: word it as a statement.';
  // What comes first is what is spoken of, so a verb comes later: “Guarantees must be binding”.
  const hasVerb = [...text.matchAll(verbs)].some(({ index }) => index > 0);
  return hasVerb ? null : 'Word it as a statement with a verb, as in “Guarantees must be legally binding”.';
}
