import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drawings } from './editor/drawing.ts';
import { openApp } from './testing/opened-app.tsx';

const lead =
  'The president of the republic has warned that western allies have yet to provide legally binding guarantees to protect his country from any future aggression, despite a pledge.';
const text = [
  lead,
  'The minister said the plan was “ready”.',
  ...Array.from({ length: 30 }, (_, at) => `Paragraph ${at} of a long day.`),
].join('\n');
const boxOf = (element: Element | null) => {
  if (!element) throw new TypeError('no such element');
  return element.getBoundingClientRect();
};

test('F22 a title that only repeats how the text begins is a heading for screen readers alone, and Details stands by the source', async () => {
  const { place } = await openApp(text);
  const heading = page.getByRole('main').getByRole('heading', { level: 2 });
  await expect.poll(() => heading.element().textContent).toMatch(/^The president of the republic .*…$/);
  expect(boxOf(heading.element()).width).toBeLessThan(2);
  const [source, details] = [boxOf(place.querySelector('.article-source .muted')), boxOf(place.querySelector('.article-source button'))];
  expect(Math.abs(source.top + source.height / 2 - details.top - details.height / 2)).toBeLessThan(6);
});

test('F22 a title of its own has the full width of the text', async () => {
  const { place, actions } = await openApp(text);
  actions.articles.saveDetails('a', {
    title: 'Allies gather amid deep uncertainty over their pledges',
    source: null,
    date: null,
    url: null,
    language: 'en',
  });
  const heading = page.getByRole('main').getByRole('heading', { level: 2 });
  await expect.poll(() => heading.element().textContent).toMatch('Allies gather');
  expect(boxOf(heading.element()).width).toBeGreaterThan(boxOf(place.querySelector('.article-head')).width * 0.85);
});

test.each([
  [1024, 'minister said'],
  [1024, 'legally binding'],
  [1440, 'minister said'],
  [720, 'Paragraph 5'],
])('F23 in a window of %i pixels the toolbar of “%s” stays in the article’s pane and off the selection', async (width, words) => {
  const { place, actions, select } = await openApp(text, { width });
  await select('the plan');
  actions.run('tag.QUOTE');
  await select(words);
  const toolbar = page.getByRole('toolbar', { name: 'Tag the selection' });
  await expect.element(toolbar.getByRole('button', { name: /^Fragment/ })).toBeVisible();
  const [own, pane] = [boxOf(toolbar.element()), boxOf(place.querySelector('[data-pane="main"]'))];
  expect([own.left >= pane.left, own.right <= pane.right, own.top >= pane.top, own.bottom <= pane.bottom]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const selection = document.getSelection()?.getRangeAt(0).getBoundingClientRect() ?? own;
  expect(own.bottom <= selection.top || own.top >= selection.bottom).toBe(true);
});

test('F23 the toolbar comes along when the window becomes smaller', async () => {
  const { place, actions, select } = await openApp(text, { width: 1440 });
  await select('the plan');
  actions.run('tag.QUOTE');
  await select('minister said');
  await page.viewport(1024, 700);
  const main = () => boxOf(place.querySelector('[data-pane="main"]'));
  await expect.poll(() => main().width).toBeLessThan(500);
  const toolbar = () => boxOf(place.querySelector('.selection-toolbar'));
  await expect.poll(() => [toolbar().left >= main().left, toolbar().right <= main().right]).toEqual([true, true]);
});

test.each([1024, 900, 1440])('F24 in a window of %i pixels every key hint is seen whole or not at all', async (width) => {
  const { place, actions, select } = await openApp(text, { width });
  await select('the plan');
  actions.run('tag.QUOTE');
  await select('minister said');
  await expect.element(page.getByRole('toolbar', { name: 'Tag the selection' })).toBeVisible();
  const room = boxOf(place.querySelector('.hints'));
  const hints = [...place.querySelectorAll('.hints > span')].map(boxOf);
  const isWhole = (box: DOMRect) => box.top >= room.top && box.bottom <= room.bottom && box.right <= room.right + 1;
  const isAway = (box: DOMRect) => box.top >= room.bottom;
  expect(hints.length).toBeGreaterThan(6);
  expect(hints.filter((box) => !isWhole(box) && !isAway(box))).toEqual([]);
  expect(hints.filter(isWhole).length).toBeGreaterThan(2);
});

test('F26 the inspector fades out at the edge that has more beyond it, and at no edge when all is seen', async () => {
  const { place, actions, select } = await openApp(text, { height: 560 });
  await select('the plan');
  actions.run('tag.QUOTE');
  await expect.poll(() => place.querySelector('.inspector .field')).not.toBeNull();
  const inspector = place.querySelector<HTMLElement>('.inspector');
  if (!inspector) throw new TypeError('no inspector');
  const fades = () => ['::before', '::after'].map((edge) => Number(getComputedStyle(inspector, edge).opacity));
  await expect.poll(fades).toEqual([0, 1]);
  inspector.scrollTop = inspector.scrollHeight;
  await expect.poll(fades).toEqual([1, 0]);
  await page.viewport(1024, 2000);
  await expect.poll(fades).toEqual([0, 0]);
});

test('F27 the context menu of a selection copies its words, also where nothing may be written', async () => {
  const written: string[] = [];
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (words: string) => written.push(words) } });
  const { actions, select } = await openApp(text, { workspace: { writable: false } });
  await select('the plan');
  actions.run('menu.open');
  const copy = () => [...document.querySelectorAll<HTMLElement>('.context-item')].find((item) => item.textContent.startsWith('Copy'));
  await expect.poll(() => copy()?.textContent).toMatch(/^Copy(Ctrl C|⌘C)$/);
  copy()?.click();
  await expect.poll(() => written).toEqual(['the plan']);
  Reflect.deleteProperty(navigator, 'clipboard');
});

