import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FormatName } from '../core/formats/export-request.ts';
import { writeExport } from '../host/dataset/export-folder.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { type Environment, environmentFor } from './environment.ts';
import { projects } from './projects.ts';

/** Exports every format and has real readers read it; see README.md. Arguments: the formats to try, all if there are none. */
const here = import.meta.dirname;
const notThere = 77;
const longestCheck = 5 * 60_000;

interface Result {
  readonly format: string;
  readonly project: string;
  readonly verdict: 'passed' | 'failed' | 'not run';
  readonly words: string;
}

const asked = process.argv.slice(2).map((name) => FormatName.parse(name));
const formats = FormatName.options.filter((name) => asked.length === 0 || asked.includes(name));
const place = mkdtempSync(join(tmpdir(), 'pressmark-conformance-'));
const environments = new Map<string, Environment | string>();
const results: Result[] = [];
try {
  for (const [project, source] of projects()) {
    for (const format of formats) {
      const folder = join(place, `${project}-${format}`);
      await writeExport(source, { format }, folder, nodeFileSystem);
      for (const check of checksOf(format))
        results.push({ format: basename(check, '.py'), project, ...judge(check, folder, environmentOf(check, format)) });
      if (checksOf(format).length === 0) results.push({ format, project, verdict: 'not run', words: 'it has no check here' });
    }
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}

const width = (column: keyof Result) => Math.max(...results.map((result) => result[column].length));
for (const { format, project, verdict, words } of results) {
  console.log([format.padEnd(width('format')), project.padEnd(width('project')), verdict.padEnd(width('verdict')), words].join('  '));
}
const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('not run')} skipped`);
if (count('failed') > 0) process.exitCode = 1;

/** The checks of a format: `<format>.py`, and `<format>-<reader>.py` where several readers matter. */
function checksOf(format: string): string[] {
  const longer = FormatName.options.filter((name) => name !== format && name.startsWith(`${format}-`));
  const isOwn = (file: string) =>
    file === `${format}.py` || (file.startsWith(`${format}-`) && !longer.some((name) => file.startsWith(name)));
  return readdirSync(here)
    .filter((file) => file.endsWith('.py') && isOwn(file))
    .sort()
    .map((file) => join(here, file));
}

/** The environment of a check: the one of all, or one of its own with readers that are large or do not fit the others. */
function environmentOf(check: string, format: string): Environment | string {
  const own = join(here, `requirements-${basename(check, '.py')}.txt`);
  if (existsSync(own) && asked.length === 0) return `its reader is large: npm run conformance -- ${format} installs it`;
  const requirements = existsSync(own) ? own : join(here, 'requirements.txt');
  const made = environments.get(requirements) ?? environmentFor(requirements);
  environments.set(requirements, made);
  return made;
}

function judge(check: string, folder: string, made: Environment | string): Pick<Result, 'verdict' | 'words'> {
  if (typeof made === 'string') return { verdict: 'not run', words: made };
  if (!existsSync(made.python)) return { verdict: 'not run', words: `${made.python} is gone` };
  const { status, stdout, stderr, error } = spawnSync(made.python, [check, folder], {
    encoding: 'utf8',
    timeout: longestCheck,
    env: {
      ...process.env,
      PYTHONSAFEPATH: '1',
      PYTHONUTF8: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      HF_HUB_OFFLINE: '1',
      HF_DATASETS_CACHE: join(place, 'cache'),
    },
  });
  const said = stdout.trim().split('\n').at(-1) ?? '';
  if (status === 0) return { verdict: 'passed', words: said };
  if (status === notThere) return { verdict: 'not run', words: `${said || stderr.trim().split('\n').at(-1)}${why(made)}` };
  return { verdict: 'failed', words: error?.message ?? (stderr.trim() || said) };
}

function why({ missing }: Environment): string {
  return missing.size === 0 ? '' : ` (not installed: ${[...missing].map(([name, reason]) => `${name}: ${reason}`).join('; ')})`;
}
