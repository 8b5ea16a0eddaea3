import axe from 'axe-core';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client, Input, Output } from '../core/contract.ts';
import { AppError } from '../core/failure.ts';
import type { KnownProject } from '../core/project-home.ts';
import { defaultSettings } from '../core/settings.ts';
import { createActions } from './actions.ts';
import { App } from './app.tsx';
import { createSession, SessionProvider } from './session.tsx';
import type { BroughtFile } from './state/home.ts';
import { createOutside } from './state/outside.ts';
import { createSaver } from './state/saver.ts';
import { createView } from './state/view-store.ts';
import { createWorkspace } from './state/workspace-actions.ts';
import { openApp } from './testing/opened-app.tsx';
import './ui/tokens.css';
import './ui/ui.css';

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
  delete document.documentElement.dataset['theme'];
});

const summit: KnownProject = {
  ...{ key: 'at-1', id: 'p-1', name: 'Paris summit', folder: '/home/ann/Pressmark/summit' },
  ...{ opened: '2026-11-20T10:00:00.000Z', articles: 1204, state: 'there' },
};
const gone: KnownProject = { ...summit, key: 'at-2', name: 'Budget vote', folder: '/media/stick/vote', articles: null, state: 'missing' };
const known: Output<'openHome'> = {
  ...{ recent: [summit, gone], others: [{ ...summit, key: 'at-3', name: 'Old case', opened: null, articles: 1 }] },
  ...{ sample: { key: 'at-9', isMade: false }, place: '/home/ann/Pressmark', asks: false },
  ...{ settings: { ...defaultSettings, theme: 'dark' }, host: 'loopback', version: '1.2.3' },
};

/** The page at the home, over a host with these answers. What it goes on with is kept in `entered`. */
async function openHome(answers: Partial<Client> = {}, found: Partial<Output<'openHome'>> = {}) {
  await page.viewport(1024, 700);
  const entered: { project: string; files: readonly BroughtFile[] }[] = [];
  const client = {
    openWorkspace: async () => {
      throw new AppError('no-project', 'No project is open here.', 'Open one.');
    },
    openHome: async () => ({ ...known, ...found }),
    openKnown: async ({ project }: Input<'openKnown'>) => ({ kind: 'here', project }),
    discardBackup: async () => ({}),
    ...answers,
  } as Partial<Client> as Client;
  const saver = createSaver(client, 'page');
  const view = createView();
  let id = 0;
  const workspace = createWorkspace(
    client,
    saver,
    'page',
    () => `id-${++id}`,
    () => '2026-11-22T10:00:00.000Z',
  );
  const passage = {
    settle: () => undefined,
    enter: (project: string, files: readonly BroughtFile[]) => void entered.push({ project, files }),
  };
  const actions = createActions(workspace, view, saver, createOutside(client, workspace, saver, 'page', passage));
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  const root = createRoot(place);
  ending.push(() => {
    root.unmount();
    place.remove();
  });
  root.render(
    <SessionProvider session={createSession({ workspace, view, saver, actions })}>
      <App />
    </SessionProvider>,
  );
  await workspace.open();
  await expect.element(page.getByRole('heading', { name: 'Projects' })).toBeVisible();
  await expect.element(button('New project…')).toBeEnabled();
  return entered;
}
const button = (name: string | RegExp) => page.getByRole('button', { name });
const alert = () => page.getByRole('alert');
const says = (place: ReturnType<typeof alert>, words: string | RegExp) => expect.poll(() => place.element().textContent).toMatch(words);
const violations = async () => (await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })).violations;

test('A44 the home lists what was opened last, marks what is missing, and has the sample; the first project has the focus', async () => {
  const entered = await openHome();
  const list = (name: string) => page.getByRole('region', { name });
  await says(list('Opened last'), /Paris summit1,204 articles imported, opened Nov 20, 2026.*Budget voteNo longer there/);
  await says(list('Also in your folder of projects'), 'Old case1 article imported');
  await expect.element(button(/^Budget vote/)).not.toBeInTheDocument();
  expect([document.title, document.documentElement.dataset['theme']]).toEqual(['Projects – Pressmark', 'dark']);
  await expect.poll(violations).toEqual([]);
  await expect.poll(() => document.activeElement?.textContent).toMatch(/^Paris summit/);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => entered).toEqual([{ project: 'at-1', files: [] }]);
  await button(/^The sample project/).click();
  await expect.poll(() => entered[1]?.project).toBe('at-9');
});

test('O39 a restored copy is told from its origin by its folder', async () => {
  const copy: KnownProject = { ...summit, key: 'at-4', folder: '/home/ann/Pressmark/summit 2' };
  await openHome({}, { recent: [summit], others: [copy] });
  await expect.element(button(/^Paris summit \(summit\)/)).toBeVisible();
  await expect.element(button(/^Paris summit \(summit 2\)/)).toBeVisible();
});

