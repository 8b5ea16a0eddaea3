import { useMemo } from 'react';
import type { Output } from '../../../core/contract.ts';
import type { Codebook } from '../../../core/model/codebook.ts';
import { namesOf } from '../../../core/registry/entity-names.ts';
import type { SearchInput } from '../../../core/search/calls.ts';
import { type Completion, completionsOf } from '../../../core/search/completion.ts';
import { folded, understand } from '../../../core/search/conditions.ts';
import { type Field, type FieldValue, fieldsOf } from '../../../core/search/fields.ts';
import type { QueryProblem, Term } from '../../../core/search/query.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { type Asked, useAsked } from './asking.ts';

/** A query as typed in a field: its meaning, its problems, and its possible completions. */
export interface ReadQuery {
  readonly terms: readonly Term[];
  /** Without problems in what is still being typed. */
  readonly problems: readonly QueryProblem[];
  readonly completions: readonly Completion[];
  /** The query to ask, without the part still being typed if that is not valid yet. Null if there are problems. */
  readonly asked: string | null;
}

/** An article for the search by title: its id, and its title in folded form. */
interface FoldedArticle {
  readonly id: string;
  readonly title: string;
  readonly folded: string;
}

/** Reads the input and offers completions at `caret` (UTF-16 code units). */
export function useQuery(input: string, caret: number): ReadQuery {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const fields = useMemo(() => (codebook ? fieldsOf(codebook) : new Map<string, Field>()), [codebook]);
  const openValues = useOpenValues(codebook);
  return useMemo(() => {
    const { query, problems } = understand(input, fields);
    const completions = completionsOf(input, caret, fields, openValues);
    // Do not report what the user is still typing as wrong.
    const [first] = completions;
    const isBeingTyped = ({ place }: QueryProblem) => first !== undefined && place.start <= first.place.start && place.end >= caret;
    const told = problems.filter((problem) => !isBeingTyped(problem));
    const unfinished = problems.find(isBeingTyped);
    const rest = unfinished ? input.slice(0, unfinished.place.start) + input.slice(unfinished.place.end) : input;
    return { terms: query.terms, problems: told, completions, asked: told.length > 0 ? null : rest };
  }, [input, caret, fields, openValues]);
}

// Names of entities, annotators, sources and titles, for fields that take any text.
function useOpenValues(codebook: Codebook | undefined) {
  const registry = useWorkspace((state) => state.registry);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const articles = useFoldedArticles();
  const summaries = useWorkspace((state) => state.articles);
  return useMemo(() => {
    const types = codebook?.entityTypes.map(({ id }) => id) ?? [];
    const titleOf = (type: string) => codebook?.entityTypes.find(({ id }) => id === type)?.title ?? type;
    const metas = summaries.map(({ meta }) => meta);
    const distinct = (values: readonly (string | null)[]) => [...new Set(values)].flatMap((value) => (value ? [plain(value)] : []));
    let sources: readonly FieldValue[] | null = null;
    let languages: readonly FieldValue[] | null = null;
    return (field: Field, typed: string): readonly FieldValue[] => {
      const words = folded(typed);
      const holding = (values: readonly FieldValue[]) => values.filter(({ name }) => folded(name).includes(words)).slice(0, 6);
      return field.meanings.flatMap((meaning) => {
        switch (meaning.what) {
          case 'role':
          case 'entity':
            return namesOf(registry)
              .search(typed.trim(), types, 6)
              .map(({ entity }) => ({ name: entity.canonical, title: titleOf(entity.type) }));
          case 'annotator':
            return holding((annotators ?? []).map(({ name }) => plain(name)));
          case 'source':
            sources ??= distinct(metas.map(({ source }) => source));
            return holding(sources);
          case 'language':
            languages ??= distinct(metas.map(({ language }) => language));
            return holding(languages);
          case 'article':
          case 'title':
            return words === '' ? [] : foundArticles(articles, words, 6).map(({ title }) => plain(title));
          default:
            return [];
        }
      });
    };
  }, [registry, annotators, articles, summaries, codebook]);
}

const plain = (name: string): FieldValue => ({ name, title: name });

/** The listed articles with their titles folded for comparison. */
export function useFoldedArticles(): readonly FoldedArticle[] {
  const summaries = useWorkspace((state) => state.articles);
  return useMemo(
    () => summaries.map(({ meta }) => ({ id: meta.id, title: meta.title, folded: `${folded(meta.title)} ${meta.id}` })),
    [summaries],
  );
}

/** The first of `articles` that contain every word of `words`. */
export function foundArticles(articles: readonly FoldedArticle[], words: string, limit: number): readonly FoldedArticle[] {
  const sought = folded(words).split(' ').filter(Boolean);
  const found: FoldedArticle[] = [];
  for (const article of articles) {
    if (found.length >= limit) break;
    if (sought.every((word) => article.folded.includes(word))) found.push(article);
  }
  return found;
}

/** What was found so far, for which question, and why it failed, if it did. */
export type Found = Asked<Output<'search'>>;

const unasked: Found = { key: '', answer: null, isDone: false, failure: null };
// Milliseconds between the last letter and the question.
const rest = 60;
const part = 500;

export interface Question extends Pick<SearchInput, 'what' | 'order'> {
  readonly query: string;
  /** How many to ask for; they arrive in parts of 500. */
  readonly most: number;
}

/** The answer to a question, in parts; the first is shown before the rest arrives. See `useAsked`. Null asks nothing and finds nothing. */
export function useFound(name: string, question: Question | null): Found {
  const { workspace } = useSession();
  const key = question && JSON.stringify([question.query, question.what, question.order ?? null, question.most]);
  const found = useAsked<Output<'search'>>(
    name,
    key,
    async (tell) => {
      if (question === null) throw new TypeError('nothing was asked');
      const { query, what, order, most } = question;
      let answer: Output<'search'> | null = null;
      for (let skip = 0; ; skip += part) {
        const limit = Math.min(part, most - skip);
        const got: Output<'search'> = await workspace.search({ query, what: [...what], skip, limit, ...(order ? { order } : {}) });
        const isFirst = answer === null;
        answer = answer
          ? { ...got, articles: [...answer.articles, ...got.articles], annotations: [...answer.annotations, ...got.annotations] }
          : got;
        const isLast = Math.max(got.articles.length, got.annotations.length) < limit || skip + limit >= most;
        if (isLast || (isFirst && !tell(answer))) return answer;
      }
    },
    rest,
  );
  return key === null ? unasked : found;
}
