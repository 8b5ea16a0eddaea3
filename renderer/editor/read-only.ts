import { Plugin } from 'prosemirror-state';
import { plainHtml } from './schema.ts';

/**
 * Keeps the text unchanged while caret, selection and keys work as in any text field. There are two layers: input is stopped at the browser's
 * event, and what cannot be stopped there (a composition) is rejected by a filter for document changes. Copying gives the plain text of the
 * selection, and its paragraphs as plain HTML.
 */
export function readOnly(): Plugin {
  return new Plugin({
    filterTransaction: (transaction) => !transaction.docChanged,
    props: {
      handleTextInput: () => true,
      handlePaste: () => true,
      handleDrop: () => true,
      clipboardSerializer: plainHtml,
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n'),
      handleDOMEvents: {
        beforeinput: (_view, event) => {
          event.preventDefault();
          return true;
        },
        // A composition that produces nothing may never report its end. If it were tracked, keys would not work until then.
        compositionstart: () => true,
        compositionupdate: () => true,
        compositionend: () => true,
      },
    },
  });
}