test('F33 in another view neither keys nor menus touch the article that is out of sight', async () => {
  const previewExport = async () => ({ files: [], others: { files: 0, bytes: 0 }, losses: [], counts: {} });
  const countMentions = async () => ({ counts: {}, unlinked: [], next: null, searched: 1 });
  const previewSplits = () => new Promise<never>(() => undefined);
  const { workspace, view, actions, select } = await openApp(text, { answers: { previewExport, previewSplits, countMentions } });
  await select('the plan');
  actions.run('tag.QUOTE');
  await expect.poll(() => view.store.getState().active).not.toBeNull();
  for (const other of ['dataset', 'registry', 'codebook'] as const) {
    view.set({ view: other });
    await expect.poll(() => document.querySelector('.article')).toBeNull();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const before = workspace.store.getState().work;
    await userEvent.keyboard('mi1{Delete}q');
    actions.run('annotation.remove');
    expect(workspace.store.getState().work).toBe(before);
  }
  view.set({ view: 'annotate' });
  await expect.poll(() => document.querySelector('.article')).not.toBeNull();
  actions.run('annotation.remove');
  await expect.poll(() => workspace.store.getState().work.sets.get('a')?.annotations.size).toBe(0);
});

test('F34 the inspector shows another annotation from its head', async () => {
  const { place, actions, select, view } = await openApp(text, { height: 560 });
  await select('the plan');
  actions.run('tag.QUOTE');
  const first = view.store.getState().active;
  await expect.poll(() => place.querySelector('.inspector .field')).not.toBeNull();
  const inspector = place.querySelector<HTMLElement>('.inspector') as HTMLElement;
  inspector.scrollTop = 200;
  expect(inspector.scrollTop).toBe(200);
  await select('minister said');
  actions.run('tag.FACT');
  await expect.poll(() => inspector.querySelector('h2')?.textContent).toMatch('Fact');
  expect(inspector.scrollTop).toBe(0);
  expect(view.store.getState().active).not.toBe(first);
});

test('F101 what stands beside “Saved” stays where it is while that says something else', async () => {
  const { place } = await openApp(text);
  const state = place.querySelector<HTMLElement>('.save-state') as HTMLElement;
  const words = state.lastChild as Text;
  const hints = () => boxOf(place.querySelector('.hints')).left;
  const before = hints();
  expect(state.textContent).toBe('● Saved');
  const range = document.createRange();
  range.selectNodeContents(state);
  for (const name of ['Saving…', 'Not saved', 'Read-only']) {
    words.nodeValue = name;
    expect(hints()).toBe(before);
    expect(range.getBoundingClientRect().right).toBeLessThan(boxOf(state).right + 1);
  }
});

test('F100 words that are tagged once more as the same layer are a second annotation, which is said', async () => {
  const { actions, view, workspace, select } = await openApp(text);
  const count = () => workspace.store.getState().work.sets.get('a')?.annotations.size;
  await select('the plan');
  actions.run('tag.STANCE');
  await select('the plan');
  actions.run('tag.QUOTE');
  expect(view.store.getState().message).toBeNull();
  await select('the plan');
  actions.run('tag.STANCE');
  expect(view.store.getState().message?.text).toBe('These words were already tagged as stance: this is a second one.');
  expect(count()).toBe(3);
});

