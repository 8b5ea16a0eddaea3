import { type Command, commandsOf, commandTable, type FixedCommandId } from '../core/commands.ts';
import { effectiveCommands } from '../core/key-bindings.ts';
import type { Codebook } from '../core/model/codebook.ts';
import type { Settings } from '../core/settings.ts';
import { adjudicationActions } from './actions/adjudicating.ts';
import { annotationActions } from './actions/annotating.ts';
import { articleActions } from './actions/article-life.ts';
import { boundaryActions } from './actions/boundaries.ts';
import { codebookActions } from './actions/codebook.ts';
import { type CommandAction, codebookCommandAction, fixedCommandActions, type Subjects } from './actions/command-actions.ts';
import { comparisonActions } from './actions/comparing.ts';
import { completionActions } from './actions/completing.ts';
import { createDesk, type EditorPort, type FramePort } from './actions/desk.ts';
import { everyOccurrenceActions } from './actions/every-occurrence.ts';
import { exportActions } from './actions/exporting.ts';
import { findActions } from './actions/finding.ts';
import { historyActions } from './actions/history.ts';
import { importActions } from './actions/importing.ts';
import { learningActions } from './actions/learning.ts';
import { linkActions } from './actions/linking.ts';
import { outsideActions } from './actions/outside.ts';
import { settingsActions } from './actions/preferences.ts';
import { registryActions } from './actions/registry.ts';
import { relationActions } from './actions/relating.ts';
import { searchActions } from './actions/searching.ts';
import { suggestionActions } from './actions/suggesting.ts';
import { walkActions } from './actions/walking.ts';
import { lastOf } from './state/last-of.ts';
import type { Outside } from './state/outside.ts';
import type { Saver } from './state/saver.ts';
import type { View } from './state/view-store.ts';
import type { WorkspaceActions } from './state/workspace-actions.ts';

/** Everything that a user can do in a window: `run` and `enabled` for each command of the table, and what the panels call directly. */
export function createActions(workspace: WorkspaceActions, view: View, saver: Saver, outside: Outside) {
  const desk = createDesk(workspace, view, saver);
  // Every command with the default keys, before the user's own.
  const made = lastOf((codebook: Codebook | undefined, tagging: Settings['tagging']) => (codebook ? commandsOf(codebook, tagging) : []));
  const madeNow = () => made(desk.codebook(), desk.state().settings.tagging);
  const whole = lastOf(commandTable);
  const table = () => whole(madeNow());
  const acting = lastOf((all: readonly Command[], keys: Settings['keys'], letterKeys: boolean): readonly Command[] =>
    effectiveCommands(all, { keys, letterKeys }),
  );

  const walk = walkActions(desk);
  const subjects: Subjects = {
    walk,
    annotate: annotationActions(desk, walk),
    articles: articleActions(desk),
    complete: completionActions(desk, walk),
    edges: boundaryActions(desk),
    every: everyOccurrenceActions(desk),
    find: findActions(desk),
    history: historyActions(desk),
    imports: importActions(desk, walk, outside),
    learn: learningActions(desk),
    links: linkActions(desk),
    outside: outsideActions(desk, outside),
    relate: relationActions(desk, walk),
    search: searchActions(desk, walk),
    settings: settingsActions(desk, table),
    suggest: suggestionActions(desk, walk),
  };
  const { annotate, edges, relate } = subjects;

  const fixed = fixedCommandActions(desk, subjects);
  const actionOf = (id: string): CommandAction => {
    if (Object.hasOwn(fixed, id)) return fixed[id as FixedCommandId];
    const found = madeNow().find((command) => command.id === id);
    if (!found) throw new RangeError(`no command ${id}`);
    return codebookCommandAction(desk, subjects, found);
  };

  const isOfArticle = (id: string) => {
    const found = table().find((command) => command.id === id);
    // Help has its key in the article but is available everywhere.
    return found?.scope === 'article' && found.menu !== 'help';
  };

  return {
    /** Every command under the current codebook, with the keys that act for this user. Returns the same list until something in it changes. */
    commands: (): readonly Command[] => acting(table(), desk.state().settings.keys, desk.state().settings.letterKeys),
    /** Runs a command of the table. @throws RangeError for an id that is not in the table */
    run: (id: string): void => {
      // In another view the article is not visible, so nothing may happen to it.
      if (isOfArticle(id) && desk.shown().view !== 'annotate') return;
      if (!edges.takes(id)) actionOf(id).run();
    },
    /** The title of a command of the table. */
    titleOf: (id: string): string => table().find((command) => command.id === id)?.title ?? id,
    /** Whether a command would do something now. @throws RangeError for an id that is not in the table */
    enabled: (id: string): boolean => actionOf(id).enabled(),

    attachEditor: (port: EditorPort | null) => {
      desk.editor = port;
      if (port) walk.arrive();
    },
    attachFrame: (port: FramePort | null) => {
      desk.frame = port;
    },
    /** Makes an annotation or suggestion active; null for none. */
    activate: walk.activate,
    /** The pointer is over an annotation or suggestion; null if it is over none. */
    hover: walk.hover,
    /** Annotations and suggestions were clicked in the text, topmost first. */
    pick: (ids: readonly string[]): void => {
      if (!relate.picks(ids)) walk.pick(ids);
    },
    selectionFinished: annotate.selectionFinished,
    importFiles: subjects.imports.importFiles,
    openArticle: (id: string) => desk.attempt(() => walk.openArticle(id)),
    /** Returns the focus to the text, where it was left. */
    returnToText: () => desk.editor?.focus(),
    /** Scrolls the text to an offset, in UTF-16 code units. */
    scrollTo: (offset: number) => desk.editor?.scrollTo(offset),
    /** Tells the user what went wrong with something they asked for. */
    tell: (error: unknown) => desk.attempt(() => Promise.reject(error)),
    /** Copies text to the clipboard. */
    copy: (text: string): void => {
      navigator.clipboard.writeText(text).then(
        () => view.say('Copied.'),
        () => view.say('The clipboard cannot be written here. Press Ctrl or Cmd C in the text.'),
      );
    },
    retrySaving: () => saver.retry(),
    takeOver: () => desk.attempt(() => workspace.takeOver()),

    /** Deciding between annotators. */
    adjudicate: adjudicationActions(desk),
    annotate,
    /** Details, removal and replacement of an article, and the table of all details. */
    articles: subjects.articles,
    codebook: codebookActions(desk),
    /** Comparing how articles report the same event, and judging what may be the same. */
    compare: comparisonActions(desk, walk),
    /** Proposals for records, quantities in the text, what is left to complete, and the review of facts. */
    complete: subjects.complete,
    /** The dataset and its export. */
    dataset: exportActions(desk),
    /** Boundary mode. */
    edges,
    /** Tagging every occurrence of some words. */
    every: subjects.every,
    /** Find in the article. */
    find: subjects.find,
    history: subjects.history,
    /** Previewing and importing files. */
    imports: subjects.imports,
    /** What the suggester learns from the annotator's work. */
    learn: subjects.learn,
    /** Linking mentions to entities. */
    links: subjects.links,
    /** Annotators, changes by other programs, and other projects. */
    outside: subjects.outside,
    registry: registryActions(desk, walk),
    /** Relations of the active annotation. */
    relate,
    /** Searching, saved searches, and changing many annotations at once. */
    search: subjects.search,
    /** Settings, keys and the tour. */
    settings: subjects.settings,
    /** Suggestions. */
    suggest: subjects.suggest,
  };
}

export type Actions = ReturnType<typeof createActions>;
