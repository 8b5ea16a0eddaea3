import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { AppError } from '../core/failure.ts';
import { normalise } from '../core/model/article.ts';
import { type Registry, resolveRegistry } from '../core/model/entity.ts';
import { chosenSuggestions } from '../core/suggestions/choice.ts';
import type { Suggestion } from '../core/suggestions/index.ts';
import { type Experience, experienceOf, mergeExperience } from '../core/suggestions/learning.ts';
import { openSuggestions } from '../core/suggestions/review.ts';
import { type OffsetMap, offsetMap } from '../core/text/offsets.ts';
import type { Span } from '../core/text/span.ts';
import { decodeLabelled, expectText, importLimit, knownKind } from '../host/import/decode.ts';
import { FileRefusal } from '../host/import/file-refusal.ts';
import { placesOf } from '../host/places.ts';
import { openSettings } from '../host/settings.ts';
import { projectFileName } from '../host/storage/layout.ts';
import { openProject, type Project } from '../host/storage/project.ts';
import { expectFile, unreadableFile } from './import-paths.ts';
import { projectFolder } from './places.ts';
import { count, explain, shownName, startProgress, tellNotices } from './terminal.ts';

/** Adds `pressmark suggest`. */
export function addSuggest(program: Command): void {
  program
    .command('suggest')
    .summary('propose quotes, speakers, facts and stances')
    .description(
      'Reads text files and proposes what to annotate in each, or lists what a project has open for review. Changes nothing. Offsets count Unicode code points of the text as it would be imported.',
    )
    .argument('<path...>', 'plain text files; or the folder of a project, or its project.pressmark')
    .option('--json', 'print one JSON object per line: one for each file, or for each article of the project')
    .option(
      '--min <confidence>',
      'leave out what is less sure than this, from 0 to 1 (default: for a file, nothing; for a project, as you set it in the window)',
      confidence,
    )
    .addHelpText('after', '\nExamples:\n  $ pressmark suggest articles/*.txt --json\n  $ pressmark suggest ~/summit\n')
    .action(async (paths: string[], options: { json?: boolean; min?: number }) => {
      const [first = ''] = paths;
      const json = options.json ?? false;
      if (paths.length === 1 && (await isProject(first))) await listProject(first, json, options.min);
      else await suggestFiles(paths, json, options.min ?? 0);
    });
}

function confidence(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return number;
}

async function isProject(path: string): Promise<boolean> {
  if (basename(path) === projectFileName) return true;
  const entry = await stat(resolve(path)).catch(() => null);
  return entry?.isDirectory() ?? false;
}

// Loaded on demand: the language model takes longer to load than any other command takes to finish.
const suggester = async () => (await import('../core/suggestions/index.ts')).suggest;

async function suggestFiles(files: readonly string[], json: boolean, min: number): Promise<void> {
  const suggest = await suggester();
  const progress = startProgress();
  let failed = 0;
  for (const [index, file] of files.entries()) {
    progress.show(`Reading ${index + 1} of ${files.length}`);
    try {
      const text = await readText(file);
      const found = suggest(text).filter((suggestion) => suggestion.confidence >= min);
      progress.end();
      if (json) console.log(JSON.stringify({ file, suggestions: found.map((suggestion) => record(suggestion, offsetMap(text))) }));
      else {
        console.log(`${shownName(file)}: ${count(found.length, 'suggestion')}`);
        for (const suggestion of found) console.log(`  ${inWords(suggestion)}`);
      }
    } catch (error) {
      failed++;
      progress.end();
      explain(error, file);
    }
  }
  if (failed > 0) {
    console.error(`${count(failed, 'file was', 'files were')} not read, of ${files.length}.`);
    process.exitCode = 1;
  }
}

