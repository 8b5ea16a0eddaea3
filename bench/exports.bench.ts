import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatName } from '../core/formats/export-request.ts';
import { type Made, makeProject } from './many-articles.ts';
import { loadNow, writeResults } from './results.ts';
import { fillTables } from './tables.ts';

/**
 * Every format of datasets on one project: `npm run bench:exports -- [articles] [formats] [folder] [kinds]`, with commas between; the project is kept in
 * the folder, if one is given, and used again; `folder` as kind leaves the zips out. Beside the time is that of `cp -r` of the same files, which flushes nothing. Prints a table;
 * without arguments it also writes results/exports.json and the table in README.md.
 */
const [articles = '10000', formats = FormatName.options.join(), kept, kinds = 'folder,zip'] = process.argv.slice(2);

interface Run {
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
  readonly files: number;
  readonly bytes: number;
}

const home = mkdtempSync(join(tmpdir(), 'pressmark-exports-'));
const load = loadNow();
try {
  const project = join(kept ?? home, articles);
  const made = await madeIn(project);
  const megabytes = (bytes: number, digits = 0) => (bytes / 1_000_000).toFixed(digits);
  const speed = (time: number) => (made.bytes / 1000 / time).toFixed(1);
  console.log('| format | MB of text a second | by processor time | as a zip | memory, MB | files | MB written | `cp -r` of them, s |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  const rows = formats.split(',').map((name) => {
    const format = FormatName.parse(name);
    const place = join(home, format);
    mkdirSync(place);
    const folder = run(project, format, 'folder', place);
    const copy = copied(place);
    rmSync(place, { recursive: true });
    mkdirSync(place);
    const zip = kinds.includes('zip') ? run(project, format, 'zip', place) : null;
    rmSync(place, { recursive: true });
    const memory = megabytes(Math.max(folder.memory, zip?.memory ?? 0));
    console.log(
      `| ${format} | ${speed(folder.time)} | ${speed(folder.cpu)} | ${zip ? speed(zip.time) : '–'} | ${memory} | ${folder.files.toLocaleString('en')} | ${megabytes(folder.bytes)} | ${(copy / 1000).toFixed(1)} |`,
    );
    return {
      ...{ format, text: made.bytes, folder: folder.time, folderCpu: folder.cpu, zip: zip?.time ?? null, zipCpu: zip?.cpu ?? null },
      ...{ memory: Math.max(folder.memory, zip?.memory ?? 0), files: folder.files, bytes: folder.bytes, copy },
    };
  });
  // A table of some formats would say nothing of the others.
  if (process.argv.length <= 2) {
    writeResults('exports', load, rows);
    fillTables();
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function madeIn(folder: string): Promise<Made> {
  const note = `${folder}.json`;
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as Made;
  const made = await makeProject(folder, Number(articles));
  writeFileSync(note, JSON.stringify(made));
  return made;
}

function run(project: string, format: string, kind: 'folder' | 'zip', place: string): Run {
  // As the command starts Node, in a process that has nothing else in memory.
  const script = ['--max-semi-space-size=8', '--heap-growing-percent=50', join(import.meta.dirname, 'one-export.ts')];
  const env = { ...process.env, MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '1000000' };
  const { stdout, stderr, status } = spawnSync(process.execPath, [...script, project, format, kind, place], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

function copied(place: string): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync('cp', ['-r', join(place, 'dataset'), join(place, 'copy')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begin;
}
