import { expect, test } from './app.ts';
import { Person } from './person.ts';

interface Row {
  readonly id: string;
  readonly layer: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly args: readonly { readonly role: string; readonly annotation?: string; readonly entity?: string }[];
}

test('U8 V9 the worked examples of a quote, a stance and a fact are made by hand and exported as meant', async ({ app, axe }) => {
  const { page } = app;
  const person = new Person(page);
  await person.open('004');
  await person.selectByMouse('The meeting included delegates from 35 countries, including 27 leaders');
  await person.press('f');
  await expect(person.inspector.getByRole('button', { name: '27 leaders – add' })).toBeVisible();
  expect(await axe(), 'proposals').toEqual([]);
  await person.press('w');
  await expect(person.inspector.getByRole('button', { name: '“27”' })).toBeVisible();
  await expect(person.inspector.getByRole('radio', { name: 'numerical', exact: true })).toHaveAttribute('aria-checked', 'true');

  await person.open('000');
  await person.selectByMouse('described the UK-French commitment as a “huge step forward,”');
  await person.press('s');
  // One key walks to what is open: holder, target, polarity.
  await person.press('F8');
  await expect(person.inspector.locator('[data-field="role:holder"] button:focus')).toHaveCount(1);
  await person.selectByMouse('Mr Zelensky', 'While Mr Zelensky described');
  await person.press('p');
  await person.press('F8');
  await expect(person.inspector.locator('[data-field="role:target"] button:focus')).toHaveCount(1);
  await person.selectByMouse('the UK-French commitment');
  await person.press('g', 'F8');
  await expect(person.inspector.locator('[data-field="attribute:polarity"] :focus')).toHaveCount(1);
  await person.press('1');
  await person.inspector.getByText('More attributes').click();
  await person.inspector
    .getByRole('radio', { name: 'high' })
    .or(person.inspector.getByRole('button', { name: 'high', exact: true }))
    .click();

  await person.selectByMouse(
    '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”',
  );
  await person.press('q');
  await person.selectByMouse('he', 'yet,” he said');
  await person.press('p');
  await person.selectByMouse('said', 'yet,” he said');
  await person.press('c');
  await person.expectSaved();
  await page.keyboard.press('F8');
  await expect(page.locator('.message')).toHaveText('Nothing is left to complete.');

  await page.getByRole('button', { name: 'Dataset' }).click();
  const files = await app.exportDataset();
  const rows = (files.get('documents.jsonl') ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { original_name?: string; annotations: Row[] });
  const all = rows.flatMap(({ annotations }) => annotations);
  const words = (id: unknown) => all.find((row) => row.id === id)?.spans.map(({ start, end, text }) => `${start}-${end} ${text}`)[0];
  const told = (layer: string) => {
    const { spans, attributes, args } = all.find((row) => row.layer === layer) as Row;
    const places = args.map(({ role, annotation }) => `${role} ${words(annotation)}`);
    return { places: [spans.map(({ start, end }) => `${start}-${end}`).join(' '), ...places], attributes };
  };
  expect(told('QUOTE')).toMatchObject({
    places: ['387-496', 'speaker 497-499 he', 'cue 500-504 said'],
    attributes: { type: 'direct', speaker_form: 'pronoun' },
  });
  expect(told('STANCE')).toMatchObject({
    places: ['1215-1275', 'holder 1203-1214 Mr Zelensky', 'target 1225-1249 the UK-French commitment'],
    attributes: { polarity: 'favor', explicitness: 'explicit', intensity: 'high' },
  });
  const { places, attributes } = told('FACT');
  expect(places).toEqual(['1083-1153']);
  const quantities = attributes['quantity'] as { value: number; counts: string; mention: string }[];
  expect(attributes).toMatchObject({ claim_type: 'numerical', attribution: 'asserted', certainty: 'certain' });
  expect(quantities.map(({ value, counts, mention }) => `${value} ${counts}, ${words(mention)}`)).toEqual([
    expect.stringMatching(/^35 countries, \d+-\d+ 35$/),
    expect.stringMatching(/^27 leaders, \d+-\d+ 27$/),
  ]);
});