test('F35 what was said goes with the next key once it could be read, and the hints are back', async () => {
  const { place, actions, select, view } = await openApp(text);
  await select('the plan');
  actions.run('tag.QUOTE');
  actions.run('annotation.unsure');
  view.say('Marked unsure.');
  const message = () => place.querySelector('.message')?.textContent;
  await expect.poll(message).toBe('Marked unsure.');
  await userEvent.keyboard('{ArrowRight}');
  expect(message()).toBe('Marked unsure.');
  await new Promise((resolve) => setTimeout(resolve, 1600));
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(message).toBe('');
  await expect.poll(() => place.querySelectorAll('.hints kbd').length).toBeGreaterThan(2);
});

test('F28 the own annotations can be hidden in the text beside others’; the status bar says so and shows them again', async () => {
  const ben = { id: 'ben', name: 'Ben', role: 'annotator' } as const;
  const anna = { id: 'anna', name: 'Anna', role: 'annotator' } as const;
  const { field, view, actions, select } = await openApp(text, { workspace: { annotators: [anna, ben] } });
  await select('the plan');
  actions.run('tag.QUOTE');
  await select('minister said');
  actions.run('tag.FACT');
  const drawn = () => field.querySelectorAll('[data-annotations]').length;
  await expect.poll(drawn).toBe(2);
  await page.getByRole('button', { name: 'Show my own 2' }).click();
  // The one that is active stays to be seen.
  await expect.poll(drawn).toBe(1);
  view.set({ active: null });
  await expect.poll(drawn).toBe(0);
  const again = page.getByRole('button', { name: 'show your annotations' });
  await expect.element(again).toBeVisible();
  expect(actions.enabled('annotations.toggle')).toBe(true);
  await again.click();
  await expect.poll(drawn).toBe(2);
  await expect.element(again).not.toBeInTheDocument();
});

test('F70 the pointer that comes upon what is active changes nothing that is drawn', async () => {
  const { actions, view, workspace, select } = await openApp(text);
  await select('the plan');
  actions.run('tag.QUOTE');
  const { active } = view.store.getState();
  expect(active).not.toBeNull();
  const drawingOf = drawings();
  const drawingUnder = (hovered: string | null) => drawingOf(workspace.store.getState(), { ...view.store.getState(), hovered });
  const before = drawingUnder(null);
  expect(drawingUnder(active)).toBe(before);
  expect(drawingUnder('another')).not.toBe(before);
});

test('F71 no frame says Saved of an edit that it shows and that is not on disk', async () => {
  const { place, select } = await openApp(text, { answers: { apply: () => new Promise<never>(() => undefined) } });
  const status = () => place.querySelector('.save')?.textContent?.trim();
  await select('the plan');
  expect(status()).toBe('● Saved');
  const field = place.querySelector('.article');
  const frame = new Promise<[string | undefined, string | undefined]>((resolve) => {
    requestAnimationFrame(() => resolve([place.querySelector('.annotated.active')?.textContent ?? undefined, status()]));
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'q', code: 'KeyQ', bubbles: true, cancelable: true }));
  });
  expect(await frame).toEqual(['the plan', '● Saving…']);
});

test('O37 a project that another program has open offers no taking over, and says so', async () => {
  const { place } = await openApp(text, { workspace: { writable: false, locked: true } });
  const said = () => place.querySelector('.message')?.textContent;
  await expect.element(page.getByText('Nothing is tagged yet, and nothing can be tagged here: the project is read-only.')).toBeVisible();
  expect(place.querySelector('.read-only')?.textContent).toBe('Read-only');
  place.querySelector<HTMLElement>('.article')?.focus();
  await userEvent.keyboard('f');
  await expect.poll(said).toMatch('The project is read-only here: another program has it open');
});

test.each([720, 1024, 1240])(
  'F48 in a window of %i pixels that only reads, nothing in the top bar lies over anything else',
  async (width) => {
    const { place } = await openApp(text, { width, workspace: { writable: false } });
    const bar = place.querySelector('.top-bar');
    const shown = [...(bar?.querySelectorAll('.top-bar > *') ?? [])].flatMap((part) => {
      const box = part.getBoundingClientRect();
      const inner = [...part.querySelectorAll('button, kbd')].map((each) => each.getBoundingClientRect());
      // What scrolls within its own part lies over nothing.
      const right = part.matches('.views, .project-head') ? box.right : Math.max(box.right, ...inner.map((each) => each.right));
      return box.width > 0 ? [{ left: box.left, right }] : [];
    });
    for (const [index, part] of shown.entries()) expect(part.left).toBeGreaterThanOrEqual(shown[index - 1]?.right ?? 0);
    expect(bar?.getBoundingClientRect().height).toBeLessThan(50);
    expect(place.querySelector('.project')?.getBoundingClientRect().width).toBeGreaterThan(40);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  },
);

