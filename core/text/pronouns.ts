const pronouns =
  /^(i|we|you|he|she|they|it|one|who|which|that|this|these|those|me|us|him|her|them|my|our|his|its|their|myself|ourselves|himself|herself|themselves)$/i;

/** Whether `words` are a pronoun and nothing else. */
export const isPronoun = (words: string): boolean => pronouns.test(words.trim());

/** Whom a pronoun of the third person in the singular may stand for; null for all other words. */
export function genderOf(pronoun: string): 'he' | 'she' | null {
  if (/^(he|him|his|himself)$/i.test(pronoun.trim())) return 'he';
  return /^(she|her|hers|herself)$/i.test(pronoun.trim()) ? 'she' : null;
}
