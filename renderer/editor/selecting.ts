import { Selection, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { edgeOfText, reveal } from './navigation.ts';

/** Takes over what the browser has selected. It tells of a moved caret after the fact, and a quick next key would still meet the old one. */
export function readSelection(view: EditorView): void {
  const found = view.dom.ownerDocument.getSelection();
  if (!found?.anchorNode || !found.focusNode) return;
  if (!view.dom.contains(found.anchorNode) || !view.dom.contains(found.focusNode)) return;
  const { doc, selection, tr } = view.state;
  const anchor = view.posAtDOM(found.anchorNode, found.anchorOffset);
  const head = view.posAtDOM(found.focusNode, found.focusOffset);
  const now = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
  if (!now.eq(selection)) view.dispatch(tr.setSelection(now));
}

/** Sets the caret to the start or end of the text, with Shift what is selected, where that is what the key means. Answers whether it is. */
export function goToEdge(view: EditorView, event: KeyboardEvent): boolean {
  const edge = edgeOfText(event);
  if (!edge) return false;
  const { doc, selection, tr } = view.state;
  const { head } = edge === 'start' ? Selection.atStart(doc) : Selection.atEnd(doc);
  view.dispatch(tr.setSelection(TextSelection.create(doc, event.shiftKey ? selection.anchor : head, head)));
  reveal(view, head);
  return true;
}

/** Lets go of the selection in which a press begins: else a drag would drag its text about, where a person means to select anew. */
export function letGoOfSelection(view: EditorView, event: MouseEvent): void {
  const found = view.posAtCoords({ left: event.clientX, top: event.clientY });
  const { doc, selection, tr } = view.state;
  const isInside = found !== null && !selection.empty && selection.from <= found.pos && found.pos <= selection.to;
  if (isInside && event.button === 0 && event.detail === 1 && !event.shiftKey) {
    view.dispatch(tr.setSelection(TextSelection.create(doc, found.pos)));
  }
}
