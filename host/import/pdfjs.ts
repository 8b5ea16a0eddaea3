import { readFile } from 'node:fs/promises';
import type { PDFDocumentProxy } from 'pdfjs-dist';

/**
 * A PDF document opened by PDF.js for its text alone: on this thread, with nothing drawn, no fonts, forms, scripts or compiled code. The bytes
 * are taken over. To be closed by `loadingTask.destroy()`.
 * @throws Error of PDF.js for what is none or is locked (`PasswordException`)
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
    // Of pictures only letters are looked at, and of none of more than 1,000 by 1,000 points is the outline followed.
    maxImageSize: 1_000_000,
    BinaryDataFactory: CharacterMaps,
  }).promise;
}

async function library() {
  // PDF.js looks for both when it is loaded, and warns where they are missing. Paths are for drawing alone.
  Object.assign(globalThis, { DOMMatrix: Matrix, Path2D: Object });
  const [pdf] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    // Where this is loaded already, PDF.js starts no thread of its own.
    import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string),
  ]);
  return pdf;
}

/**
 * As much of a matrix of the plane as PDF.js needs to find the outlines of letters that are pictures, from which it has their size. It is
 * scaled by one part of a picture's width and height, before the outline is followed: where the width is no whole number, that never ends.
 */
class Matrix {
  a = 1;
  b = 0;
  c = 0;
  d = 1;
  e = 0;
  f = 0;

  /** @throws RangeError, upon which PDF.js goes on without the outline */
  scaleSelf(x: number, y: number): this {
    if (x !== 1 / Math.round(1 / x)) throw new RangeError(`a picture of a width of ${1 / x}`);
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

// Beside the bundle, where the build lays them; with the package otherwise.
const mapsFolder = import.meta.url.endsWith('.ts')
  ? new URL('cmaps/', import.meta.resolve('pdfjs-dist/package.json'))
  : new URL('cmaps/', import.meta.url);

/** What PDF.js asks for by name: the maps by which Chinese, Japanese and Korean fonts number their characters, and nothing else. */
export class CharacterMaps {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl' || !/^[\w-]+\.bcmap$/.test(filename)) throw new RangeError(`no ${kind}: ${filename}`);
    return new Uint8Array(await readFile(new URL(filename, mapsFolder)));
  }
}
