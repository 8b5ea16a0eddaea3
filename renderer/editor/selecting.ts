import { Selection, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { edgeOfText, reveal } from './navigation.ts';

/**
 * Reads the selection from the browser. The browser reports a moved caret late, so without this a quick next key would still act on the old
 * selection.
 */
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

/** If the key means the start or end of the text, moves the caret there, or with Shift extends the selection. Returns whether it did. */
export function goToEdge(view: EditorView, event: KeyboardEvent): boolean {
  const edge = edgeOfText(event);
  if (!edge) return false;
  const { doc, selection, tr } = view.state;
  const { head } = edge === 'start' ? Selection.atStart(doc) : Selection.atEnd(doc);
  view.dispatch(tr.setSelection(TextSelection.create(doc, event.shiftKey ? selection.anchor : head, head)));
  reveal(view, head);
  return true;
}

/** Clears the selection if a press begins inside it. Otherwise a drag would move its text instead of selecting. */
export function letGoOfSelection(view: EditorView, event: MouseEvent): void {
  const found = view.posAtCoords({ left: event.clientX, top: event.clientY });
  const { doc, selection, tr } = view.state;
  const isInside = found !== null && !selection.empty && selection.from <= found.pos && found.pos <= selection.to;
  if (isInside && event.button === 0 && event.detail === 1 && !event.shiftKey) {
    view.dispatch(tr.setSelection(TextSelection.create(doc, found.pos)));
  }
}
