import { type CodebookCommand, type Command, commandsOf, commandTable, type FixedCommandId } from '../core/commands.ts';
import { effectiveCommands } from '../core/key-bindings.ts';
import type { Codebook } from '../core/model/codebook.ts';
import type { Settings } from '../core/settings.ts';
import { redoable, standing } from '../core/steps/history.ts';
import { annotating } from './actions/annotating.ts';
import { articleLife } from './actions/article-life.ts';
import { boundaries } from './actions/boundaries.ts';
import { codebookKeeping } from './actions/codebook.ts';
import { completing } from './actions/completing.ts';
import { createDesk, type EditorPort, type FramePort } from './actions/desk.ts';
import { everyOccurrence } from './actions/every-occurrence.ts';
import { exporting } from './actions/exporting.ts';
import { finding } from './actions/finding.ts';
import { traversing } from './actions/history.ts';
import { importing } from './actions/importing.ts';
import { learning } from './actions/learning.ts';
import { linking } from './actions/linking.ts';
import { outsiding } from './actions/outside.ts';
import { preferring } from './actions/preferences.ts';
import { registering } from './actions/registry.ts';
import { relating } from './actions/relating.ts';
import { searching } from './actions/searching.ts';
import { suggesting } from './actions/suggesting.ts';
import { walking } from './actions/walking.ts';
import { lastOf } from './state/last-of.ts';
import type { Outside } from './state/outside.ts';
import type { Saver } from './state/saver.ts';
import { openSuggestionsOf } from './state/suggestions.ts';
import { selectedRange, type View } from './state/view-store.ts';
import type { WorkspaceActions } from './state/workspace-actions.ts';

interface Deed {
  run(): void;
  /** Whether it would do something now. Running it all the same says why not. */
  enabled(): boolean;
}

