import { expect, test } from 'vitest';
import { blank } from './article-view.ts';
import { drawn, open, rangeOf } from './testing/opened-article.ts';

test('Q13 the other end of a relation has a line of its own above it and is tied in the margin with the relation’s name', async () => {
  const { view, place, field } = open();
  view.draw({
    ...blank,
    annotations: [drawn('quote', ['the plan was “ready”']), drawn('stance', ['Last words'], 'underline')],
    active: 'quote',
    roles: [
      { spans: [rangeOf('Last words')], title: 'Evidence for', line: 'tied' },
      { spans: [rangeOf('said')], title: 'Cue', line: 'dotted' },
    ],
  });
  const tied = field.querySelector<HTMLElement>('.tied');
  expect([tied?.textContent, tied?.dataset.annotations]).toEqual(['Last words', 'stance']);
  expect(tied?.classList.contains('role')).toBe(false);
  await expect.poll(() => place.querySelectorAll('.margin .tied-mention').length).toBe(2);
});
