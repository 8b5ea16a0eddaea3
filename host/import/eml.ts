import PostalMime, { type Address, type Email } from 'postal-mime';
import { proposeLeavingOut } from '../../core/import/boilerplate.ts';
import { type ArticleDraft, type DraftBlock, invisibleRemarks, keptWords, tidyBlocks } from '../../core/import/draft.ts';
import { publishedDate } from '../../core/import/published-date.ts';
import { expectText, knownKind } from './decode.ts';
import { damaged, FileRefusal, noText } from './file-refusal.ts';
import { fragmentBlocks } from './html.ts';

/**
 * The article of an e-mail, such as a newsletter or a press release: the subject is its title, the sender its source, and the day it was sent its
 * date. Attachments and linked content are not read.
 * @throws FileRefusal
 */
export async function readEml(name: string, bytes: Uint8Array): Promise<ArticleDraft> {
  const kind = knownKind(bytes);
  if (kind) throw new FileRefusal('unsupported', `it is ${kind}, not an e-mail`, 'Give it the right ending, then import it again.');
  // Only a mail begins with a header. postal-mime would read anything else as one empty mail.
  if (!/^(?:From |[!-9;-~]+:)/m.test(Buffer.from(bytes.subarray(0, 4096)).toString('latin1'))) throw damaged('e-mail');
  const email = await parsed(bytes);
  const blocks = email.html ? fragmentBlocks(email.html) : paragraphsOf(email.text ?? '');
  if (blocks.length === 0) throw noText();
  expectText(blocks.map(({ text }) => text).join('\n'));
  const title = email.subject?.replace(/\s+/g, ' ').trim() || blocks[0]?.text.slice(0, 110) || name;
  const attachments = email.attachments.filter(({ related }) => !related).length;
  const proposed = proposeLeavingOut(blocks, title);
  return {
    name,
    title,
    source: senderOf(email.from),
    // Taken from the header as the sender wrote it: the parsed date is in UTC, which may be another day.
    date: publishedDate(email.headers.find(({ key }) => key === 'date')?.value ?? ''),
    url: null,
    language: null,
    words: keptWords(proposed),
    blocks: proposed,
    remarks: [
      ...(attachments > 0 ? [`${attachments} ${attachments === 1 ? 'attachment was' : 'attachments were'} not read.`] : []),
      ...invisibleRemarks(proposed),
    ],
  };
}

async function parsed(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 64, maxHeadersSize: 1_000_000 });
  } catch (error) {
    if (error instanceof Error && /nesting|headers? size/i.test(error.message)) {
      throw new FileRefusal(
        'unsafe',
        'its parts are nested too deeply or its header is too long',
        'Copy the text of the article and paste it instead.',
      );
    }
    throw damaged('e-mail');
  }
}

function senderOf(from: Address | undefined): string | null {
  return from?.name.trim() || from?.address?.trim() || null;
}

// Mails break lines at about 72 characters, so a much shorter line ends its paragraph.
const shortLine = 50;

/** The paragraphs of a plain text mail, with lines that were broken to a fixed width joined again. */
function paragraphsOf(text: string): DraftBlock[] {
  const paragraphs: { kind: 'paragraph'; text: string }[] = [];
  let isOpen = false;
  for (const raw of text.split(/\r\n?|\n/)) {
    const line = raw.trim();
    const last = paragraphs.at(-1);
    if (isOpen && last && line !== '') last.text += ` ${line}`;
    else if (line !== '') paragraphs.push({ kind: 'paragraph', text: line });
    isOpen = line.length >= shortLine && line.length <= 998;
    if (line.length > 120) isOpen = false;
  }
  return tidyBlocks(paragraphs);
}
