import { readdirSync, readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fits, layerOf } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { texts } from '../testing/arbitrary.ts';
import { spanProblem } from '../text/span.ts';
import { type Suggestion, suggest } from './index.ts';
import { ruleReasons } from './rules.ts';
import { found } from './testing/found.ts';
import { seedQuotes, seedTerms } from './testing/seed-labels.ts';

const folder = new URL('../../seeds/', import.meta.url);
const seeds = new Map(readdirSync(folder).map((name) => [name.slice(0, 3), readFileSync(new URL(name, folder), 'utf8')]));

/** What is wrong with a suggestion as one of the text and of the default codebook. */
function problems(text: string, { layer: id, spans, attributes, roles, rule, version, why, confidence }: Suggestion): unknown[] {
  const layer = layerOf(defaultCodebook, id);
  return [
    layer ? null : `no layer ${id}`,
    spanProblem(text, spans),
    ...Object.entries(attributes).map(([name, value]) => {
      const attribute = layer?.attributes.find((candidate) => candidate.name === name);
      return attribute && fits(attribute, value) ? null : `${name} cannot be ${JSON.stringify(value)}`;
    }),
    ...roles.map(({ role, span, confidence: sure }) => {
      const known = layer?.roles.find(({ name }) => name === role);
      return (known ? null : `no role ${role}`) ?? spanProblem(text, [span]) ?? (sure >= 0 && sure <= 1 ? null : 'no confidence');
    }),
    ...(layer?.roles ?? []).map(({ name, max }) => (roles.filter(({ role }) => role === name).length <= max ? null : `too many ${name}`)),
    Object.hasOwn(ruleReasons, rule) && version !== '' && why !== '' && confidence > 0 && confidence <= 1 ? null : `no reason in ${rule}`,
  ].filter((problem) => problem !== null);
}

describe('suggestions', () => {
  test('Z15 each lies in the text, fits the codebook and says its rule, version, reason and confidence', () => {
    for (const [seed, text] of seeds) {
      const suggestions = suggest(text);
      expect(suggestions.length, seed).toBeGreaterThan(0);
      expect(suggestions.flatMap((suggestion) => problems(text, suggestion))).toEqual([]);
    }
  });

  test('Z15 any text, of any words, marks and characters, gives sound suggestions in order', () => {
    const words = fc.constantFrom(
      ...['“', '”', '‘', '’', '"', "'", '«', '»', '„', '\n', '.', ',', ':', ';', '—', '?', '(', ')', '💪', 'é', 'شما', '5', '20%', '35'],
      ...[
        'Ana Ruiz',
        'she',
        'he',
        'who',
        'said',
        'that',
        'according',
        'to',
        'the',
        'mayor',
        'will',
        'not',
        'sign',
        'signed',
        'called',
        'as',
        'a',
      ],
      ...[
        'great step',
        'and',
        'Mr.',
        'U.S.',
        'told',
        'saying',
        'rejected',
        'countries',
        'in',
        'on',
        'Monday',
        '’s',
        "n't",
        'statement',
        'from',
      ],
    );
    const text = fc.oneof(
      texts,
      fc.array(fc.tuple(words, fc.constantFrom(' ', ' ', ' ', '')), { maxLength: 60 }).map((parts) => parts.flat().join('')),
    );
    fc.assert(
      fc.property(text, (sample) => {
        const suggestions = suggest(sample);
        expect(suggestions.flatMap((suggestion) => problems(sample, suggestion))).toEqual([]);
        const starts = suggestions.map(({ spans }) => spans[0]?.start ?? -1);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  test('Z16 the same text gives the same suggestions, whatever was read before', () => {
    const all = [...seeds.values()];
    const before = all.map((text) => suggest(text));
    suggest('Qwertzy Blorfing snarfed “the grue of Frobozz” at Xyzzy.');
    expect(all.map((text) => suggest(text))).toEqual(before);
  });

  test('Z17 the time grows with the text, also where marks, names or verbs of saying follow each other without an end', () => {
    // Processor time: the machine may be busy with other things.
    const least = (text: string) =>
      Math.min(
        ...[1, 2].map(() => {
          const begin = cpuUsage();
          suggest(text);
          const { user, system } = cpuUsage(begin);
          return (user + system) / 1000;
        }),
      );
    const article = [...seeds.values()].join('\n');
    suggest(article);
    for (const shape of [article, 'The “a” of ', '“A.” ', '“It is. ', 'Ana Ruiz, ', 'said ']) {
      const some = shape.repeat(Math.ceil(12_000 / shape.length));
      expect(least(some.repeat(5)) / Math.max(least(some), 5), shape.slice(0, 20)).toBeLessThan(20);
    }
  });
});

describe('the seed articles', () => {
  const bare = (words: string) => words.replace(/^[“‘«]/, '').replace(/[”’»]$/, '');
  const quotesOf = (seed: string) =>
    suggest(seeds.get(seed) ?? '').filter(({ layer, attributes }) => layer === 'QUOTE' && attributes['type'] !== 'indirect');

  test.each(Object.entries(seedQuotes))('Z18 every quote of %s is found with its speaker, and nothing else', (seed, labels) => {
    const proposed = quotesOf(seed).map(({ spans, roles }) => ({
      begins: bare(spans[0]?.text ?? ''),
      speaker: roles.find(({ role }) => role === 'speaker')?.entity?.canonical ?? null,
    }));
    expect(proposed).toHaveLength(labels.length);
    for (const [index, { begins, speaker }] of labels.entries()) {
      expect(proposed[index]?.begins.slice(0, begins.length)).toBe(begins);
      expect(proposed[index]?.speaker, begins).toBe(speaker);
    }
  });

  test.each(Object.entries(seedTerms))('Z18 what stands in marks in %s without being a quote is a term', (seed, labels) => {
    expect(found('QUOTED_TERM', seeds.get(seed) ?? '').map(({ spans }) => bare(spans.join()))).toEqual(labels);
  });

  test('Z18 a quote that its cue splits is one, and boilerplate is left alone', () => {
    const split = quotesOf('000').find(({ spans }) => spans.length > 1);
    expect(split?.spans.map(({ text }) => text.slice(0, 12))).toEqual(['“As long as ', '“Even if the']);
    for (const text of seeds.values()) {
      for (const { spans } of suggest(text))
        for (const span of spans) expect(span.text).not.toMatch(/Add Comment|Leave a Comment|Liesa Johannssen/);
    }
  });
});