async function readText(file: string): Promise<string> {
  const path = resolve(file);
  if ((await stat(path).catch(() => null))?.isDirectory()) {
    throw new AppError('unsupported', 'This is a folder.', `Name text files, such as ${join(file, '*.txt')}, or one project alone.`);
  }
  const entry = await expectFile(file);
  const refuse = (reason: string, next: string) => new AppError('unsupported', `${basename(path)} was not read: ${reason}.`, next);
  if (entry.size > importLimit) throw refuse(`it has more than ${importLimit / 1_000_000} MB`, 'Split it into one file per article.');
  const bytes = await readFile(path).catch(unreadableFile);
  const kind = knownKind(bytes);
  if (kind) throw refuse(`it is ${kind}, not plain text`, 'Import it into a project, then name the project here.');
  try {
    const raw = decodeLabelled(bytes, null);
    expectText(raw);
    return normalise(raw).text;
  } catch (error) {
    throw error instanceof FileRefusal ? refuse(error.reason, error.next) : error;
  }
}

async function listProject(path: string, json: boolean, min: number | undefined): Promise<void> {
  const suggest = await suggester();
  const settings = (await openSettings(placesOf().settings)).current();
  const project = await openProject(projectFolder(path), { readOnly: true });
  const progress = startProgress();
  try {
    tellNotices(project);
    const own = settings.annotator[project.info.id];
    if (own !== undefined && project.annotators.some(({ id }) => id === own)) await project.switchAnnotator(own);
    const registry: Registry = resolveRegistry(await project.entities());
    const articles = project.articles();
    const experience = await experienceOn(project, registry, settings.learnedSince[project.info.id] ?? null);
    const choice = { ...settings.suggestions, threshold: min ?? settings.suggestions.threshold };
    let all = 0;
    for (const [index, { id, title }] of articles.entries()) {
      progress.show(`Reading article ${index + 1} of ${articles.length}`);
      const { text } = await project.readArticle(id);
      // As in the window, each annotator decides alone.
      const open = openSuggestions(chosenSuggestions(suggest(text, { registry, experience }), choice), [await project.set(id)]);
      all += open.length;
      progress.end();
      const layers = byLayer(open);
      if (json) {
        const suggestions = open.map((suggestion) => record(suggestion, offsetMap(text)));
        console.log(JSON.stringify({ article: id, title, open: open.length, layers: Object.fromEntries(layers), suggestions }));
      } else {
        const parts = layers.map(([layer, number]) => `${number} ${layer}`).join(', ');
        console.log(`${title} (${id}): ${open.length === 0 ? 'nothing open' : `${open.length} open (${parts})`}`);
      }
    }
    if (!json) console.log(`${count(all, 'suggestion')} open for review in ${count(articles.length, 'article')}.`);
  } finally {
    progress.end();
    await project.close();
  }
}

async function experienceOn(project: Project, registry: Registry, since: string | null): Promise<Experience> {
  const parts: Experience[] = [];
  for (const { id } of project.articles()) parts.push(experienceOf(await project.set(id), registry, since));
  return mergeExperience(parts);
}

function byLayer(suggestions: readonly Suggestion[]): [layer: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { layer } of suggestions) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

function record({ layer, spans, attributes, roles, rule, version, why, confidence }: Suggestion, map: OffsetMap) {
  const place = ({ start, end, text }: Span) => ({ start: map.toCodePoint(start), end: map.toCodePoint(end), text });
  return {
    layer,
    spans: spans.map(place),
    attributes,
    roles: roles.map(({ role, span, entity, confidence }) => ({ role, ...place(span), entity: entity?.canonical ?? null, confidence })),
    rule,
    version,
    why,
    confidence,
  };
}

function inWords({ layer, spans, roles, confidence }: Suggestion): string {
  const text = spans.map((span) => span.text.replaceAll('\n', ' ')).join(' … ');
  const short = text.length > 100 ? `${text.slice(0, 99)}…` : text;
  const filled = roles.map(
    ({ role, span, entity }) => `${role} ${span.text}${entity && entity.canonical !== span.text ? ` (${entity.canonical})` : ''}`,
  );
  return [`${layer} ${confidence.toFixed(2)} ${short}`, ...filled].join('; ');
}
