import { EditorState, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { blocksOf } from '../../core/model/article.ts';
import { blank, type Drawing, type DrawnAnnotation, type Look } from './article-view.ts';
import { drawn, highlights } from './highlights.ts';
import { positionOf } from './positions.ts';
import { readOnly } from './read-only.ts';
import { documentOf } from './schema.ts';

const looks: readonly Look[] = ['tint', 'underline', 'double', 'box', 'dashed', 'suggested'];
const line = 'A line with words under marks of every look, some of them over others.';
const lines = 12;

/**
 * Draws a few lines with every kind of mark out of sight, then removes them. Browsers compile code when it is first used; after this, the first
 * annotated article and the first tag need not wait for that. Returns the number of marked pieces.
 */
export function rehearse(): number {
  const text = Array.from({ length: lines }, () => line).join('\n');
  const blocks = blocksOf(text, []);
  const annotations = Array.from({ length: lines * 2 }, (_, index): DrawnAnnotation => {
    const start = Math.floor(index / 2) * (line.length + 1) + (index % 2) * 12;
    return { id: String(index), spans: [{ start, end: start + 20 }], look: looks[index % looks.length] ?? 'tint', hue: 'grey', label: '' };
  });
  // All but the last few at once, as when an article opens, and the rest one by one, as when tagging.
  const tagged = 6;
  const first: Drawing = { ...blank, annotations: annotations.slice(0, -tagged) };
  const state = EditorState.create({ doc: documentOf(text, blocks), plugins: [readOnly(), highlights(blocks, first)] });
  const view = new EditorView(null, { state });
  for (let count = tagged - 1; count >= 0; count--) {
    const active = annotations[annotations.length - 1 - count];
    const roles = active ? [{ spans: active.spans, title: '', line: 'solid' as const }] : [];
    const step = drawn(view.state, {
      ...first,
      annotations: annotations.slice(0, annotations.length - count),
      active: active?.id ?? null,
      roles,
    });
    if (step) view.dispatch(step.setSelection(TextSelection.create(step.doc, positionOf(blocks, count))));
  }
  const marked = view.dom.querySelectorAll('[data-annotations]').length;
  view.destroy();
  return marked;
}
