import { type App, expect, test } from './app.ts';
import { Person } from './person.ts';

interface Row {
  readonly id: string;
  readonly layer: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly args: readonly { readonly role: string; readonly annotation?: string; readonly entity?: string }[];
}
interface Tie {
  readonly type: string;
  readonly from: string | { readonly annotation: string };
  readonly to: string | { readonly annotation: string };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly override?: string;
}

const answer = '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”';
const goal = 'The UK-French commitment must be made binding';

/** Relates the active annotation to the only one that `words` find, for `reason` where one is asked for, and gives the relation's attribute a value. */
async function relate(person: Person, type: string, words: string, value: string, reason?: string): Promise<void> {
  await person.press('r');
  const dialog = person.page.getByRole('dialog', { name: 'Relate to…' });
  await dialog.getByRole('option', { name: new RegExp(type) }).click();
  await person.page.keyboard.insertText(words);
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await person.press('Enter');
  if (reason) {
    await expect(dialog.getByRole('alert')).toHaveText('Neither names an event of the registry.');
    await person.page.keyboard.insertText(reason);
    await person.press('Enter');
  }
  await expect(dialog).toBeHidden();
  const tie = person.inspector.getByRole('group', { name: type });
  const given = tie.getByRole('radio', { name: value, exact: true });
  // What the letters say of two quotes is proposed; the rest is chosen.
  if (value === 'verbatim') await expect(given).toBeChecked();
  else await given.click();
}

