import type { Output } from '../../core/contract.ts';
import type { Experience } from '../../core/suggestions/learning.ts';
import { experienceIn, learnedSince, type ToldExperience } from '../state/experience.ts';
import type { Desk } from './desk.ts';

/** What the annotator's work teaches the suggester. */
export function learning(desk: Desk) {
  const { view, workspace } = desk;
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

  return {
    /** Shows the rules of suggestions, with what became of their suggestions and what was learned. */
    openRules: (): void => view.set({ suggestionRules: true }),
    /** What all articles tell at `since` or later, one part at a time; see the contract. */
    list: workspace.listExperience,
    /** What the suggester has learned in the project by now. The host is asked once for a project, annotator and reset. @throws AppError */
    async experience(): Promise<Experience> {
      const { opened } = desk.state();
      const since = learnedSince(desk.state());
      const key = JSON.stringify([opened?.project.id, opened?.annotator.id, since]);
      if (told?.key !== key) {
        const reading = read(since);
        told = { key, reading };
        // What could not be read is asked for again.
        reading.catch(() => {
          if (told?.reading === reading) told = null;
        });
      }
      return experienceIn(desk.state(), await told.reading);
    },
    /** Forgets what was learned in the project: only what is made and decided from now on counts. No annotation and no rejection changes. */
    reset(): void {
      const { settings, opened } = desk.state();
      if (!opened) return;
      workspace.saveSettings({ ...settings, learnedSince: { ...settings.learnedSince, [opened.project.id]: workspace.now() } });
      view.say('What suggestions learned in this project is forgotten. Your annotations and rejections stay.');
    },
  };
}
