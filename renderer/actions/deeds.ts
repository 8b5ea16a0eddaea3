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
export interface Deed {
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
const deed = (run: () => void, enabled: () => boolean = always): Deed => ({ run, enabled });

/** What the commands of core/commands.ts do that exist with every codebook. */
export function fixedDeeds(desk: Desk, subjects: Subjects): Record<FixedCommandId, Deed> {
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
    'article.import': deed(() => desk.frame?.chooseFiles(), when.writable),
    'article.list': deed(
      imports.listUnlisted,
      () => when.writable() && desk.state().notices.some(({ command }) => command === 'article.list'),
    ),
    'article.details': deed(() => articles.open('details'), when.shown),
    'article.table': deed(
      () => view.set({ articleTable: true }),
      () => desk.state().articles.length > 0,
    ),
    'article.replace': deed(() => articles.open('replace'), when.article),
    'article.remove': deed(() => articles.open('remove'), when.article),
    'dataset.open': deed(() => view.set({ view: 'dataset', message: null, wayBack: [] })),
    'project.home': deed(outside.goHome),
    'project.backup': deed(() => view.set({ backup: true })),
    'project.earlier': deed(() => view.set({ earlier: true })),
    'project.reread': deed(outside.reread),
    'project.conflicts': deed(() => view.set({ conflicts: true })),
    'annotator.add': deed(() => view.set({ annotatorDialog: 'add' }), when.writable),
    'annotator.rename': deed(() => view.set({ annotatorDialog: 'rename' }), when.writable),
    'history.undo': deed(
      () => walk.travel('undo'),
      () => when.writable() && standing(desk.state().history) > 0,
    ),
    'history.redo': deed(
      () => walk.travel('redo'),
      () => when.writable() && redoable(desk.state().history) > 0,
    ),
    'history.open': deed(history.openHistory),
    'annotation.remove': deed(
      () => suggest.rejects() || desk.withActive(({ annotation }) => annotate.remove(annotation.id)),
      when.editable,
    ),
    'annotation.unite': deed(annotate.unite, () => when.selected() && when.active()),
    'annotation.every': deed(every.ask, when.writable),
    'relation.add': deed(relate.ask, when.editable),
    'relation.follow': deed(relate.follow, () => when.annotating() && relate.canFollow()),
    'annotation.boundary': deed(edges.begin, when.editable),
    'annotation.note': deed(() => desk.withActive(() => desk.frame?.focusInspector('note')), when.editable),
    'annotation.unsure': deed(annotate.toggleUnsure, when.editable),
    'mention.accept': deed(links.accept, () => when.editable() && links.canLink()),
    'mention.link': deed(links.pickNext, () => when.editable() && links.canLink()),
    'record.propose': deed(complete.takeAll, when.editable),
    'review.toggle': deed(complete.toggleReview),
    'problem.next': deed(() => complete.walk(1), when.shown),
    'problem.previous': deed(() => complete.walk(-1), when.shown),
    'problem.list': deed(complete.openList),
    'suggestions.rules': deed(learn.openRules),
    'article.done': deed(annotate.toggleDone, when.article),
    'annotation.inspect': deed(() => relate.commits() || suggest.accepts() || annotate.commit(), when.active),
    'suggestion.reject': deed(suggest.rejectActive, when.suggested),
    'suggestion.edit': deed(suggest.editActive, when.suggested),
    'suggestion.all': deed(suggest.askAll, () => when.writable() && openSuggestionsOf(desk.state()).length > 0),
    'suggestions.toggle': deed(suggest.toggle, when.annotating),
    'annotation.release': deed(
      () => relate.releases() || annotate.release(),
      () => when.active() || desk.shown().selectionBox !== null,
    ),
    'text.find': deed(find.open, when.shown),
    'match.next': deed(() => find.step(1), when.annotating),
    'match.previous': deed(() => find.step(-1), when.annotating),
    'menu.open': deed(() => {
      const place = desk.editor?.caretPlace();
      if (place) view.set({ contextMenu: { ...place, about: selectedRange(desk.shown()) ? 'selection' : 'annotation' } });
    }, when.annotating),
    'annotation.next': deed(() => relate.walks(1) || walk.walkAnnotation(1), when.annotating),
    'annotation.previous': deed(() => relate.walks(-1) || walk.walkAnnotation(-1), when.annotating),
    'paragraph.next': deed(() => desk.editor?.walkParagraph(1), when.annotating),
    'paragraph.previous': deed(() => desk.editor?.walkParagraph(-1), when.annotating),
    'article.next': deed(() => walk.walkArticle(1), when.annotating),
    'article.previous': deed(() => walk.walkArticle(-1), when.annotating),
    'pane.next': deed(() => desk.frame?.focusPane(1)),
    'pane.previous': deed(() => desk.frame?.focusPane(-1)),
    'view.annotate': deed(() => view.set({ view: 'annotate', message: null, wayBack: [] })),
    'view.dataset': deed(() => view.set({ view: 'dataset', message: null })),
    'view.codebook': deed(() => view.set({ view: 'codebook', message: null, wayBack: [] })),
    'guidelines.toggle': deed(() => view.set({ guidelines: !desk.shown().guidelines }), when.active),
    'view.registry': deed(() => view.set({ view: 'registry', message: null, wayBack: [] })),
    'view.search': deed(() => view.set({ view: 'search', message: null, wayBack: [] })),
    'view.statistics': deed(() => view.set({ view: 'statistics', message: null, wayBack: [] })),
    'view.concordance': deed(() => view.set({ view: 'concordance', message: null, wayBack: [] })),
    'view.agreement': deed(() => view.set({ view: 'agreement', message: null, wayBack: [] })),
    'search.open': deed(() => search.open()),
    'articles.toggle': deed(() => desk.frame?.togglePane('articles'), when.annotating),
    'side.toggle': deed(() => desk.frame?.togglePane('side'), when.annotating),
    'annotations.toggle': deed(() => {
      const ownHidden = !desk.shown().ownHidden;
      view.set({ ownHidden });
      view.say(ownHidden ? 'Your annotations are hidden in the text; none is lost.' : 'Your annotations are shown again.');
    }, when.annotating),
    'settings.open': deed(settings.openSettings),
    'help.tour': deed(settings.showTour, when.shown),
    'help.keys': deed(() => view.set({ keySheet: true })),
  };
}

/** What a command for a layer, role, relation or value of the codebook does. */
export function codebookDeed(desk: Desk, { annotate, relate }: Subjects, { action }: CodebookCommand): Deed {
  const when = conditions(desk);
  switch (action.kind) {
    case 'tag':
      return deed(
        () => annotate.tag(action.layer, action.exact),
        () => when.selected() || when.suggested(),
      );
    case 'role':
      return deed(
        () => annotate.pressRole(action.key, action.further),
        () => when.editable() && (desk.layer()?.roles.some(({ key }) => key === action.key) ?? false),
      );
    case 'relation':
      return deed(
        () => relate.press(action.type),
        () => when.editable() && relate.takes(action.type),
      );
    case 'value':
      return deed(
        () => annotate.pressDigit(action.digit),
        () => when.editable() && action.digit <= (annotate.digitAttribute()?.values.length ?? 0),
      );
  }
}
