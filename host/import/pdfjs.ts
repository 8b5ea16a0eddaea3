import { readFile } from 'node:fs/promises';
import type { PDFDocumentProxy } from 'pdfjs-dist';

/**
 * Opens a PDF document with PDF.js to read its text only: on this thread, without drawing, fonts, forms, scripts or compiled code. PDF.js takes over
 * the bytes. Close the document with `loadingTask.destroy()`.
 * @throws Error of PDF.js if it is not a PDF or is locked (`PasswordException`)
 */
export async function openDocument(data: Uint8Array): Promise<PDFDocumentProxy> {
  const { getDocument } = await library();
  return getDocument({
    data,
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    // PDF.js follows the outlines of letters that are pictures. Larger pictures, of more than 1,000 by 1,000 points, are skipped.
    maxImageSize: 1_000_000,
    BinaryDataFactory: CharacterMaps,
  }).promise;
}

async function library() {
  // PDF.js looks for both when it is loaded, and warns if they are missing. Paths are only used for drawing.
  Object.assign(globalThis, { DOMMatrix: Matrix, Path2D: Object });
  const [pdf] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    // If this module is already loaded, PDF.js does not start a thread.
    import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string),
  ]);
  return pdf;
}

/**
 * The part of a matrix that PDF.js needs to find the outlines of letters that are pictures, from which it gets their size. It scales the matrix by
 * one part of the picture's width and height before it follows the outline. Unless both are whole numbers, following it may never end.
 */
class Matrix {
  a = 1;
  b = 0;
  c = 0;
  d = 1;
  e = 0;
  f = 0;

  /** @throws RangeError, upon which PDF.js continues without the outline */
  scaleSelf(x: number, y: number): this {
    if (![x, y].every((part) => part === 1 / Math.round(1 / part))) throw new RangeError(`a picture of ${1 / x} by ${1 / y} points`);
    this.a *= x;
    this.b *= x;
    this.c *= y;
    this.d *= y;
    return this;
  }

  translateSelf(x: number, y: number): this {
    this.e += this.a * x + this.c * y;
    this.f += this.b * x + this.d * y;
    return this;
  }
}

// The build puts the maps next to the bundle; when run from source, they are in the package.
const mapsFolder = import.meta.url.endsWith('.ts')
  ? new URL('cmaps/', import.meta.resolve('pdfjs-dist/package.json'))
  : new URL('cmaps/', import.meta.url);

/** Gives PDF.js the maps by which Chinese, Japanese and Korean fonts number their characters, and no other files. */
export class CharacterMaps {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl' || !/^[\w-]+\.bcmap$/.test(filename)) throw new RangeError(`no ${kind}: ${filename}`);
    return new Uint8Array(await readFile(new URL(filename, mapsFolder)));
  }
}
