import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { texts } from '../testing/arbitrary.ts';
import { type Anchored, anchorer, likenessOf } from './anchor.ts';
import { type Span, spanAt, spanProblem } from './span.ts';

const spanOf = (text: string, words: string, from = 0): Span => {
  const start = text.indexOf(words, from);
  return spanAt(text, { start, end: start + words.length });
};
const anchor = (oldText: string, newText: string, words: string, from = 0): Anchored =>
  anchorer(oldText, newText)(spanOf(oldText, words, from));
const wordsAt = (text: string, found: Anchored): string[] =>
  found.state === 'lost'
    ? []
    : found.state === 'doubt'
      ? found.candidates.map(({ start, end }) => text.slice(start, end))
      : [text.slice(found.place.start, found.place.end)];

const story = `The council met in Paris on Monday to speak of the river.
“We will not let the river take our homes,” said Mayor Ana Ruiz after the meeting.
Nobody knows how much the new wall will cost. The mayor said it would be built by 2027.
The engineers of the city had warned of a flood for many years, he said.
`;

/** A way to change a text word by word: for each word whether it stays, and what comes instead or in front of it. */
const changes = fc.array(
  fc.record({
    at: fc.nat(9999),
    kind: fc.constantFrom('delete', 'insert', 'replace'),
    words: fc.constantFrom('x1', 'the', 'of a new', '“no”'),
  }),
  { maxLength: 8 },
);

// Words of a small vocabulary repeat, as in real texts, and each sentence holds one that does not.
const longStory = Array.from({ length: 60 }, (_, index) => {
  const vocabulary = ['the', 'mayor', 'said', 'river', 'of', 'a', 'council', 'he', 'new', 'wall'];
  const words = Array.from({ length: 12 }, (_, at) => vocabulary[(index * 7 + at * at * 3 + (at % 5) * index) % vocabulary.length]);
  return `${words.join(' ')} item${index}.${index % 4 === 3 ? '\n' : ' '}`;
}).join('');

