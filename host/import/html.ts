import { Readability } from '@mozilla/readability';
import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { proposeLeavingOut } from '../../core/import/boilerplate.ts';
import { type ArticleDraft, type DraftBlock, invisibleRemarks, keptWords, type ReadingOptions } from '../../core/import/draft.ts';
import { publishedDate } from '../../core/import/published-date.ts';
import { titleOf } from '../../core/model/article.ts';
import { detailProblem, tidyDetail } from '../../core/model/article-record.ts';
import { decodeLabelled, expectText, knownKind } from './decode.ts';
import type { DomNode } from './dom.ts';
import { FileRefusal, noText } from './file-refusal.ts';
import { blocksUnder } from './html-blocks.ts';

/**
 * The article of a saved web page. The draft has all text of the page; what Mozilla's Readability does not consider part of the article is proposed
 * to be left out. Nothing that the page refers to is fetched, and none of its scripts run.
 * @throws FileRefusal
 */
export function readHtml(name: string, bytes: Uint8Array, { encoding }: ReadingOptions = {}): ArticleDraft {
  const kind = knownKind(bytes);
  if (kind) throw new FileRefusal('unsupported', `it is ${kind}, not a web page`, 'Give it the right ending, then import it again.');
  const html = decodeLabelled(bytes, encoding ?? declaredEncoding(bytes));
  expectText(html);
  return readPage(name, html);
}

