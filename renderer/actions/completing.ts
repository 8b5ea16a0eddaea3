import type { Problem } from '../../core/annotations/validation.ts';
import { setQuantityMention, takeProposals } from '../../core/facts/record-edits.ts';
import { type RecordProposal, recordProposals } from '../../core/facts/record-proposals.ts';
import { type Annotation, byReadingOrder } from '../../core/model/annotation.ts';
import { problemsIn, toCompleteOn } from '../state/problems.ts';
import { currentSet } from '../state/workspace.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** Completing records: proposals from the words, the words of quantities, what is left to complete, and the review of facts. */
export function completionActions(desk: Desk, { activate, openArticle }: Walking) {
  const { view, workspace } = desk;

  const take = (id: string, proposals: readonly RecordProposal[]): void => {
    const [first] = proposals;
    const annotation = currentSet(desk.state()).annotations.get(id);
    if (!first || !annotation) return;
    const title = proposals.length > 1 ? `Take ${proposals.length} proposals` : `Take a proposed ${first.attribute.replaceAll('_', ' ')}`;
    desk.edit('record.propose', title, (scene) => takeProposals(scene, id, proposals));
  };

  const problemsHere = (): Problem[] => {
    const article = desk.state().article?.meta.id;
    return article ? [...problemsIn(desk.state(), article).values()].flat() : [];
  };

  const show = (problem: Problem): void => {
    view.set({ view: 'annotate', toComplete: false });
    activate(problem.annotation, { scroll: true });
    view.set({ problem: keyOf(problem) });
    desk.frame?.focusField(problem.field);
    view.say(`${problem.words}.`);
  };

  // The problem after (or before) the one shown last. If that one is solved, the one after (or before) the active annotation or the caret.
  const nextHere = (step: 1 | -1): Problem | undefined => {
    const problems = problemsHere();
    const at = problems.findIndex((problem) => keyOf(problem) === desk.shown().problem);
    if (at >= 0 && problems[at]?.annotation === desk.shown().active) return problems[at + step];
    const { annotations } = currentSet(desk.state());
    const active = annotations.get(desk.shown().active ?? '');
    const caret = desk.shown().selection.head;
    const isAfter = ({ annotation }: Problem) => {
      const found = annotations.get(annotation) as Annotation;
      return active ? found === active || byReadingOrder(found, active) > 0 : (found.spans[0]?.start ?? 0) >= caret;
    };
    return step === 1 ? problems.find(isAfter) : problems.findLast((problem) => !isAfter(problem));
  };

  const end = (problems: readonly Problem[], step: 1 | -1) => (step === 1 ? problems[0] : problems.at(-1));

  return {
    /** Adopts proposals for the record of an annotation, in one step. */
    take,
    /** Adopts everything that the words of the active annotation propose. */
    takeAll: (): void =>
      desk.withActive(({ annotation, layer }) => {
        const proposals = recordProposals(annotation, layer, currentSet(desk.state()).mentions, desk.state().article?.text ?? '');
        if (proposals.length === 0) return view.say('The words suggest nothing new for this record.');
        take(annotation.id, proposals);
        view.say(
          `Took ${proposals.length === 1 ? 'one proposal' : `${proposals.length} proposals`}. One undo takes ${proposals.length === 1 ? 'it' : 'them'} back.`,
        );
      }),
    /** Waits for a selection of the words of a quantity, like a waiting role. */
    armQuantity(annotation: string, attribute: string, index: number, title: string): void {
      view.set({ armed: { annotation, role: '', title, further: false, quantity: { attribute, index } } });
      view.say(`Select the words of ${title.toLowerCase()} in the text; by keyboard, Enter sets it. Escape cancels.`);
      desk.editor?.focus();
    },
    /** Removes the link between a quantity and its words. */
    unmarkQuantity: (annotation: string, attribute: string, index: number): void =>
      desk.edit('annotation.attribute', 'Let go of the words of a quantity', (scene) =>
        setQuantityMention(scene, annotation, attribute, index, null),
      ),
    openList: (): void => view.set({ toComplete: true }),
    /** Goes to the next or previous thing to complete, in this article and then in the others, and focuses its field. */
    walk: (step: 1 | -1): void =>
      desk.attempt(async () => {
        const here = nextHere(step);
        if (here) return show(here);
        const { articles, article } = desk.state();
        const at = articles.findIndex(({ meta }) => meta.id === article?.meta.id);
        // The articles after this one, then from the first up to this one.
        const round = [...articles.slice(at + 1), ...articles.slice(0, Math.max(0, at))];
        const next = (step === 1 ? round : round.reverse()).find((summary) => toCompleteOn(desk.state(), summary) > 0);
        if (next) await openArticle(next.meta.id);
        const found = end(problemsHere(), step);
        if (found) show(found);
        else view.say('Nothing is left to complete.');
      }),
    /** Shows an annotation that needs completing, in any article, and focuses the field to complete. */
    showIn: (article: string, annotation: string): void =>
      desk.attempt(async () => {
        await openArticle(article);
        const [problem] = problemsIn(desk.state(), article).get(annotation) ?? [];
        if (problem) return show(problem);
        view.set({ view: 'annotate', toComplete: false });
        activate(annotation, { scroll: true });
      }),
    /** What needs completing in all articles, one part at a time; see the contract. */
    list: (after: string | null) => workspace.listToComplete({ after }),
    /** Starts or ends the review of facts in this project. */
    toggleReview(): void {
      const { settings, opened } = desk.state();
      if (!opened) return;
      const isOn = settings.review[opened.project.id] !== true;
      workspace.saveSettings({ ...settings, review: { ...settings.review, [opened.project.id]: isOn } });
      view.say(isOn ? 'Facts now show their review.' : 'Reviews are shown only where there is one.');
    },
  };
}

const keyOf = ({ annotation, code, words }: Problem) => `${annotation} ${code} ${words}`;