async function exported(app: App) {
  await app.page.getByRole('button', { name: 'Dataset' }).click();
  const files = await app.exportDataset();
  const lines = <T>(name: string): T[] =>
    (files.get(name) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  return {
    documents: lines<{ doc_id: string; annotations: Row[]; relations: Tie[] }>('documents.jsonl'),
    links: lines<Tie>('relations.jsonl'),
    entities: lines<{ id: string; type: string; canonical: string; aliases: string[] }>('entities.jsonl'),
  };
}

test('U8 V9 Q14 the four worked examples are made by hand, with what they are linked and related to, and exported as meant', async ({
  app,
  axe,
}) => {
  const { page } = app;
  const person = new Person(page);
  await person.open('002');
  await person.selectByMouse(answer);
  await person.press('q');
  await person.open('003');
  await person.selectByMouse('nearly 30 leaders from Europe, Canada, Japan, and Australia took part in the summit');
  await person.press('f', 'w');

  await person.open('000');
  await person.selectByMouse('a “Coalition of the Willing” comprising 30 nations');
  await person.press('f', 'w');
  await person.selectByMouse('described the UK-French commitment as a “huge step forward,”');
  await person.press('s');
  // One key walks to what is open: holder, target, polarity.
  await person.press('F8');
  await expect(person.inspector.locator('[data-field="role:holder"] button:focus')).toHaveCount(1);
  await person.selectByMouse('Mr Zelensky', 'While Mr Zelensky described');
  await person.press('p', 'l');
  await page.keyboard.insertText('Volodymyr Zelensky');
  await page.getByRole('option', { name: 'Create person “Volodymyr Zelensky”' }).click();
  await person.press('F8');
  await expect(person.inspector.locator('[data-field="role:target"] button:focus')).toHaveCount(1);
  await person.selectByMouse('the UK-French commitment');
  await person.press('g', 'l');
  await page.keyboard.insertText(goal);
  await page.getByRole('option', { name: `Create issue “${goal}”` }).click();
  await person.press('F8');
  await expect(person.inspector.locator('[data-field="attribute:polarity"] :focus')).toHaveCount(1);
  await person.press('1');
  await person.inspector.getByText('More attributes').click();
  await person.inspector
    .getByRole('radio', { name: 'high' })
    .or(person.inspector.getByRole('button', { name: 'high', exact: true }))
    .click();
  await person.selectByMouse('“huge step forward,”');
  await person.press('q', 'v', ',', 'Enter');
  await expect(person.inspector.getByRole('group', { name: 'Evidence for' })).toContainText('described the UK-French commitment');

  await person.selectByMouse(answer);
  await person.press('q');
  await person.selectByMouse('he', 'yet,” he said');
  await person.press('p', 'y');
  await expect(person.inspector.getByRole('button', { name: 'Volodymyr Zelensky', exact: true })).toBeVisible();
  await person.selectByMouse('said', 'yet,” he said');
  await person.press('c');
  await person.expectSaved();
  await relate(person, 'Same quote', 'asking', 'verbatim');

  await person.open('004');
  await person.selectByMouse('The meeting included delegates from 35 countries, including 27 leaders');
  await person.press('f');
  await expect(person.inspector.getByRole('button', { name: '27 leaders – add' })).toBeVisible();
  expect(await axe(), 'proposals').toEqual([]);
  await person.press('w');
  await expect(person.inspector.getByRole('button', { name: '“27”' })).toBeVisible();
  await expect(person.inspector.getByRole('radio', { name: 'numerical', exact: true })).toHaveAttribute('aria-checked', 'true');
  await person.goToText();
  await relate(person, 'Contradicts', 'Coalition', 'number', 'The same meeting on Tuesday');
  await person.goToText();
  await relate(person, 'Not same', 'nearly', 'different event');
  await person.goToText();
  await person.press('F8');
  await expect(page.locator('.message')).toHaveText('Nothing is left to complete.');

  const { documents, links, entities } = await exported(app);
  const all = documents.flatMap(({ doc_id, annotations }) => annotations.map((row) => ({ ...row, article: doc_id.slice(0, 3) })));
  const rowOf = (id: unknown) => all.find((row) => row.id === id);
  const nameOf = (id: unknown) => entities.find((entity) => entity.id === id)?.canonical;
  const words = (id: unknown) => rowOf(id)?.spans.map(({ start, end, text }) => `${start}-${end} ${text}`)[0];
  const told = (article: string, layer: string, start: number) => {
    const row = all.find((each) => each.article === article && each.layer === layer && each.spans[0]?.start === start) as Row;
    const roles = row.args.map(({ role, annotation }) => {
      const entity = nameOf(rowOf(annotation)?.attributes['entity_id']);
      return [role, words(annotation), ...(entity ? [`= ${entity}`] : [])].join(' ');
    });
    return { places: [row.spans.map(({ start: from, end }) => `${from}-${end}`).join(' '), ...roles], attributes: row.attributes };
  };
  expect(entities.map(({ type, canonical }) => `${type} ${canonical}`).sort()).toEqual([`ISSUE ${goal}`, 'PERSON Volodymyr Zelensky']);
  expect(told('000', 'QUOTE', 387)).toMatchObject({
    places: ['387-496', 'speaker 497-499 he = Volodymyr Zelensky', 'cue 500-504 said'],
    attributes: { type: 'direct', speaker_form: 'pronoun' },
  });
  expect(told('000', 'STANCE', 1215)).toMatchObject({
    places: ['1215-1275', 'holder 1203-1214 Mr Zelensky = Volodymyr Zelensky', `target 1225-1249 the UK-French commitment = ${goal}`],
    attributes: { polarity: 'favor', explicitness: 'explicit', intensity: 'high' },
  });
  const { places, attributes } = told('004', 'FACT', 1083);
  expect(places).toEqual(['1083-1153']);
  const quantities = attributes['quantity'] as { value: number; counts: string; mention: string }[];
  expect(attributes).toMatchObject({ claim_type: 'numerical', attribution: 'asserted', certainty: 'certain' });
  expect(quantities.map(({ value, counts, mention }) => `${value} ${counts}, ${words(mention)}`)).toEqual([
    expect.stringMatching(/^35 countries, \d+-\d+ 35$/),
    expect.stringMatching(/^27 leaders, \d+-\d+ 27$/),
  ]);
  const placeOf = (end: Tie['from']) => {
    const row = rowOf(typeof end === 'string' ? end : end.annotation);
    return row && `${row.article} ${row.layer} ${row.spans.map(({ start, end: to }) => `${start}-${to}`).join(' ')}`;
  };
  const ties = [...documents.flatMap(({ relations }) => relations), ...links].map(({ type, from, to, attributes: given, override }) => ({
    ...{ type, ends: [placeOf(from), placeOf(to)].sort(), given, override },
  }));
  expect(ties.sort((a, b) => (a.type < b.type ? -1 : 1))).toEqual([
    {
      type: 'contradicts',
      ends: ['000 FACT 603-653', '004 FACT 1083-1153'],
      given: { basis: 'number' },
      override: 'The same meeting on Tuesday',
    },
    { type: 'evidence_for', ends: ['000 QUOTE 1255-1275', '000 STANCE 1215-1275'], given: {}, override: undefined },
    { type: 'not_same', ends: ['003 FACT 635-718', '004 FACT 1083-1153'], given: { why: 'different_event' }, override: undefined },
    { type: 'same_quote', ends: ['000 QUOTE 387-496', '002 QUOTE 666-775'], given: { match: 'verbatim' }, override: undefined },
  ]);
});