test('A44 a missing project is taken off the list; a project that cannot be opened is told, and the list stays', async () => {
  const forgotten: string[] = [];
  let recent = known.recent;
  await openHome({
    openHome: async () => ({ ...known, recent }),
    forgetProject: async ({ project }) => {
      forgotten.push(project);
      recent = recent.filter(({ key }) => key !== project);
      return {};
    },
    openKnown: async () => {
      throw new AppError('corrupt', 'codebook.json cannot be read.', 'Restore it.');
    },
  });
  await button('Remove Budget vote from the list').click();
  await expect.element(page.getByText('Budget vote')).not.toBeInTheDocument();
  expect(forgotten).toEqual(['at-2']);
  await button(/^Paris summit/).click();
  await says(alert(), 'codebook.json cannot be read. Nothing was changed. Restore it.');
  await expect.element(button(/^Paris summit/)).toBeEnabled();
});

test('A44 without any project the home says what to do', async () => {
  await openHome({}, { recent: [], others: [] });
  await says(page.getByRole('region', { name: 'No project yet' }), 'The sample project');
  await expect.element(page.getByText(/^Make a project from your articles/)).toBeVisible();
  await expect.poll(violations).toEqual([]);
});

test('A44 a home that cannot be read is told, and read again when the person wants', async () => {
  let fails = true;
  const opened = openHome({
    openHome: async () => {
      if (fails) throw new AppError('not-saved', 'The host cannot be reached.', 'Start Pressmark again.');
      return known;
    },
  });
  await says(alert(), 'The host cannot be reached.');
  fails = false;
  await button('Try again').click();
  await opened;
  await expect.element(alert()).not.toBeInTheDocument();
});

test('A45 a new project has a name, a folder made from it and the files chosen, which go along; what is wrong is said at the field', async () => {
  const asked: Input<'createProject'>[] = [];
  const entered = await openHome({
    createProject: async (input) => {
      asked.push(input);
      if (asked.length === 1) throw new AppError('bad-request', 'The folder is not empty.', 'Choose another.');
      return { kind: 'here', project: 'at-5' };
    },
  });
  await button('New project…').click();
  await expect.element(button('Create')).toBeDisabled();
  await userEvent.keyboard('Élysée / vote');
  const folder = page.getByRole('textbox', { name: 'Folder' });
  await expect.element(folder).toHaveValue('Élysée vote');
  await folder.fill('../up');
  await expect.element(page.getByText(/has no slash/)).toBeVisible();
  await expect.element(button('Create')).toBeDisabled();
  await folder.fill('Vote');
  await userEvent.upload(page.getByLabelText('Choose files of articles'), [new File(['One.'], 'one.txt'), new File(['Two.'], 'two.txt')]);
  await expect.element(page.getByText(/^2 files chosen/)).toBeVisible();
  await expect.poll(violations).toEqual([]);
  await folder.click();
  await userEvent.keyboard('{Enter}');
  await says(alert(), 'The folder is not empty. Choose another.');
  await button('Create').click();
  await expect
    .poll(() => entered.map(({ project, files }) => [project, files.map(({ name }) => name)]))
    .toEqual([['at-5', ['one.txt', 'two.txt']]]);
  expect(asked[1]).toEqual({ page: 'page', name: 'Élysée / vote', folder: 'Vote', elsewhere: false });
});

test('A45 a folder is typed where no dialog can be shown, and chosen where one can', async () => {
  const typed: (string | null)[] = [];
  const openFolder: Client['openFolder'] = async (input) => {
    typed.push(input.typed);
    if (input.typed === '/none') throw new AppError('not-found', 'There is no Pressmark project here.', 'Type another.');
    return { kind: 'here', project: 'at-6' };
  };
  const entered = await openHome({ openFolder });
  await button('Open a folder…').click();
  await userEvent.keyboard('/none{Enter}');
  await expect.element(page.getByText('There is no Pressmark project here. Type another.')).toBeVisible();
  expect(document.activeElement).toBe(page.getByRole('textbox', { name: 'Folder of the project' }).element());
  await page.getByRole('textbox', { name: 'Folder of the project' }).fill('~/summit');
  await button('Open').last().click();
  await expect.poll(() => entered.map(({ project }) => project)).toEqual(['at-6']);
  for (const end of ending.splice(0)) end();
  await openHome({ openFolder }, { asks: true });
  await button('Open a folder…').click();
  await expect.poll(() => typed).toEqual(['/none', '~/summit', null]);
});

