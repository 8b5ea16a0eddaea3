const pronouns =
  /^(i|we|you|he|she|they|it|one|who|which|that|this|these|those|me|us|him|her|them|my|our|his|its|their|myself|ourselves|himself|herself|themselves)$/i;

/** Whether `words` is nothing but a pronoun. */
export const isPronoun = (words: string): boolean => pronouns.test(words.trim());

/** Whom a third-person singular pronoun may refer to; null for all other words. */
export function genderOf(pronoun: string): 'he' | 'she' | null {
  if (/^(he|him|his|himself)$/i.test(pronoun.trim())) return 'he';
  return /^(she|her|hers|herself)$/i.test(pronoun.trim()) ? 'she' : null;
}
