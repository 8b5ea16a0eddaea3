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

/** The text to show, and the indexes of its heading lines. `language` is BCP 47, for screen readers. */
export interface ArticleText {
  readonly text: string;
  readonly headings: readonly number[];
  readonly language?: string | null;
}

/** The caret (both equal) or the selection: where it began and where it is now, in UTF-16 code units. */
export interface TextPlace {
  readonly anchor: number;
  readonly head: number;
}

/** The position at which the user left an article. */
export interface ReadingPlace extends LineInSight {
  /** The position of the caret, in UTF-16 code units. */
  readonly caret: number;
}

/** Where something is on screen, in CSS pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** The callbacks and options of an article view. */
export interface ArticleViewOptions {
  /** The accessible name. */
  readonly label: string;
  /** The caret or selection was moved, by the user or by `select`. */
  onSelection(place: TextPlace): void;
  /** A plain click at `offset`. `ids` are the annotations under it, shortest first; empty if there are none. */
  onPick(ids: readonly string[], offset: number): void;
  /** The pointer moved onto these annotations, shortest first; empty when it left them. */
  onHover(ids: readonly string[]): void;
  /** The pointer drags one end of the fragment with handles to `offset`. */
  onDragEnd?(edge: 'start' | 'end', offset: number): void;
  /**
   * Called for each key, so that new bindings apply immediately. A binding returns whether it applied; if none did, the key keeps its normal
   * meaning.
   */
  keys(): Bindings;
}

/**
 * The article as a text field in which everything works except changing the text. It owns the element that it adds to `place`. All offsets are
 * UTF-16 code units, and ranges are half-open.
 */
export class ArticleView {
  readonly #view: EditorView;
  readonly #options: ArticleViewOptions;
  readonly #article: ArticleText;
  readonly #blocks: readonly Block[];
  readonly #margin: Margin;
  readonly #handles: Handles;
  readonly #matches: Matches;
  // One range for all measurements. Every live range of a page, used or not, slows down each change of its elements.
  readonly #measured = document.createRange();
  #hovered = '';
  #isPressed = false;

  /** @throws RangeError if a span of `drawing` is outside the text */
  constructor(place: HTMLElement, article: ArticleText, options: ArticleViewOptions, drawing: Drawing = blank) {
    this.#options = options;
    this.#article = article;
    this.#blocks = blocksOf(article.text, article.headings);
    this.#view = new EditorView(place, {
      state: this.#freshState(drawing),
      attributes: () => ({
        class: 'article',
        role: 'textbox',
        // An editable element can have the focus anyway, but accessibility checkers look for this.
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
        // On a narrow letter, a drag is so short that it counts as a click.
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
   * Draws `drawing` instead of what is drawn. If `range` is given, it is selected in the same step, so that the page is laid out only once.
   * Drawing the same again costs a comparison and does not touch the page. @throws RangeError if a span is outside the text
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

  /** Highlights matches; the one at `current` (-1: none) looks different. */
  showMatches(matches: readonly Range[], current: number): void {
    if (Matches.isSupported) return this.#matches.draw(matches, current);
    const transaction = withMatches(this.#view.state, matches);
    if (transaction) this.#view.dispatch(transaction);
  }

  /** Selects `range`; an empty one sets the caret. An end inside a surrogate pair moves to before the pair. The focus does not change. */
  select(range: Range, options: { readonly scroll?: boolean } = {}): void {
    const selection = this.#selectionOf(range);
    this.#view.dispatch(this.#view.state.tr.setSelection(selection));
    if (!this.#view.hasFocus()) this.#keepSelectionVisible(true);
    if (options.scroll) reveal(this.#view, selection.anchor);
  }

  /** Scrolls until the text at `offset` is well within the visible area. */
  scrollTo(offset: number): void {
    reveal(this.#view, this.#positionOf(offset));
  }

  /** Moves the caret to the start of the next or previous paragraph with words and shows it. False at the first and last one. */
  walkParagraph(step: 1 | -1): boolean {
    const start = paragraphFrom(this.#article.text, this.#blocks, this.selection().head, step);
    if (start === null) return false;
    this.select({ start, end: start }, { scroll: true });
    return true;
  }

  /** Focuses the article, keeping the caret and the selection. */
  focus(): void {
    this.#view.focus();
  }

  hasFocus(): boolean {
    return this.#view.hasFocus();
  }

  /** The current reading position: where the text is on screen and where the caret is. Call this before removing anything from the page. */
  readingPlace(): ReadingPlace {
    return { ...lineInSight(this.#view.dom), caret: this.selection().head };
  }

  /** Restores the text position and caret that `readingPlace` returned for the same text. */
  goBackTo({ caret, line, below }: ReadingPlace): void {
    this.select({ start: caret, end: caret });
    showLine(this.#view, line, below);
  }

  /** The caret or selection. */
  selection(): TextPlace {
    const { anchor, head } = this.#view.state.selection;
    return { anchor: offsetOf(this.#blocks, anchor), head: offsetOf(this.#blocks, head) };
  }

  /** The box on screen around the text of `range`. */
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

  /** Whether the text at this point of the window (in pixels) is selected. */
  isSelectedAt(left: number, top: number): boolean {
    const { from, to } = this.#view.state.selection;
    const found = this.#view.posAtCoords({ left, top });
    return found !== null && from < to && from <= found.pos && found.pos <= to;
  }

  /** Removes the article from the page. Do not call anything else afterwards. */
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
    // Inward, so that elements of neighbouring text are not included.
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

  // Nothing is hovered during a drag. If a press follows a move immediately, the browser reports it first through an event of this kind, with a
  // button down. What is under the pointer must not be redrawn then, or the press would miss it and select nothing.
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

// Only allows plain text, since nothing can be typed anyway. React then skips what it does for editable elements at each change, which includes
// counting the characters before the selection. Without that, keys would be slower in longer articles. Browsers without support keep the editable
// element.
function withoutMarkup(dom: HTMLElement): void {
  dom.setAttribute('contenteditable', 'plaintext-only');
  if (dom.contentEditable !== 'plaintext-only') dom.setAttribute('contenteditable', 'true');
}

// The active annotation, or else the hovered one, with the mentions in its roles.
function tiedIn({ annotations, active, hovered, roles }: Drawing): Tied | null {
  // Search from the end, because the newest annotation is last.
  const told = annotations.findLast(({ id }) => id === active) ?? annotations.findLast(({ id }) => id === hovered);
  if (!told) return null;
  const mentions = roles.flatMap(({ spans, title, isLoose }) => (isLoose ? [] : spans.map((range) => ({ range, title }))));
  return { hue: told.hue, fragments: told.spans, mentions };
}

/** The ids of the annotations under a pointer event, shortest first. */
export function idsAt(event: MouseEvent): string[] {
  const piece = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-annotations]') : null;
  return piece?.dataset.annotations?.split(' ') ?? [];
}
