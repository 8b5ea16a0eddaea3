import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from '../../core/contract.ts';
import type { Dimension, SearchInput } from '../../core/search/calls.ts';
import type { ConcordanceOf } from '../../core/search/concordance.ts';
import { type Condition, plainWords, understand, type WordForms } from '../../core/search/conditions.ts';
import { fieldsOf } from '../../core/search/fields.ts';
import type { QueryProblem } from '../../core/search/query.ts';
import { concordance } from './concordance.ts';
import { progress, progressByArticle } from './progress.ts';
import { type IndexedProject, ProjectIndex } from './project-index.ts';
import { findAnnotations, findArticles, findKeys, tally } from './search.ts';

// How long a key typed in a query waits for an index that is behind, before the query is answered from what the index has. Milliseconds.
const patience = 60;
const mostKeys = 20_000;

/** The searches of one open project. Opens the index at the first search, and again when the codebook has changed. */
export class Searches {
  readonly #project: IndexedProject;
  readonly #path: string | null;
  #index: Promise<ProjectIndex> | null = null;
  #isClosed = false;

  /** `cache` is the folder for the index. Without it, or if it cannot be created, the index is kept in memory. */
  constructor(project: IndexedProject, cache?: string) {
    this.#project = project;
    this.#path = cache === undefined ? null : pathIn(cache, project.info.id);
  }

  async search({ query, what, skip, limit, order }: SearchInput): Promise<Output<'search'>> {
    const { conditions, problems } = await this.#read(query);
    const none = { articles: [], annotations: [], totals: { articles: 0, annotations: 0 } };
    if (problems.length > 0) return { problems, ...none, indexing: null };
    const index = await this.#ready(patience);
    const page = { skip, limit };
    const me = this.#project.annotator.id;
    const empty = { found: [], total: 0 };
    const articles = what.includes('articles') ? findArticles(index.database, conditions, me, page) : empty;
    const annotations = what.includes('annotations') ? findAnnotations(index.database, conditions, me, page, order) : empty;
    return {
      problems,
      articles: articles.found,
      annotations: annotations.found,
      totals: { articles: articles.total, annotations: annotations.total },
      indexing: index.progress,
    };
  }

  async keys(query: string): Promise<Output<'searchKeys'>> {
    const { conditions, problems } = await this.#read(query);
    if (problems.length > 0) return { problems, found: [] };
    const { database } = await this.#ready(null);
    return { problems, found: findKeys(database, conditions, this.#project.annotator.id, mostKeys) };
  }

  async tally(query: string, by: readonly Dimension[]): Promise<Output<'tally'>> {
    const { conditions, problems } = await this.#read(query);
    if (problems.length > 0) return { problems, rows: [], indexing: null };
    const index = await this.#ready(patience);
    return { problems, rows: tally(index.database, conditions, this.#project.annotator.id, by), indexing: index.progress };
  }

  async progress(query: string): Promise<Output<'progress'>> {
    const { conditions, problems } = await this.#read(query);
    if (problems.length > 0) return { problems, articles: 0, rows: [], indexing: null };
    const index = await this.#ready(patience);
    return { problems, ...progress(index.database, conditions, this.#project.annotator.id), indexing: index.progress };
  }

  async progressByArticle(query: string): Promise<Output<'progressByArticle'>> {
    const { conditions, problems } = await this.#read(query);
    if (problems.length > 0) return { problems, articles: [], annotators: [], cells: [], indexing: null };
    const index = await this.#ready(patience);
    return { problems, ...progressByArticle(index.database, conditions, this.#project.annotator.id), indexing: index.progress };
  }

  async concordance(of: ConcordanceOf, after: string | null): Promise<Output<'concordance'>> {
    const forms = of.kind === 'lemma' ? await formsIn([of.words]) : undefined;
    const index = await this.#ready(patience);
    return { ...concordance(index.database, of, after, forms), indexing: index.progress };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#index)?.close();
  }

  async #read(query: string): Promise<{ conditions: readonly Condition[]; problems: QueryProblem[] }> {
    const { conditions, problems } = understand(query, fieldsOf(this.#project.codebook.codebook));
    const read = conditions.map(async (condition) =>
      condition.kind === 'lemma' ? { ...condition, forms: await formsIn(condition.words) } : condition,
    );
    return { conditions: await Promise.all(read), problems: [...problems] };
  }

  // The index, brought up to date, or as it is after `longest` milliseconds; null waits as long as it takes.
  async #ready(longest: number | null): Promise<ProjectIndex> {
    const index = await this.#current();
    const synced = index.sync();
    if (longest === null) await synced;
    else {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([synced, new Promise((resolve) => (timer = setTimeout(resolve, longest)))]);
      clearTimeout(timer);
      // A failure after that is reported by the next call.
      synced.catch(() => undefined);
    }
    return index;
  }

  #current(): Promise<ProjectIndex> {
    const before = this.#index;
    this.#index = (async () => {
      const known = await before;
      if (known?.isCurrent) return known;
      await known?.close();
      // Only a call that came too late reaches a project that is being closed. It gets an index in memory.
      return ProjectIndex.open(this.#isClosed ? null : this.#path, this.#project);
    })();
    return this.#index;
  }
}

// Reading the dictionary of forms takes a third of a second, so it is loaded only when forms are asked for.
async function formsIn(words: readonly string[]): Promise<WordForms> {
  const { formsOf } = await import('./word-forms.ts');
  return new Map(words.flatMap(plainWords).map((word) => [word, formsOf(word)]));
}

function pathIn(cache: string, project: string): string | null {
  try {
    mkdirSync(cache, { recursive: true });
    return join(cache, `${project}.sqlite`);
  } catch {
    return null;
  }
}
