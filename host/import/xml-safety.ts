import { SaxesParser } from 'saxes';
import { FileRefusal } from './file-refusal.ts';

/** How deeply the elements of an XML file may be nested, and how many attributes an element may have. */
const xmlLimits = { depth: 256, attributes: 1000 } as const;

/**
 * Walks through the XML file `text`. If `onText` is given, it receives each run of text with the path of its element (names joined by `/`).
 * @throws FileRefusal for a document type (the only place where entities are declared), deep nesting, many attributes, and XML that is not well
 * formed
 */
export function walkXml(text: string, onText?: (path: string, text: string) => void): void {
  const path: string[] = [];
  let attributes = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw new FileRefusal(
      'unsafe',
      'it declares a document type, which could make it grow without end',
      'Save it again in a word processor, then import that.',
    );
  });
  parser.on('opentagstart', ({ name }) => {
    path.push(name);
    attributes = 0;
    if (path.length > xmlLimits.depth) {
      throw new FileRefusal(
        'unsafe',
        `its elements are nested more than ${xmlLimits.depth} levels deep`,
        'Copy the text of the article and paste it instead.',
      );
    }
  });
  parser.on('attribute', () => {
    attributes++;
    if (attributes > xmlLimits.attributes) {
      throw new FileRefusal(
        'unsafe',
        `an element in it has more than ${xmlLimits.attributes} attributes`,
        'Copy the text of the article and paste it instead.',
      );
    }
  });
  parser.on('text', (run) => onText?.(path.join('/'), run));
  parser.on('closetag', () => path.pop());
  parser.on('error', () => {
    throw new FileRefusal(
      'damaged',
      'a part of it is not well-formed XML',
      'Open it in the program that made it and save it again, then import that.',
    );
  });
  parser.write(text.replace(/^\ufeff/, '')).close();
}
