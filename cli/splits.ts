import { type Command, Option } from 'commander';
import { AppError } from '../core/failure.ts';
import { resolveRegistry } from '../core/model/entity.ts';
import { SplitName } from '../core/splits/options.ts';
import { type Finding, findingsOf, groupingTitles, splitNames } from '../core/splits/report-words.ts';
import { type PlannedSplits, projectSplits, publishSplits } from '../host/dataset/splits.ts';
import { placesOf } from '../host/places.ts';
import { openSettings } from '../host/settings.ts';
import { openProject, type Project } from '../host/storage/project.ts';
import { interruptible } from './interruption.ts';
import { projectFolder } from './places.ts';
import { addSplitOptions, type SplitFlags, splitOptionsFrom } from './split-options.ts';
import { count, startProgress, tellNotices } from './terminal.ts';

interface Options extends SplitFlags {
  readonly publish?: true;
  readonly replace?: true;
  readonly withdraw?: true;
  readonly json?: true;
}

/** Adds `pressmark splits`. */
export function addSplits(program: Command): void {
  const command = program
    .command('splits')
    .summary('split the dataset into train, validation and test')
    .description(
      'Shows how the dataset would be split (or is split, if the splits are published), and what leaks between the splits. Published splits stay as they are, whatever is added later; only the project’s lead can publish them.',
    )
    .argument('<project>', 'the folder of a project, or its project.pressmark');
  addSplitOptions(command)
    .option('--publish', 'publish the splits, or add what came later to the published ones')
    .addOption(new Option('--replace', 'replace the published splits by these').implies({ publish: true }))
    .addOption(
      new Option('--withdraw', 'take the published splits back').conflicts(['publish', 'replace', 'split', 'group', 'stratify', 'json']),
    )
    .option('--json', 'print one JSON object with every article’s group and split, and the report')
    .addHelpText('after', '\nExamples:\n  $ pressmark splits ~/summit --group event\n  $ pressmark splits ~/summit --stratify --publish\n')
    .action(async (folder: string, options: Options) => {
      const writes = options.publish || options.withdraw;
      const project = await openProject(projectFolder(folder), writes ? {} : { readOnly: true });
      tellNotices(project);
      const progress = startProgress();
      try {
        if (writes) await workAsThemselves(project);
        if (options.withdraw) return await withdraw(project);
        const total = project.articles().length;
        const show = (article: number) => progress.show(`Reading article ${article} of ${total}`);
        const request = { options: splitOptionsFrom(options), anew: options.replace ?? false };
        const instead = options.publish ? ((await project.publishedSplits())?.published ?? null) : null;
        const planned = await interruptible((signal) =>
          options.publish ? publishSplits(project, request, instead, show, signal) : projectSplits(project, request, show, signal),
        );
        progress.end();
        if (options.json) console.log(JSON.stringify(asData(planned)));
        else await printWords(project, planned);
      } finally {
        progress.end();
        await project.close();
      }
    });
}

// Works as the annotator that the person is elsewhere in this project, so that the splits name the right publisher.
async function workAsThemselves(project: Project): Promise<void> {
  const { annotator } = (await openSettings(placesOf().settings)).current();
  const own = annotator[project.info.id];
  if (own !== undefined && project.annotators.some(({ id }) => id === own)) await project.switchAnnotator(own);
}

async function withdraw(project: Project): Promise<void> {
  const published = await project.publishedSplits();
  if (!published) throw new AppError('not-found', 'No splits of this project are published.', 'There is nothing to take back.');
  await project.publishSplits(null, published.published);
  console.log(`Took back the splits of ${count(published.assignments.length, 'article')}. They are kept as splits.json.bak.`);
}

function asData({ plan: { options, assignments, report }, published }: PlannedSplits) {
  const at = published && { published: published.published, by: published.by, codebook: published.codebook };
  return { options, published: at, assignments: Object.fromEntries(assignments), report };
}

async function printWords(project: Project, { plan: { options, report, assignments }, published }: PlannedSplits): Promise<void> {
  const registry = resolveRegistry(await project.entities());
  const names = splitNames(project.articles(), registry);
  const parts = SplitName.options.map((name) => `${name} ${Number((options.fractions[name] * 100).toFixed(6))} %`).join(', ');
  const ties = options.group.map((by) => groupingTitles[by]).join('; ');
  console.log(
    `Asked for: ${parts}. ${options.stratify ? 'Layers balanced' : 'By the hash of each group'}. Kept together: ${ties || 'nothing'}.`,
  );
  if (published) {
    const named = new Set(published.assignments.map(({ doc_id }) => doc_id));
    const later = [...assignments.keys()].filter((id) => !named.has(id)).length;
    const who = project.annotators.find(({ id }) => id === published.by)?.name ?? published.by;
    console.log(`Published on ${published.published.slice(0, 10)} by ${who}: ${count(named.size, 'article')}; ${later} came later.`);
  } else console.log('Not published: later articles and annotations may still change the splits.');
  console.log('');
  for (const line of tableOf(report)) console.log(line);
  console.log('');
  for (const finding of findingsOf(report, options, names, published !== null)) for (const line of linesOf(finding)) console.log(line);
}

function tableOf({ splits }: PlannedSplits['plan']['report']): string[] {
  const layers = [...new Set(splits.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const rows = splits.map(({ split, documents, groups, labels }): [SplitName, ...number[]] => [
    split,
    documents,
    groups,
    ...layers.map((layer) => labels[layer] ?? 0),
  ]);
  const table = [['', 'articles', 'groups', ...layers], ...rows.map((row) => row.map(String))];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}

function linesOf({ severity, text, advice, examples }: Finding): string[] {
  const mark = { leak: 'Leak: ', note: 'Note: ', fine: '' }[severity];
  return [`${mark}${text}${advice ? ` ${advice}` : ''}`, ...examples.slice(0, 5).map((line) => `  ${line}`)];
}
