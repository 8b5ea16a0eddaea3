// The package has no types of its own.
declare module 'wink-lexicon/src/wn-words.js' {
  const words: Readonly<Record<string, number>>;
  export default words;
}
declare module 'wink-lexicon/src/wn-word-senses.js' {
  const senses: readonly (readonly number[])[];
  export default senses;
}
declare module 'wink-lexicon/src/wn-verb-exceptions.js' {
  const exceptions: Readonly<Record<string, string>>;
  export default exceptions;
}
declare module 'wink-lexicon/src/wn-noun-exceptions.js' {
  const exceptions: Readonly<Record<string, string>>;
  export default exceptions;
}
declare module 'wink-lexicon/src/wn-adjective-exceptions.js' {
  const exceptions: Readonly<Record<string, string>>;
  export default exceptions;
}
