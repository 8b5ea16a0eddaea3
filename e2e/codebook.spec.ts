import { randomUUID } from 'node:crypto';
import type { Annotation } from '../core/model/annotation.ts';
import type { Edit } from '../core/steps/edit.ts';
import { spanAt } from '../core/text/span.ts';
import { openProject } from '../host/storage/project.ts';
import { type App, expect, test } from './app.ts';
import { Person } from './person.ts';

const polarities = ['favor', 'against', 'neutral'] as const;

/** Stances of the annotator `id`, as many in each polarity in turn, made in the storage as a sync brings them. */
async function stancesOf(project: string, id: string | null, count: number): Promise<void> {
  const there = await openProject(project, { lock: false, ...(id ? { annotator: id } : {}) });
  const articles = there.articles();
  const edits: Edit[] = [];
  for (let number = 0; number < count; number++) {
    const { id: article } = articles[number % articles.length] as (typeof articles)[0];
    const { text } = await there.readArticle(article);
    const start = (number * 37) % (text.length - 60);
    const time = '2026-01-01T00:00:00.000Z';
    const annotation: Annotation = {
      ...{ id: randomUUID(), article, annotator: there.annotator.id, layer: 'STANCE', spans: [spanAt(text, { start, end: start + 12 })] },
      ...{ attributes: { polarity: polarities[number % 3] as string }, roles: [], note: '', origin: { kind: 'person' } },
      ...{ codebook: 1, created: time, modified: time },
    };
    edits.push({ record: 'annotation', article, id: annotation.id, before: null, after: annotation });
  }
  const step = { command: 'test', title: 'Stances', edits, undoes: null, redoes: null };
  await there.apply({ id: randomUUID(), annotator: there.annotator.id, time: '2026-01-01T00:00:00.000Z', ...step });
  await there.close();
}

/** How often each polarity stands in everybody's annotations, as the disk has it. */
async function polaritiesOf({ project }: App): Promise<Record<string, number>> {
  const there = await openProject(project, { readOnly: true });
  const counts: Record<string, number> = {};
  for (const { id } of there.articles()) {
    for (const { set } of await there.setsOf(id)) {
      for (const { attributes } of set.annotations.values()) {
        const polarity = String(attributes['polarity'] ?? attributes['position']);
        counts[polarity] = (counts[polarity] ?? 0) + 1;
      }
    }
  }
  await there.close();
  return counts;
}

test('P21 a rename and a removal over 200 annotations of two annotators do what the preview counted, and are undone after a restart', async ({
  app,
  axe,
}) => {
  test.setTimeout(40_000);
  await app.stopHost();
  const there = await openProject(app.project);
  const { id: ben } = await there.addAnnotator('Ben');
  await there.close();
  await stancesOf(app.project, null, 120);
  await stancesOf(app.project, ben, 80);
  await app.crashAndRestart();
  const { page } = app;
  const before = await polaritiesOf(app);
  expect(before).toEqual({ favor: 67, against: 67, neutral: 66 });

  await page.getByRole('button', { name: 'Codebook', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Parts of the codebook' })
    .getByRole('button', { name: /^Stance/ })
    .click();
  const side = page.getByRole('complementary', { name: 'What changes' });
  await page.locator('summary', { hasText: 'favor, against' }).click();
  await page.getByRole('textbox', { name: 'Value favor of Polarity of Stance' }).fill('support');
  await page.keyboard.press('Enter');
  await expect(side.getByText('67 annotations of 2 annotators change.')).toBeVisible();
  await expect(side.getByText('67 Polarity favor → support')).toBeVisible();
  expect(await axe(), 'codebook').toEqual([]);
  await side.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Done: Rename favor → support in Polarity of Stance.')).toBeVisible();
  expect(await polaritiesOf(app)).toEqual({ support: 67, against: 67, neutral: 66 });

  await page.getByRole('combobox', { name: 'Remove against in Polarity of Stance' }).selectOption('neutral');
  await expect(side.getByText('67 annotations of 2 annotators change.')).toBeVisible();
  await side.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Done: Remove against from Polarity of Stance, into neutral.')).toBeVisible();
  expect(await polaritiesOf(app)).toEqual({ support: 67, neutral: 133 });

  await app.crashAndRestart();
  const person = new Person(page);
  await person.press('ControlOrMeta+z');
  await expect(page.getByText('Undone: Remove against from Polarity of Stance, into neutral.')).toBeVisible();
  expect(await polaritiesOf(app)).toEqual({ support: 67, against: 67, neutral: 66 });
  await person.press('ControlOrMeta+z');
  await expect(page.getByText('Undone: Rename favor → support in Polarity of Stance.')).toBeVisible();
  expect(await polaritiesOf(app)).toEqual(before);
});
