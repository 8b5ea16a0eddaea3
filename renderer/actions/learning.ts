import type { Output } from '../../core/contract.ts';
import { setFromRecord } from '../../core/model/annotation.ts';
import { type Experience, noExperience } from '../../core/suggestions/learning.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import { experienceIn, learnedSince, type ToldExperience } from '../state/experience.ts';
import { createSuggester } from '../state/suggester.ts';
import { openAmong } from '../state/suggestions.ts';
import type { SuggestionWorker } from '../suggestions/messages.ts';
import type { Desk } from './desk.ts';

/** What the suggester learns from the annotator's work. */
export function learningActions(desk: Desk) {
  const { view, workspace } = desk;
  let startWorker: (() => SuggestionWorker) | null = null;
  let told: { readonly key: string; readonly reading: Promise<ToldExperience> } | null = null;

  const read = async (since: string | null): Promise<ToldExperience> => {
    const parts = new Map<string, Experience>();
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const part: Output<'listExperience'> = await workspace.listExperience({ after, since });
      for (const { article, experience } of part.articles) parts.set(article, experience);
      after = part.next;
    }
    return { since, parts };
  };

  const experience = async (): Promise<Experience> => {
    const { opened } = desk.state();
    const since = learnedSince(desk.state());
    const key = JSON.stringify([opened?.project.id, opened?.annotator.id, since]);
    if (told?.key !== key) {
      const reading = read(since);
      told = { key, reading };
      // If reading failed, ask again next time.
      reading.catch(() => {
        if (told?.reading === reading) told = null;
      });
    }
    return experienceIn(desk.state(), await told.reading);
  };

  return {
    /** Shows the rules of suggestions, what became of their suggestions, and what was learned. */
    openRules: (): void => view.set({ suggestionRules: true }),
    /** The experience from all articles at `since` or later, one part at a time; see the contract. */
    list: workspace.listExperience,
    /** What the suggester has learned in the project so far. The host is asked once for each project, annotator and reset. @throws AppError */
    experience,
    /** Sets the function that starts a suggestion worker. */
    attachWorker: (start: () => SuggestionWorker): void => {
      startWorker = start;
    },
    /**
     * Counts the open suggestions in all articles by rule, in a separate worker. `tell` is called after each article. Returns a function that
     * stops it. An article that cannot be read counts as having none.
     */
    countOpen(tell: (counts: ReadonlyMap<string, number>, looked: number) => void): () => void {
      const start = startWorker;
      let worker: SuggestionWorker | null = null;
      let isStopped = start === null;
      const stop = () => {
        isStopped = true;
        worker?.terminate();
      };
      if (!start) return stop;
      const suggester = createSuggester(() => {
        worker = start();
        return worker;
      });
      const count = async () => {
        const learned = await experience().catch(() => noExperience);
        const counts = new Map<string, number>();
        for (const [index, { meta }] of desk.state().articles.entries()) {
          const read = await workspace.readArticle(meta.id).catch(() => null);
          if (isStopped) return;
          const { registry } = desk.state();
          const wish = read && { text: read.article.text, registry, experience: learned };
          const found = wish && (await new Promise<readonly Suggestion[] | null>((done) => suggester.ask(wish, done)));
          if (isStopped) return;
          const set = desk.state().work.sets.get(meta.id) ?? (read && setFromRecord(read.set));
          if (found && set) for (const { rule } of openAmong(desk.state(), found, set)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
          tell(new Map(counts), index + 1);
        }
        stop();
      };
      void count();
      return stop;
    },
    /**
     * Resets what was learned in the project: from now on, only what is made and decided later counts. Annotations and rejections stay as they
     * are.
     */
    reset(): void {
      const { settings, opened } = desk.state();
      if (!opened) return;
      workspace.saveSettings({ ...settings, learnedSince: { ...settings.learnedSince, [opened.project.id]: workspace.now() } });
      view.say('What suggestions learned in this project is forgotten. Your annotations and rejections stay.');
    },
  };
}
