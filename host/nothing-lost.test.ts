import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed, soak, tell } from '../core/testing/soak.ts';
import { wholeProduct } from './testing/deeds/index.ts';
import { DiskStates } from './testing/disk-state.ts';
import { type Deed, noTrials, plansFor, Trials } from './testing/trials.ts';

let deeds: readonly Deed[];
const states = new DiskStates();
beforeAll(async () => {
  deeds = await wholeProduct();
});
afterAll(() => tell('J40 J41 disks that differ', { looked: states.size }));

// A fault that nobody hears of, and why that is well. Anything else has to be told.
const silent: readonly RegExp[] = [
  // The last good copy of a snapshot is then a copy instead of a second name.
  /: E\w+ once at \d+ \(link /,
  // The disk says that there is nothing, and is taken at its word where nothing may be: what a snapshot would hold is made from the journal.
  /: ENOENT (?:once|then ENOENT) at \d+ \((?:readFile|readdir|stat|expectWritable) /,
  // After a step, the journal's time is looked at so that the next look need not read all of it; without the time it does.
  /: E\w+ (?:once|then E\w+) at \d+ \(stat \S+\/journal\.jsonl\)/,
  // Where the folder around a target cannot be looked through, what a killed process left there stays.
  /: E\w+ once at \d+ \(readdir \/home\)$/,
  // What could not be removed is swept on a later day.
  /: E\w+ once at \d+ \(unlink \S+\.tmp\)/,
];

test('J40 whatever the product does, a disk that fails at any operation costs nothing that was acknowledged, leaves all readable, and is told', async () => {
  const counts = noTrials();
  const trials = new Trials(states, counts);
  const step = soak(157, 1);
  let number = 0;
  for (const deed of deeds) {
    for (const [at, { operation }] of (await trials.operationsOf(deed)).entries()) {
      for (const plan of plansFor(operation)) if (number++ % step === 0) await trials.fault(deed, at, plan);
    }
  }
  const swallowed = counts.swallowed.filter((run) => !silent.some((form) => form.test(run)));
  tell('J40 faults', {
    ...{ runs: counts.runs, faults: counts.faults, cuts: counts.cuts, lost: counts.lost.length, unreadable: counts.unreadable.length },
    ...{ swallowed: swallowed.length, 'taken in silence': counts.swallowed.length - swallowed.length },
  });
  expect({ lost: counts.lost, unreadable: counts.unreadable, swallowed }).toEqual({ lost: [], unreadable: [], swallowed: [] });
  expect(counts.runs).toBeGreaterThanOrEqual(soak(250, 40_000));
}, 0);

test('J41 whatever the product does, a power cut at any operation, with the names on the disk in any order, costs nothing that was acknowledged', async () => {
  const counts = noTrials();
  const trials = new Trials(states, counts);
  // Further orders of names: bits drawn from the seed, the same at each moment.
  const further = Array.from({ length: soak(0, 4) }, (_, order) => (index: number) => ((seed * (order + 3) * (index + 7)) >>> 9) % 2 === 1);
  for (const deed of deeds) {
    // A zip is a download, which is fetched at once; only its project has to outlast the cut.
    const usual = deed.name.endsWith('zip') ? 200 : /^export|^restore/.test(deed.name) ? 5 : 1;
    await trials.cuts(deed, soak(usual, 1), further);
  }
  tell('J41 power cuts', { images: counts.cuts, lost: counts.lost.length, unreadable: counts.unreadable.length });
  expect({ lost: counts.lost, unreadable: counts.unreadable }).toEqual({ lost: [], unreadable: [] });
  expect(counts.cuts).toBeGreaterThanOrEqual(soak(10_000, 100_000));
}, 0);
