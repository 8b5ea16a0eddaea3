import { type DraftBlock, tidyBlocks } from '../../core/import/draft.ts';
import { lineLimit } from '../../core/model/article.ts';
import type { DomNode } from './dom.ts';
import { FileRefusal, tooLong } from './file-refusal.ts';

/** The most nodes that a page may have. */
const nodeLimit = 500_000;

const set = (names: string) => new Set(names.split(' '));
const breaking = set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY BUTTON CAPTION CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR HTML LEGEND LI MAIN MENU NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL',
);
const unread = set(
  'APPLET AREA AUDIO CANVAS COL COLGROUP DATALIST EMBED FRAME FRAMESET HEAD IFRAME IMG INPUT LINK MAP MATH META NOEMBED NOFRAMES NOSCRIPT OBJECT OPTION PARAM PROGRESS SCRIPT SELECT SOURCE STYLE SVG TEMPLATE TEXTAREA TITLE TRACK VIDEO',
);
const headings = set('H1 H2 H3 H4 H5 H6');

/**
 * The text under `root` as blocks in reading order: one for each paragraph, heading, list item, cell and line break. What a reader of the page does
 * not see (scripts, styles, values of forms, hidden elements) is skipped.
 * @throws FileRefusal for more than `nodeLimit` nodes, or a paragraph longer than `lineLimit`
 */
export function blocksUnder(root: DomNode): DraftBlock[] {
  const blocks: { kind: DraftBlock['kind']; text: string }[] = [];
  let line = '';
  let headingDepth = 0;
  let preDepth = 0;
  const flush = () => {
    if (line.length > lineLimit) throw tooLong(blocks.length + 1);
    if (line.trim() !== '') blocks.push({ kind: headingDepth > 0 ? 'heading' : 'paragraph', text: line });
    line = '';
  };
  const enter = (node: DomNode) => {
    if (breaking.has(node.nodeName)) flush();
    if (headings.has(node.nodeName)) headingDepth++;
    if (node.nodeName === 'PRE') preDepth++;
  };
  const leave = (node: DomNode) => {
    if (breaking.has(node.nodeName)) flush();
    if (headings.has(node.nodeName)) headingDepth--;
    if (node.nodeName === 'PRE') preDepth--;
  };
  let seen = 0;
  // Iterates instead of recursing, because a page can be nested deeper than the stack allows.
  for (let node: DomNode | null = root; node; ) {
    seen++;
    if (seen > nodeLimit) {
      throw new FileRefusal(
        'too-large',
        `it has more than ${nodeLimit} parts`,
        'Save the article alone, for example in the reader view of the browser.',
      );
    }
    if (node.nodeType === 3) line += preDepth > 0 ? node.textContent : (node.textContent ?? '').replace(/[\t\n\f\r ]+/g, ' ');
    else if (node.nodeName === 'BR') flush();
    const isOpened: boolean = node.nodeType === 9 || (node.nodeType === 1 && isRead(node));
    if (isOpened && node.nodeType === 1) enter(node);
    if (isOpened && node.firstChild) {
      node = node.firstChild;
      continue;
    }
    if (isOpened && node.nodeType === 1) leave(node);
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      if (node && node.nodeType === 1) leave(node);
    }
    node = node === root || !node ? null : node.nextSibling;
  }
  flush();
  return tidyBlocks(blocks);
}

function isRead(node: DomNode): boolean {
  if (unread.has(node.nodeName.toUpperCase())) return false;
  const attribute = (name: string) => node.getAttribute?.(name) ?? null;
  if (attribute('hidden') !== null) return false;
  return !/(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribute('style') ?? '');
}
