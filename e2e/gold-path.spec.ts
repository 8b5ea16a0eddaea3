import { spawnSync } from 'node:child_process';
import { expect, test } from './app.ts';
import { Person } from './person.ts';

const quote = '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”';

interface Row {
  readonly text: string;
  readonly metadata: { readonly original_name?: string };
  readonly annotations: readonly {
    readonly id: string;
    readonly layer: string;
    readonly spans: readonly { readonly start: number; readonly end: number; readonly text: string }[];
    readonly attributes: Record<string, unknown>;
    readonly args: readonly { readonly role: string; readonly annotation?: string }[];
  }[];
}

test('W2 the gold path without a mouse: open, select, tag, fill roles, saved, killed, restarted, all there, exported', async ({ app }) => {
  const person = new Person(app.page);
  await expect(person.text).toContainText('Ukrainian President Volodymyr Zelensky has warned');
  await person.selectByKeyboard(quote);
  await person.press('q');
  await expect(person.annotations).toHaveCount(1);
  await person.selectByKeyboard('he said');
  await person.page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 'he'.length; step++) await person.page.keyboard.press('Shift+ArrowRight');
  await person.press('p');
  await expect(person.inspector.getByRole('button', { name: 'he', exact: true })).toBeVisible();
  // Without a selection the key waits for one, and Enter commits it.
  await person.press('c');
  await person.press('ArrowRight');
  for (let step = 0; step < 'said'.length; step++) await person.page.keyboard.press('Shift+ArrowRight');
  await person.expectSelected('said');
  await person.press('Enter');
  await expect(person.inspector.getByRole('button', { name: 'said', exact: true })).toBeVisible();
  await expect(person.inspector.getByRole('radio', { name: 'pronoun' })).toBeChecked();
  await person.expectSaved();

  await app.crashAndRestart();
  const again = new Person(app.page);
  await expect(again.annotations).toHaveCount(1);
  await expect(again.annotations.first()).toContainText('I am asking this very question');
  await again.goToText();
  await again.press('.');
  await expect(again.inspector.getByRole('button', { name: 'he', exact: true })).toBeVisible();

  await again.press('ControlOrMeta+e');
  const files = await app.exportDataset();
  const rows = (files.get('documents.jsonl') ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  expect(rows).toHaveLength(5);
  const row = rows.find(({ annotations }) => annotations.some(({ layer }) => layer === 'QUOTE'));
  const tagged = row?.annotations.find(({ layer }) => layer === 'QUOTE');
  expect(tagged?.spans).toEqual([{ start: 387, end: 496, text: quote }]);
  expect([...(row?.text ?? '')].slice(387, 496).join('')).toBe(quote);
  const filler = (role: string) =>
    row?.annotations.find(({ id }) => id === tagged?.args.find((arg) => arg.role === role)?.annotation)?.spans;
  expect(filler('speaker')).toEqual([{ start: 497, end: 499, text: 'he' }]);
  expect(filler('cue')).toEqual([{ start: 500, end: 504, text: 'said' }]);
  expect(tagged?.attributes).toMatchObject({ type: 'direct', speaker_form: 'pronoun' });

  const python = spawnSync(
    'python3',
    [
      '-c',
      'import json,sys\nfor line in sys.stdin:\n  d=json.loads(line)\n  for a in d["annotations"]:\n    for s in a["spans"]:\n      assert d["text"][s["start"]:s["end"]]==s["text"], s\nprint("ok")',
    ],
    { input: files.get('documents.jsonl') ?? '', encoding: 'utf8' },
  );
  if (python.error)
    test.info().annotations.push({ type: 'skipped', description: 'python3 is not installed, so its reading was not tried' });
  else expect(python.stdout.trim(), python.stderr).toBe('ok');
});

test('W3 by mouse alone: drag, tag from the toolbar, set roles, change an attribute, delete', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse(quote);
  await app.page
    .getByRole('toolbar', { name: 'Tag the selection' })
    .getByRole('button', { name: /^Quote q/ })
    .click();
  await expect(person.annotations).toHaveCount(1);
  await person.inspector.getByRole('button', { name: 'Select in text…' }).nth(1).click();
  await person.selectByMouse('said');
  await expect(person.inspector.getByRole('button', { name: 'said', exact: true })).toBeVisible();
  await person.inspector.getByRole('radio', { name: 'mixed' }).click();
  await expect(person.inspector.getByRole('radio', { name: 'mixed' })).toBeChecked();
  await person.expectSaved();
  await person.inspector.getByRole('button', { name: 'Delete annotation' }).click();
  await expect(person.annotations).toHaveCount(0);
  await person.expectSaved();
});
