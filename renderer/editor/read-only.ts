import { Plugin } from 'prosemirror-state';
import { plainHtml } from './schema.ts';

/**
 * Keeps the text as it is while caret, selection and keys work as in any text field. Two layers: input is stopped at the browser's
 * event, and what cannot be stopped there (a composition) meets a filter that refuses every change of the document.
 * Copying gives the plain text of the selection, and its paragraphs as plain HTML.
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
        // A composition that comes to nothing may never be told to have ended; were it tracked, keys would stay dead until then.
        compositionstart: () => true,
        compositionupdate: () => true,
        compositionend: () => true,
      },
    },
  });
}
