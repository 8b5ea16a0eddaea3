import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { comparable } from './meanings.ts';
import type { Piece } from './piece.ts';
import { quoteRow } from './quote-row.ts';
import { rowsOf } from './rows.ts';
import { piece, tie } from './testing/pieces.ts';
import { isWithin, wordChanges } from './word-changes.ts';

const row = (...pieces: Piece[]) => {
  const ties = pieces.slice(1).map(({ annotation }, index) => tie('same_quote', pieces[index]?.annotation ?? '', annotation));
  const [made] = rowsOf(pieces, ties, comparable(defaultCodebook), ['a', 'b', 'c', 'd', 'e', 'f']);
  if (!made) throw new RangeError('no row');
  return quoteRow(made);
};

test('W108 the quotes of a row are compared with the words that most articles have', () => {
  const { words, quotes, wordForWord } = row(
    piece('a', 'a1', 'we heard a bang on the car deck, and within minutes the smoke was everywhere, he said twice'),
    piece('b', 'b1', '“We heard a bang on the car deck, and within minutes the smoke was everywhere,”'),
    piece('c', 'c1', '‘We heard a bang on the car deck, and within minutes the smoke was everywhere.’'),
    piece('d', 'd1', '«We heard a bang on a car deck, and in no time the smoke was everywhere»'),
    piece('e', 'e1', '“the smoke was everywhere”'),
    piece('f', 'f1', 'a loud noise, and thick fumes'),
  );
  expect(words).toContain('“We heard');
  expect(quotes.map(({ match }) => match)).toEqual(['more', 'verbatim', 'verbatim', 'changed', 'part', 'other']);
  expect(wordForWord).toEqual(['b', 'c']);
  expect(quotes[3]?.changes?.filter(({ kind }) => kind !== 'kept')).toEqual([
    { kind: 'gone', text: 'the' },
    { kind: 'new', text: 'a' },
    { kind: 'gone', text: 'within minutes' },
    { kind: 'new', text: 'in no time' },
  ]);
  expect([quotes[1], quotes[4], quotes[5]].map((quote) => quote?.changes)).toEqual([null, null, null]);
});

test('W108 of words that as many articles have, the speaker’s own come before indirect ones, and then the longest', () => {
  const indirect = { ...piece('a', 'a1', 'that every single ferry would be inspected'), isIndirect: true };
  expect(row(indirect, piece('b', 'b1', '“every ferry”'), piece('c', 'c1', '“each and every ferry”')).words).toBe('“each and every ferry”');
});

const said = (...who: (readonly string[])[]) =>
  row(...who.map((names, index) => piece('abcdef'[index] ?? 'a', `p${index}`, '“Yes,”', { who: names })));

test('W109 speakers differ where two articles name different people, and nobody differs from a pronoun or from who is not named', () => {
  expect(said(['Ana Ruiz=e1'], ['Mayor Ruiz=e1'])).toMatchObject({ speakersDiffer: false, speakers: ['Ana Ruiz'] });
  expect(said(['Ana Ruiz=e1'], ['Ben Roth=e2'], ['Ana Ruiz=e1'])).toMatchObject({
    speakersDiffer: true,
    speakers: ['Ana Ruiz', 'Ben Roth'],
  });
  expect(said(['Ana Ruiz=e1', 'Ben Roth=e2'], ['Ben Roth=e2']).speakersDiffer).toBe(false);
  expect(said(['Ana Ruiz=e1'], ['she'], [])).toMatchObject({ speakersDiffer: false, speakers: ['Ana Ruiz'] });
  // Two of one name are two where the registry says so.
  expect(said(['Ana Ruiz=e1'], ['Eva Ruiz=e2']).speakersDiffer).toBe(true);
});

test('W109 without a link a name in common is enough, and who is only described differs from nobody', () => {
  expect(said(['Mr Ruiz'], ['Mayor Pedro Ruiz'], ['Pedro Ruiz=e1'])).toMatchObject({ speakersDiffer: false, speakers: ['Pedro Ruiz'] });
  expect(said(['Mr Ruiz'], ['Mayor Pedro Ruiz'], ['Ruiz']).speakers).toEqual(['Mayor Pedro Ruiz']);
  expect(said(['US envoys'], ['Witkoff'])).toMatchObject({ speakersDiffer: true, speakers: ['US envoys', 'Witkoff'] });
  expect(said(['Captain Rehn'], ['Captain Brandt']).speakersDiffer).toBe(true);
  expect(said(['The captain'], ['Captain Rehn'])).toMatchObject({ speakersDiffer: false, speakers: ['The captain', 'Captain Rehn'] });
  expect(said(['the mayor'], ['a spokesman']).speakersDiffer).toBe(false);
  expect(said(['he', 'Ana Ruiz=e1'], ['Ben Roth=e2']).speakersDiffer).toBe(false);
});

describe('W108', () => {
  test('W108 what changed between two texts gives back the new one with its marks, and what is gone stands in the old one', () => {
    const text = fc
      .array(fc.constantFrom('the', 'Deal', 'is', '“', 'ready.”', '90', 'Été', '—', ' '), { maxLength: 12 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (from, to) => {
        const { changes, share } = wordChanges(from, to);
        expect(changes.flatMap(({ kind, text: part }) => (kind === 'gone' ? [] : [part])).join('')).toBe(to);
        for (const { kind, text: part } of changes) if (kind === 'gone') expect(from).toContain(part);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        if (changes.every(({ kind }) => kind === 'kept') && /\p{L}/u.test(to)) expect(share).toBe(1);
      }),
    );
  });

  test('W108 marks and case alone change nothing, and words stand in others one after the other', () => {
    expect(wordChanges('“We’re ready,”', "we're READY!").changes).toEqual([{ kind: 'kept', text: "we're READY!" }]);
    expect([isWithin('the smoke', 'and “The smoke” was'), isWithin('the smoke was', 'the thick smoke was'), isWithin('…', 'any')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
