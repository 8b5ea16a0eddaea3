import { useMemo } from 'react';
import type { Command } from '../../../core/commands.ts';
import { namesOf } from '../../../core/registry/entity-names.ts';
import { type Completion, withCompletion } from '../../../core/search/completion.ts';
import { nameMatch } from '../../../core/search/name-match.ts';
import type { Range } from '../../../core/text/span.ts';
import type { Actions } from '../../actions.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { searchesOf } from '../../state/searches.ts';
import { counted } from '../../ui/count.ts';
import { keyName } from '../frame/key-name.ts';
import { type Found, foundArticles, type ReadQuery, useFoldedArticles } from './query-reading.ts';

/** Something that can be chosen in the palette. */
export interface PaletteRow {
  readonly id: string;
  readonly section: string;
  /** A name, or words from an article (`isText`). */
  readonly words: string;
  /** The parts of `words` that match the query. */
  readonly marks?: readonly Range[];
  readonly isText?: boolean;
  readonly note: string;
  readonly keys?: string | undefined;
  /** The layer of an annotation. */
  readonly layer?: string;
  /** Inserts text into the field instead of closing the palette. */
  readonly writes?: { readonly input: string; readonly caret: number };
  readonly run?: () => void;
}

const few = 5;
// A row shows at most this many letters of an annotation.
const inSight = 200;

/** The words after a `>` at the start of `input`, which restricts the search to commands; null without it. */
export const commandWords = (input: string): string | null => /^\s*>(.*)$/su.exec(input)?.[1] ?? null;

/** What the palette offers for a query: completions, commands, articles, entities, annotations, places in the text, and all results. */
export function usePaletteRows(input: string, query: ReadQuery, found: Found): readonly PaletteRow[] {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const settings = useWorkspace((state) => state.settings);
  const project = useWorkspace((state) => state.opened?.project.id);
  const isAnnotating = useView((state) => state.view === 'annotate');
  const articles = useFoldedArticles();
  // What can be done does not change while the palette is open.
  const commands = useMemo(() => usable(actions.commands(), actions.enabled, isAnnotating), [actions, isAnnotating]);
  return useMemo(() => {
    const named = (sought: string) => {
      const found = commands.flatMap((command) => {
        const match = nameMatch(command.title, sought);
        return match ? [{ command, ...match }] : [];
      });
      // If the input is the beginning of a name, that one is meant.
      return found.sort((a, b) => a.rank - b.rank).map(({ command, marks }) => commandRow(actions, command, marks));
    };
    const onlyCommands = commandWords(input);
    if (onlyCommands !== null) return named(onlyCommands);
    const words = input.trim();
    // A query with fields searches annotations. Names of commands and entities are found by words only.
    const isWords = query.terms.every((term) => term.kind === 'words' && !term.not) && query.problems.length === 0;
    if (words === '') return [...keptRows(searchesOf(settings, project)), ...named('')];
    const titleOf = (id: string) => codebook?.entityTypes.find((type) => type.id === id)?.title ?? id;
    const types = codebook?.entityTypes.map(({ id }) => id) ?? [];
    const rows: PaletteRow[] = query.completions.slice(0, few + 1).map((completion) => completionRow(input, completion));
    if (isWords) {
      rows.push(
        ...named(words).slice(0, few),
        ...foundArticles(articles, words, few).map(
          ({ id, title }): PaletteRow => ({
            ...{ id: `article ${id}`, section: 'Articles', words: title, marks: nameMatch(title, words)?.marks ?? [], note: '' },
            run: () => actions.search.showArticle({ article: id, snippet: null }, null),
          }),
        ),
        ...namesOf(registry)
          .search(words, types, few)
          .map(
            ({ entity, name }): PaletteRow => ({
              ...{ id: `entity ${entity.id}`, section: 'Entities', words: entity.canonical },
              marks: nameMatch(entity.canonical, words)?.marks ?? [],
              note: name === entity.canonical ? titleOf(entity.type) : `${titleOf(entity.type)} · also “${name}”`,
              run: () => {
                actions.search.close();
                actions.registry.showEntry(entity.id);
              },
            }),
          ),
      );
    }
    const { answer } = found;
    if (answer) {
      const titles = new Map(articles.map(({ id, title }) => [id, title]));
      const shown = new Set(rows.map(({ id }) => id));
      rows.push(
        ...answer.articles
          .filter(({ article, snippet }) => !snippet && !shown.has(`article ${article}`))
          .slice(0, few)
          .map(
            (hit): PaletteRow => ({
              ...{ id: `article ${hit.article}`, section: 'Articles', words: hit.title, note: hit.source ?? '' },
              run: () => actions.search.showArticle(hit, null),
            }),
          ),
        ...answer.annotations.map(
          (hit): PaletteRow => ({
            ...{ id: `annotation ${hit.annotation}`, section: 'Annotations', words: hit.text, layer: hit.layer, isText: true },
            marks: nameMatch(hit.text.slice(0, inSight), words)?.marks ?? [],
            note: [hit.who, titles.get(hit.article) ?? hit.article].filter(Boolean).join(' · '),
            run: () => actions.search.showAnnotation(hit, null),
          }),
        ),
        ...answer.articles.flatMap((hit): PaletteRow[] => {
          const { snippet } = hit;
          if (!snippet || snippet.match === '') return [];
          const before = ending(snippet.before);
          return [
            {
              ...{
                id: `text ${hit.article}`,
                section: 'In the text',
                words: `${before}${snippet.match}${snippet.after}`,
                marks: [{ start: before.length, end: before.length + snippet.match.length }],
                isText: true,
                note: hit.title,
              },
              run: () => actions.search.showArticle(hit, null),
            },
          ];
        }),
      );
    }
    if (query.asked !== null && query.asked.trim() !== '') {
      const asked = query.asked.trim();
      const { annotations = 0, articles: texts = 0 } = answer?.totals ?? {};
      rows.push({
        ...{ id: 'all', section: 'All results', words: `All results for ${asked}`, keys: keyName('Mod-Enter') },
        note: answer ? `${counted(annotations, 'annotation')}, ${counted(texts, 'article')}` : '',
        run: () => actions.search.show(asked, annotations === 0 && texts > 0 ? 'articles' : 'annotations'),
      });
    }
    return rows;
  }, [input, query, found, registry, codebook, settings, project, articles, commands, actions]);
}

