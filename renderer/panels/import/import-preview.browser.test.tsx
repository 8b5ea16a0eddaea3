import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client, Input } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { type ArticleDraft, draftText } from '../../../core/import/draft.ts';
import type { ArticleMeta } from '../../../core/model/article.ts';
import { openApp } from '../../testing/opened-app.tsx';

const draft = (name: string, title: string, lines: readonly (readonly [text: string, leaveOut?: string])[]): ArticleDraft => ({
  ...{ name, title, source: 'The Daily', date: '2026-01-07', url: null, language: null, words: 9, remarks: ['Its macros were not read.'] },
  blocks: lines.map(([text, leaveOut = null]) => ({ kind: 'paragraph', text, leaveOut })),
});
const pledge = draft('a.html', 'A pledge', [['A pledge'], ['They met.'], ['Add Comment', 'invites comments']]);
const second = draft('b.docx', 'Second', [['Second words.']]);

interface Told {
  imported: Input<'importStaged'>[];
  gestures: Input<'apply'>['gesture'][];
  staged: string[];
  /** What each file was read in. */
  encodings: (string | undefined)[];
}

/** A host that holds these drafts by file name, or refuses a file as not in UTF-8 until an encoding is named. */
function hostOf(drafts: Record<string, readonly ArticleDraft[]>) {
  const told: Told = { imported: [], gestures: [], staged: [], encodings: [] };
  const meta = (one: ArticleDraft, text: string): ArticleMeta => ({
    ...{ id: `${one.name.replace('.', '-')}-id`, title: one.title, source: one.source, date: one.date, url: null, language: null },
    ...{ originalName: one.name, headings: [], words: text.length, textSha256: '1'.repeat(64), originalSha256: '2'.repeat(64) },
    ...{ imported: '2026-01-01T00:00:00.000Z', importedBy: 'anna' },
  });
  const answers: Partial<Client> = {
    stageFile: async ({ name }) => {
      told.staged.push(name);
      const inside = Object.keys(drafts).filter((one) => one.startsWith(`${name}/`));
      return { files: (inside.length > 0 ? inside : [name]).map((one) => ({ id: one.replace(/\W/g, '-'), name: one })), problems: [] };
    },
    importArticle: async ({ name }) => {
      const one = draft(name, name.replace('.txt', ''), [['Its text.']]);
      if (name.startsWith('latin')) throw new AppError('encoding', `${name} was not imported: it is not UTF-8.`, 'Name its encoding.');
      const changed = name.startsWith('crlf') ? ['1 line end was turned into LF.'] : [];
      return { summary: { meta: meta(one, 'Its text.'), status: 'not_started', counts: {}, toComplete: 0 }, known: false, changed };
    },
    previewStaged: async ({ file, options }) => {
      told.encodings.push(options.encoding);
      const found = Object.entries(drafts).find(([name]) => name.replace(/\W/g, '-') === file);
      if (found && (!found[0].startsWith('latin') || (options.encoding && options.encoding !== 'shift_jis')))
        return { drafts: [...found[1]], problem: null };
      const place = found?.[0] ?? file;
      const message = `${place} was not imported: it is not UTF-8.`;
      return { drafts: [], problem: { file: place, line: 1, column: null, code: 'encoding', message, next: 'Save it.' } };
    },
    importStaged: async (input) => {
      told.imported.push(input);
      const found = Object.entries(drafts).find(([name]) => name.replace(/\W/g, '-') === input.file)?.[1] ?? [];
      return {
        imported: input.articles.map(({ index, leftOut }) => {
          const one = found[index] as ArticleDraft;
          return {
            index,
            known: one.title.startsWith('Known'),
            summary: { meta: meta(one, draftText(one, leftOut).text), status: 'not_started', counts: {}, toComplete: 0 },
          };
        }),
      };
    },
    discardStaged: async () => ({}),
    lookAtDataset: async () => ({ dataset: null, others: [] }),
    apply: async ({ gesture }) => {
      told.gestures.push(gesture);
      return { sequence: told.gestures.length };
    },
  };
  return { told, answers };
}

const files = (...names: string[]) => names.map((name) => ({ name, bytes: async () => new Uint8Array([1]) }));
const dialog = () => page.getByRole('dialog', { name: 'Look before you import' });

test('I31 files are looked at before they are imported: lines and details are chosen, and all of it is one undo step', async () => {
  const { told, answers } = hostOf({ 'a.html': [pledge], 'b.docx': [second] });
  const { actions, workspace } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('a.html', 'b.docx'));
  await expect.element(dialog().getByText('2 articles found.')).toBeVisible();
  const line = (name: RegExp) => dialog().getByRole('checkbox', { name });
  await expect.element(line(/Add Comment.*invites comments/)).not.toBeChecked();
  await expect.element(line(/They met/)).toBeChecked();
  await line(/^A pledge/).click();
  await dialog().getByRole('textbox', { name: 'Title' }).fill('Another title');
  await dialog().getByRole('textbox', { name: 'Date' }).fill('');
  await dialog().getByRole('button', { name: 'Import 2 articles' }).click();
  await expect.poll(() => told.gestures.length).toBe(1);
  expect(told.imported).toEqual([
    { page: 'page', file: 'a-html', articles: [{ index: 0, leftOut: [0, 2] }] },
    { page: 'page', file: 'b-docx', articles: [{ index: 0, leftOut: [] }] },
  ]);
  expect(told.gestures[0]?.title).toBe('Import 2 articles');
  const titles = () => workspace.store.getState().articles.map(({ meta }) => [meta.title, meta.date]);
  expect(titles()).toContainEqual(['Another title', null]);
  expect(titles()).toContainEqual(['Second', '2026-01-07']);
  actions.run('history.undo');
  await expect.poll(() => titles().length).toBe(1);
});

