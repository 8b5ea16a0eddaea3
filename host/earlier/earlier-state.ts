import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../core/failure.ts';
import { Id } from '../../core/model/annotation.ts';
import { unreadable } from '../storage/failures.ts';
import { codeOf, type FileSystem, namesIn } from '../storage/file-system.ts';
import { broughtForward } from '../storage/migrations.ts';
import { isIntactRecord } from '../storage/record-file.ts';
import { decode, fitted, parseObject } from '../storage/strict-json.ts';

/** What a state holds of a log, which only ever grows: its first `bytes` and their sha256. */
export const LogEnd = z.strictObject({
  log: z.string().regex(/^(records|journal-[A-Za-z0-9][A-Za-z0-9_-]{0,99})-[1-9]\d{0,8}\.jsonl$/),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LogEnd = z.infer<typeof LogEnd>;

/**
 * The journal of an annotator in a state. `steps` is the number of its lines, `last` the id of the last gesture, null if there is none that can be
 * read. A journal without gaps gives all of the work; for any other, the snapshots are kept too.
 */
export const JournalEnd = LogEnd.extend({ annotator: Id, steps: z.int().min(0), last: Id.nullable(), isGapless: z.boolean() });
export type JournalEnd = z.infer<typeof JournalEnd>;

/**
 * An earlier state of a project's annotation work, kept outside of the project: how long its logs were at `time` (ISO 8601). `place` is the folder of
 * the project, `codebook` the version in force.
 */
export const EarlierState = z.strictObject({
  format: z.literal(1),
  sha256: z.string(),
  project: z.strictObject({ id: Id, name: z.string() }),
  place: z.string(),
  time: z.string(),
  codebook: z.int().min(0),
  records: LogEnd,
  journals: z.array(JournalEnd),
});
export type EarlierState = z.infer<typeof EarlierState>;

const form = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/;

/** The id of the state at `time` (ISO 8601), which names its file. */
export function stateId(time: string): string {
  return new Date(time).toISOString().replace(/[:.]/g, '-');
}

/** When the state with this id was kept, in milliseconds since 1970; null if the id is not one of a state. */
export function timeOfState(id: string): number | null {
  const [, day, hours, minutes, seconds, millis] = form.exec(id) ?? [];
  return day === undefined ? null : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${millis}Z`);
}

/** The ids of the states in `folder`, ascending by time; empty if the folder does not exist. */
export async function statesIn(fileSystem: FileSystem, folder: string): Promise<string[]> {
  const ids = (await namesIn(fileSystem, folder)).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
  return ids.filter((id) => timeOfState(id) !== null).sort();
}

/** The path of the state with this id in `folder`. @throws RangeError if the id is not one of a state */
export function statePath(folder: string, id: string): string {
  if (timeOfState(id) === null) throw new RangeError(`not a state: ${JSON.stringify(id)}`);
  return join(folder, `${id}.json`);
}

/** The state with this id in `folder`. @throws AppError `not-found`, `corrupt`, `newer-version` */
export async function readState(fileSystem: FileSystem, folder: string, id: string): Promise<EarlierState> {
  const name = `The earlier state ${id}`;
  const gone = new AppError('not-found', 'This earlier state is no longer kept.', 'Choose another one.');
  if (timeOfState(id) === null) throw gone;
  try {
    const bytes = await fileSystem.readFile(statePath(folder, id));
    if (!isIntactRecord(bytes)) throw new SyntaxError('its checksum does not match');
    return fitted(EarlierState, broughtForward(parseObject(decode(bytes)), name).record);
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? gone : unreadable(error, name);
  }
}
