import type { CodebookCommand, FixedCommandId } from '../../core/commands.ts';
import { redoable, standing } from '../../core/steps/history.ts';
import { openSuggestionsOf } from '../state/suggestions.ts';
import { selectedRange } from '../state/view-store.ts';
import type { annotationActions } from './annotating.ts';
import type { articleActions } from './article-life.ts';
import type { boundaryActions } from './boundaries.ts';
import type { completionActions } from './completing.ts';
import type { Desk } from './desk.ts';
import type { everyOccurrenceActions } from './every-occurrence.ts';
import type { findActions } from './finding.ts';
import type { historyActions } from './history.ts';
import type { importActions } from './importing.ts';
import type { learningActions } from './learning.ts';
import type { linkActions } from './linking.ts';
import type { outsideActions } from './outside.ts';
import type { settingsActions } from './preferences.ts';
import type { relationActions } from './relating.ts';
import type { searchActions } from './searching.ts';
import type { suggestionActions } from './suggesting.ts';
import type { Walking } from './walking.ts';

/** What a command does. */
export interface CommandAction {
  run(): void;
  /** Whether it would do something now. Running it anyway says why not. */
  enabled(): boolean;
}

/** The actions that commands use, by subject. */
export interface Subjects {
  readonly annotate: ReturnType<typeof annotationActions>;
  readonly articles: ReturnType<typeof articleActions>;
  readonly complete: ReturnType<typeof completionActions>;
  readonly edges: ReturnType<typeof boundaryActions>;
  readonly every: ReturnType<typeof everyOccurrenceActions>;
  readonly find: ReturnType<typeof findActions>;
  readonly history: ReturnType<typeof historyActions>;
  readonly imports: ReturnType<typeof importActions>;
  readonly learn: ReturnType<typeof learningActions>;
  readonly links: ReturnType<typeof linkActions>;
  readonly outside: ReturnType<typeof outsideActions>;
  readonly relate: ReturnType<typeof relationActions>;
  readonly search: ReturnType<typeof searchActions>;
  readonly settings: ReturnType<typeof settingsActions>;
  readonly suggest: ReturnType<typeof suggestionActions>;
  readonly walk: Walking;
}

// Conditions under which commands do something, shared by several commands.
function conditions(desk: Desk) {
  const writable = () => desk.state().writable;
  const active = () => desk.active() !== null || desk.suggestion() !== null;
  return {
    writable,
    active,
    shown: () => desk.state().article !== null,
    article: () => writable() && desk.state().article !== null,
    suggested: () => writable() && desk.suggestion() !== null,
    editable: () => writable() && active(),
    selected: () => writable() && selectedRange(desk.shown()) !== null,
    annotating: () => desk.shown().view === 'annotate',
  };
}

const always = () => true;
const action = (run: () => void, enabled: () => boolean = always): CommandAction => ({ run, enabled });

