import { expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { claimRow } from './claim-row.ts';
import { comparable } from './meanings.ts';
import type { Piece, Tie } from './piece.ts';
import { rowsOf } from './rows.ts';
import { claim, seedPieces, tie } from './testing/pieces.ts';

const compared = (pieces: readonly Piece[], ties: readonly Tie[]) => {
  const [row] = rowsOf(pieces, ties, comparable(defaultCodebook), ['a', 'b', 'c', 'd', 'e']);
  if (!row) throw new RangeError('no row');
  return claimRow(row);
};
const standings = ({ claims }: ReturnType<typeof claimRow>) =>
  claims.map(({ piece, standings: all }) => `${piece.annotation} ${all.join('+')}`);

test('W110 claims that agree are one version, also by way of others, and who repeats a disputed claim is in the dispute', () => {
  const pieces = [
    claim('a', 'a1', 'Ten people came'),
    claim('b', 'b1', 'Some ten people came'),
    claim('c', 'c1', 'The event drew 14 people'),
    claim('d', 'd1', 'Ten came, all from Paris'),
    claim('e', 'e1', 'Ten people came in all'),
  ];
  const row = compared(pieces, [
    tie('same_claim', 'a1', 'b1'),
    tie('corroborates', 'b1', 'e1'),
    tie('contradicts', 'a1', 'c1', 'number'),
    tie('refines', 'd1', 'b1'),
  ]);
  expect(standings(row)).toEqual([
    'a1 conflicts+agrees+refined',
    'b1 conflicts+agrees+refined',
    'c1 conflicts',
    'd1 refines',
    'e1 conflicts+agrees+refined',
  ]);
  expect(row.leading.annotation).toBe('a1');
  expect(row.hasConflict).toBe(true);
  expect(row.claims.map(({ against }) => against)).toEqual([['c'], ['c'], ['a', 'b', 'e'], [], ['c']]);
  expect(row.claims.map(({ basis }) => basis)).toEqual([['number'], ['number'], ['number'], [], ['number']]);
  expect(row.claims[2]?.numbers.map(({ own, other }) => [own.value, other.value])).toEqual([[14, 10]]);
});

test('W110 a conflict or a refinement between two that agree touches only these two', () => {
  const pieces = [claim('a', 'a1', 'Ten came'), claim('b', 'b1', 'Ten came'), claim('c', 'c1', 'Ten came')];
  const ties = [tie('same_claim', 'a1', 'b1'), tie('same_claim', 'b1', 'c1')];
  const row = compared(pieces, [...ties, tie('contradicts', 'a1', 'c1', 'status'), tie('refines', 'b1', 'a1')]);
  expect(standings(row)).toEqual(['a1 conflicts+agrees+refined', 'b1 refines+agrees', 'c1 conflicts+agrees']);
  expect(row.claims.map(({ against, basis }) => [against, basis])).toEqual([
    [['c'], ['status']],
    [[], []],
    [['a'], ['status']],
  ]);
});

test('W110 a claim alone says nothing, and the version of most articles leads', () => {
  expect(standings(compared([claim('a', 'a1', 'Ten came')], []))).toEqual(['a1 alone']);
  const pieces = [claim('a', 'a1', 'Ten came'), claim('b', 'b1', 'Nobody came'), claim('c', 'c1', 'Not a soul came')];
  const row = compared(pieces, [tie('contradicts', 'a1', 'b1'), tie('same_claim', 'b1', 'c1')]);
  expect(row.leading.annotation).toBe('b1');
  const refining = compared(pieces.slice(0, 2), [tie('refines', 'b1', 'a1')]);
  expect(standings(refining)).toEqual(['a1 refined', 'b1 refines']);
});

test('W110 in the sample the coalition’s size is disputed by its number and the occupied share is agreed on', () => {
  const { pieces, ties, order } = seedPieces();
  const rows = rowsOf(pieces, ties, comparable(defaultCodebook), order).map(claimRow);
  const about = (words: string) => {
    const row = rows.find(({ claims }) => claims.some(({ piece }) => piece.text.includes(words)));
    return row?.claims.map(({ piece, standings: all, basis, numbers }) => [
      piece.article.slice(0, 3),
      all.join('+'),
      ...basis,
      ...numbers.map(({ own, other }) => `${own.value} not ${other.value}`),
    ]);
  };
  expect(about('comprising 30 nations')).toEqual([
    ['000', 'conflicts', 'number', '30 not 35'],
    ['004', 'conflicts', 'number', '35 not 30'],
  ]);
  expect(about('roughly 20%')).toEqual([
    ['000', 'agrees'],
    ['001', 'refines+agrees'],
    ['004', 'agrees+refined'],
  ]);
});
