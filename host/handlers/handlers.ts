import type { OpenedArticle } from '../../core/contract/workspace.ts';
import type { Handlers, Method, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { setToRecord } from '../../core/model/annotation.ts';
import { lastSteps, stepsBeside } from '../../core/steps/history.ts';
import { homeHandlers } from '../home/home-handlers.ts';
import { importText } from '../import/article-import.ts';
import { datasetHandlers } from '../import/dataset-handlers.ts';
import { stagingHandlers } from '../import/staging-handlers.ts';
import { readAgreement } from '../lookups/agreement.ts';
import { readAnnotations, searchAnnotations } from '../lookups/annotation-search.ts';
import { articleHoldings } from '../lookups/article-holdings.ts';
import { compareArticles, listComparable } from '../lookups/comparison.ts';
import { listExperience } from '../lookups/experience.ts';
import { countMentions, listMentions } from '../lookups/mentions.ts';
import { findOccurrences } from '../lookups/occurrences.ts';
import { listToComplete } from '../lookups/to-complete.ts';
import type { Project } from '../storage/project.ts';
import { annotatorHandlers, othersOn } from './annotator-handlers.ts';
import { codebookHandlers } from './codebook-handlers.ts';
import type { Desk } from './desk.ts';
import { earlierHandlers } from './earlier-handlers.ts';
import { outsideHandlers } from './outside-handlers.ts';
import { splitHandlers } from './split-handlers.ts';

// The number of gestures that a reconnecting page is told are saved. It sends one after another, so it cannot have missed many.
const lastSaved = 200;

// The calls that do not have to wait until everybody's work has been read.
const early: ReadonlySet<string> = new Set<Method>(['openWorkspace', 'listArticles', 'apply', 'takeOver', 'saveSettings']);

/** What the host does for each call of the contract. */
export function handlersOf(desk: Desk): Handlers {
  const waiting = Object.entries(handlersOnWhole(desk)).map(([name, handler]) => {
    const later = async (input: never, bytes: Uint8Array) => {
      if (!desk.project.isWhole) await desk.whole();
      return handler(input, bytes);
    };
    return [name, early.has(name) ? handler : later];
  });
  return { ...(Object.fromEntries(waiting) as Handlers), ...homeHandlers(desk.others) };
}

function handlersOnWhole(desk: Desk): Omit<Handlers, keyof ReturnType<typeof homeHandlers>> {
  const { project, lease } = desk;

  const mustWrite = (page: string) => {
    if (project.readOnly) throw projectIsReadOnly();
    if (!lease.mayWrite(page)) {
      throw new AppError(
        'read-only',
        'Another window is editing this project, so this one only shows it.',
        'Choose “Take over” to edit here, or go on in the other window.',
        'The change was not saved; it is still in this window.',
      );
    }
  };

  const opened = async (article: string): Promise<OpenedArticle> => ({
    article: await project.readArticle(article),
    set: setToRecord(await project.set(article)),
    others: project.isWhole ? await othersOn(project, article) : [],
  });

  const firstArticle = async (): Promise<OpenedArticle | null> => {
    const first = desk.settings.current().lastArticle[project.info.id] ?? (await project.firstArticle());
    if (first === null) return null;
    // If it is gone or damaged, the page gets the error when it asks for the article itself.
    return opened(first).catch((error: unknown) => {
      if (error instanceof AppError) return null;
      throw error;
    });
  };

  return {
    openWorkspace: async ({ page }) => {
      await desk.begun();
      const listed = !project.hasMany;
      const first = await firstArticle();
      // Runs while the page draws that article. A failure is reported when the list is asked for.
      if (!listed) setImmediate(() => project.readList().catch(() => undefined));
      return {
        project: aboutProject(project),
        codebook: project.codebook,
        annotator: project.annotator,
        annotators: [...project.annotators],
        articles: listed ? await project.summaries() : first ? project.untouchedSummaries([first.article.meta.id]) : [],
        listed,
        first,
        whole: project.isWhole || project.annotators.length === 1,
        entities: project.isWhole ? await project.entities() : project.ownEntities(),
        articleRecords: project.isWhole ? await project.articleRecords() : project.ownArticleRecords(),
        links: await project.ownLinks(),
        history: lastSteps(project.history()),
        saved: project
          .gestures()
          .slice(-lastSaved)
          .map(({ id }) => id),
        settings: desk.settings.current(),
        notices: [...desk.notices()],
        writable: !project.readOnly && lease.open(page),
        ...(project.readOnly ? { locked: true as const } : {}),
        account: desk.account,
        host: desk.kind,
        version: desk.version,
      };
    },

    openArticle: ({ article }) => opened(article),

    listArticles: async () => {
      await desk.begun();
      await project.readList();
      return { articles: project.untouchedSummaries() };
    },

    readProgress: async () => {
      const touched = (await project.summaries()).filter(
        ({ status, counts }) => status !== 'not_started' || Object.keys(counts).length > 0,
      );
      return {
        articles: Object.fromEntries(touched.map(({ meta: { id }, status, counts, toComplete }) => [id, { status, counts, toComplete }])),
      };
    },

    readHistory: async ({ at, towards }) => ({ steps: stepsBeside(project.history(), at, towards) }),

    articleHoldings: ({ article }) => articleHoldings(project, article),

    apply: async ({ page, gesture }) => {
      mustWrite(page);
      const sequence = await project.apply(gesture);
      desk.written(page, gesture);
      return { sequence };
    },

    importArticle: async ({ page, name }, bytes) => {
      mustWrite(page);
      const { meta, known, changed } = await importText(project, name, bytes, project.annotator.id);
      const summary = await project.summary(meta.id);
      if (!known) desk.imported(summary);
      return { summary, known, changed };
    },

    unlistedArticles: async () => ({ articles: await desk.unlisted.articles() }),

    ...stagingHandlers(desk, mustWrite),
    ...datasetHandlers(desk, mustWrite),

    findOccurrences: ({ query, after, only, ...options }) => findOccurrences(project, query, options, after, only),

    countMentions: (input) => countMentions(project, input),
    listMentions: (input) => listMentions(project, input),

    searchAnnotations: (input) => searchAnnotations(project, input),
    readAnnotations: (input) => readAnnotations(project, input),

    listToComplete: (input) => listToComplete(project, input),
    listExperience: (input) => listExperience(project, input),
    readAgreement: (input) => readAgreement(project, input),
    listComparable: (input) => listComparable(project, input),
    compareArticles: (input) => compareArticles(project, input),

    search: (input) => desk.searches.search(input),
    searchKeys: ({ query }) => desk.searches.keys(query),
    concordance: ({ of, after }) => desk.searches.concordance(of, after),
    progress: ({ query }) => desk.searches.progress(query),
    progressByArticle: ({ query }) => desk.searches.progressByArticle(query),
    tally: ({ query, by }) => desk.searches.tally(query, by),

    previewExport: ({ page, job, request }) =>
      desk.jobs.run({ page, job, alone: 'preview' }, async ({ report, signal }) => {
        // Loaded on demand: the formats are a third of the program, and on most days nobody needs them.
        const { previewExport } = await import('../dataset/dataset-export.ts');
        return previewExport(project, request, report, signal);
      }),
    exportDataset: ({ page, job, request }) => desk.jobs.run({ page, job }, (work) => desk.deliver(project, request, work)),
    backupProject: async ({ page, job, text }) => {
      const { deliverBackup } = desk;
      if (!deliverBackup) throw new AppError('unsupported', 'No backup can be made here.', 'Use “pressmark backup”.');
      await project.flush();
      return desk.jobs.run({ page, job }, (work) => deliverBackup(project, text, work));
    },
    cancelJob: async ({ page, job }) => {
      desk.jobs.cancel(page, job);
      return {};
    },

    ...splitHandlers(desk, mustWrite),

    takeOver: async ({ page }) => {
      if (project.readOnly) throw projectIsReadOnly();
      lease.take(page);
      return {};
    },

    ...codebookHandlers(desk, mustWrite),
    ...annotatorHandlers(desk, mustWrite),
    ...outsideHandlers(desk, mustWrite),
    ...earlierHandlers(desk, mustWrite),
    saveSettings: async ({ settings }) => {
      await desk.saveSettings(settings);
      return {};
    },
  };
}

function projectIsReadOnly(): AppError {
  return new AppError(
    'read-only',
    'This project was opened for reading only.',
    'Close the other Pressmark that has it open, then open the project again.',
    'The change was not saved; it is still in this window.',
  );
}

function aboutProject({ info, folder }: Project): Output<'openWorkspace'>['project'] {
  const { id, name, lead, licence } = info;
  return { id, name, place: folder, lead, ...(licence === undefined ? {} : { licence }) };
}
