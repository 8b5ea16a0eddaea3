import { expect, test } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';
import type { AnnotationHit } from '../core/annotations/hits.ts';
import type { Output } from '../core/contract.ts';
import type { Annotation, Relation } from '../core/model/annotation.ts';
import { emptySet, setToRecord } from '../core/model/annotation.ts';
import { openApp } from './testing/opened-app.tsx';

const text = 'The council met.\n“We will fight,” Mayor Ana Ruiz said. She opposes the plan, and “we must go”, she said.';
const inspector = () => page.getByRole('region', { name: 'Inspector' });
const groups = () => inspector().getByRole('region', { name: 'Relations' }).getByRole('group');

const says = (place: Locator) =>
  expect.poll(() =>
    place
      .elements()
      .map((element) => element.textContent)
      .join(' | '),
  );

const bens = (words: string): Annotation => ({
  ...{
    id: 'b1',
    article: 'a',
    annotator: 'ben',
    layer: 'QUOTE',
    attributes: {},
    roles: [],
    note: '',
    origin: { kind: 'person' },
    codebook: 1,
  },
  ...{ created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' },
  spans: [{ start: text.indexOf(words), end: text.indexOf(words) + words.length, text: words }],
});
const bensWork = (...annotations: Annotation[]): Output<'openArticle'>['others'] => [
  { annotator: 'ben', set: { ...setToRecord(emptySet('a')), annotations }, links: [] },
];
const annotators: Output<'openWorkspace'>['annotators'] = [
  { id: 'anna', name: 'Anna', role: 'annotator' },
  { id: 'ben', name: 'Ben', role: 'annotator' },
];
const elsewhere: AnnotationHit = {
  ...{ article: 'z', annotation: 'z1', annotator: 'anna', layer: 'QUOTE', start: 0, text: 'We will fight on', who: 'Ana Ruiz', note: '' },
};

async function tagged(app: Awaited<ReturnType<typeof openApp>>, words: string, key: string): Promise<void> {
  await app.select(words);
  await userEvent.keyboard(key);
  await says(inspector().getByRole('blockquote')).toContain(words);
}

test('Q14 a relation key waits for a pick: by click on what fits only, by walking and Enter, and Escape lets go', async () => {
  const app = await openApp(text);
  await tagged(app, '“we must go”', 'q');
  await tagged(app, 'She opposes the plan', 's');
  await tagged(app, '“We will fight,”', 'q');
  await userEvent.keyboard('v');
  await says(inspector()).toContain('Evidence for: choose it in the text');
  await userEvent.keyboard('{Escape}');
  await says(inspector()).not.toContain('choose it in the text');
  await userEvent.keyboard('v');
  const pieceOf = (words: string) =>
    [...app.field.querySelectorAll('.annotated')].find((piece) => piece.textContent === words) as HTMLElement;
  await userEvent.click(pieceOf('“we must go”'));
  await expect.element(page.getByText('Evidence for takes a stance or fact. Escape cancels.').first()).toBeVisible();
  expect(groups().elements()).toHaveLength(0);
  await userEvent.click(pieceOf('She opposes the plan'));
  await says(groups()).toContain('Evidence for');
  await expect.poll(() => app.field.querySelector('.tied')?.textContent).toBe('She opposes the plan');
  // From the stance the same key asks for its evidence.
  await userEvent.keyboard('.');
  await says(groups()).toContain('Evidence for this');
  await userEvent.keyboard('v.{Enter}');
  await expect.poll(() => groups().elements().length).toBe(2);
  await userEvent.keyboard('{Delete}');
  await expect.element(page.getByText('Deleted the stance and 2 relations. Undo brings them back.').first()).toBeVisible();
});

test('Q12 an end of another annotator can be picked; once its owner removed it, the relation says so and can be removed', async () => {
  const app = await openApp(text, {
    workspace: { annotators },
    others: bensWork(bens('“we must go”')),
    answers: {
      searchAnnotations: async () => ({ hits: [elsewhere], next: null, searched: 2 }),
      readAnnotations: async () => ({ found: [] }),
      readOthers: async () => ({
        ...{ annotator: { id: 'anna', name: 'Anna', role: 'annotator' }, annotators, entities: [], articleRecords: [], others: [] },
        articles: app.workspace.store.getState().imported.slice(),
      }),
    },
  });
  await tagged(app, '“We will fight,”', 'q');
  await userEvent.keyboard('r5');
  const dialog = page.getByRole('dialog', { name: 'Relate to…' });
  const rows = () =>
    dialog
      .getByRole('listbox')
      .getByRole('option')
      .elements()
      .map((row) => row.textContent);
  await expect.poll(rows).toEqual([expect.stringContaining('We will fight onAna Ruiz · z'), expect.stringContaining('this article · Ben')]);
  await userEvent.keyboard('must');
  await expect.poll(rows).toEqual([expect.stringContaining('this article · Ben')]);
  await userEvent.keyboard('{Enter}');
  await says(groups()).toContain('“we must go”Quote · Ben');
  await app.workspace.refreshOthers();
  await says(groups()).toContain('Its other end is gone: its annotator removed it.');
  await groups().getByRole('button', { name: 'Remove: Same quote' }).click();
  await expect.poll(() => groups().elements().length).toBe(0);
  expect(app.workspace.store.getState().work.sets.get('a')?.relations.size).toBe(0);
});

test('Q20 Q21 the quote of the same words is chosen before others, wherever it stands; the new relation says that they match', async () => {
  const same: AnnotationHit = { ...elsewhere, annotation: 'z2', text: '“We will fight.”' };
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const app = await openApp(`${text}\nAgain: “WE WILL FIGHT!” they said.`, {
    workspace: { annotators },
    answers: {
      searchAnnotations: async () => {
        await asked;
        return { hits: [elsewhere, same], next: null, searched: 2 };
      },
    },
  });
  await tagged(app, '“we must go”', 'q');
  await tagged(app, '“WE WILL FIGHT!”', 'q');
  await tagged(app, '“We will fight,”', 'q');
  await userEvent.keyboard('r5');
  const chosen = () => page.getByRole('dialog').getByRole('listbox').getByRole('option', { selected: true });
  await says(chosen()).toContain('“WE WILL FIGHT!”this article');
  await userEvent.keyboard('{ArrowDown}');
  await says(chosen()).toContain('we must go');
  answer();
  // What a person walked to stays chosen while better ones come.
  const words = () =>
    page
      .getByRole('dialog')
      .getByRole('listbox')
      .getByRole('option')
      .elements()
      .map((row) => row.querySelector('.picker-text')?.textContent);
  await expect.poll(words).toEqual(['“WE WILL FIGHT!”', '“We will fight.”', 'We will fight on', '“we must go”']);
  await says(chosen()).toContain('we must go');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');
  await says(groups()).toContain('“WE WILL FIGHT!”');
  await expect.element(page.getByText('Related: same quote, near verbatim.').first()).toBeVisible();
  const made = () => [...(app.workspace.store.getState().work.sets.get('a')?.relations.values() ?? [])].map(({ attributes }) => attributes);
  expect(made()).toEqual([{ match: 'near_verbatim' }]);
  await groups().getByRole('radio', { name: 'paraphrase' }).click();
  await expect.poll(made).toEqual([{ match: 'paraphrase' }]);
});

test('Q16 relations that others made are listed with who made them, to read and to follow, not to change', async () => {
  const link = (id: string, note: string): Relation => ({
    ...{ id, type: 'same_quote', annotator: 'ben', from: { article: 'a', annotation: 'id-1' }, to: { article: 'z', annotation: 'z1' } },
    ...{ attributes: { match: 'near_verbatim' }, note, origin: { kind: 'person' }, codebook: 1 },
    ...{ created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' },
  });
  let own = '';
  const within = (): Relation => ({ ...link('b9', ''), type: 'not_same', attributes: {}, to: { article: 'a', annotation: 'b1' } });
  const to = (relation: Relation): Relation => ({ ...relation, from: { article: 'a', annotation: own } });
  const work = () => [
    {
      annotator: 'ben',
      set: { ...setToRecord(emptySet('a')), annotations: [bens('“we must go”')], relations: [to(within())] },
      links: [to(link('b8', 'Heard in the video.'))],
    },
  ];
  const app = await openApp(text, {
    workspace: { annotators },
    answers: {
      readAnnotations: async () => ({ found: [elsewhere] }),
      readOthers: async () => ({
        ...{ annotator: { id: 'anna', name: 'Anna', role: 'annotator' }, annotators, entities: [], articleRecords: [], others: work() },
        articles: app.workspace.store.getState().imported.slice(),
      }),
    },
  });
  await tagged(app, '“We will fight,”', 'q');
  own = app.view.store.getState().active ?? '';
  await app.workspace.refreshOthers();
  const bensLink = inspector().getByRole('group', { name: 'Same quote, by Ben' });
  await says(bensLink).toContain('We will fight on');
  await says(bensLink).toContain('near verbatim');
  await says(bensLink).toContain('Heard in the video.');
  expect(bensLink.getByRole('radio').elements()).toHaveLength(0);
  expect(
    groups()
      .getByRole('button', { name: /^Remove|note/ })
      .elements(),
  ).toHaveLength(0);
  await says(inspector().getByRole('group', { name: /^Not.*, by Ben$/ })).toContain('“we must go”');
  await says(groups()).toContain('“we must go”Quote · Ben');
  await inspector()
    .getByRole('group', { name: /^Not.*, by Ben$/ })
    .getByText('“we must go”')
    .click();
  await says(inspector()).toContain('read-only');
  await userEvent.keyboard('h');
  await says(inspector().getByRole('blockquote')).toContain('“We will fight,”');
});

test('Q17 a relation’s note opens on demand, is kept, and one undo takes it back', async () => {
  const app = await openApp(text);
  await tagged(app, 'She opposes the plan', 's');
  await tagged(app, '“We will fight,”', 'q');
  await userEvent.keyboard('v,{Enter}');
  await groups().getByRole('button', { name: '+ note' }).click();
  const field = groups().getByRole('textbox', { name: 'Note on the relation' });
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('Only in the second half.{Control>}{Enter}{/Control}');
  const notes = () => [...(app.workspace.store.getState().work.sets.get('a')?.relations.values() ?? [])].map(({ note }) => note);
  await expect.poll(notes).toEqual(['Only in the second half.']);
  await app.workspace.undo();
  expect(notes()).toEqual(['']);
});
