import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLease } from './lease.ts';

let moves: (string | null)[];

beforeEach(() => {
  vi.useFakeTimers();
  moves = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const fresh = () => createLease((page) => moves.push(page), 5000);

test('H20 the first page to open may write, the next only reads', () => {
  const lease = fresh();
  expect(lease.open('a')).toBe(true);
  expect(lease.open('b')).toBe(false);
  expect(lease.mayWrite('a')).toBe(true);
  expect(lease.mayWrite('b')).toBe(false);
  expect(moves).toEqual(['a']);
});

test('H21 a page takes over, and the one before only reads from then on', () => {
  const lease = fresh();
  lease.open('a');
  lease.open('b');
  lease.take('b');
  expect([lease.mayWrite('a'), lease.mayWrite('b')]).toEqual([false, true]);
  expect(moves).toEqual(['a', 'b']);
});

test('H22 when the holder’s stream has ended for the grace time, nobody holds the lease and the next to open gets it', () => {
  const lease = fresh();
  const end = lease.connect('a');
  lease.open('a');
  end();
  vi.advanceTimersByTime(4999);
  expect(lease.holder()).toBe('a');
  vi.advanceTimersByTime(1);
  expect(lease.holder()).toBeNull();
  expect(lease.open('b')).toBe(true);
  expect(moves).toEqual(['a', null, 'b']);
});

test('H22 a holder whose stream comes back in time keeps the lease', () => {
  const lease = fresh();
  const end = lease.connect('a');
  lease.open('a');
  end();
  vi.advanceTimersByTime(4000);
  lease.connect('a');
  vi.advanceTimersByTime(60_000);
  expect(lease.holder()).toBe('a');
  expect(lease.open('b')).toBe(false);
  expect(moves).toEqual(['a']);
});

test('H22 a last change that arrives after its page’s stream has ended does not keep the lease', () => {
  const lease = fresh();
  const end = lease.connect('a');
  lease.open('a');
  end();
  expect(lease.mayWrite('a')).toBe(true);
  vi.advanceTimersByTime(5000);
  expect(lease.holder()).toBeNull();
});

test('H22 one of two streams of the holder may end', () => {
  const lease = fresh();
  const ends = [lease.connect('a'), lease.connect('a')];
  lease.open('a');
  ends[0]?.();
  vi.advanceTimersByTime(60_000);
  expect(lease.holder()).toBe('a');
  ends[1]?.();
  vi.advanceTimersByTime(60_000);
  expect(lease.holder()).toBeNull();
});

test('H22 the stream of a page that only reads has no part in it', () => {
  const lease = fresh();
  lease.connect('a');
  lease.open('a');
  const end = lease.connect('b');
  lease.open('b');
  end();
  vi.advanceTimersByTime(60_000);
  expect(lease.holder()).toBe('a');
});

test('H23 a page that reloads has the lease at once', () => {
  const lease = fresh();
  const end = lease.connect('a');
  lease.open('a');
  end();
  lease.connect('a2');
  expect(lease.open('a2')).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(lease.holder()).toBe('a2');
  expect(moves).toEqual(['a', 'a2']);
});

test('H24 a free lease goes back to its last holder when that writes or listens again', () => {
  for (const back of [(lease: ReturnType<typeof fresh>) => lease.mayWrite('a'), (lease: ReturnType<typeof fresh>) => lease.connect('a')]) {
    const lease = fresh();
    const end = lease.connect('a');
    lease.open('a');
    end();
    vi.advanceTimersByTime(60_000);
    expect(lease.mayWrite('b')).toBe(false);
    back(lease);
    expect(lease.holder()).toBe('a');
  }
});

test('H24 a taken lease does not go back', () => {
  const lease = fresh();
  const end = lease.connect('a');
  lease.open('a');
  end();
  vi.advanceTimersByTime(60_000);
  lease.take('b');
  lease.connect('a');
  expect([lease.mayWrite('a'), lease.holder()]).toEqual([false, 'b']);
});