function commandRow({ search, run }: Actions, { id, title, keys: [key] }: Command, marks: readonly Range[]): PaletteRow {
  return {
    ...{ id: `command ${id}`, section: 'Commands', words: title, marks, note: '', keys: key === undefined ? undefined : keyName(key) },
    run: () => {
      search.close();
      // Wait until the focus has returned, because the command may depend on it.
      requestAnimationFrame(() => requestAnimationFrame(() => run(id)));
    },
  };
}

// Keeps the last words before a match, so that the match is visible.
function ending(words: string): string {
  return words.length > 50 ? `…${words.slice(-50).replace(/^\S*\s/, '')}` : words;
}

// The commands that would do something now. Those with the same title (the digits) share a row. The palette itself is left out.
function usable(commands: readonly Command[], enabled: (id: string) => boolean, isAnnotating: boolean): readonly Command[] {
  const titles = new Set<string>();
  return commands.filter(({ id, title, scope, menu }) => {
    if (id === 'search.open' || titles.has(title) || id === 'menu.open') return false;
    if (scope === 'article' && menu !== 'help' && !isAnnotating) return false;
    if (!enabled(id)) return false;
    titles.add(title);
    return true;
  });
}

function completionRow(input: string, completion: Completion): PaletteRow {
  return {
    ...{ id: `write ${completion.text}`, section: 'Go on with', words: completion.name, note: completion.note },
    writes: withCompletion(input, completion),
  };
}

function keptRows({ saved, recent }: ReturnType<typeof searchesOf>): PaletteRow[] {
  const written = (query: string) => ({ input: query, caret: query.length });
  return [
    ...saved.map(
      ({ name, query }): PaletteRow => ({
        ...{ id: `saved ${name}`, section: 'Saved searches', words: name, note: query, writes: written(query) },
      }),
    ),
    ...recent.slice(0, few).map(
      (query): PaletteRow => ({
        ...{ id: `recent ${query}`, section: 'Last searches', words: query, note: '', writes: written(query) },
      }),
    ),
  ];
}
