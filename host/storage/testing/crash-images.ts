import { openProject } from '../project.ts';
import { type Between, emptyDisk } from './fault-runs.ts';
import { brokenPromises, copyOf, folder, nothingPromised, type Promised, runScenario, testOptions } from './scenario.ts';
import type { SimulatedFileSystem } from './simulated-file-system.ts';
import { dataLeft } from './simulated-nodes.ts';

/** The result of power cuts at every operation. */
export interface CrashFindings {
  images: number;
  /** Images on which the project was opened and the power cut again before anything else was done. */
  second: number;
  readonly broken: string[];
}

interface Moment {
  readonly name: string;
  readonly promised: Promised;
  readonly images: readonly SimulatedFileSystem[];
}

/**
 * Runs the scenario and cuts the power before each of its operations, in every way that `imagesOf` knows, then checks each image against what was
 * promised by then. With `untilBroken` it stops at the first broken promise.
 */
export async function runCrashes(between: Between = (disk) => disk, untilBroken = false): Promise<CrashFindings> {
  const moments: Moment[] = [];
  const disk = emptyDisk();
  const promised = nothingPromised();
  disk.observe = (index, operation, path) => {
    moments.push({ name: `${index} (${operation} ${path})`, promised: copyOf(promised), images: imagesOf(disk) });
  };
  await runScenario(between(disk), promised);
  disk.observe = null;
  moments.push({ name: 'the end', promised: copyOf(promised), images: imagesOf(disk) });
  const findings: CrashFindings = { images: 0, second: 0, broken: [] };
  for (const moment of moments) {
    for (const [number, image] of moment.images.entries()) {
      if (untilBroken && findings.broken.length > 0) return findings;
      findings.images++;
      const name = `image ${number} before ${moment.name}`;
      if (findings.images % 3 === 0) await cutAgain(between, image.copy(), moment.promised, `${name}, cut again`, findings);
      for (const problem of await brokenPromises(between(image), moment.promised)) findings.broken.push(`${name}: ${problem}`);
    }
  }
  return findings;
}

// A crash during the recovery from a crash.
async function cutAgain(
  between: Between,
  image: SimulatedFileSystem,
  promised: Promised,
  name: string,
  findings: CrashFindings,
): Promise<void> {
  if (!promised.isCreated) return;
  findings.second++;
  const project = await openProject(folder, testOptions(between(image)));
  const cut = image.afterPowerCut('half', () => false);
  await project.close();
  for (const problem of await brokenPromises(between(cut), promised)) findings.broken.push(`${name}: ${problem}`);
}

/**
 * What a power cut may leave of `disk` now: names written in order up to any point, out of order with any one missing or any one alone, and as each
 * of `further` keeps them; each of these with the unsynced data lost, present, torn or zero-filled. Builds only the images for which `isTaken`
 * returns true.
 */
export function imagesOf(
  disk: SimulatedFileSystem,
  further: readonly ((index: number) => boolean)[] = [],
  isTaken: () => boolean = () => true,
): SimulatedFileSystem[] {
  const pending = disk.pendingNames;
  const numbers = [...Array(pending).keys()];
  const keeps: ((index: number) => boolean)[] = [
    () => true,
    ...numbers.map((count) => (index: number) => index < count),
    ...(pending > 1 ? numbers.slice(0, -1).map((missing) => (index: number) => index !== missing) : []),
    ...(pending > 1 ? numbers.slice(1).map((only) => (index: number) => index === only) : []),
    ...(pending > 2 ? further : []),
  ];
  const lefts = disk.hasUnsyncedData ? dataLeft : (['none'] as const);
  return keeps.flatMap((keep) => lefts.flatMap((left) => (isTaken() ? [disk.afterPowerCut(left, keep)] : [])));
}
