import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { openApp } from '../../testing/opened-app.tsx';

const views = ['annotate', 'dataset', 'registry', 'codebook', 'search', 'statistics', 'concordance', 'agreement', 'compare'] as const;

test.each([1280, 1440])(
  'F144 in a window of %i pixels the search and the names of the views stay where they are in every view',
  async (width) => {
    const never = () => new Promise<never>(() => undefined);
    // What the views ask for is of no matter here.
    const asked = Object.keys(contract).filter((method) => !['openWorkspace', 'openArticle', 'saveSettings'].includes(method));
    const answers = Object.fromEntries(asked.map((method) => [method, never]));
    const { place, view } = await openApp('Ana Ruiz spoke in Paris.', { width, answers });
    const lefts = () => [...place.querySelectorAll('.search-button, .views > .view')].map((each) => each.getBoundingClientRect().left);
    const before = lefts();
    expect(before).toHaveLength(1 + views.length);
    for (const name of views) {
      view.set({ view: name });
      await expect.element(page.getByRole('button', { name: new RegExp(`^${name}$`, 'i') })).toHaveAttribute('aria-current', 'page');
      expect(lefts(), name).toEqual(before);
    }
  },
);

test.each([720, 1440])(
  'F145 in a window of %i pixels the reason why something is not saved covers nothing in the status bar',
  async (width) => {
    const { place, actions, select } = await openApp('Ana Ruiz spoke in Paris.', {
      width,
      answers: {
        apply: async () => {
          throw new AppError(
            'not-saved',
            'The disk is full, so that what you did cannot be written to the folder of the project.',
            'What was marked Saved is on the disk. What was not is in this window only, as long as it stays open.',
            'Make room on the disk and try again, or keep the edits in a file, start Pressmark again, and drop that file into its window.',
          );
        },
      },
    });
    await select('Ana Ruiz');
    actions.run('tag.QUOTE');
    await expect.element(page.getByRole('contentinfo').getByRole('alert')).toBeVisible();
    const state = place.querySelector('.save-state') as Element;
    const words = document.createRange();
    words.selectNodeContents(state);
    const [said, reason] = [
      words.getBoundingClientRect(),
      page.getByRole('contentinfo').getByRole('alert').element().getBoundingClientRect(),
    ];
    expect(state.textContent).toBe('▲ Not saved');
    expect(said.right <= reason.left || said.bottom <= reason.top).toBe(true);
  },
);

test('F148 the name of the view that is shown stays in sight when the window gets narrower', async () => {
  const { place, view } = await openApp('Ana Ruiz spoke in Paris.', { width: 1440 });
  view.set({ view: 'concordance' });
  const current = page.getByRole('button', { name: 'Concordance' });
  await expect.element(current).toHaveAttribute('aria-current', 'page');
  await page.viewport(480, 700);
  const room = () => (place.querySelector('.views') as Element).getBoundingClientRect();
  const isInSight = () => {
    const { left, right } = current.element().getBoundingClientRect();
    return left >= room().left && right <= room().right + 0.5;
  };
  await expect.poll(isInSight).toBe(true);
});
