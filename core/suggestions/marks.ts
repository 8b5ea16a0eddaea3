import type { Range } from '../text/span.ts';

/** A run of text in quotation marks, marks included; half-open, UTF-16. It lies in one paragraph. */
export interface MarkedSpan extends Range {
  /** The text between the marks. */
  readonly inner: Range;
  /** The opening mark as written. */
  readonly mark: string;
  /** False where the paragraph ends before a closing mark. */
  readonly closed: boolean;
  /** Whether the next marked span of the outermost level, in a later paragraph, goes on with this one: this is open and that one opens its paragraph anew. */
  readonly goesOn: boolean;
  /** Number of marked spans around it. */
  readonly depth: number;
}

interface Opened {
  readonly at: number;
  readonly kind: Kind;
  readonly mark: string;
}

type Kind = 'curly' | 'low' | 'guillemet' | 'reversed' | 'straight' | 'doubled' | 'single' | 'apostrophe';

const deepest = 8;
const letter = /[\p{L}\p{N}]/u;
const elision = /^(?:\d0s\b|em\b|til\b|till\b|cause\b|tis\b|twas\b|bout\b|round\b|n\b|cuz\b)/iu;

/**
 * The runs of `text` in quotation marks of any style, ascending by start, the outer before the inner. Paragraphs are lines. Apostrophes are
 * told from closing marks; a mark without its partner is left alone, but for one that opens a quotation which fills the rest of its paragraph.
 * Linear in the length of the text.
 */
export function markedSpans(text: string): MarkedSpan[] {
  const spans: MarkedSpan[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    spans.push(...paragraphMarks(text, start, end));
    start = end + 1;
  }
  const outer = spans.filter((span) => span.depth === 0);
  const goingOn = new Set(outer.filter((span, index) => !span.closed && opensNextParagraph(text, span, outer[index + 1])));
  return spans.map((span) => (goingOn.has(span) ? { ...span, goesOn: true } : span));
}

function opensNextParagraph(text: string, span: MarkedSpan, next: MarkedSpan | undefined): boolean {
  return next !== undefined && next.mark === span.mark && text.slice(span.end, next.start).trim() === '';
}

function paragraphMarks(text: string, from: number, to: number): MarkedSpan[] {
  const found: { start: number; end: number; open: number; close: number; mark: string; closed: boolean }[] = [];
  const stack: Opened[] = [];
  const close = (index: number, at: number, width: number) => {
    const { at: start, mark } = stack[index] as Opened;
    // What was opened later and not closed was no mark.
    stack.length = index;
    if (text.slice(start + mark.length, at).trim() !== '') {
      found.push({ start, end: at + width, open: start + mark.length, close: at, mark, closed: true });
    }
  };
  const topmost = (...kinds: Kind[]) => stack.findLastIndex(({ kind }) => kinds.includes(kind));
  const open = (at: number, kind: Kind, mark: string) => {
    // Nobody nests so deep: the outermost of them has lost its partner.
    if (stack.length === deepest) stack.shift();
    stack.push({ at, kind, mark });
  };
  const lastSingle = lastClosingSingle(text, from, to);
  for (let at = from; at < to; at++) {
    const character = text.charAt(at);
    switch (character) {
      case '“':
      case '”': {
        const low = topmost('low');
        const curly = topmost('curly');
        const known = curly >= 0 ? curly : topmost('straight');
        // Typed the wrong way round: “so called“.
        const turned = character === '“' && known >= 0 && closesHere(text, at, from) && !opensHere(text, at, from, to);
        if (low >= 0 && low === stack.length - 1) close(low, at, 1);
        else if (character === '“' && !turned) open(at, 'curly', character);
        else if (known >= 0) close(known, at, 1);
        else if (low >= 0) close(low, at, 1);
        else if (opensHere(text, at, from, to)) open(at, 'curly', character);
        break;
      }
      case '„':
        open(at, 'low', character);
        break;
      case '«': {
        const reversed = topmost('reversed');
        if (reversed >= 0) close(reversed, at, 1);
        else open(at, 'guillemet', character);
        break;
      }
      case '»': {
        const guillemet = topmost('guillemet');
        if (guillemet >= 0) close(guillemet, at, 1);
        else if (opensHere(text, at, from, to)) open(at, 'reversed', character);
        break;
      }
      case '"':
        straight(at, 'straight', '"');
        break;
      case '`':
        if (text.charAt(at + 1) === '`') open(at++, 'doubled', '``');
        break;
      case '‘':
        if (!elision.test(text.slice(at + 1, at + 8)) && (opensHere(text, at, from, to) || topmost('single') < 0) && at < lastSingle) {
          if (!letter.test(text.charAt(at - 1)) || at === from) open(at, 'single', character);
        }
        break;
      case '’':
        if (topmost('single') >= 0 && closesSingle(text, at, from, to)) close(topmost('single'), at, 1);
        break;
      case "'":
        if (text.charAt(at + 1) === "'") {
          straight(at, 'doubled', "''");
          at++;
        } else if (topmost('apostrophe') >= 0 && closesSingle(text, at, from, to)) close(topmost('apostrophe'), at, 1);
        else if (
          topmost('apostrophe') < 0 &&
          opensHere(text, at, from, to) &&
          at < lastSingle &&
          !elision.test(text.slice(at + 1, at + 8))
        ) {
          open(at, 'apostrophe', character);
        }
        break;
    }
  }
  function straight(at: number, kind: 'straight' | 'doubled', mark: string): void {
    const same = topmost(kind);
    const closing = closesHere(text, at, from) && !opensHere(text, at, from, to, mark.length);
    // Marks of two styles as partners: “not now".
    const known = same < 0 && kind === 'straight' && closing ? topmost('curly') : same;
    const after = text.charAt(at + mark.length);
    if (known >= 0 && !(opensHere(text, at, from, to, mark.length) && !closesHere(text, at, from))) close(known, at, mark.length);
    else if (known >= 0) {
      // It can only open: what stood open before has lost its partner.
      stack.length = known;
      open(at, kind, mark);
    } else if (at + mark.length < to && !/\s/.test(after) && text.charAt(at - 1) !== '=') open(at, kind, mark);
  }
  const [rest] = stack.filter(({ kind }) => kind !== 'single' && kind !== 'apostrophe');
  const restEnd = from + text.slice(from, to).trimEnd().length;
  if (rest && runsToTheEnd(text, rest, restEnd)) {
    const kept = found.filter(({ start, end }) => end <= rest.at || start > rest.at);
    kept.push({ start: rest.at, end: restEnd, open: rest.at + rest.mark.length, close: restEnd, mark: rest.mark, closed: false });
    return nested(kept);
  }
  return nested(found);
}