describe('finding annotations again in another version', () => {
  test('R20 words that stand where they stood are the same, and words that were pushed along have moved', () => {
    expect(anchor(story, story, 'Mayor Ana Ruiz')).toMatchObject({ state: 'same', place: { score: 1 } });
    const longer = `CORRECTED VERSION\n${story}`;
    const moved = anchor(story, longer, 'Mayor Ana Ruiz');
    expect(moved).toMatchObject({ state: 'moved', place: { start: longer.indexOf('Mayor') } });
    expect(anchor(longer, story, 'Mayor Ana Ruiz')).toMatchObject({ state: 'moved', place: { start: story.indexOf('Mayor') } });
  });

  test('R21 the same words in several places are told apart by what stands around them', () => {
    const last = story.lastIndexOf(', he said') + 2;
    const changed = story.replace('Monday', 'Monday, he said,').replace('by 2027', 'by 2028');
    const found = anchor(story, changed, 'he said', last);
    expect(found).toMatchObject({ state: 'moved', place: { start: changed.lastIndexOf('he said') } });
  });

  test('R21 a sentence that was put elsewhere is found there', () => {
    const [first = '', ...rest] = story.split(/(?<=\n)/);
    const turned = [...rest, first].join('');
    expect(anchor(story, turned, 'met in Paris on Monday')).toMatchObject({
      state: 'moved',
      place: { start: turned.indexOf('met in Paris') },
    });
    // The same words elsewhere make no doubt where the surroundings tell.
    const twice = `They never met in Paris on Monday, as far as was known.\n${turned}`;
    expect(anchor(story, twice, 'met in Paris on Monday')).toMatchObject({
      state: 'moved',
      place: { start: twice.lastIndexOf('met in Paris') },
    });
  });

  test('R22 words that changed are in doubt, with the place that is most alike first', () => {
    const changed = story.replace('let the river take our homes', 'let that river take our houses');
    const found = anchor(story, changed, 'We will not let the river take our homes');
    expect(found.state).toBe('doubt');
    expect(wordsAt(changed, found)[0]).toBe('We will not let that river take our houses');
  });

  test('R22 changed words that were put elsewhere too are in doubt', () => {
    const [first = '', second = '', ...rest] = story.split(/(?<=\n)/);
    const changed = [first, ...rest, second.replace('let the', 'let this')].join('');
    const found = anchor(story, changed, 'We will not let the river take our homes');
    expect(found.state).toBe('doubt');
    expect(wordsAt(changed, found)[0]).toBe('We will not let this river take our homes');
  });

  test('R22 words that stand in places that fit alike are in doubt, with each of them', () => {
    const oldText = 'Alpha beta gamma delta epsilon. The vote was lost. Zeta eta theta iota kappa.\n';
    const newText = 'One two three four five six. The vote was lost. Seven eight nine.\n'.repeat(2);
    const found = anchor(oldText, newText, 'vote was lost');
    expect(found).toMatchObject({ state: 'doubt' });
    expect(wordsAt(newText, found)).toEqual(['vote was lost', 'vote was lost']);
  });

  test('R22 words that stand twice in places that are nearly as before are in doubt too', () => {
    const [line = '', ...rest] = story.split(/(?<=\n)/);
    const changed = [
      ...rest,
      line.replace('Monday', 'Friday'),
      'Nothing else.\n',
      line.replace('Monday', 'Friday'),
      'Nothing else.\n',
    ].join('');
    expect(anchor(story, changed, 'met in Paris')).toMatchObject({ state: 'doubt', candidates: [{}, {}] });
    expect(anchor(story, [...rest, line.replace('Monday', 'Friday'), 'Nothing else.\n'].join(''), 'met in Paris').state).toBe('moved');
  });

  test('R21 words that are long enough to tell by themselves are found in other surroundings, if they stand there once', () => {
    const [old, fresh, other] = [
      'Alpha, beta, gamma, delta: ',
      'Quite something else was told of ',
      'Nobody could have known before that ',
    ];
    const telling = 'the mayor resigned';
    const places = (words: string, newText: string) => {
      const found = anchor(`${old}${words}${old}`, newText, words);
      return [found.state, ...wordsAt(newText, found)];
    };
    expect(places(telling, `${fresh}${telling}. ${fresh}`)).toEqual(['moved', telling]);
    expect(places('the mayor', `${fresh}the mayor. ${fresh}`)).toEqual(['doubt', 'the mayor']);
    expect(places(telling, `${fresh}${telling}. ${other}${telling}. ${fresh}`)).toEqual(['doubt', telling, telling]);
  });

  test.each([
    [0, [0, 1, 2]],
    [1, [1, 0, 2]],
    [30, [30, 29, 31]],
    [59, [59, 58, 57]],
  ])('R22 of words that stand in sixty places alike the three nearest are named, for the place %i', (place, expected) => {
    const lines = (before: string, after: string) => `${before.repeat(40)} he said no ${after.repeat(40)}.\n`;
    const [oldText, newText] = [lines('a', 'b').repeat(60), lines('x', 'y').repeat(60)];
    const found = anchor(oldText, newText, 'he said no', place * lines('a', 'b').length);
    const length = lines('x', 'y').length;
    expect(found.state === 'doubt' && found.candidates.map(({ start }) => (start - 41) / length)).toEqual(expected);
  });

  test('R22 the places of changed words are whole words, apart, three at most, the likest first', () => {
    const words = 'We will not let the river take our homes';
    const likes = [
      'They shall certainly not let the river take our houses',
      'we will not let the river take our homesteads',
      'We might not let the river take those',
      'You will not let the river take our gardens and yards',
    ];
    const newText = likes.map((each, index) => `Number ${index}. ${each}. So much for that, and now for something different.\n`).join('');
    const found = anchor(story, newText, words);
    const candidates = found.state === 'doubt' ? found.candidates : [];
    expect(candidates.map(({ start, end }) => newText.slice(start, end))).toEqual([
      'we will not let the river take our homesteads',
      'certainly not let the river take our houses',
      'We might not let the river take those. So',
    ]);
    for (const [index, { score }] of candidates.entries()) expect(score).toBeLessThanOrEqual(candidates[index - 1]?.score ?? 1);
  });

  test('R23 words that are gone are lost', () => {
    const cut = story.replace(/“We will.*\n/, '');
    expect(anchor(story, cut, 'We will not let the river take our homes')).toEqual({ state: 'lost' });
    expect(anchor(story, '', 'Paris')).toEqual({ state: 'lost' });
  });

  test('R24 whatever is inserted, deleted or replaced elsewhere, a span whose surroundings stay is found exactly', () => {
    fc.assert(
      fc.property(changes, fc.nat(9999), fc.integer({ min: 1, max: 6 }), (list, pick, count) => {
        const { oldText, newText, spans } = edited(longStory, list);
        const anchorSpan = anchorer(oldText, newText);
        const { span, start, isQuiet } = spans(pick, count);
        const found = anchorSpan(span);
        if (start === null) return;
        const places = found.state === 'doubt' ? found.candidates : found.state === 'lost' ? [] : [found.place];
        if (isQuiet) expect([found.state === 'doubt', places[0]?.start]).toEqual([false, start]);
        else expect(places.map((place) => newText.slice(place.start, place.end))).toContain(span.text);
      }),
      { numRuns: 400 },
    );
  });

  test('R25 whatever the two texts, every place that is named is a sound span, and a sure one holds the same words', () => {
    fc.assert(
      fc.property(texts, texts, fc.nat(999), fc.nat(999), (a, b, from, length) => {
        const oldText = `${a}${b}`;
        const newText = `${b}${a}`;
        const offsets = [0];
        for (const character of oldText) offsets.push((offsets.at(-1) as number) + character.length);
        if (offsets.length < 2) return;
        const first = from % (offsets.length - 1);
        const last = first + 1 + (length % (offsets.length - 1 - first));
        const span = spanAt(oldText, { start: offsets[first] as number, end: offsets[last] as number });
        for (const text of [newText, a, b]) {
          const found = anchorer(oldText, text)(span);
          const places = found.state === 'doubt' ? found.candidates : found.state === 'lost' ? [] : [found.place];
          for (const place of places) expect(spanProblem(text, [{ ...place, text: text.slice(place.start, place.end) }])).toBeNull();
          if (found.state !== 'doubt') for (const place of places) expect(text.slice(place.start, place.end)).toBe(span.text);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('R27 the likeness of two texts is one less the share of characters to be changed, however long they are', () => {
  const naive = (a: string, b: string): number => {
    const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
    for (let x = 1; x <= a.length; x++) {
      const [above, row] = [rows[x - 1] as number[], [x]];
      for (let y = 1; y <= b.length; y++) {
        const change = (above[y - 1] as number) + (a[x - 1] === b[y - 1] ? 0 : 1);
        row.push(Math.min(change, (above[y] as number) + 1, (row[y - 1] as number) + 1));
      }
      rows.push(row);
    }
    return rows[a.length]?.[b.length] as number;
  };
  const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 50, size: 'max' });
  fc.assert(
    fc.property(short, short, (a, b) => {
      expect(likenessOf(a, b)).toBeCloseTo(a === b ? 1 : 1 - naive(a, b) / Math.max(a.length, b.length), 10);
    }),
  );
  // Long texts are compared half by half, which is the same where characters are changed and none comes or goes.
  fc.assert(
    fc.property(fc.integer({ min: 250, max: 1030 }), fc.uniqueArray(fc.nat(249), { maxLength: 20 }), (length, places) => {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(0x4e00 + at));
      const changed = text.map((unit, at) => (places.includes(at) ? '-' : unit));
      expect(likenessOf(text.join(''), changed.join(''))).toBeCloseTo(1 - places.length / length, 2);
    }),
  );
});

/** `text` with `list` done to its words, and spans of it with where they are afterwards: null when a change touched them. */
function edited(text: string, list: readonly { at: number; kind: string; words: string }[]) {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const byWord = new Map(list.map((change) => [change.at % words.length, change]));
  const cuts: { start: number; end: number; text: string }[] = [...byWord]
    .sort(([a], [b]) => a - b)
    .map(([index, { kind, words: added }]) => {
      const word = words[index] as { start: number; end: number };
      if (kind === 'insert') return { start: word.start, end: word.start, text: `${added} ` };
      return { ...word, text: kind === 'delete' ? '' : added };
    });
  let newText = '';
  let at = 0;
  for (const cut of cuts) {
    newText += text.slice(at, cut.start) + cut.text;
    at = cut.end;
  }
  newText += text.slice(at);
  const spans = (pick: number, count: number) => {
    const first = pick % (words.length - count);
    const [from, to] = [words[first] as { start: number }, words[first + count - 1] as { end: number }];
    const span = spanAt(text, { start: from.start, end: to.end });
    const touched = (reach: number) => cuts.some((cut) => cut.start <= span.end + reach && cut.end >= span.start - reach);
    const shift = cuts.filter((cut) => cut.end <= span.start).reduce((sum, cut) => sum + cut.text.length - (cut.end - cut.start), 0);
    return { span, start: touched(0) ? null : span.start + shift, isQuiet: !touched(40) };
  };
  return { oldText: text, newText, spans };
}
