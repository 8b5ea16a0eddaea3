import type { Page } from '@playwright/test';

/** Takes a picture called `name`. */
type Shoot = (page: Page, name: string) => Promise<void>;

const reply = (value: unknown) => ({ contentType: 'application/json', body: JSON.stringify(value) });

/** Pictures of the Dataset view in its states, on a page that shows the project with annotations at `url`; the page stays in that view. */
export async function shootDataset(page: Page, url: string, theme: 'light' | 'dark', shoot: Shoot): Promise<void> {
  const view = page.getByRole('main', { name: 'Dataset' });
  const tick = (label: string) => view.locator('label.check', { hasText: label }).click();
  const held = () => view.getByText('What it holds').waitFor();
  const current = () => view.locator('.contents[data-old="false"]').waitFor();
  await page.keyboard.press('ControlOrMeta+e');
  await held();
  await view.getByText('No leak between', { exact: false }).or(view.locator('.split-table')).first().waitFor();
  await shoot(page, `dataset-${theme}`);
  for (const [name, width, height] of [
    ['small', 1024, 700],
    ['zoomed', 720, 450],
  ] as const) {
    await page.setViewportSize({ width, height });
    await shoot(page, `dataset-${name}-${theme}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await view.getByRole('radio', { name: 'UIMA CAS (JSON and XMI)' }).check();
  await current();
  await view.locator('summary', { hasText: 'README.md' }).click();
  await view.locator('.file').nth(1).locator('summary').click();
  await shoot(page, `dataset-cas-${theme}`);
  await view.getByRole('radio', { name: 'JSONL (complete)' }).check();
  await tick('Leave out the articles’ text');
  await tick('Quoted term');
  await tick('Not started');
  await current();
  await shoot(page, `dataset-narrowed-${theme}`);
  await tick('In progress');
  await view.getByText('No article matches').waitFor();
  await shoot(page, `dataset-nothing-${theme}`);
  await tick('Done');
  await shoot(page, `dataset-none-${theme}`);
  for (const label of ['Done', 'In progress', 'Not started', 'Quoted term']) await tick(label);
  await tick('Leave out the articles’ text');
  await current();
  const download = page.waitForEvent('download');
  await view.getByRole('button', { name: 'Export dataset' }).click();
  await (await download).path();
  await shoot(page, `dataset-exported-${theme}`);
  const other = await page
    .context()
    .browser()
    ?.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  if (!other) throw new TypeError('the page has no browser');
  await shootWaiting(other, url, theme, shoot);
  await other.close();
  await page.getByRole('button', { name: 'Take over' }).click();
}

/** Pictures of work that takes long and of work that fails, as a host would tell of it. */
async function shootWaiting(page: Page, url: string, theme: string, shoot: Shoot): Promise<void> {
  const view = page.getByRole('main', { name: 'Dataset' });
  let job = '';
  let held: () => void = () => undefined;
  // Events in place of the host's, as many as are told.
  await page.addInitScript(() => {
    const real = window.fetch;
    const lines = new TransformStream<string, string>();
    const writer = lines.writable.getWriter();
    Object.assign(window, { tell: (line: string) => void writer.write(`${line}\n`) });
    void writer.write('\n');
    window.fetch = (input, init) =>
      String(input).endsWith('/api/events')
        ? Promise.resolve(new Response(lines.readable.pipeThrough(new TextEncoderStream())))
        : real(input, init);
  });
  const tell = async () => {
    const progress = { step: 'writing', done: 3210, total: 10_000 };
    await page.evaluate(
      (line) => (window as unknown as { tell(line: string): void }).tell(line),
      JSON.stringify({ event: 'progress', job, progress }),
    );
    await view.getByText('3,210 of 10,000').waitFor();
  };
  for (const method of ['previewExport', 'exportDataset']) {
    await page.route(`**/api/${method}`, async (route) => {
      ({ job } = route.request().postDataJSON());
      await new Promise<void>((resolve) => {
        held = resolve;
      });
      const error = {
        ...{ code: 'corrupt', message: 'The article paris-1f2e3d4c cannot be read: its text is not what was imported.' },
        ...{ safe: 'Nothing was changed.', next: 'Restore the file text.txt from a backup.' },
      };
      await route.fulfill(reply({ ok: false, error })).catch(() => undefined);
    });
  }
  await page.goto(url);
  await page.getByRole('button', { name: 'Take over' }).click();
  await page.getByRole('button', { name: 'Dataset', exact: true }).click();
  await page.waitForTimeout(300);
  await shoot(page, `dataset-loading-${theme}`);
  await tell();
  await shoot(page, `dataset-progress-${theme}`);
  await view.getByRole('button', { name: 'Stop' }).first().click();
  await shoot(page, `dataset-stopped-${theme}`);
  await view.getByRole('button', { name: 'Export dataset' }).click();
  await view.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.waitForTimeout(300);
  await tell();
  await shoot(page, `dataset-exporting-${theme}`);
  held();
  await view.getByText('cannot be read').waitFor();
  await shoot(page, `dataset-export-failed-${theme}`);
  await view.getByRole('button', { name: 'Make the preview' }).click();
  await page.waitForTimeout(500);
  held();
  await view.getByRole('button', { name: 'Look again' }).waitFor();
  await shoot(page, `dataset-failed-${theme}`);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
}
