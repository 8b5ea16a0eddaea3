import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client, Input } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { openApp } from '../../testing/opened-app.tsx';

async function open(backupProject: Client['backupProject'], cancelJob: Client['cancelJob'] = async () => ({})) {
  const app = await openApp('Ana Ruiz spoke in Paris.', { answers: { backupProject, cancelJob } });
  app.actions.run('project.backup');
  return app;
}
const button = (name: string) => page.getByRole('button', { name });

test('A31 a backup is made with the articles or without, and tells what is in it, left out and damaged', async () => {
  const asked: Input<'backupProject'>[] = [];
  const damage = { leftOut: ['.DS_Store'], problems: ['codebook.json: broken'] };
  await open(async (input) => {
    asked.push(input);
    if (asked.length === 1) throw new AppError('not-saved', 'The backup could not be written.', 'Try again.', 'No backup was made.');
    return { kind: 'written', place: '/home/a.zip', files: 12, ...damage };
  });
  await expect.poll(() => document.activeElement?.textContent).toBe('Back up everything');
  expect((await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa'] })).violations).toEqual([]);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('The backup could not be written. No backup was made. Try again.');
  await button('Back up without the articles').click();
  const said = () => page.getByRole('dialog').element().textContent;
  await expect.poll(said).toMatch(/12 files backed up in \/home\/a\.zip.*\.DS_Store.*codebook\.json: broken/);
  expect(asked.map(({ text }) => text)).toEqual([true, false]);
});

test('A31 closing the dialog ends the backup that is under way', async () => {
  const ended: string[] = [];
  let job = '';
  await open(
    (input) => {
      job = input.job;
      return new Promise<never>(() => undefined);
    },
    async (input) => {
      ended.push(input.job);
      return {};
    },
  );
  await button('Back up everything').click();
  await expect.element(page.getByText('Writing the backup and reading it back…')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => ended).toEqual([job]);
});
