/** A true quote of a seed article: words that begin its first fragment (marks left out) and its speaker's canonical name. */
export interface QuoteLabel {
  readonly begins: string;
  readonly speaker: string;
}

/** The quotes of the five seed articles as people labelled them by the codebook's guidelines, by the number that begins the file's name. */
export const seedQuotes: Readonly<Record<string, readonly QuoteLabel[]>> = {
  '000': [
    { begins: '90% ready', speaker: 'Volodymyr Zelensky' },
    { begins: 'I am asking this very question', speaker: 'Volodymyr Zelensky' },
    { begins: 'huge step forward', speaker: 'Volodymyr Zelensky' },
    { begins: 'As long as we don’t have', speaker: 'Volodymyr Zelensky' },
    { begins: 'largely finished', speaker: 'US envoys' },
    { begins: 'paves the way for the legal framework', speaker: 'Keir Starmer' },
  ],
  '001': [
    { begins: 'a vital part of our commitment', speaker: 'Keir Starmer' },
    { begins: 'largely finished', speaker: 'Steve Witkoff' },
    { begins: '90% ready', speaker: 'Volodymyr Zelensky' },
  ],
  '002': [{ begins: 'I am asking this very question', speaker: 'Volodymyr Zelensky' }],
  '003': [{ begins: 'if common sense prevails', speaker: 'Vladimir Putin' }],
  '004': [
    { begins: 'strong security guarantees that foster', speaker: 'Emmanuel Macron' },
    { begins: 'the key to ensuring', speaker: 'Emmanuel Macron' },
    { begins: 'We have largely completed', speaker: 'Steve Witkoff' },
    { begins: 'critical issue', speaker: 'Steve Witkoff' },
    { begins: 'this devastation must cease', speaker: 'Donald Trump' },
    { begins: 'while peace is not guaranteed', speaker: 'Jared Kushner' },
    { begins: 'These are not mere statements', speaker: 'Volodymyr Zelensky' },
    { begins: 'the territorial question', speaker: 'Volodymyr Zelensky' },
    { begins: 'We can arrive at a peace agreement', speaker: 'Keir Starmer' },
    { begins: 'This only strengthens', speaker: 'Keir Starmer' },
    { begins: 'We will certainly need', speaker: 'Friedrich Merz' },
    { begins: 'textbook diplomatic solutions', speaker: 'Friedrich Merz' },
    { begins: 'I cannot envision', speaker: 'Emmanuel Macron' },
  ],
};

/** What the seed articles have in marks that is no quote, in their order. */
export const seedTerms: Readonly<Record<string, readonly string[]>> = {
  '000': ['Coalition of the Willing', 'Coalition of the Willing', 'military hubs', 'Legal', 'thorny'],
  '001': ['Coalition of the Willing,'],
  '002': [],
  '003': ['coalition of the willing,'],
  '004': ['strong', 'support', 'several thousand', 'operational alignment', 'land options', 'military hubs'],
};
