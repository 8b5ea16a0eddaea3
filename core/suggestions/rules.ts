/** Every rule of the suggester with what it goes by, in words for a person, in the order in which rules are listed. A rule is `<layer>.<rule>`. */
export const ruleReasons = {
  'quote.after': 'The words in marks are followed by who says them.',
  'quote.adjacent': 'A verb of saying stands right before the marks.',
  'quote.before': 'The words in marks belong to what the sentence reports.',
  'quote.label': 'A name or a whole sentence with a colon stands before the marks.',
  'quote.trailing': 'The sentence ends with who says it.',
  'quote.owner': 'The words in marks belong to the one named before them.',
  'quote.signed': 'A dash after the words says whose they are.',
  'quote.subject': 'The words in marks stand in a sentence about the speaker.',
  'quote.continued': 'The paragraph goes on with the words of the same speaker.',
  'quote.reopened': 'The paragraph before ends without a closing mark.',
  'quote.later': 'The next words in marks of the paragraph say who speaks.',
  'quote.lead': 'The sentence before leads to it.',
  'quote.next-paragraph': 'The paragraph before quotes the same speaker.',
  'quote.dash': 'A paragraph of a dialogue, which begins with a dash.',
  'quote.unattributed': 'Words in marks, three or more; nothing says whose they are.',
  'quote.that': 'A verb of saying with “that” after it.',
  'quote.clause': 'A verb of saying with a clause after it.',
  'quote.according': '“According to” names the source of the sentence.',
  'quote.closing': 'Without marks, the sentence ends with who says it.',
  'term.name': 'Words in marks that name something.',
  'term.document': 'The title of a work.',
  'term.attributed': 'One or two words of a source, without a statement of their own.',
  'term.scare': 'One or two words in marks that nobody is said to have said.',
  'stance.verb': 'A verb of being for or against something.',
  'stance.predicate': 'Somebody is said to be for or against something.',
  'stance.noun': 'Supporters, critics, or somebody’s support or opposition, with what it is about.',
  'stance.voiced': 'An attitude that is named, with what it is about.',
  'stance.described': 'A judgement given in the description.',
  'stance.must': 'Somebody is reported to say what must be done.',
  'fact.number': 'A clause with a number and what it counts.',
  'fact.event': 'A verb for something that happened, with who did it.',
  'fact.role': 'A name with its bearer’s role beside it.',
} as const;

export type SuggestionRule = keyof typeof ruleReasons;

/** What a rule goes by; for one that there is no more, its name. */
export function ruleInWords(rule: string): string {
  return Object.hasOwn(ruleReasons, rule) ? ruleReasons[rule as SuggestionRule] : rule;
}
