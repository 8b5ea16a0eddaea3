import { strToU8, zipSync } from 'fflate';

/** A paragraph of a document to make: its words and, optionally, its Word style. */
export type Paragraph = string | readonly [style: 'Title' | 'Heading1' | 'ListParagraph', text: string];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const word =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a Word document with these paragraphs, by path. Tests change them before packing. */
export function docxParts(paragraphs: readonly Paragraph[], title = ''): Record<string, Uint8Array> {
  const body = paragraphs.map((paragraph) => {
    const [style, text] = typeof paragraph === 'string' ? [null, paragraph] : paragraph;
    const properties = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : '';
    return `<w:p>${properties}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
  });
  const styles = [
    ['Title', 'Title'],
    ['Heading1', 'heading 1'],
    ['ListParagraph', 'List Paragraph'],
  ].map(([id, name]) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`);
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${xml}<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${xml}<w:styles ${word}>${styles.join('')}</w:styles>`,
    'word/document.xml': `${xml}<w:document ${word}><w:body>${body.join('')}</w:body></w:document>`,
    'docProps/core.xml': `${xml}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>`,
  };
  return Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)]));
}

/** A Word document with these paragraphs. */
export const docx = (paragraphs: readonly Paragraph[], title = ''): Uint8Array => zipSync(docxParts(paragraphs, title));

/** A line of a PDF to make: its words, the size of its letters, and its distance from the previous line, in points. */
export type PdfLine = readonly [text: string, size?: number, distance?: number];

/** A PDF with these lines on its pages, in a font that every reader has. Only ASCII. `extra` goes into the trailer. */
export function pdf(pages: readonly (readonly PdfLine[])[], extra = '', title = ''): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${5 + index * 2} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title (${title}) >>`,
  ];
  for (const [index, lines] of pages.entries()) {
    let content = 'BT\n1 0 0 1 72 740 Tm\n';
    for (const [text, size = 11, distance = 14] of lines) {
      content += `/F1 ${size} Tf\n0 ${-distance} Td\n(${text.replace(/([\\()])/g, '\\$1')}) Tj\n`;
    }
    content += 'ET';
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${6 + index * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      pdfStream(content),
    );
  }
  return pdfOf(objects, `/Info 4 0 R ${extra}`);
}

/** A PDF of one page with this content, in the fonts `/F1`, `/F2` and so on, which are given as objects. `more` are the objects after them. */
export function pdfInFonts(content: string, fonts: readonly string[], more: readonly string[] = []): Uint8Array {
  const names = fonts.map((_, index) => `/F${index + 1} ${5 + index} 0 R`).join(' ');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << ${names} >> >> >>`,
    pdfStream(`BT\n1 0 0 1 72 740 Tm\n${content}\nET`),
    ...fonts,
    ...more,
  ]);
}

/** The PDF object that holds this stream; `filters` says how it is packed. */
export const pdfStream = (content: string, filters = ''): string =>
  `<< /Length ${content.length} ${filters} >>\nstream\n${content}\nendstream`;

// A file of these objects, numbered from 1. The first is the catalog.
function pdfOf(objects: readonly string[], trailer = ''): Uint8Array {
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

/** A Word document of one paragraph with a picture at `target`, outside of the document. */
export function docxWithLinkedPicture(words: string, target: string): Uint8Array {
  const parts = docxParts([words]);
  const changed = (path: string, from: string, to: string) => strToU8(new TextDecoder().decode(parts[path]).replace(from, () => to));
  const drawing = 'http://schemas.openxmlformats.org/drawingml/2006';
  const blip = `<pic:pic xmlns:pic="${drawing}/picture"><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill></pic:pic>`;
  const graphic = `<a:graphic xmlns:a="${drawing}/main"><a:graphicData>${blip}</a:graphicData></a:graphic>`;
  const picture = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="${drawing}/wordprocessingDrawing">${graphic}</wp:inline></w:drawing></w:r></w:p>`;
  const link = `<Relationship Id="rId9" Type="${office}/image" Target="${escaped(target)}" TargetMode="External"/>`;
  const [body, links] = ['word/document.xml', 'word/_rels/document.xml.rels'];
  return zipSync({
    ...parts,
    [body]: changed(body, '<w:body>', `<w:body>${picture}`),
    [links]: changed(links, '</Relationships>', `${link}</Relationships>`),
  });
}
