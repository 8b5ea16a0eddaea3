import type { FileSystem } from '../file-system.ts';
import { brokenPromises, nothingPromised, runScenario } from './scenario.ts';
import { type Fault, type Operation, SimulatedFileSystem } from './simulated-file-system.ts';

/** The result of many runs, each with a fault at another place. */
export interface Findings {
  runs: number;
  /** Broken promises, each with the run in which it was seen. */
  readonly broken: string[];
  /** Faults that were reported to nobody. */
  readonly silent: string[];
}

/** Puts something between the storage and the disk, such as a mutant of the write protocol. */
export type Between = (disk: SimulatedFileSystem) => FileSystem;

/** An empty disk with the folder in which tests make their project. */
export function emptyDisk(): SimulatedFileSystem {
  const disk = new SimulatedFileSystem();
  disk.putFolder('/home');
  return disk;
}

const plans: readonly { readonly fault: Fault; readonly after: Fault | null; readonly isFor: (operation: Operation) => boolean }[] = [
  ...(['ENOSPC', 'EIO', 'EACCES'] as const).flatMap((fault) => [
    { fault, after: null, isFor: () => true },
    { fault, after: fault, isFor: () => true },
  ]),
  { fault: 'short', after: null, isFor: (operation) => operation === 'write' },
  { fault: 'short', after: 'short', isFor: (operation) => operation === 'write' },
  { fault: 'short', after: 'ENOSPC', isFor: (operation) => operation === 'write' },
];

/**
 * Runs the scenario with each kind of fault at each operation, once and from then on, and checks the disk against what was promised: as the next
 * start finds it, and as a power cut would leave it. Runs only every `step`th.
 */
export async function runFaults(step = 1, between: Between = (disk) => disk): Promise<Findings> {
  const operations: Operation[] = [];
  const disk = emptyDisk();
  disk.observe = (_, operation) => operations.push(operation);
  await runScenario(between(disk), nothingPromised());
  const findings: Findings = { runs: 0, broken: [], silent: [] };
  let number = 0;
  for (let at = 0; at < operations.length; at++) {
    for (const plan of plans) {
      const operation = operations[at];
      if (operation && plan.isFor(operation) && number++ % step === 0) await runFault(between, at, plan.fault, plan.after, findings);
    }
  }
  return findings;
}

async function runFault(between: Between, at: number, fault: Fault, after: Fault | null, findings: Findings): Promise<void> {
  const disk = emptyDisk();
  let struck = '';
  disk.fault = (index, operation, path) => {
    if (index === at) struck = `${operation} ${path.replace(/\d+-[0-9a-f]{12}/, '*')}`;
    if (index === at) return fault;
    return index > at ? after : null;
  };
  const promised = nothingPromised();
  const { failures, notices } = await runScenario(between(disk), promised);
  const run = `${fault}${after ? ` then ${after}` : ' once'} at ${at} (${struck})`;
  findings.runs++;
  disk.fault = null;
  const isHarmless = fault === 'short' && after !== 'ENOSPC';
  if (failures.length + notices.length === 0 && !isHarmless) findings.silent.push(run);
  const cut = disk.afterPowerCut('none', () => false);
  for (const problem of await brokenPromises(between(cut), promised)) findings.broken.push(`${run}, power cut: ${problem}`);
  for (const problem of await brokenPromises(between(disk), promised)) findings.broken.push(`${run}, next start: ${problem}`);
}
