import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { proposeLeavingOut } from '../../core/import/boilerplate.ts';
import { type ArticleDraft, invisibleRemarks, keptWords } from '../../core/import/draft.ts';
import { titleOf } from '../../core/model/article.ts';
import { detailProblem, tidyDetail } from '../../core/model/article-record.ts';
import { type ArchivedFile, readArchive } from './archive.ts';
import { decodeLabelled, knownKind } from './decode.ts';
import { damaged, FileRefusal, noText } from './file-refusal.ts';
import { fragmentBlocks } from './html.ts';
import { walkXml } from './xml-safety.ts';

const kind = 'Word document';
const titleStyles = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"];

/**
 * The text of a Word document: headings according to their styles, list items and table cells as separate blocks, footnotes at the end. Pictures,
 * comments, deleted text, macros and linked content are not read.
 * @throws FileRefusal
 */
export async function readDocx(name: string, bytes: Uint8Array): Promise<ArticleDraft> {
  expectKind(bytes);
  const parts = await readArchive(bytes, kind);
  const facts = { title: '', language: '' };
  for (const { path, bytes: part } of parts.filter(({ path }) => /\.(?:xml|rels)$/i.test(path))) {
    walkXml(decodedPart(part), (element, text) => {
      if (path !== 'docProps/core.xml') return;
      if (element === 'cp:coreProperties/dc:title') facts.title += text;
      if (element === 'cp:coreProperties/dc:language') facts.language += text;
    });
  }
  if (!parts.some(({ path }) => path === '[Content_Types].xml')) throw damaged(kind);
  const blocks = fragmentBlocks(await htmlOf(parts));
  if (blocks.length === 0) throw noText();
  const heading = blocks.find((block) => block.kind === 'heading')?.text;
  const title = facts.title.trim() || heading || titleOf(blocks.map(({ text }) => text).join('\n'), name);
  const language = tidyDetail('language', facts.language);
  const proposed = proposeLeavingOut(blocks, title);
  const hasMacros = parts.some(({ path }) => /vbaProject\.bin$/i.test(path));
  return {
    name,
    title,
    source: null,
    // The file's own date is when it was made, not when the article was published.
    date: null,
    url: null,
    language: language !== null && detailProblem('language', language) === null ? language : null,
    words: keptWords(proposed),
    blocks: proposed,
    remarks: [...(hasMacros ? ['Its macros were not read.'] : []), ...invisibleRemarks(proposed)],
  };
}

function decodedPart(bytes: Uint8Array): string {
  try {
    return decodeLabelled(bytes, null);
  } catch (error) {
    throw error instanceof FileRefusal ? damaged(kind) : error;
  }
}

function expectKind(bytes: Uint8Array): void {
  const found = knownKind(bytes);
  if (found === 'an older office document') {
    const isLocked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
    if (isLocked)
      throw new FileRefusal('encrypted', 'it is locked with a password', 'Open it in Word, remove the password, save it and import that.');
    throw new FileRefusal(
      'unsupported',
      'it is an older office document',
      'Open it in a word processor, save it as .docx and import that.',
    );
  }
  if (found !== 'a ZIP archive or an office document') {
    if (found)
      throw new FileRefusal('unsupported', `it is ${found}, not a Word document`, 'Give it the right ending, then import it again.');
    throw damaged(kind);
  }
}

// mammoth unpacks the archive itself and trusts its content, so it gets a new archive with only the parts that were checked.
async function htmlOf(parts: readonly ArchivedFile[]): Promise<string> {
  const kept = parts.filter(({ path }) => /\.(?:xml|rels)$/i.test(path));
  const clean = zipSync(Object.fromEntries(kept.map(({ path, bytes }) => [path, bytes])), { level: 0 });
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(clean) },
      {
        styleMap: titleStyles,
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    return value;
  } catch {
    throw damaged(kind);
  }
}
