import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTraffic } from './traffic.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the calls under way', () => {
  it('D16 have come to rest when none was under way for a while, counted from the last', async () => {
    const traffic = createTraffic();
    const first = Promise.withResolvers<string>();
    const settled = vi.fn();
    const answer = traffic.follow(first.promise);
    void traffic.rested(100, 3_000).then(settled);
    await vi.advanceTimersByTimeAsync(1_000);
    first.resolve('answer');
    expect(await answer).toBe('answer');
    await vi.advanceTimersByTimeAsync(90);
    const second = traffic.follow(Promise.reject(new Error('failed')));
    await expect(second).rejects.toThrow('failed');
    await vi.advanceTimersByTimeAsync(90);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10);
    expect(settled.mock.calls).toEqual([[true]]);
  });

  it('D16 are not waited for without end', async () => {
    const traffic = createTraffic();
    void traffic.follow(new Promise(() => undefined));
    const settled = vi.fn();
    void traffic.rested(100, 3_000).then(settled);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled.mock.calls).toEqual([[false]]);
  });
});