/** What the commands of core/commands.ts do that exist with every codebook. */
export function fixedCommandActions(desk: Desk, subjects: Subjects): Record<FixedCommandId, CommandAction> {
  const {
    annotate,
    articles,
    complete,
    edges,
    every,
    find,
    history,
    imports,
    learn,
    links,
    outside,
    relate,
    search,
    settings,
    suggest,
    walk,
  } = subjects;
  const { view } = desk;
  const when = conditions(desk);
  return {
    'article.import': action(() => desk.frame?.chooseFiles(), when.writable),
    'article.list': action(
      imports.listUnlisted,
      () => when.writable() && desk.state().notices.some(({ command }) => command === 'article.list'),
    ),
    'article.details': action(() => articles.open('details'), when.shown),
    'article.table': action(
      () => view.set({ articleTable: true }),
      () => desk.state().articles.length > 0,
    ),
    'article.replace': action(() => articles.open('replace'), when.article),
    'article.carry': action(
      articles.carryOver,
      () => when.writable() && desk.state().notices.some(({ command }) => command === 'article.carry'),
    ),
    'article.remove': action(() => articles.open('remove'), when.article),
    'dataset.open': action(() => view.set({ view: 'dataset', message: null, wayBack: [] })),
    'project.home': action(outside.goHome),
    'project.backup': action(() => view.set({ backup: true })),
    'project.earlier': action(() => view.set({ earlier: true })),
    'project.reread': action(outside.reread),
    'project.conflicts': action(() => view.set({ conflicts: true })),
    'annotator.add': action(() => view.set({ annotatorDialog: 'add' }), when.writable),
    'annotator.rename': action(() => view.set({ annotatorDialog: 'rename' }), when.writable),
    'history.undo': action(
      () => walk.travel('undo'),
      () => when.writable() && standing(desk.state().history) > 0,
    ),
    'history.redo': action(
      () => walk.travel('redo'),
      () => when.writable() && redoable(desk.state().history) > 0,
    ),
    'history.open': action(history.openHistory),
    'annotation.remove': action(
      () => suggest.rejects() || desk.withActive(({ annotation }) => annotate.remove(annotation.id)),
      when.editable,
    ),
    'annotation.unite': action(annotate.unite, () => when.selected() && when.active()),
    'annotation.every': action(every.ask, when.writable),
    'relation.add': action(relate.ask, when.editable),
    'relation.follow': action(relate.follow, () => when.annotating() && relate.canFollow()),
    'annotation.boundary': action(edges.begin, when.editable),
    'annotation.note': action(() => desk.withActive(() => desk.frame?.focusInspector('note')), when.editable),
    'annotation.unsure': action(annotate.toggleUnsure, when.editable),
    'mention.accept': action(links.accept, () => when.editable() && links.canLink()),
    'mention.link': action(links.pickNext, () => when.editable() && links.canLink()),
    'record.propose': action(complete.takeAll, when.editable),
    'review.toggle': action(complete.toggleReview),
    'problem.next': action(() => complete.walk(1), when.shown),
    'problem.previous': action(() => complete.walk(-1), when.shown),
    'problem.list': action(complete.openList),
    'suggestions.rules': action(learn.openRules),
    'article.done': action(annotate.toggleDone, when.article),
    'annotation.inspect': action(() => relate.commits() || suggest.accepts() || annotate.commit(), when.active),
    'suggestion.reject': action(suggest.rejectActive, when.suggested),
    'suggestion.edit': action(suggest.editActive, when.suggested),
    'suggestion.all': action(suggest.askAll, () => when.writable() && openSuggestionsOf(desk.state()).length > 0),
    'suggestions.toggle': action(suggest.toggle, when.annotating),
    'annotation.release': action(
      () => relate.releases() || annotate.release(),
      () => when.active() || desk.shown().selectionBox !== null,
    ),
    'text.find': action(find.open, when.shown),
    'match.next': action(() => find.step(1), when.annotating),
    'match.previous': action(() => find.step(-1), when.annotating),
    'menu.open': action(() => {
      const place = desk.editor?.caretPlace();
      if (place) view.set({ contextMenu: { ...place, about: selectedRange(desk.shown()) ? 'selection' : 'annotation' } });
    }, when.annotating),
    'annotation.next': action(() => relate.walks(1) || walk.walkAnnotation(1), when.annotating),
    'annotation.previous': action(() => relate.walks(-1) || walk.walkAnnotation(-1), when.annotating),
    'paragraph.next': action(() => desk.editor?.walkParagraph(1), when.annotating),
    'paragraph.previous': action(() => desk.editor?.walkParagraph(-1), when.annotating),
    'article.next': action(() => walk.walkArticle(1), when.annotating),
    'article.previous': action(() => walk.walkArticle(-1), when.annotating),
    'pane.next': action(() => desk.frame?.focusPane(1)),
    'pane.previous': action(() => desk.frame?.focusPane(-1)),
    'view.annotate': action(() => view.set({ view: 'annotate', message: null, wayBack: [] })),
    'view.dataset': action(() => view.set({ view: 'dataset', message: null })),
    'view.codebook': action(() => view.set({ view: 'codebook', message: null, wayBack: [] })),
    'guidelines.toggle': action(() => view.set({ guidelines: !desk.shown().guidelines }), when.active),
    'view.registry': action(() => view.set({ view: 'registry', message: null, wayBack: [] })),
    'view.search': action(() => view.set({ view: 'search', message: null, wayBack: [] })),
    'view.statistics': action(() => view.set({ view: 'statistics', message: null, wayBack: [] })),
    'view.concordance': action(() => view.set({ view: 'concordance', message: null, wayBack: [] })),
    'view.agreement': action(() => view.set({ view: 'agreement', message: null, wayBack: [] })),
    'view.compare': action(() => view.set({ view: 'compare', message: null, wayBack: [] })),
    'search.open': action(() => search.open()),
    'articles.toggle': action(() => desk.frame?.togglePane('articles'), when.annotating),
    'side.toggle': action(() => desk.frame?.togglePane('side'), when.annotating),
    'annotations.toggle': action(() => {
      const ownHidden = !desk.shown().ownHidden;
      view.set({ ownHidden });
      view.say(ownHidden ? 'Your annotations are hidden in the text; none is lost.' : 'Your annotations are shown again.');
    }, when.annotating),
    'settings.open': action(settings.openSettings),
    'help.tour': action(settings.showTour, when.shown),
    'help.keys': action(() => view.set({ keySheet: true })),
  };
}

/** What a command for a layer, role, relation or value of the codebook does. */
export function codebookCommandAction(desk: Desk, { annotate, relate }: Subjects, { action: made }: CodebookCommand): CommandAction {
  const when = conditions(desk);
  switch (made.kind) {
    case 'tag':
      return action(
        () => annotate.tag(made.layer, made.exact),
        () => when.selected() || when.suggested(),
      );
    case 'role':
      return action(
        () => annotate.pressRole(made.key, made.further),
        () => when.editable() && (desk.layer()?.roles.some(({ key }) => key === made.key) ?? false),
      );
    case 'relation':
      return action(
        () => relate.press(made.type),
        () => when.editable() && relate.takes(made.type),
      );
    case 'value':
      return action(
        () => annotate.pressDigit(made.digit),
        () => when.editable() && made.digit <= (annotate.digitAttribute()?.values.length ?? 0),
      );
  }
}
