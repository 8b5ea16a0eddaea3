import { useEffect, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { counted } from '../../ui/count.ts';

/** What everybody has written on an article, as far as it is saved; null while it is counted. */
export function useHoldings(article: string): Output<'articleHoldings'> | null {
  const { actions } = useSession();
  const [holdings, setHoldings] = useState<Output<'articleHoldings'> | null>(null);
  useEffect(() => {
    let isShown = true;
    actions.articles
      .holdings(article)
      .then((found) => isShown && setHoldings(found))
      .catch((error: unknown) => actions.tell(error));
    return () => {
      isShown = false;
    };
  }, [actions, article]);
  return holdings;
}

/** Annotations by layer in words, such as “2 quotes, 1 fact”. */
export function useCountWords(): (counts: Readonly<Record<string, number>>) => string {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const titleOf = (id: string) => codebook?.layers.find((layer) => layer.id === id)?.title.toLowerCase() ?? id;
  return (counts) =>
    Object.entries(counts)
      .map(([layer, count]) => counted(count, titleOf(layer)))
      .join(', ');
}
