import { expect, type Locator, type Page } from '@playwright/test';

/** What a person does in the Annotate view, in their words. Offsets are UTF-16 code units of the article's text. */
export class Person {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  get text(): Locator {
    return this.page.getByRole('textbox', { name: /./ }).and(this.page.locator('[aria-readonly="true"]'));
  }

  get annotations(): Locator {
    // An empty list says what to do in a row of its own.
    return this.page.getByRole('listbox', { name: 'Annotations of this article' }).locator('.annotation-row');
  }

  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Inspector' });
  }

  /** Opens the article whose file name begins with `name` by the article list, with the mouse. */
  async open(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Filter articles' }).fill(name);
    await this.page.getByRole('listbox', { name: 'Articles' }).getByRole('option').first().click();
    await expect(this.page.getByText(new RegExp(`^${name}`)).first()).toBeVisible();
    await this.page.getByRole('textbox', { name: 'Filter articles' }).fill('');
  }

  /** Puts the focus into the article by keyboard alone: F6 until it is there. */
  async goToText(): Promise<void> {
    for (let step = 0; step < 6; step++) {
      if (await this.text.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('F6');
    }
    throw new Error('F6 never reached the article');
  }

  /** Selects `words` (the first within `context`, which stands on one line) by keyboard alone: to the start of the text, then arrows with Shift. */
  async selectByKeyboard(words: string, context = words): Promise<void> {
    await this.goToText();
    const lines = await this.lines();
    const line = lines.findIndex((candidate) => candidate.includes(context));
    if (line < 0) throw new Error(`no line holds ${context}`);
    const start = (lines[line] as string).indexOf(context) + context.indexOf(words);
    await this.page.keyboard.press('ControlOrMeta+Home');
    // Paragraph by paragraph down, then to the place in the line.
    const steps = lines.slice(1, line + 1).filter((candidate) => candidate.trim() !== '').length;
    await Promise.all(Array.from({ length: steps }, () => this.page.keyboard.press('j')));
    await this.moveTo(start, '');
    await this.moveTo(start + words.length, 'Shift+');
    await this.expectSelected(words);
  }

  /** Selects `words` (the first within `context`, which occurs once) by keyboard alone: found by the bar of Ctrl F, and by arrows within `context`. */
  async selectByFinding(words: string, context = words): Promise<void> {
    await this.goToText();
    await this.page.keyboard.press('ControlOrMeta+Home');
    await this.page.keyboard.press('ControlOrMeta+f');
    const bar = this.page.getByRole('search');
    await expect(bar.getByRole('textbox')).toBeFocused();
    await this.page.keyboard.insertText(context);
    await expect(bar.getByRole('status')).toHaveText('1 of 1');
    await this.page.keyboard.press('Escape');
    await this.expectSelected(context);
    if (words === context) return;
    await this.page.keyboard.press('ArrowLeft');
    const { at } = await this.caret();
    await this.moveTo(at + context.indexOf(words), '');
    await this.moveTo(at + context.indexOf(words) + words.length, 'Shift+');
    await this.expectSelected(words);
  }

  /** Selects `words` (the first within `context`) by dragging the mouse from their start to their end. */
  async selectByMouse(words: string, context = words): Promise<void> {
    const ends = await this.text.evaluate(
      (element, { wanted, around }) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const nodes: { node: Node; start: number }[] = [];
        let all = '';
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          nodes.push({ node, start: all.length });
          all += node.nodeValue ?? '';
        }
        if (!all.includes(around)) return null;
        const at = all.indexOf(around) + around.indexOf(wanted);
        const edge = (offset: number, side: 'left' | 'right') => {
          const holder = nodes.findLast(({ start }) => start <= (side === 'left' ? offset : offset - 1));
          if (!holder) throw new Error('no text node');
          const range = document.createRange();
          const inside = offset - holder.start;
          range.setStart(holder.node, side === 'left' ? inside : inside - 1);
          range.setEnd(holder.node, side === 'left' ? inside + 1 : inside);
          (holder.node.parentElement as Element).scrollIntoView({ block: 'center' });
          const box = range.getBoundingClientRect();
          return { x: side === 'left' ? box.left + 1 : box.right - 1, y: (box.top + box.bottom) / 2 };
        };
        edge(at, 'left');
        return { from: edge(at, 'left'), to: edge(at + wanted.length, 'right'), again: edge(at, 'left') };
      },
      { wanted: words, around: context },
    );
    if (!ends) throw new Error(`the article does not hold ${words}`);
    await this.page.mouse.move(ends.again.x, ends.again.y);
    await this.page.mouse.down();
    await this.page.mouse.move((ends.again.x + ends.to.x) / 2, ends.to.y, { steps: 3 });
    await this.page.mouse.move(ends.to.x, ends.to.y, { steps: 3 });
    await this.page.mouse.up();
  }

  async expectSelected(words: string): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => document.getSelection()?.toString())).toBe(words);
  }

  /** Goes on as a new annotator of this project. */
  async annotateAs(name: string, { adjudicates = false } = {}): Promise<void> {
    await this.page.getByRole('button', { name: /^Annotator: / }).click();
    await this.page.getByRole('menuitem', { name: 'Add an annotator…' }).click();
    if (adjudicates) await this.page.getByRole('checkbox', { name: /^Adjudicates/ }).press('Space');
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('button', { name: `Annotator: ${name}` })).toBeVisible();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Tags four runs of words of the first article, one in each layer; the last stays active. */
  async tagFour(): Promise<void> {
    await this.open('000');
    for (const [words, key] of [
      ['unambiguous answer', 'q'],
      ['declaration of intent', 'f'],
      ['a more cautious tone', 's'],
      ['military hubs', 't'],
    ] as const) {
      await this.selectByMouse(words);
      await this.press(key);
    }
    await expect(this.annotations).toHaveCount(4);
  }

  async expectSaved(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: /^\S+ Saved$/ })).toBeVisible();
  }

  // Word by word while the goal is far, then letter by letter; both count from the start of the caret's line.
  private async moveTo(goal: number, held: '' | 'Shift+'): Promise<void> {
    const byWord = process.platform === 'darwin' ? 'Alt+' : 'Control+';
    for (let { at, line } = await this.caret(); at !== goal; { at, line } = await this.caret()) {
      // No more than a step a word, so that this does not go too far; where it does, the next turn goes back.
      const words = line.slice(Math.min(at, goal), Math.max(at, goal)).split(/\s+/).length - 2;
      const isFar = words > 0;
      const key = `${held}${isFar ? byWord : ''}${at < goal ? 'ArrowRight' : 'ArrowLeft'}`;
      const presses = isFar ? words : Math.abs(goal - at);
      // Sent without waiting for each: the browser takes them in their order.
      await Promise.all(Array.from({ length: presses }, () => this.page.keyboard.press(key)));
    }
  }

  /** Where the caret, or the moving end of the selection, is in its line, in UTF-16 code units, and the text of that line. */
  private caret(): Promise<{ at: number; line: string }> {
    return this.page.evaluate(() => {
      const selection = document.getSelection();
      const node = selection?.focusNode;
      const line = (node instanceof Element ? node : node?.parentElement)?.closest('.block');
      if (!selection || !node || !line) throw new Error('the caret is not in a line of the article');
      const before = document.createRange();
      before.setStart(line, 0);
      before.setEnd(node, selection.focusOffset);
      return { at: before.toString().length, line: line.textContent ?? '' };
    });
  }

  /** The lines of the article as they stand in its text. */
  private lines(): Promise<string[]> {
    return this.text.evaluate((element) => [...element.querySelectorAll('.block')].map((block) => block.textContent ?? ''));
  }
}
