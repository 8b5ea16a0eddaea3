import type { ArticleAgreement } from '../../../core/agreement/article-agreement.ts';
import type { Output } from '../../../core/contract.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { type Asked, useAsked } from '../search/asking.ts';

/** How far annotators agree on the articles read so far. */
export interface ReadAgreement {
  readonly articles: readonly ArticleAgreement[];
  readonly searched: number;
  readonly indexing: null;
}

/** The agreement on all articles, part by part; see `useAsked`. Asked again when the registry, the codebook or the adjudicator changes. */
export function useAgreement(): Asked<ReadAgreement> {
  const { workspace } = useSession();
  const version = useWorkspace((state) => state.opened?.codebook.version);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  return useAsked<ReadAgreement>(
    'agreement',
    JSON.stringify([version, annotators]),
    async (tell) => {
      let read: ReadAgreement = { articles: [], searched: 0, indexing: null };
      for (let after: string | null = null; ; ) {
        const part: Output<'readAgreement'> = await workspace.readAgreement({ after });
        read = { articles: [...read.articles, ...part.articles], searched: read.searched + part.searched, indexing: null };
        after = part.next;
        if (after === null || !tell(read)) return read;
      }
    },
    0,
  );
}
