import { randomFrom } from './scene.ts';

const syllables = ['ka', 'to', 'ri', 'men', 'sul', 'ver', 'dan', 'qui', 'lor', 'pes', 'tra', 'bon', 'fi', 'gul', 'ast', 'em'];

/** Words and texts of `length` words that follow Zipf's law, as real text does: few words are everywhere, most are rare. The same at each run. */
export function generated(length: number): { word(): string; text(): string } {
  const random = randomFrom(7);
  const vocabulary = Array.from({ length: 40_000 }, (_, index) => {
    let word = '';
    for (let rest = index + 17; rest > 0; rest = Math.floor(rest / syllables.length)) word += syllables[rest % syllables.length];
    return word;
  });
  const sums: number[] = [];
  let sum = 0;
  for (const index of vocabulary.keys()) {
    sum += 1 / (index + 2.7);
    sums.push(sum);
  }
  const word = () => {
    const value = random() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return vocabulary[low] ?? '';
  };
  return { word, text: () => Array.from({ length }, word).join(' ') };
}
