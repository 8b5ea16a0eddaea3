import './editor.css';
import { EditorState, type Plugin, TextSelection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { type Block, blocksOf } from '../../core/model/article.ts';
import { type Range, sentenceAt } from '../../core/text/span.ts';
import { type Bindings, runBinding } from '../keys.ts';
import { Handles } from './handles.ts';
import { blank, type Drawing, drawn, highlights, keptVisible, withMatches } from './highlights.ts';
import { Margin, type Tied } from './margin.ts';
import { Matches } from './matches.ts';
import { type LineInSight, lineInSight, paragraphFrom, reveal, showLine } from './navigation.ts';
import { offsetOf, positionOf, wholeCharacter } from './positions.ts';
import { readOnly } from './read-only.ts';
import { documentOf } from './schema.ts';
import { goToEdge, letGoOfSelection, readSelection } from './selecting.ts';

export type { Drawing } from './highlights.ts';
export { blank } from './highlights.ts';
export type { DrawnAnnotation, DrawnRole, Look } from './pieces.ts';

/** What is shown: the text and the indexes of those of its lines that are headings. `language` is BCP 47, for screen readers. */
export interface ArticleText {
  readonly text: string;
  readonly headings: readonly number[];
  readonly language?: string | null;
}

/** Caret (both equal) or selection: where it began and where it is now, in UTF-16 code units. */
export interface TextPlace {
  readonly anchor: number;
  readonly head: number;
}

/** What a person had on screen of an article. */
export interface ReadingPlace extends LineInSight {
  /** Where the caret was, in UTF-16 code units. */
  readonly caret: number;
}

/** Where something is on screen, in CSS pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** What an article view tells and asks. */
export interface ArticleViewOptions {
  /** The accessible name. */
  readonly label: string;
  /** The caret or selection was moved, by the person or by `select`. */
  onSelection(place: TextPlace): void;
  /** A plain click at `offset`: the ids of the annotations under it, the shortest first; empty on bare text. */
  onPick(ids: readonly string[], offset: number): void;
  /** The pointer came upon these annotations, the shortest first; empty when it left them. */
  onHover(ids: readonly string[]): void;
  /** The pointer drags an end of the fragment whose handles are shown to `offset`. */
  onDragEnd?(edge: 'start' | 'end', offset: number): void;
  /** Asked at each key, so that rebinding works at once. A binding says whether it applied; if none did, the key keeps its own meaning. */
  keys(): Bindings;
}

/**
 * The article as a text field in which everything works but changing the text. It owns the element that it puts into `place`.
 * All offsets are UTF-16 code units, and ranges half-open.
 */
export class ArticleView {
  readonly #view: EditorView;
  readonly #options: ArticleViewOptions;
  readonly #article: ArticleText;
  readonly #blocks: readonly Block[];
  readonly #margin: Margin;
  readonly #handles: Handles;
  readonly #matches: Matches;
  // One for everything that is measured: each range that a page holds, used or not, slows every change of its elements.
  readonly #measured = document.createRange();
  #hovered = '';
  #isPressed = false;

  /** @throws RangeError when a span of `drawing` leaves the text. */
  constructor(place: HTMLElement, article: ArticleText, options: ArticleViewOptions, drawing: Drawing = blank) {
    this.#options = options;
    this.#article = article;
    this.#blocks = blocksOf(article.text, article.headings);
    this.#view = new EditorView(place, {
      state: this.#freshState(drawing),
      attributes: () => ({
        class: 'article',
        role: 'textbox',
        // An editable element has the focus anyway; programs that check pages look for this.
        tabindex: '0',
        'aria-readonly': 'true',
        'aria-multiline': 'true',
        'aria-label': this.#options.label,
        spellcheck: 'false',
        translate: 'no',
        ...(this.#article.language ? { lang: this.#article.language } : {}),
      }),
      dispatchTransaction: (transaction) => {
        const before = this.#view.state.selection;
        this.#view.updateState(this.#view.state.apply(transaction));
        if (!before.eq(this.#view.state.selection)) this.#options.onSelection(this.selection());
      },
      handleKeyDown: (_view, event) => {
        readSelection(this.#view);
        return runBinding(event, this.#options.keys()) || goToEdge(this.#view, event);
      },
      handleClick: (_view, position, event) => {
        // A narrow letter is dragged over within what counts as a click.
        const isDrag = document.getSelection()?.isCollapsed === false;
        if (event.button === 0 && !event.shiftKey && !isDrag) this.#options.onPick(idsAt(event), offsetOf(this.#blocks, position));
        return false;
      },
      handleTripleClick: (_view, position) => {
        const sentence = sentenceAt(this.#article.text, offsetOf(this.#blocks, position));
        if (sentence) this.select(sentence);
        return sentence !== null;
      },
      handleDOMEvents: {
        mousedown: (_view, event) => {
          this.#isPressed = true;
          letGoOfSelection(this.#view, event);
          return false;
        },
        mouseover: (_view, event) => this.#comeUpon(event),
        mouseleave: () => this.#hover([]),
        focus: () => this.#keepSelectionVisible(false),
        blur: () => this.#keepSelectionVisible(true),
      },
    });
    withoutMarkup(this.#view.dom);
    place.classList.add('article-place');
    this.#margin = new Margin(place, this.#view.dom, (range) => this.#linesOf(range));
    this.#handles = new Handles(place, {
      caretAt: (offset, side) => this.#view.coordsAtPos(this.#positionOf(offset), side),
      offsetAt: (left, top) => {
        const found = this.#view.posAtCoords({ left, top });
        return found && wholeCharacter(this.#article.text, offsetOf(this.#blocks, found.pos));
      },
      onDrag: (edge, offset) => this.#options.onDragEnd?.(edge, offset),
    });
    this.#matches = new Matches(place, (range) => new StaticRange(this.#domRange(range)));
    this.#drawAround(drawing);
  }

  /**
   * Draws `drawing` in place of what is drawn, and selects `range` in the same step if one is given: the page is laid out once for both.
   * Drawing the same again costs a comparison and leaves the page alone. @throws RangeError when a span leaves the text.
   */
  draw(drawing: Drawing, range?: Range): void {
    const transaction = drawn(this.#view.state, drawing);
    if (!transaction) return range && this.select(range);
    if (range) transaction.setSelection(this.#selectionOf(range));
    this.#view.dispatch(transaction);
    if (range && !this.#view.hasFocus()) this.#keepSelectionVisible(true);
    this.#drawAround(drawing);
    this.#matches.refresh();
  }

  /** Shows where words were found, the one at `current` (-1: none) set apart. */
  showMatches(matches: readonly Range[], current: number): void {
    if (Matches.isSupported) return this.#matches.draw(matches, current);
    const transaction = withMatches(this.#view.state, matches);
    if (transaction) this.#view.dispatch(transaction);
  }

  /** Selects `range`; an empty one sets the caret. An end inside a surrogate pair moves before it. The focus stays where it is. */
  select(range: Range, options: { readonly scroll?: boolean } = {}): void {
    const selection = this.#selectionOf(range);
    this.#view.dispatch(this.#view.state.tr.setSelection(selection));
    if (!this.#view.hasFocus()) this.#keepSelectionVisible(true);
    if (options.scroll) reveal(this.#view, selection.anchor);
  }

  /** Scrolls until the text at `offset` lies well inside what is seen. */
  scrollTo(offset: number): void {
    reveal(this.#view, this.#positionOf(offset));
  }

  /** Sets the caret to the start of the next or previous paragraph with words in it and shows it. False at the edges. */
  walkParagraph(step: 1 | -1): boolean {
    const start = paragraphFrom(this.#article.text, this.#blocks, this.selection().head, step);
    if (start === null) return false;
    this.select({ start, end: start }, { scroll: true });
    return true;
  }

  /** Gives the article the focus, with caret and selection where they were. */
  focus(): void {
    this.#view.focus();
  }

  hasFocus(): boolean {
    return this.#view.hasFocus();
  }

  /** What is read at the moment: where the text stands on screen and where the caret is. Nothing may be taken out of the page yet. */
  readingPlace(): ReadingPlace {
    return { ...lineInSight(this.#view.dom), caret: this.selection().head };
  }

  /** Puts text and caret where they were when `readingPlace` gave `place` for the same text. */
  goBackTo({ caret, line, below }: ReadingPlace): void {
    this.select({ start: caret, end: caret });
    showLine(this.#view, line, below);
  }

  /** Where caret or selection are. */
  selection(): TextPlace {
    const { anchor, head } = this.#view.state.selection;
    return { anchor: offsetOf(this.#blocks, anchor), head: offsetOf(this.#blocks, head) };
  }

  /** The box around the text of `range` on screen. */
  boxOf(range: Range): Box {
    const first = this.#view.domAtPos(this.#positionOf(range.start));
    const last = this.#view.domAtPos(this.#positionOf(range.end));
    this.#measured.setStart(first.node, first.offset);
    this.#measured.setEnd(last.node, last.offset);
    const { left, top, bottom, width } = this.#measured.getBoundingClientRect();
    return { left, top, bottom, width };
  }

  /** Where the caret is on screen. */
  caretBox(): Box {
    const { left, top, bottom } = this.#view.coordsAtPos(this.#view.state.selection.head);
    return { left, top, bottom, width: 0 };
  }

  /** Whether the text at these pixels of the window lies in the selection. */
  isSelectedAt(left: number, top: number): boolean {
    const { from, to } = this.#view.state.selection;
    const found = this.#view.posAtCoords({ left, top });
    return found !== null && from < to && from <= found.pos && found.pos <= to;
  }

  /** Takes the article out of the page. Nothing else may be called afterwards. */
  destroy(): void {
    this.#margin.destroy();
    this.#handles.destroy();
    this.#matches.destroy();
    this.#view.destroy();
  }

  #drawAround(drawing: Drawing): void {
    this.#margin.draw(tiedIn(drawing));
    this.#handles.draw(drawing.ends ?? null);
  }

  #freshState(drawing: Drawing): EditorState {
    const plugins: Plugin[] = [readOnly(), highlights(this.#blocks, drawing)];
    return EditorState.create({ doc: documentOf(this.#article.text, this.#blocks), plugins });
  }

  #domRange(range: Range): { startContainer: Node; startOffset: number; endContainer: Node; endOffset: number } {
    // Inward, so that no neighbour's element is taken in.
    const first = this.#view.domAtPos(this.#positionOf(range.start), 1);
    const last = this.#view.domAtPos(this.#positionOf(range.end), -1);
    return { startContainer: first.node, startOffset: first.offset, endContainer: last.node, endOffset: last.offset };
  }

  #linesOf(range: Range): { top: number; bottom: number; middle: number } {
    const { top, bottom } = this.boxOf(range);
    const first = this.#view.coordsAtPos(this.#positionOf(range.start), 1);
    return { top, bottom, middle: (first.top + first.bottom) / 2 };
  }

  #positionOf(offset: number): number {
    return positionOf(this.#blocks, wholeCharacter(this.#article.text, offset));
  }

  #selectionOf({ start, end }: Range): TextSelection {
    return TextSelection.create(this.#view.state.doc, this.#positionOf(start), this.#positionOf(end));
  }

  // While something is dragged nothing is hovered. The browser tells of a press that follows at once on the way there by an event of this
  // kind first: what is under the pointer must not be drawn anew then, or the press misses it and selects nothing.
  #comeUpon(event: MouseEvent): void {
    if (event.buttons === 0) this.#isPressed = false;
    else if (!this.#isPressed) return;
    this.#hover(this.#isPressed ? [] : idsAt(event));
  }

  #hover(ids: readonly string[]): void {
    const now = ids.join(' ');
    if (now === this.#hovered) return;
    this.#hovered = now;
    this.#options.onHover(ids);
  }

  #keepSelectionVisible(isKept: boolean): void {
    const { anchor, head } = this.selection();
    const range = isKept && anchor !== head ? { start: Math.min(anchor, head), end: Math.max(anchor, head) } : null;
    const transaction = keptVisible(this.#view.state, range);
    if (transaction) this.#view.dispatch(transaction);
  }
}

// Takes plain text only: nothing can be typed anyway. What the page's framework does for editable elements at each change, counting the
// letters before the selection, it then leaves undone, so that no key costs more in a longer article. Browsers that know no such
// elements keep the editable one.
function withoutMarkup(dom: HTMLElement): void {
  dom.setAttribute('contenteditable', 'plaintext-only');
  if (dom.contentEditable !== 'plaintext-only') dom.setAttribute('contenteditable', 'true');
}

// The annotation under attention with the mentions in its roles.
function tiedIn({ annotations, active, hovered, roles }: Drawing): Tied | null {
  // What was made last comes last.
  const told = annotations.findLast(({ id }) => id === active) ?? annotations.findLast(({ id }) => id === hovered);
  if (!told) return null;
  const mentions = roles.flatMap(({ spans, title, isLoose }) => (isLoose ? [] : spans.map((range) => ({ range, title }))));
  return { hue: told.hue, fragments: told.spans, mentions };
}

/** The ids of the annotations under a pointer event, the shortest first. */
export function idsAt(event: MouseEvent): string[] {
  const piece = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-annotations]') : null;
  return piece?.dataset.annotations?.split(' ') ?? [];
}
