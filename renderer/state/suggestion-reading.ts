import { dequal } from 'dequal';
import type { Article } from '../../core/model/article.ts';
import type { Registry } from '../../core/model/entity.ts';
import { isAllOff } from '../../core/suggestions/choice.ts';
import { type Experience, noExperience } from '../../core/suggestions/learning.ts';
import type { SuggestionWorker } from '../suggestions/messages.ts';
import { type ArticleSuggestions, identified, noSuggestions, type OpenSuggestion } from './article-suggestions.ts';
import { learnedSince } from './experience.ts';
import type { Notices } from './notices.ts';
import { createSuggester, speaksOtherwise } from './suggester.ts';
import type { Workspace, WorkspaceStore } from './workspace.ts';

// In milliseconds. `article` lets the article be drawn first and skips articles that the user only passes over. `registry` collects changes that come
// one after another.
const pause = { article: 400, registry: 700 };
const remembered = 20;

/** What reading suggestions needs besides the state. */
export interface SuggestionSources {
  /** Creates a worker; called when first needed. */
  readonly start: () => SuggestionWorker;
  /** What the annotator's work has taught so far. */
  readonly experience: () => Promise<Experience>;
  readonly notify: Notices['notify'];
  /** For this many milliseconds from now, nothing is asked, so that the page is drawn before the language model is loaded. */
  readonly warmUp: number;
}

/**
 * Keeps the state's suggestions up to date with the article on screen. Asks a worker when an article opens, when the registry changes in a way
 * that matters, when learning is reset, and when suggestions are switched on. What is learned in between applies from the next article on, so that
 * nothing moves under the user's hands. A failing worker is reported once.
 */
export function followSuggestions(store: WorkspaceStore, { start, experience, notify, warmUp }: SuggestionSources): () => void {
  const suggester = createSuggester(start);
  const known = new Map<string, { readonly text: string; readonly registry: Registry; readonly all: readonly OpenSuggestion[] }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  const warm = Date.now() + warmUp;
  let asking = 0;
  let learned: { readonly article: string; readonly reading: Promise<Experience> } | null = null;
  let last: Ground | null = null;

  const show = (article: string, state: ArticleSuggestions['state'], all: readonly OpenSuggestion[]) => {
    const before = store.getState().suggestions;
    const isSame = before.article === article && (before.all === all || dequal(before.all, all));
    if (!isSame || before.state !== state) store.setState({ suggestions: { article, state, all: isSame ? before.all : all } });
  };

  const keep = (article: Article, registry: Registry, all: readonly OpenSuggestion[]) => {
    const { id } = article.meta;
    known.delete(id);
    known.set(id, { text: article.text, registry, all });
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - remembered))) known.delete(oldest);
  };

  const fail = (article: string) => {
    show(article, 'failed', []);
    if (isTold) return;
    isTold = true;
    notify('suggestions', {
      code: 'internal',
      message: 'No suggestions could be worked out for this article.',
      safe: 'Everything else goes on as usual.',
      next: 'Reload this window to try again, or switch suggestions off in the settings.',
    });
  };

  const stop = () => {
    clearTimeout(timer);
    asking++;
    suggester.drop();
  };

  const ask = async () => {
    const turn = ++asking;
    const shown = store.getState().article?.meta.id;
    if (shown === undefined) return;
    // Suggestions without experience are better than none.
    if (learned?.article !== shown) learned = { article: shown, reading: experience().catch(() => noExperience) };
    const taught = await learned.reading;
    const { article, registry } = store.getState();
    if (!article || turn !== asking) return;
    suggester.ask({ text: article.text, registry, experience: taught }, (suggestions) => {
      if (!suggestions) return fail(article.meta.id);
      const all = [...new Map(suggestions.map(identified).map((each) => [each.id, each])).values()];
      keep(article, registry, all);
      show(article.meta.id, 'ready', all);
    });
  };

  // Meanwhile, show the suggestions computed earlier.
  const open = ({ meta: { id }, text }: Article) => {
    const before = known.get(id);
    const isKnown = before?.text === text;
    stop();
    learned = null;
    show(id, isKnown ? 'ready' : 'reading', isKnown ? before.all : []);
    timer = setTimeout(() => void ask(), Math.max(pause.article, warm - Date.now()));
  };

  const askAgain = () => {
    const { article, registry } = store.getState();
    const before = article && known.get(article.meta.id);
    if (!before || speaksOtherwise(before.registry, registry)) void ask();
  };

  const follow = (state: Workspace) => {
    const now = groundOf(state);
    const before = last;
    if (before && Object.entries(now).every(([name, part]) => before[name as keyof Ground] === part)) return;
    last = now;
    const { article, registry } = now;
    if (!article || now.isOff) {
      stop();
      if (state.suggestions !== noSuggestions) store.setState({ suggestions: noSuggestions });
      return;
    }
    const isOther = before?.article?.meta.id !== article.meta.id || before.article.text !== article.text || before.isOff;
    if (isOther || before.since !== now.since) return open(article);
    if (before.registry === registry) return;
    clearTimeout(timer);
    timer = setTimeout(askAgain, pause.registry);
  };

  follow(store.getState());
  const unsubscribe = store.subscribe(follow);
  return () => {
    unsubscribe();
    stop();
  };
}

interface Ground {
  readonly article: Article | null;
  readonly registry: Registry;
  readonly isOff: boolean;
  readonly since: string | null;
}

function groundOf(state: Workspace): Ground {
  const { article, registry, settings } = state;
  return { article, registry, isOff: isAllOff(settings.suggestions), since: learnedSince(state) };
}
