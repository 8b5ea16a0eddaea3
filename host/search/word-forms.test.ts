import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { formsOf } from './word-forms.ts';

it.each([
  ['say', 'says said saying'],
  ['said', 'say says saying'],
  ['be', 'am is are was were been being'],
  ['See', 'sees saw seen seeing'],
  ['hoped', 'hope hopes hoping'],
  ['plan', 'plans planned planning'],
  ['travel', 'travels travelled traveled travelling traveling'],
  ['organise', 'organises organised organising'],
  ['agree', 'agrees agreed agreeing'],
  ['deny', 'denies denied denying'],
  ['spokesmen', 'spokesman'],
  ['troops', 'troop'],
  ['crisis', 'crises'],
  ['ally', 'allies allied'],
  ['low', 'lower lowest'],
  ['retweet', 'retweets retweeted retweeting'],
])('L84 %s stands for %s too', (word, forms) => {
  expect(formsOf(word)).toEqual(expect.arrayContaining([word.toLowerCase(), ...forms.split(' ')]));
});

it.each([
  ['see', 'seed'],
  ['plan', 'planed'],
  ['hop', 'hoped'],
  ['lead', 'leader'],
  ['clean', 'cleaner'],
  ['numb', 'number'],
  ['news', 'new'],
  ['new', 'news'],
  ['meeting', 'meet'],
  ['saw', 'see'],
  ['the', 'thing'],
])('L84 %s does not stand for %s, which is a word of its own', (word, other) => {
  expect(formsOf(word)).not.toContain(other);
});

test('L84 whatever word of the articles is asked for, it is the first of its forms, and all of them are words', () => {
  const folder = join(import.meta.dirname, '../../seeds');
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const words = new Set(text.toLowerCase().match(/\p{L}+/gu));
  expect(words.size).toBeGreaterThan(800);
  for (const word of words) {
    const forms = formsOf(word);
    expect(forms[0]).toBe(word);
    expect(
      forms.every((form) => /^[\p{L}.' /-]+$/u.test(form)),
      forms.join(),
    ).toBe(true);
  }
});
