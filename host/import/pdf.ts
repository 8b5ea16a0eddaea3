import type { PDFDocumentProxy } from 'pdfjs-dist';
import { proposeLeavingOut } from '../../core/import/boilerplate.ts';
import { type ArticleDraft, draftText, invisibleRemarks, keptWords, proposedOut } from '../../core/import/draft.ts';
import { titleOf } from '../../core/model/article.ts';
import { damaged, FileRefusal } from './file-refusal.ts';
import { blocksOfPages, type PlacedRun } from './pdf-lines.ts';
import { openDocument } from './pdfjs.ts';

/** The most pages that a document may have. */
const pageLimit = 1000;

/**
 * The text of a PDF document, joined into paragraphs. Scripts, forms and attachments in it are not read, and nothing is drawn.
 * @throws FileRefusal, also for a document without text, such as a scan
 */
export async function readPdf(name: string, bytes: Uint8Array): Promise<ArticleDraft> {
  // Copied, because PDF.js takes over the bytes that it is given.
  const document = await opened(bytes.slice());
  try {
    if (document.numPages > pageLimit) {
      throw new FileRefusal(
        'too-large',
        `it has more than ${pageLimit} pages`,
        'Take the pages of the article out of it and import those.',
      );
    }
    const pages: PlacedRun[][] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(items.flatMap((item) => ('str' in item ? [placed(item.str, item.transform as number[], item.width)] : [])));
      page.cleanup();
    }
    const blocks = blocksOfPages(pages);
    if (blocks.length === 0) {
      throw new FileRefusal(
        'empty',
        'it holds no text, as a scanned page does',
        'Read it with a program for text recognition (OCR), then import that.',
      );
    }
    const named = await titleIn(document);
    const heading = blocks.find(({ kind, leaveOut }) => kind === 'heading' && leaveOut === null)?.text;
    const title = named ?? heading ?? titleOf(draftText({ blocks }, proposedOut({ blocks })).text, name);
    const proposed = proposeLeavingOut(blocks, title);
    return {
      name,
      title,
      source: null,
      // The file's own date is when it was made, not when the article was published.
      date: null,
      url: null,
      language: null,
      words: keptWords(proposed),
      blocks: proposed,
      remarks: invisibleRemarks(proposed),
    };
  } catch (error) {
    throw error instanceof FileRefusal ? error : damaged('PDF document');
  } finally {
    await document.loadingTask.destroy();
  }
}

async function opened(data: Uint8Array): Promise<PDFDocumentProxy> {
  try {
    return await openDocument(data);
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new FileRefusal(
        'encrypted',
        'it is locked with a password',
        'Open it with the password, print it to a new PDF and import that.',
      );
    }
    throw damaged('PDF document');
  }
}

// The transform is [a, b, c, d, x, y]. The size of the letters is the length of its vertical part.
function placed(text: string, [, , c = 0, d = 0, x = 0, y = 0]: readonly number[], width: number): PlacedRun {
  return { text, x, y, width, size: Math.round(Math.hypot(c, d) * 10) / 10 };
}

// Ignores titles that are file names, which word processors write there.
async function titleIn(document: PDFDocumentProxy): Promise<string | null> {
  const { info } = (await document.getMetadata().catch(() => ({ info: {} }))) as { info: { Title?: unknown } };
  const title = typeof info.Title === 'string' ? info.Title.replace(/\s+/g, ' ').trim() : '';
  return title === '' || /\.(?:docx?|pdf|odt|indd|html?)$|^(?:untitled|microsoft word|document\d*)\b/i.test(title) ? null : title;
}
