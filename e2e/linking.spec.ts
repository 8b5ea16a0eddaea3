import { expect, test } from './app.ts';
import { Person } from './person.ts';

test('T13 a name is linked by the picker and a pronoun by one key; the links outlive a restart with their undo, and the export names the entity', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('“90% ready.”');
  await person.press('q');
  await person.selectByMouse('Mr Zelensky', 'Mr Zelensky struck');
  await person.press('p', 'l');
  const picker = app.page.getByRole('combobox', { name: 'Link “Mr Zelensky” to' });
  await expect(picker).toBeFocused();
  expect(await axe()).toEqual([]);
  await app.page.keyboard.type('Volodymyr Zelensky');
  await expect(app.page.getByRole('option', { name: 'Create person “Volodymyr Zelensky”' })).toHaveAttribute('aria-selected', 'true');
  await person.press('Enter');
  await expect(person.inspector.getByRole('button', { name: 'Volodymyr Zelensky', exact: true })).toBeVisible();

  await person.selectByMouse('“I am asking this very question');
  await person.press('q');
  await person.selectByMouse('he', 'yet,” he said');
  await person.press('p');
  await expect(person.inspector.getByRole('button', { name: /^Link “he” to Volodymyr Zelensky/ })).toBeVisible();
  await person.press('y');
  await expect(person.inspector.getByRole('button', { name: 'Volodymyr Zelensky', exact: true })).toBeVisible();
  await expect(person.annotations.filter({ hasText: 'Volodymyr Zelensky' })).toHaveCount(2);
  await person.expectSaved();

  await app.crashAndRestart();
  await expect(person.annotations.filter({ hasText: 'Volodymyr Zelensky' })).toHaveCount(2);
  await person.goToText();
  await person.press('ControlOrMeta+z');
  await expect(person.annotations.filter({ hasText: 'Volodymyr Zelensky' })).toHaveCount(1);
  await person.press('ControlOrMeta+Shift+z');
  await person.expectSaved();
  await person.press('ControlOrMeta+e');
  const files = await app.exportDataset();
  const entities = lines(files, 'entities.jsonl');
  expect(entities).toMatchObject([{ canonical: 'Volodymyr Zelensky', type: 'PERSON', aliases: ['Mr Zelensky'] }]);
  const id = entities[0]?.['id'];
  const mentions = lines(files, 'documents.jsonl')
    .flatMap((document) => document['annotations'] as { layer: string; attributes: object; spans: { text: string }[] }[])
    .filter(({ layer }) => layer === 'mention');
  expect(mentions.map(({ spans, attributes }) => [spans[0]?.text, attributes])).toEqual([
    ['Mr Zelensky', { entity_id: id }],
    ['he', { entity_id: id }],
  ]);
});

function lines(files: ReadonlyMap<string, string>, name: string): Record<string, unknown>[] {
  const text = [...files].find(([path]) => path.endsWith(name))?.[1] ?? '';
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