test('A46 a backup without texts names those that are missing until their files are chosen, is restored and opens', async () => {
  const sent: string[] = [];
  const asked: Input<'restoreBackup'>[] = [];
  const lacking = [{ name: 'one.html', title: 'Leaders met' }];
  const entered = await openHome({
    sendPiece: async ({ of, name }, bytes) => {
      sent.push(`${of.kind} ${name} ${bytes?.length}`);
      return {};
    },
    lookAtBackup: async () => ({ name: 'Paris summit', files: 14, text: false, lacking: sent.length > 1 ? [] : lacking }),
    restoreBackup: async (input) => {
      asked.push(input);
      return { project: 'at-7', files: 16, withoutOriginal: [], problems: [] };
    },
  });
  await button('Restore a backup…').click();
  await userEvent.upload(page.getByLabelText('Choose a backup'), new File(['zip'], 'summit.zip'));
  await expect.element(page.getByText('“Paris summit”, 14 files, without the texts of its articles.')).toBeVisible();
  await says(page.getByRole('list', { name: 'Missing texts' }), 'one.html (“Leaders met”)');
  await expect.element(button('Restore')).not.toBeInTheDocument();
  await expect.poll(violations).toEqual([]);
  await userEvent.upload(page.getByLabelText('Choose files of the articles'), new File(['<p>Leaders met.'], 'other name.html'));
  await expect.element(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('Paris summit');
  await button('Restore').click();
  await expect.poll(() => entered.map(({ project }) => project)).toEqual(['at-7']);
  expect(sent).toEqual(['backup summit.zip 3', 'article other name.html 15']);
  expect(asked).toMatchObject([{ folder: 'Paris summit', elsewhere: false }]);
});

test('A46 a backup that is refused is told; one that was damaged is shown as such before it opens; closing gives up what was sent', async () => {
  let given = 0;
  let looks = 0;
  const entered = await openHome({
    sendPiece: async () => ({}),
    lookAtBackup: async () => {
      if (looks++ === 0)
        throw new AppError('corrupt', 'a.zip was not restored: it is cut off.', 'Take another copy.', 'Nothing was left behind.');
      return { name: 'summit', files: 14, text: true, lacking: [] };
    },
    restoreBackup: async () => ({ project: 'at-8', files: 14, withoutOriginal: [], problems: ['codebook.json: broken'] }),
    discardBackup: async () => {
      given++;
      return {};
    },
  });
  await button('Restore a backup…').click();
  const choose = () => userEvent.upload(page.getByLabelText('Choose a backup'), new File(['zip'], 'a.zip'));
  await choose();
  await says(alert(), 'a.zip was not restored: it is cut off. Nothing was left behind. Take another copy.');
  await choose();
  // The folder of that name is taken.
  await expect.element(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('summit 2');
  await button('Restore').click();
  await expect.element(page.getByText('codebook.json: broken')).toBeVisible();
  expect(entered).toEqual([]);
  await button('Open the project').click();
  await expect.poll(() => entered.length).toBe(1);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => given).toBe(1);
});

test('A47 from a project, the way home and to another project waits until everything is saved, and says what is not', async () => {
  const asked: string[] = [];
  const entered: string[] = [];
  let refuse = true;
  const recent = [{ id: 'p-2', name: 'Budget vote', folder: '/vote', time: '2026-11-20T10:00:00.000Z', key: 'at-2' }];
  const app = await openApp('Ana Ruiz spoke in Paris.', {
    answers: {
      apply: async () => {
        if (refuse) throw new AppError('conflict', 'The ground has changed.', 'Read the project again.');
        return { sequence: 1 };
      },
      openKnown: async ({ project }) => {
        asked.push(project);
        return { kind: 'here', project };
      },
      showHome: async () => {
        asked.push('home');
        return { kind: 'here', project: 'home' };
      },
    },
    workspace: { settings: { ...defaultSettings, person: 'Anna', recent, suggestions: { threshold: 0.5, off: [] } } },
    passage: { settle: () => undefined, enter: (project) => void entered.push(project) },
  });
  await app.select('Ruiz');
  await userEvent.keyboard('q');
  await button(/^Project Paris summit/).click();
  await page.getByRole('menuitem', { name: /^Budget vote/ }).click();
  await expect.element(page.getByText(/Something that you did is not saved yet\. It is still in this window/)).toBeVisible();
  expect([asked, entered]).toEqual([[], []]);
  refuse = false;
  app.actions.retrySaving();
  await expect.element(page.getByText(/Something that you did is not saved yet/)).not.toBeInTheDocument();
  await button(/^Project Paris summit/).click();
  await page.getByRole('menuitem', { name: /^Budget vote/ }).click();
  await expect.poll(() => entered).toEqual(['at-2']);
  app.actions.run('project.home');
  await expect.poll(() => entered).toEqual(['at-2', 'home']);
  expect(asked).toEqual(['at-2', 'home']);
});
