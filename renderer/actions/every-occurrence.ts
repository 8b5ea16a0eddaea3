import type { Occurrence } from '../../core/annotations/hits.ts';
import { tagEach } from '../../core/steps/gestures.ts';
import { type EveryQuery, selectedRange } from '../state/view-store.ts';
import type { Desk } from './desk.ts';

/** Tagging every occurrence of the same words. */
export function everyOccurrenceActions(desk: Desk) {
  const { view, workspace } = desk;
  return {
    /** Opens the dialog for every occurrence of the selected words, or those of the active annotation, which then serves as the model. */
    ask(): void {
      const selected = selectedRange(desk.shown());
      const range = selected && desk.snapped(selected, false);
      const active = desk.active();
      const words = range ? desk.state().article?.text.slice(range.start, range.end) : active?.annotation.spans[0]?.text;
      const layer = active?.layer.id ?? desk.codebook()?.layers[0]?.id;
      if (!words || !layer) return view.say('Select the words to tag everywhere first.');
      view.set({ every: { words, layer, attributes: active?.annotation.attributes ?? {} } });
    },
    /** Tags the chosen occurrences as one step across articles. Resolves to how many were tagged; those already tagged are left out. */
    async tagEvery({ words, layer, attributes }: EveryQuery, hits: readonly Occurrence[]): Promise<number> {
      const articles = [...new Set(hits.map(({ article }) => article))];
      await workspace.load(articles);
      const edits = articles.flatMap((article) => {
        const scene = workspace.scene(article);
        const ranges = hits.filter((hit) => hit.article === article);
        return scene ? tagEach(scene, layer, ranges, attributes) : [];
      });
      workspace.apply({ command: 'annotation.every', title: `Tag every “${shortened(words)}”`, edits });
      const caret = selectedRange(desk.shown())?.end;
      if (caret !== undefined) desk.collapse(caret);
      return edits.length;
    },
  };
}

const shortened = (words: string) => (words.length > 40 ? `${words.slice(0, 38).toWellFormed()}…` : words);
