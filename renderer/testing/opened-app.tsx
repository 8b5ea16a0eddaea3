import { createRoot } from 'react-dom/client';
import { afterEach, expect } from 'vitest';
import { page } from 'vitest/browser';
import type { Client, Output } from '../../core/contract.ts';
import { emptySet, setToRecord } from '../../core/model/annotation.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import { countWords, headingsOf, titleOf } from '../../core/model/article.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { defaultSettings } from '../../core/settings.ts';
import { emptyHistory } from '../../core/steps/history.ts';
import { suggestionFamilies } from '../../core/suggestions/choice.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import { createActions } from '../actions.ts';
import { App } from '../app.tsx';
import { createSession, SessionProvider } from '../session.tsx';
import type { Passage } from '../state/home.ts';
import { createOutside } from '../state/outside.ts';
import { createSaver } from '../state/saver.ts';
import { followSuggestions } from '../state/suggestion-reading.ts';
import { createView, selectedRange } from '../state/view-store.ts';
import { createWorkspace } from '../state/workspace-actions.ts';
import type { Question, SuggestionWorker } from '../suggestions/messages.ts';
import '../ui/tokens.css';
import '../ui/ui.css';

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

interface Opening {
  readonly width?: number;
  readonly height?: number;
  /** What the host answers at opening, in place of the defaults. */
  readonly workspace?: Partial<Output<'openWorkspace'>>;
  /** The work of others on the article. */
  readonly others?: Output<'openArticle'>['others'];
  /** The annotator's own set on the article; empty by default. */
  readonly set?: Output<'openArticle'>['set'];
  /** The host's answers to other calls. */
  readonly answers?: Partial<Client>;
  /** How the page switches to another project. Without this, it does not. */
  readonly passage?: Passage;
  /** The worker's suggestions for a text; the worker fails if this throws. Without this, suggestions are off. */
  readonly suggest?: (question: Question) => readonly Suggestion[];
}

// A fake worker. Like a real one, it answers in a separate task.
function workerThat(suggest: (question: Question) => readonly Suggestion[]): SuggestionWorker {
  const worker: SuggestionWorker = { postMessage, onmessage: null, onerror: null, terminate: () => undefined };
  function postMessage(question: Question) {
    setTimeout(() => {
      try {
        worker.onmessage?.(new MessageEvent('message', { data: { number: question.number, suggestions: suggest(question) } }));
      } catch (error) {
        worker.onerror?.(new ErrorEvent('error', { message: String(error) }));
      }
    });
  }
  return worker;
}

/** The whole page on one article with this text, and a host that accepts every gesture and stores nothing. Removed after the test. */
export async function openApp(
  text: string,
  {
    width = 1024,
    height = 700,
    workspace: more = {},
    others = [],
    set = setToRecord(emptySet('a')),
    answers: further = {},
    suggest,
    passage,
  }: Opening = {},
) {
  await page.viewport(width, height);
  const time = '2026-01-01T00:00:00.000Z';
  const meta: ArticleMeta = {
    ...{ id: 'a', title: titleOf(text, 'a'), source: null, date: null, url: null, language: 'en', originalName: 'a.txt' },
    ...{ headings: headingsOf(text), words: countWords(text), textSha256: '0'.repeat(64), originalSha256: '0'.repeat(64), imported: time },
  };
  const anna = { id: 'anna', name: 'Anna', role: 'annotator' } as const;
  const opened: Output<'openWorkspace'> = {
    ...{ project: { id: 'p', name: 'Paris summit', place: '/p', lead: 'anna' }, codebook: { version: 1, codebook: defaultCodebook } },
    ...{
      annotator: anna,
      annotators: [anna],
      articles: [{ meta, status: 'not_started', counts: {}, toComplete: 0 }],
      listed: true,
      whole: true,
      first: null,
      entities: [],
      articleRecords: [],
    },
    ...{
      links: [],
      history: emptyHistory,
      saved: [],
      settings: { ...defaultSettings, person: 'Anna', suggestions: { threshold: 0.5, off: suggest ? [] : [...suggestionFamilies] } },
      notices: [],
      writable: true,
      account: 'anna',
    },
    ...{ host: 'loopback', version: '1.2.3' },
    ...more,
  };
  let sequence = 0;
  const answers: Partial<Client> = {
    openWorkspace: async () => opened,
    openArticle: async () => ({ article: { meta, text }, set, others }),
    apply: async () => ({ sequence: ++sequence }),
    saveSettings: async () => ({}),
    ...further,
  };
  let id = 0;
  const newId = () => `id-${++id}`;
  const client = answers as Client;
  const saver = createSaver(client, 'page');
  const view = createView();
  const workspace = createWorkspace(client, saver, 'page', newId, () => time);
  const actions = createActions(workspace, view, saver, createOutside(client, workspace, saver, 'page', passage));
  const start = () => workerThat(suggest ?? (() => []));
  actions.learn.attachWorker(start);
  const stop = followSuggestions(workspace.store, { start, experience: actions.learn.experience, notify: workspace.notify, warmUp: 0 });
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  const root = createRoot(place);
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    stop();
    root.unmount();
    place.remove();
  };
  ending.push(end);
  const session = createSession({ workspace, view, saver, actions });
  root.render(
    <SessionProvider session={session}>
      <App />
    </SessionProvider>,
  );
  await workspace.open();
  await expect.poll(() => place.querySelector('.article')).not.toBeNull();
  const field = place.querySelector<HTMLElement>('.article');
  if (!field) throw new TypeError('no article was drawn');
  /** Selects words of the text, which must be within one element, as a user would. */
  const select = async (words: string) => {
    const start = text.indexOf(words);
    field.focus();
    const put = () => {
      const pieces = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
      while (pieces.nextNode() && !pieces.currentNode.textContent?.includes(words));
      const piece = pieces.currentNode;
      const from = piece.textContent?.indexOf(words) ?? -1;
      document.getSelection()?.setBaseAndExtent(piece, from, piece, from + words.length);
    };
    // Rendering in the meantime would clear the selection.
    await expect
      .poll(() => {
        put();
        return selectedRange(view.store.getState());
      })
      .toEqual({ start, end: start + words.length });
  };
  return { place, field, workspace, view, actions, select, end };
}