test('I31 an article that is unticked, wrong in a detail or left without text is not imported', async () => {
  const { told, answers } = hostOf({ 'a.html': [pledge], 'b.docx': [second] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('a.html', 'b.docx'));
  await expect.element(dialog().getByRole('option', { name: /^✓?Second/ })).toBeVisible();
  const button = dialog().getByRole('button', { name: /^Import/ });
  await dialog().getByRole('textbox', { name: 'Date' }).fill('yesterday');
  await expect.element(button).toBeDisabled();
  await dialog().getByRole('textbox', { name: 'Date' }).fill('2026');
  for (const name of [/^A pledge/, /They met/]) await dialog().getByRole('checkbox', { name }).click();
  await expect.element(dialog().getByText(/All of its text is left out/)).toBeVisible();
  await expect.element(button).toBeDisabled();
  await dialog()
    .getByRole('listbox', { name: 'Articles to import' })
    .click({ position: { x: 18, y: 32 } });
  await expect.element(button.filter({ hasText: 'Import 1 article' })).toBeVisible();
  await button.click();
  await expect.poll(() => told.imported.map(({ file }) => file)).toEqual(['b-docx']);
});

test('I31 a page that does not say its encoding is read in the one that the person names', async () => {
  const { answers } = hostOf({ 'latin.html': [pledge] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('latin.html'));
  await expect.element(dialog().getByText(/not UTF-8/)).toBeVisible();
  await dialog().getByRole('button', { name: 'Read it in this encoding' }).click();
  await expect.element(dialog().getByText('1 article found.')).toBeVisible();
  await expect
    .poll(() =>
      dialog()
        .getByText(/not UTF-8/)
        .query(),
    )
    .toBeNull();
});

const latin = (name: string) => draft(name, `Text of ${name}`, [['Its text.']]);

test('I83 texts in another encoding are looked at, together read in the one that is named, and in another where letters are wrong', async () => {
  const { told, answers } = hostOf({ 'latin1.txt': [latin('latin1.txt')], 'latin2.txt': [latin('latin2.txt')] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('latin1.txt', 'latin2.txt'));
  const problems = dialog().getByRole('list', { name: 'Problems' });
  await expect.element(problems.getByText(/latin2.txt was not imported: it is not UTF-8/)).toBeVisible();
  await problems.getByRole('button', { name: 'Read all 2 in this encoding' }).click();
  await expect.element(dialog().getByText('2 articles found.')).toBeVisible();
  const encoding = dialog().getByRole('combobox', { name: 'Encoding of latin1.txt' });
  await expect.element(encoding).toHaveValue('windows-1252');
  await encoding.selectOptions('shift_jis');
  await expect.element(dialog().getByText('1 article found, 1 problem.')).toBeVisible();
  await expect.element(dialog().getByRole('textbox', { name: 'Title' })).toHaveValue('Text of latin2.txt');
  await problems.getByRole('button', { name: 'Read it in this encoding' }).click();
  expect(told.encodings).toEqual([undefined, undefined, 'windows-1252', 'windows-1252', 'shift_jis', 'windows-1252']);
  await dialog().getByRole('button', { name: 'Import 2 articles' }).click();
  await expect.poll(() => told.imported.map(({ file }) => file).sort()).toEqual(['latin1-txt', 'latin2-txt']);
  await expect.poll(() => report().query()).toBeNull();
});

const report = () => page.getByRole('dialog', { name: 'Import', exact: true });

test('I84 where something of an import needs reading, all its files are told, those that were looked at too', async () => {
  const { answers } = hostOf({ 'a.html': [pledge, second], 'b.docx': [second], 'latin.txt': [latin('latin.txt')] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('a.html', 'one.txt', 'crlf.txt', 'latin.txt', 'b.docx'));
  await expect.element(dialog().getByText('3 articles found, 1 problem.')).toBeVisible();
  actions.imports.choosePreviewed('a-html/1', { isChosen: false });
  actions.imports.choosePreviewed('b-docx/0', { isChosen: false });
  await dialog().getByRole('button', { name: 'Import 1 article' }).click();
  await expect.element(report().getByRole('status')).toHaveTextContent('3 imported, 1 not imported, 1 left out, as you chose.');
  const rows = () => [...(report().query()?.querySelectorAll('li') ?? [])].map((row) => row.textContent);
  expect(rows()).toEqual([
    '✓one.txt imported',
    '✓crlf.txt imported1 line end was turned into LF.',
    '✓a.html imported1 of its 2 articles imported, 1 left out.',
    '–b.docx left out, as you chose',
    expect.stringMatching(/^✕latin.txt not imported.*it is not UTF-8/),
  ]);
});

test('I84 files that were looked at and not imported are told as left out; where all went well there is nothing to read', async () => {
  const { answers } = hostOf({ 'a.html': [pledge] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('a.html', 'crlf.txt'));
  await expect.element(dialog().getByText('1 article found.')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(report().getByText('a.html left out, as you chose')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  actions.importFiles(files('a.html', 'one.txt'));
  await dialog().getByRole('button', { name: 'Import 1 article' }).click();
  await expect.poll(() => dialog().query()).toBeNull();
  expect(report().query()).toBeNull();
});

test('I84 of an archive each file is told, and what is here already is told as that', async () => {
  const known = draft('k.html', 'Known words', [['They met.']]);
  const { answers } = hostOf({ 'c.zip/k.html': [known], 'c.zip/two.csv': [known, second] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('c.zip', 'crlf.txt'));
  await dialog().getByRole('button', { name: 'Import 3 articles' }).click();
  const rows = () => [...(report().query()?.querySelectorAll('li') ?? [])].map((row) => row.textContent);
  await expect
    .poll(rows)
    .toEqual([
      '✓crlf.txt imported1 line end was turned into LF.',
      expect.stringMatching(/c\.zip\/k\.html (?!left out).*It is here already, as “Known words”\.$/),
      '✓c.zip/two.csv imported1 of its 2 articles imported, 1 here already.',
    ]);
});

test('I89 the same text in several of the files that are looked at is imported once', async () => {
  const again = draft('same.html', 'Known by now', [['They met.']]);
  const { told, answers } = hostOf({ 'a.html': [draft('same.html', 'Same', [['They met.']])], 'b.html': [again] });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('a.html', 'b.html'));
  await dialog().getByRole('button', { name: 'Import 2 articles' }).click();
  await expect.poll(() => told.gestures.map(({ title, edits }) => [title, edits.length])).toEqual([['Import 1 article', 1]]);
  await expect.element(page.getByText('Imported 1 article; 1 was here already.')).toBeInTheDocument();
});

test('I84 files that were to be looked at when the import was stopped are told as not imported', async () => {
  const { answers } = hostOf({ 'a.html': [pledge] });
  const { actions, view } = await openApp('Leaders met in Paris.', {
    answers: {
      ...answers,
      importArticle: async (input, bytes) => {
        actions.imports.stopImport();
        return (answers.importArticle as Client['importArticle'])(input, bytes);
      },
    },
  });
  actions.importFiles(files('one.txt', 'two.txt', 'a.html'));
  const states = () => view.store.getState().imports?.map(({ name, state }) => [name, state]);
  await expect.poll(states).toEqual([
    ['one.txt', 'imported'],
    ['two.txt', 'stopped'],
    ['a.html', 'stopped'],
  ]);
  expect(dialog().query()).toBeNull();
});

test('I31 Cancel imports nothing, and files of a folder that are of other kinds are told in one line', async () => {
  const { told, answers } = hostOf({ 'pages/a.html': [pledge] });
  const { actions, workspace } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('pages/a.html', 'pages/x.png', 'pages/y.css'));
  await expect.element(dialog().getByText(/2 files of the folder cannot be imported: pages\/x.png, pages\/y.css\./)).toBeVisible();
  await expect.element(dialog().getByRole('textbox', { name: 'Title' })).toHaveValue('A pledge');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => dialog().query()).toBeNull();
  expect(told).toEqual({ staged: ['pages/a.html'], imported: [], gestures: [], encodings: [undefined] });
  expect(workspace.store.getState().articles).toHaveLength(1);
});

test('I32 what is pasted into the article list is looked at: a page where the clipboard has one, else the text; a field keeps its paste', async () => {
  const { told, answers } = hostOf({ 'Pasted page.html': [pledge], 'Pasted text.txt': [second] });
  const { place, actions } = await openApp('Leaders met in Paris.', { answers });
  await expect.poll(() => place.querySelector('.article-list [role="listbox"]')).not.toBeNull();
  const paste = (selector: string, kinds: Record<string, string>) => {
    const clipboardData = new DataTransfer();
    for (const [kind, text] of Object.entries(kinds)) clipboardData.setData(kind, text);
    place.querySelector(selector)?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  };
  paste('.article-list [role="listbox"]', { 'text/html': '<p>a</p>', 'text/plain': 'a' });
  await expect.element(dialog().getByRole('textbox', { name: 'Title' })).toHaveValue('A pledge');
  actions.imports.closePreview();
  paste('.article-list [role="listbox"]', { 'text/plain': 'a' });
  await expect.element(dialog().getByRole('textbox', { name: 'Title' })).toHaveValue('Second');
  actions.imports.closePreview();
  paste('.article-list input', { 'text/plain': 'a' });
  paste('.article-list [role="listbox"]', { 'text/plain': ' ' });
  expect(told.staged).toEqual(['Pasted page.html', 'Pasted text.txt']);
});