test.each([
  [1440, false, 'Paris summit'],
  [1440, true, 'Paris summit'],
  [1260, true, 'The whole of the Paris summit, its eve and its aftermath in four papers'],
  [1600, false, 'Paris summit'],
])('F58 in a window of %i pixels, writing: %s, the words of the search are whole or a sign with a name', async (width, writable, name) => {
  const project = { id: 'p', name, place: '/p', lead: 'anna' };
  const { place } = await openApp(text, { width, workspace: { writable, project } });
  const words = place.querySelector('.opener-words') as HTMLElement;
  const isWhole = words.scrollWidth <= words.clientWidth;
  expect(isWhole || getComputedStyle(words).clipPath === 'inset(50%)').toBe(true);
  await expect.element(page.getByRole('button', { name: /^Search everything/ })).toBeVisible();
  const button = place.querySelector('.search-button') as HTMLElement;
  expect(button.scrollWidth).toBeLessThanOrEqual(button.clientWidth);
});

test('O38 without articles a window that may not write offers no import, takes no files, and says why', async () => {
  const staged = vi.fn();
  const answers = { stageFile: staged, importArticle: staged };
  const { actions, place, view, workspace } = await openApp(text, { answers, workspace: { writable: false } });
  workspace.store.setState({ articles: [], article: null });
  const offers = () =>
    [...place.querySelectorAll('.workbench button')]
      .filter((button) => /import/i.test(button.textContent) && !button.hasAttribute('disabled'))
      .map(({ textContent }) => textContent);
  for (const shown of ['annotate', 'statistics', 'concordance'] as const) {
    view.set({ view: shown });
    await expect
      .poll(() => place.querySelector('.views-area')?.textContent)
      .toMatch(/no articles yet.*only shows the project\. “Take over”/i);
    expect([shown, offers(), /Import|drop/.test(place.querySelector('.views-area')?.textContent ?? '')]).toEqual([
      ...[shown, [], shown === 'annotate'],
    ]);
  }
  actions.importFiles([{ name: 'a.txt', bytes: async () => new Uint8Array([65]) }]);
  actions.imports.importPasted([{ name: 'a.html', bytes: async () => new Uint8Array([65]) }]);
  await expect.poll(() => place.querySelector('.message')?.textContent).toMatch('This window only shows the project.');
  expect(staged).not.toHaveBeenCalled();
});

test('O33 a window that may not write says how to take over, to a key that tags and where nothing is tagged', async () => {
  const { place, select } = await openApp(text, { workspace: { writable: false } });
  const said = () => place.querySelector('.message')?.textContent;
  await expect.element(page.getByText(/^Nothing is tagged yet\. This window only shows the project; “Take over”/)).toBeVisible();
  place.querySelector<HTMLElement>('.article')?.focus();
  await userEvent.keyboard('f');
  await expect.poll(said).toMatch('This window only shows the project. “Take over” at the top lets it write.');
  await select('the plan');
  await userEvent.keyboard('q');
  await expect.poll(said).toMatch('This window only shows the project.');
});

test('F62 an article that is left for another view comes back at the place and with the caret where it was', async () => {
  const previewExport = async () => ({ files: [], others: { files: 0, bytes: 0 }, losses: [], counts: {} });
  const { place, view } = await openApp(text, { answers: { previewExport, previewSplits: () => new Promise<never>(() => undefined) } });
  const top = () => boxOf(place.querySelectorAll('.block')[20] ?? null).top;
  const pane = place.querySelector('main[data-pane="main"]') as HTMLElement;
  pane.scrollTop = 800;
  const line = place.querySelectorAll('.block')[20]?.firstChild as Text;
  place.querySelector<HTMLElement>('.article')?.focus({ preventScroll: true });
  document.getSelection()?.collapse(line, 4);
  await expect.poll(() => view.store.getState().selection.head).toBeGreaterThan(0);
  const [caret, before] = [view.store.getState().selection, top()];
  view.set({ view: 'dataset' });
  await expect.poll(() => document.querySelector('.article')).toBeNull();
  view.set({ view: 'annotate' });
  await expect.poll(() => document.querySelector('.article')).not.toBeNull();
  await expect.poll(() => Math.abs(top() - before)).toBeLessThan(2);
  expect(view.store.getState().selection).toEqual(caret);
});
