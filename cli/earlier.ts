import { join } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../core/failure.ts';
import { textsBy } from '../host/backup/read-texts.ts';
import { type EarlierState, readState, statesIn } from '../host/earlier/earlier-state.ts';
import { writeOut } from '../host/earlier/write-out.ts';
import { createReader } from '../host/import/reader.ts';
import { placesOf } from '../host/places.ts';
import { namesIn, nodeFileSystem } from '../host/storage/file-system.ts';
import { isId, layoutOf, ProjectRecord } from '../host/storage/layout.ts';
import { readRecord } from '../host/storage/record-file.ts';
import { newFolder, projectFolder } from './places.ts';
import { count, startProgress } from './terminal.ts';

/** Adds `pressmark earlier`. */
export function addEarlier(program: Command): void {
  const command = program
    .command('earlier')
    .summary('list the earlier states of a project, or bring one back')
    .description(
      'While you work on a project, Pressmark keeps its state every five minutes for seven days, outside the project. In the window, “Earlier states…” shows what differs and restores it. This command lists the states and writes one out as a project of its own, even where the project itself is damaged or gone. The articles are taken from the project, or from a folder that has them.',
    )
    .argument(
      '[project]',
      'the folder of a project, even of one that cannot be opened; without it, all projects that have states are listed',
    )
    .option('--state <which>', 'the state to write out: its number in the list, or its time as the list gives it')
    .option('--out <dir>', 'the folder to write it to, empty or new')
    .option('--articles <dir>', 'a folder that has the articles, where the project has none')
    .addHelpText('after', '\nExamples:\n  $ pressmark earlier ~/summit\n  $ pressmark earlier ~/summit --state 1 --out ~/summit-before\n');
  command.action(async (named: string | undefined, { state, out, articles }: { state?: string; out?: string; articles?: string }) => {
    if ((state === undefined) !== (out === undefined)) command.error('error: give --state and --out together');
    if (named === undefined && state !== undefined) command.error('error: name the project that the state belongs to');
    const root = placesOf().earlier;
    if (named === undefined) return listProjects(root);
    const folder = projectFolder(named);
    const kept = await keptOf(root, folder);
    if (state === undefined || out === undefined) return list(kept.states, folder);
    await write(kept, chosen(kept.states, state), await newFolder(out), articles ?? folder);
  });
}

interface Kept {
  readonly folder: string;
  /** Newest first. */
  readonly states: readonly EarlierState[];
}

// Found by the project's id, or, if that cannot be read, by the folder that the project had.
async function keptOf(root: string, folder: string): Promise<Kept> {
  const layout = layoutOf(folder);
  const info = await readRecord(nodeFileSystem, layout.project, layout.named(layout.project), ProjectRecord).catch(() => null);
  const known = info && (await statesOf(join(root, info.id)));
  if (known && known.states.length > 0) return known;
  for (const kept of await allKept(root)) if (kept.states.some(({ place }) => place === folder)) return kept;
  throw new AppError(
    'not-found',
    `No earlier states of ${folder} are kept.`,
    'Run “pressmark earlier” to list the projects that have some.',
  );
}

async function allKept(root: string): Promise<Kept[]> {
  const all: Kept[] = [];
  for (const id of (await namesIn(nodeFileSystem, root)).filter(isId)) all.push(await statesOf(join(root, id)));
  return all.filter(({ states }) => states.length > 0);
}

async function statesOf(folder: string): Promise<Kept> {
  const states: EarlierState[] = [];
  for (const id of await statesIn(nodeFileSystem, folder)) {
    // A damaged state is of no use to anybody.
    const state = await readState(nodeFileSystem, folder, id).catch(() => null);
    if (state) states.unshift(state);
  }
  return { folder, states };
}

async function listProjects(root: string): Promise<void> {
  const all = await allKept(root);
  if (all.length === 0) console.log('No earlier states of any project are kept yet.');
  // Copies of a project are listed separately, each with its own states.
  for (const states of all.flatMap((kept) => [...Map.groupBy(kept.states, ({ place }) => place).values()])) {
    const [newest] = states;
    if (newest)
      console.log(`${newest.project.name}  ${newest.place}  ${count(states.length, 'state')}, the newest ${inWords(newest.time)}`);
  }
}

// A state of the project in another folder, from before it was moved or of a copy, is marked with that folder.
function list(states: readonly EarlierState[], folder: string): void {
  for (const [index, { time, codebook, journals, place }] of states.entries()) {
    const steps = journals.reduce((sum, journal) => sum + journal.steps, 0);
    const elsewhere = place === folder ? '' : `, of the project in ${place}`;
    console.log(`${String(index + 1).padStart(3)}  ${inWords(time)}  ${count(steps, 'step')}, codebook ${codebook}${elsewhere}`);
  }
}

function chosen(states: readonly EarlierState[], which: string): EarlierState {
  const found = /^\d{1,4}$/.test(which) ? states[Number(which) - 1] : states.find(({ time }) => inWords(time) === which || time === which);
  if (found) return found;
  throw new AppError('not-found', `There is no state ${which}.`, 'Choose one from the list, by its number or its time.');
}

async function write({ folder }: Kept, state: EarlierState, out: string, articles: string): Promise<void> {
  const progress = startProgress();
  const reader = createReader();
  try {
    const onProgress = (done: number) => progress.show(`Writing: ${count(done, 'file')}`);
    const options = { articles, readTexts: textsBy(reader), onProgress };
    const { files, missing, problems } = await writeOut(nodeFileSystem, folder, state, out, options);
    progress.end();
    console.log(`Wrote the state of ${inWords(state.time)} to ${out}: ${count(files, 'file')}`);
    if (missing.length > 0)
      console.error(['The texts of these articles were not found; give a folder that has them with --articles:', ...missing].join('\n  '));
    if (problems.length > 0) console.error(['The project was damaged when this state was kept:', ...problems].join('\n  '));
    if (missing.length + problems.length > 0) process.exitCode = 1;
  } finally {
    progress.end();
    await reader.close();
  }
}

/** A time as the list shows it, in local time: `2026-11-22 10:05:09`. */
function inWords(time: string): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