function nested(found: { start: number; end: number; open: number; close: number; mark: string; closed: boolean }[]): MarkedSpan[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const around: number[] = [];
  return found.map(({ start, end, open, close, mark, closed }) => {
    while (around.length > 0 && (around.at(-1) as number) <= start) around.pop();
    const depth = around.length;
    around.push(end);
    return { start, end, inner: { start: open, end: close }, mark, closed, goesOn: false, depth };
  });
}

// The paragraph's rest is one quotation when its opening mark stands at the start of a clause and there are words of a clause in it.
function runsToTheEnd(text: string, { at, mark }: Opened, end: number): boolean {
  const words = text.slice(at + mark.length, end);
  const before = text.slice(Math.max(0, at - 12), at).trimEnd();
  return /^\p{Lu}|^\.\.\.|^…|^\[/u.test(words) && words.split(/\s+/).length >= 4 && (before === '' || /[\n.,:?!—–-]$/.test(before));
}

function opensHere(text: string, at: number, from: number, to: number, width = 1): boolean {
  const before = at === from ? ' ' : text.charAt(at - 1);
  const after = at + width >= to ? ' ' : text.charAt(at + width);
  return /[\s([{—–\-/:“‘"'«„]/.test(before) && !/[\s.,;:!?)\]}]/.test(after);
}

function closesHere(text: string, at: number, from: number): boolean {
  return at > from && !/[\s([{]/.test(text.charAt(at - 1)) && !/[:—–-]/.test(text.charAt(at - 1));
}

function closesSingle(text: string, at: number, from: number, to: number): boolean {
  const before = at === from ? ' ' : text.charAt(at - 1);
  const after = at + 1 >= to ? ' ' : text.charAt(at + 1);
  if (letter.test(after) || /\s/.test(before)) return false;
  if (/[.,;:!?…)]/.test(before) || /[.,;:!?…)\]”"»]/.test(after)) return true;
  // “the allies’ plan”: a plural's apostrophe, if the quotation is closed further on.
  return !(/s/.test(before) && /^\s+\p{Ll}/u.test(text.slice(at + 1, at + 4)) && at < lastCertainSingle(text, at, to));
}

function lastCertainSingle(text: string, at: number, to: number): number {
  const rest = text.slice(at + 1, Math.min(to, at + 400));
  const next = rest.search(/[\s([—–]['‘](?=\p{L})/u);
  const closing = rest.search(/(?:[.,;:!?…]['’]|[\p{L}\p{N})]['’](?=[.,;:!?…)\]”"]|\s*$))/u);
  return closing >= 0 && (next < 0 || closing < next) ? at + 1 + closing : -1;
}

// Where no single mark can be closed any more, so that apostrophes open nothing.
function lastClosingSingle(text: string, from: number, to: number): number {
  for (let at = to - 1; at > from; at--) {
    const character = text.charAt(at);
    if (
      (character === '’' || character === "'") &&
      !letter.test(at + 1 >= to ? ' ' : text.charAt(at + 1)) &&
      !/\s/.test(text.charAt(at - 1))
    )
      return at;
  }
  return -1;
}
