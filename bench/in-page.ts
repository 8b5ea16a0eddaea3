/** What a page under measurement has as `window.bench`, beside its own `window.tool` if it is one of ours around another's tool. */
export interface InPage {
  /**
   * Watches from now on until a frame shows what makes `check` hold: tells when it came to hold, when that frame called for its last changes
   * (requestAnimationFrame), and when it was drawn. To be called before what is measured begins: else what a page does once it has drawn
   * counts as drawing.
   */
  shown(check: () => boolean): Promise<Shown>;
  /** Words on screen to drag over, others at each `turn`: pixels of the window. Null when there are none. */
  spot(root: Element, turn: number): { from: Point; to: Point } | null;
  /** Scrolls `element` down by half its height a frame; the time between frames. */
  scroll(element: Element, frames: number): Promise<number[]>;
  /** The longest events (Event Timing) since it was last asked. */
  longestEvent(): number;
}

/** Times of the page's clock, in milliseconds. */
export interface Shown {
  /** When the page held the change: what follows until `mark` is the browser's. */
  readonly ready: number;
  readonly mark: number;
  readonly end: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a page around another's tool has as `window.tool`. */
export interface PageTool {
  /** Shows `text` with an annotation on each of `runs` (half-open, UTF-16), as the tool is meant to be used. */
  open(text: string, runs: readonly { start: number; end: number }[]): void;
  /** Whether what `open` was given is drawn. */
  isDrawn(): boolean;
  /** How many highlights are drawn; another number after something was tagged. */
  marks(): number;
  /** What holds the text. */
  root(): Element;
  /** What scrolls. */
  scroller(): Element;
}

declare global {
  interface Window {
    bench: InPage;
    tool: PageTool;
    /** What is opened next. */
    given: { readonly text: string; readonly runs: readonly { start: number; end: number }[] };
  }
}

/** Gives the page `window.bench`. It runs in the page, and so knows nothing of this file. */
export function install(): void {
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);

  window.bench = {
    shown: (check) =>
      new Promise((resolve) => {
        let ready: number | null = null;
        const look = () => {
          if (ready === null && check()) ready = performance.now();
        };
        const changes = new MutationObserver(look);
        changes.observe(document, { subtree: true, childList: true, characterData: true });
        const frame = () => {
          const mark = performance.now();
          // Not every tool tells by its elements what it draws.
          look();
          if (ready === null) return requestAnimationFrame(frame);
          const told = ready;
          changes.disconnect();
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve({ ready: told, mark, end: performance.now() });
          channel.port2.postMessage(null);
        };
        requestAnimationFrame(frame);
      }),
    spot: (root, turn) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: { from: Point; to: Point }[] = [];
      // One for all: as long as a page holds ranges, every change of its elements has to see to each of them.
      const range = document.createRange();
      const { innerWidth, innerHeight } = window;
      for (let node = walker.nextNode(); node && found.length <= turn; node = walker.nextNode()) {
        const length = node.nodeValue?.trim() ? (node.nodeValue?.length ?? 0) : 0;
        for (let at = 2; at + 12 < length && found.length <= turn; at += 90) {
          range.setStart(node, at);
          range.setEnd(node, at + 10);
          const boxes = range.getClientRects();
          const box = boxes[0];
          if (boxes.length !== 1 || !box || box.width < 20) continue;
          const y = box.top + box.height / 2;
          if (box.top < 150 || box.bottom > innerHeight - 60 || box.left < 0 || box.right > innerWidth) continue;
          found.push({ from: { x: box.left + 1, y }, to: { x: box.right - 1, y } });
        }
      }
      return found[turn % Math.max(1, found.length)] ?? null;
    },
    scroll: async (element, frames) => {
      const step = element.clientHeight / 2;
      const times: number[] = [];
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let frame = 0; frame < frames; frame++) {
        element.scrollTop += step;
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        times.push(now - last);
        last = now;
      }
      return times;
    },
    longestEvent: () => {
      const told = longest;
      longest = 0;
      return told;
    },
  };
}
