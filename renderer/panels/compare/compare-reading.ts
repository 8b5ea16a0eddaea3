import type { Output } from '../../../core/contract.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { type Asked, useAsked } from '../search/asking.ts';

/** The articles with something to compare, as far as they are read. */
export interface ReadComparable {
  readonly articles: Output<'listComparable'>['articles'];
  readonly searched: number;
  readonly indexing: null;
}

/** The articles with something to compare, part by part; see `useAsked`. */
export function useComparableArticles(): Asked<ReadComparable> {
  const { workspace } = useSession();
  return useAsked<ReadComparable>(
    'comparable',
    useGround(),
    async (tell) => {
      let read: ReadComparable = { articles: [], searched: 0, indexing: null };
      for (let after: string | null = null; ; ) {
        const part: Output<'listComparable'> = await workspace.listComparable({ after });
        read = { articles: [...read.articles, ...part.articles], searched: read.searched + part.searched, indexing: null };
        after = part.next;
        if (after === null || !tell(read)) return read;
      }
    },
    // Judging candidates changes nothing here.
    1000,
  );
}

export type ReadComparison = Output<'compareArticles'> & { readonly indexing: null };

/** What is compared of `articles`: null for all of them, undefined to ask nothing yet. An answer to other articles has another `key`. */
export function useComparison(articles: readonly string[] | null | undefined): Asked<ReadComparison> & { readonly asks: string | null } {
  const { workspace } = useSession();
  const ground = useGround();
  const asks = articles === undefined ? null : JSON.stringify([ground, articles]);
  const asked = useAsked<ReadComparison>(
    'comparison',
    asks,
    async () => ({ ...(await workspace.compareArticles({ articles: articles ? [...articles] : null })), indexing: null }),
    150,
  );
  return { ...asked, asks };
}

// Whose work it is and by which codebook; the registry changes with the work.
function useGround(): string {
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const version = useWorkspace((state) => state.opened?.codebook.version);
  return JSON.stringify([own, version]);
}