/** Everything that a person can do in a window: `run` and `enabled` for each command of the table, and what the panels call directly. */
export function createActions(workspace: WorkspaceActions, view: View, saver: Saver, outside: Outside) {
  const desk = createDesk(workspace, view, saver);
  const walk = walking(desk);
  const annotate = annotating(desk, walk);
  const complete = completing(desk, walk);
  const learn = learning(desk);
  const relate = relating(desk, walk);
  const suggest = suggesting(desk, walk);
  const edges = boundaries(desk);
  const find = finding(desk);
  const every = everyOccurrence(desk);
  const links = linking(desk);
  const imports = importing(desk, walk, outside);
  const { importFiles, stopImport } = imports;
  const { openHistory, goToStep } = traversing(desk);
  // Every command with the keys of the table, before a person's own.
  const made = lastOf((codebook: Codebook | undefined, tagging: Settings['tagging']) => (codebook ? commandsOf(codebook, tagging) : []));
  const madeNow = () => made(desk.codebook(), desk.state().settings.tagging);
  const whole = lastOf(commandTable);
  const table = () => whole(madeNow());
  const acting = lastOf((all: readonly Command[], keys: Settings['keys'], letterKeys: boolean): readonly Command[] =>
    effectiveCommands(all, { keys, letterKeys }),
  );
  const prefer = preferring(desk, table);

  const articles = articleLife(desk);
  const registry = registering(desk, walk);
  const outsiders = outsiding(desk, outside);
  const search = searching(desk, walk);

  const always = () => true;
  const whenWritable = () => desk.state().writable;
  const whenArticle = () => whenWritable() && desk.state().article !== null;
  const whenActive = () => desk.active() !== null || desk.suggestion() !== null;
  const whenSuggested = () => whenWritable() && desk.suggestion() !== null;
  const whenEditable = () => whenWritable() && whenActive();
  const whenSelected = () => whenWritable() && selectedRange(desk.shown()) !== null;
  const whenAnnotating = () => desk.shown().view === 'annotate';
  const deed = (run: () => void, enabled: () => boolean = always): Deed => ({ run, enabled });

  const fixed: Record<FixedCommandId, Deed> = {
    'article.import': deed(() => desk.frame?.chooseFiles(), whenWritable),
    'article.list': deed(
      imports.listUnlisted,
      () => whenWritable() && desk.state().notices.some(({ command }) => command === 'article.list'),
    ),
    'article.details': deed(
      () => articles.open('details'),
      () => desk.state().article !== null,
    ),
    'article.table': deed(
      () => view.set({ articleTable: true }),
      () => desk.state().articles.length > 0,
    ),
    'article.replace': deed(() => articles.open('replace'), whenArticle),
    'article.remove': deed(() => articles.open('remove'), whenArticle),
    'dataset.open': deed(() => view.set({ view: 'dataset', message: null, wayBack: [] })),
    'project.home': deed(outsiders.goHome),
    'project.backup': deed(() => view.set({ backup: true })),
    'project.earlier': deed(() => view.set({ earlier: true })),
    'project.reread': deed(outsiders.reread),
    'project.conflicts': deed(() => view.set({ conflicts: true })),
    'annotator.add': deed(() => view.set({ annotatorDialog: 'add' }), whenWritable),
    'annotator.rename': deed(() => view.set({ annotatorDialog: 'rename' }), whenWritable),
    'history.undo': deed(
      () => walk.travel('undo'),
      () => whenWritable() && standing(desk.state().history) > 0,
    ),
    'history.redo': deed(
      () => walk.travel('redo'),
      () => whenWritable() && redoable(desk.state().history) > 0,
    ),
    'history.open': deed(openHistory),
    'annotation.remove': deed(() => suggest.rejects() || desk.withActive(({ annotation }) => annotate.remove(annotation.id)), whenEditable),
    'annotation.unite': deed(annotate.unite, () => whenSelected() && whenActive()),
    'annotation.every': deed(every.ask, whenWritable),
    'relation.add': deed(relate.ask, whenEditable),
    'relation.follow': deed(relate.follow, () => whenAnnotating() && relate.canFollow()),
    'annotation.boundary': deed(edges.begin, whenEditable),
    'annotation.note': deed(() => desk.withActive(() => desk.frame?.focusInspector('note')), whenEditable),
    'annotation.unsure': deed(annotate.toggleUnsure, whenEditable),
    'mention.accept': deed(links.accept, () => whenEditable() && links.canLink()),
    'mention.link': deed(links.pickNext, () => whenEditable() && links.canLink()),
    'record.propose': deed(complete.takeAll, whenEditable),
    'review.toggle': deed(complete.toggleReview),
    'problem.next': deed(
      () => complete.walk(1),
      () => desk.state().article !== null,
    ),
    'problem.previous': deed(
      () => complete.walk(-1),
      () => desk.state().article !== null,
    ),
    'problem.list': deed(complete.openList),
    'suggestions.rules': deed(learn.openRules),
    'article.done': deed(annotate.toggleDone, () => whenWritable() && desk.state().article !== null),
    'annotation.inspect': deed(() => relate.commits() || suggest.accepts() || annotate.commit(), whenActive),
    'suggestion.reject': deed(suggest.rejectActive, whenSuggested),
    'suggestion.edit': deed(suggest.editActive, whenSuggested),
    'suggestion.all': deed(suggest.askAll, () => whenWritable() && openSuggestionsOf(desk.state()).length > 0),
    'suggestions.toggle': deed(suggest.toggle, whenAnnotating),
    'annotation.release': deed(
      () => relate.releases() || annotate.release(),
      () => whenActive() || desk.shown().selectionBox !== null,
    ),
    'text.find': deed(find.open, () => desk.state().article !== null),
    'match.next': deed(() => find.step(1), whenAnnotating),
    'match.previous': deed(() => find.step(-1), whenAnnotating),
    'menu.open': deed(() => {
      const place = desk.editor?.caretPlace();
      if (place) view.set({ contextMenu: { ...place, about: selectedRange(desk.shown()) ? 'selection' : 'annotation' } });
    }, whenAnnotating),
    'annotation.next': deed(() => relate.walks(1) || walk.walkAnnotation(1), whenAnnotating),
    'annotation.previous': deed(() => relate.walks(-1) || walk.walkAnnotation(-1), whenAnnotating),
    'paragraph.next': deed(() => desk.editor?.walkParagraph(1), whenAnnotating),
    'paragraph.previous': deed(() => desk.editor?.walkParagraph(-1), whenAnnotating),
    'article.next': deed(() => walk.walkArticle(1), whenAnnotating),
    'article.previous': deed(() => walk.walkArticle(-1), whenAnnotating),
    'pane.next': deed(() => desk.frame?.focusPane(1)),
    'pane.previous': deed(() => desk.frame?.focusPane(-1)),
    'view.annotate': deed(() => view.set({ view: 'annotate', message: null, wayBack: [] })),
    'view.dataset': deed(() => view.set({ view: 'dataset', message: null })),
    'view.codebook': deed(() => view.set({ view: 'codebook', message: null, wayBack: [] })),
    'guidelines.toggle': deed(() => view.set({ guidelines: !desk.shown().guidelines }), whenActive),
    'view.registry': deed(() => view.set({ view: 'registry', message: null, wayBack: [] })),
    'view.search': deed(() => view.set({ view: 'search', message: null, wayBack: [] })),
    'view.statistics': deed(() => view.set({ view: 'statistics', message: null, wayBack: [] })),
    'view.concordance': deed(() => view.set({ view: 'concordance', message: null, wayBack: [] })),
    'search.open': deed(() => search.open()),
    'articles.toggle': deed(() => desk.frame?.togglePane('articles'), whenAnnotating),
    'side.toggle': deed(() => desk.frame?.togglePane('side'), whenAnnotating),
    'annotations.toggle': deed(() => {
      const ownHidden = !desk.shown().ownHidden;
      view.set({ ownHidden });
      view.say(ownHidden ? 'Your annotations are hidden in the text; none is lost.' : 'Your annotations are shown again.');
    }, whenAnnotating),
    'settings.open': deed(prefer.openSettings),
    'help.tour': deed(prefer.showTour, () => desk.state().article !== null),
    'help.keys': deed(() => view.set({ keySheet: true })),
  };

  const fromCodebook = ({ action }: CodebookCommand): Deed => {
    switch (action.kind) {
      case 'tag':
        return deed(
          () => annotate.tag(action.layer, action.exact),
          () => whenSelected() || whenSuggested(),
        );
      case 'role':
        return deed(
          () => annotate.pressRole(action.key, action.further),
          () => whenEditable() && (desk.layer()?.roles.some(({ key }) => key === action.key) ?? false),
        );
      case 'relation':
        return deed(
          () => relate.press(action.type),
          () => whenEditable() && relate.takes(action.type),
        );
      case 'value':
        return deed(
          () => annotate.pressDigit(action.digit),
          () => whenEditable() && action.digit <= (annotate.digitAttribute()?.values.length ?? 0),
        );
    }
  };

  const deedOf = (id: string): Deed => {
    if (Object.hasOwn(fixed, id)) return fixed[id as FixedCommandId];
    const found = madeNow().find((command) => command.id === id);
    if (!found) throw new RangeError(`no command ${id}`);
    return fromCodebook(found);
  };

  const isOfArticle = (id: string) => {
    const found = table().find((command) => command.id === id);
    // Help has its key in the article and is wanted everywhere.
    return found?.scope === 'article' && found.menu !== 'help';
  };

  const { activate, hover } = walk;
  const { tag, arm, remove, setAttribute, digitAttribute, selectionFinished, closeToolbar, setNote, fillWithAuthor, clearRole, relabel } =
    annotate;
  return {
    /** Every command that there is with the codebook in force, with the keys that act for this person; the same list as long as nothing of that changes. */
    commands: (): readonly Command[] => acting(table(), desk.state().settings.keys, desk.state().settings.letterKeys),
    /** Does what a command of the table says. @throws RangeError for an id that is not in the table. */
    run: (id: string): void => {
      // What stands in the article is out of sight in another view, and nothing may happen to it there.
      if (isOfArticle(id) && !whenAnnotating()) return;
      if (!edges.takes(id)) deedOf(id).run();
    },
    /** What a command of the table is called. */
    titleOf: (id: string): string => table().find((command) => command.id === id)?.title ?? id,
    /** Whether a command would do something now. @throws RangeError for an id that is not in the table. */
    enabled: (id: string): boolean => deedOf(id).enabled(),
    attachEditor: (port: EditorPort | null) => {
      desk.editor = port;
      if (port) walk.arrive();
    },
    attachFrame: (port: FramePort | null) => {
      desk.frame = port;
    },
    activate,
    pick: (ids: readonly string[]): void => {
      if (!relate.picks(ids)) walk.pick(ids);
    },
    /** Relations of the active annotation. */
    relate,
    /** What is suggested. */
    suggest,
    /** The dataset and its export. */
    dataset: exporting(desk),
    hover,
    tag,
    arm,
    remove,
    setAttribute,
    digitAttribute,
    selectionFinished,
    setNote,
    closeToolbar,
    fillWithAuthor,
    clearRole,
    relabel,
    importFiles,
    importPasted: imports.importPasted,
    /** Files that are looked at before they are imported. */
    imports,
    /** Boundary mode. */
    edges,
    /** Proposals for records, quantities in the text, what is to complete, and the review pass. */
    complete,
    /** What the annotator's work teaches the suggester. */
    learn,
    /** Finding in the article. */
    find,
    stopImport,
    goToStep,
    changeSettings: prefer.changeSettings,
    resetLayout: prefer.resetLayout,
    bindable: prefer.bindable,
    rebind: prefer.rebind,
    resetKeys: prefer.resetKeys,
    moveTour: prefer.moveTour,
    endTour: prefer.endTour,
    tagEvery: every.tagEvery,
    /** Tells the person what went wrong with something that they asked for. */
    tell: (error: unknown) => desk.attempt(() => Promise.reject(error)),
    /** Linking mentions to entities. */
    links,
    /** Details, removal and replacement of an article, and the table of all. */
    articles,
    /** Keeping the codebook. */
    codebook: codebookKeeping(desk),
    /** Keeping the registry. */
    registry,
    /** Searching, kept searches, and what is done to many annotations at once. */
    search,
    openArticle: (id: string) => desk.attempt(() => walk.openArticle(id)),
    /** Puts the caret back where the text was left. */
    returnToText: () => desk.editor?.focus(),
    scrollTo: (offset: number) => desk.editor?.scrollTo(offset),
    /** Puts text on the clipboard. */
    copy: (text: string): void => {
      navigator.clipboard.writeText(text).then(
        () => view.say('Copied.'),
        () => view.say('The clipboard cannot be written here. Press Ctrl or Cmd C in the text.'),
      );
    },
    /** Who annotates, what other programs did, and other projects. */
    outside: outsiders,
    retrySaving: () => saver.retry(),
    takeOver: () => desk.attempt(() => workspace.takeOver()),
  };
}

export type Actions = ReturnType<typeof createActions>;
