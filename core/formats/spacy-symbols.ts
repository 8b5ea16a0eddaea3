/**
 * Names for which spaCy 3 has fixed numbers (spacy/symbols.pyx), in the order of these numbers, from 1. They include words such as “number”, which
 * may occur in an article.
 */
const symbols: readonly string[] = [
  ...words(
    'IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL LIKE_NUM LIKE_EMAIL IS_STOP ' +
      'IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY',
  ),
  ...numbered('FLAG', 19, 63, 2),
  ...words(
    'ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE HEAD SENT_START SPACY PROB LANG ' +
      'ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X EOL SPACE',
  ),
  ...numbered('DEPRECATED', 1, 276, 3),
  ...words(
    'PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE LAW DATE TIME PERCENT MONEY QUANTITY ORDINAL ' +
      'CARDINAL acomp advcl advmod agent amod appos attr aux auxpass cc ccomp complm conj cop csubj csubjpass dep det dobj expl ' +
      'hmod hyph infmod intj iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis partmod ' +
      'pcomp pobj poss possessive preconj prep prt punct quantmod relcl rcmod root xcomp acl ENT_KB_ID MORPH ENT_ID IDX _',
  ),
];

function words(names: string): string[] {
  return names.split(' ');
}

function numbered(name: string, first: number, last: number, digits: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${name}${String(first + index).padStart(digits, '0')}`);
}

const numbers: ReadonlyMap<string, number> = new Map(symbols.map((name, index) => [name, index + 1]));

/** The fixed number that spaCy uses for `text` instead of its hash; undefined for most texts. */
export function symbolNumber(text: string): number | undefined {
  return numbers.get(text);
}