function readPage(name: string, html: string): ArticleDraft {
  const document = parsed(html);
  const all = blocksUnder(rootOf(document));
  if (all.length === 0) throw noText();
  const article = articleOf(html);
  const facts = factsOf(document, html);
  const heading = textOf(document.querySelector?.('h1'));
  const title = titleFrom(article?.title ?? null, heading, all, name);
  const inside = article && new Set(article.blocks.map(({ text }) => text));
  const marked = all.map((block) =>
    !inside || inside.has(block.text) || block.text === title ? block : { ...block, leaveOut: 'outside the article' },
  );
  const blocks = proposeLeavingOut(marked, title);
  const source = article?.siteName ?? facts.source;
  return {
    name,
    title,
    source: source ?? (facts.url === null ? null : (/^https?:\/\/(?:www\.)?([^/?#:]+)/i.exec(facts.url)?.[1] ?? null)),
    date: (article?.published ? publishedDate(article.published) : null) ?? facts.date,
    url: facts.url,
    language: facts.language,
    words: keptWords(blocks),
    blocks,
    remarks: invisibleRemarks(blocks),
  };
}

/** The encoding that a page declares in its first 1,024 bytes, where the HTML standard looks for it. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const found =
    /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? /^<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1];
  // If the declaration can be read byte by byte, the page is not in UTF-16, whatever it says.
  return found && !/^utf-?16/i.test(found) ? found : null;
}

/** How deeply the elements of a page may be nested. */
const depthLimit = 512;

// Checked before the tree is built, because building takes ever longer with the depth.
function expectShallow(html: string): void {
  let depth = 0;
  const parser = new Parser({
    onopentag: () => {
      depth++;
      if (depth > depthLimit) {
        const next = 'Copy the text of the article and paste it instead.';
        throw new FileRefusal('unsafe', `its elements are nested more than ${depthLimit} levels deep`, next);
      }
    },
    onclosetag: () => {
      depth--;
    },
  });
  parser.write(html);
}

function parsed(html: string): DomNode {
  expectShallow(html);
  // Without an element around it, linkedom reads a fragment as an empty page.
  const whole = /<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  return parseHTML(whole).document as unknown as DomNode;
}

// A document type may come first, and linkedom does not link it to what follows.
const rootOf = (document: DomNode): DomNode => document.querySelector?.('html') ?? document;

interface Found {
  readonly title: string | null;
  readonly siteName: string | null;
  readonly published: string | null;
  readonly blocks: readonly DraftBlock[];
}

// Readability changes the document that it reads, so it gets its own.
function articleOf(html: string): Found | null {
  const reader = new Readability<DomNode>(parsed(html) as never, {
    maxElemsToParse: 100_000,
    charThreshold: 200,
    serializer: (node) => node as unknown as DomNode,
  });
  let found: ReturnType<Readability<DomNode>['parse']>;
  try {
    found = reader.parse();
  } catch (error) {
    // Without Readability's result the whole page is shown, and the person leaves out what does not belong to the article.
    if (error instanceof RangeError || error instanceof TypeError || (error instanceof Error && /Aborting parsing/.test(error.message)))
      return null;
    throw error;
  }
  if (!found?.content) return null;
  const tidy = (value: string | null | undefined) => value?.replace(/\s+/g, ' ').trim() || null;
  return {
    title: tidy(found.title),
    siteName: tidy(found.siteName),
    published: tidy(found.publishedTime),
    blocks: blocksUnder(found.content),
  };
}

const dateNames = [
  'article:published_time',
  'datePublished',
  'date',
  'pubdate',
  'publishdate',
  'publish-date',
  'dc.date',
  'dc.date.issued',
  'dcterms.created',
  'parsely-pub-date',
  'sailthru.date',
];

function factsOf(
  document: DomNode,
  html: string,
): { source: string | null; date: string | null; url: string | null; language: string | null } {
  const attribute = (selector: string, name: string) => document.querySelector?.(selector)?.getAttribute?.(name)?.trim() || null;
  const metas = [...(document.querySelectorAll?.('meta') ?? [])];
  const meta = (wanted: string) => {
    const is = (node: DomNode, name: string) => node.getAttribute?.(name)?.toLowerCase() === wanted.toLowerCase();
    return (
      metas
        .find((node) => is(node, 'property') || is(node, 'name') || is(node, 'itemprop'))
        ?.getAttribute?.('content')
        ?.trim() || null
    );
  };
  const dates = [...dateNames.map(meta), attribute('time[datetime]', 'datetime'), textOf(document.querySelector?.('time'))];
  const savedFrom =
    /<!--\s*saved from url=\(\d+\)(\S+)\s*-->/i.exec(html.slice(0, 4096))?.[1] ??
    /^\s*url:\s*(https?:\S+)/im.exec(html.slice(0, 2048))?.[1];
  const urls = [attribute('link[rel="canonical"]', 'href'), meta('og:url'), savedFrom ?? null];
  return {
    source: meta('og:site_name') ?? meta('application-name') ?? null,
    date: dates.map((date) => (date ? publishedDate(date) : null)).find((date) => date !== null) ?? null,
    url: sound('url', urls),
    language: sound('language', [attribute('html', 'lang'), meta('og:locale')?.replace('_', '-') ?? null, meta('content-language')]),
  };
}

// The first value that is valid.
function sound(name: 'url' | 'language', values: readonly (string | null)[]): string | null {
  const tidy = values.map((value) => (value === null ? null : tidyDetail(name, value)));
  return tidy.find((value) => value !== null && detailProblem(name, value) === null) ?? null;
}

const textOf = (node: DomNode | null | undefined) => node?.textContent?.replace(/\s+/g, ' ').trim() || null;

// The headline as the page shows it, if the page's title contains it, is a part of it, or is missing.
function titleFrom(named: string | null, heading: string | null, blocks: readonly DraftBlock[], name: string): string {
  if (heading && (named === null || named.includes(heading) || heading.includes(named))) return heading;
  // For pages without headings: the part of the title before the site's name, if a line of the page is exactly that.
  const front = named?.replace(/\s+[|–—·-]\s+[^|–—·]*$/, '');
  if (front && blocks.some(({ text }) => text === front)) return front;
  return named ?? titleOf(blocks.map(({ text }) => text).join('\n'), name);
}

/** The whole text of a piece of HTML. @throws FileRefusal */
export function fragmentBlocks(html: string): DraftBlock[] {
  return blocksUnder(rootOf(parsed(html)));
}
