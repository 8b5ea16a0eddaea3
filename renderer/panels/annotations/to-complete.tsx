import './to-complete.css';
import { useEffect, useMemo, useState } from 'react';
import type { IncompleteAnnotation } from '../../../core/annotations/hits.ts';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { problemsIn } from '../../state/problems.ts';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';

/** Everything that still needs completing, by article. Choosing a line goes to the field to complete. */
export function ToComplete() {
  const { view } = useSession();
  const isOpen = useView((state) => state.toComplete);
  return (
    <Dialog title="To complete" isOpen={isOpen} onClose={() => view.set({ toComplete: false })}>
      {isOpen && <Lines />}
    </Dialog>
  );
}

interface Row {
  readonly id: string;
  /** Null for the row of an article. */
  readonly annotation: string | null;
  readonly article: string;
  readonly title: string;
  readonly words: string;
}

function Lines() {
  const { actions } = useSession();
  const nextKey = useCommandKeys()('problem.next');
  const articles = useWorkspace((state) => state.articles);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const found = useIncomplete();
  const rows = useMemo(() => {
    const titleOf = (id: string) => codebook?.layers.find((layer) => layer.id === id)?.title ?? id;
    return articles.flatMap(({ meta }): Row[] => {
      const lines = found.byArticle.get(meta.id);
      if (!lines) return [];
      const head = { id: meta.id, annotation: null, article: meta.id, title: meta.title, words: `${lines.length} to complete` };
      return [
        head,
        ...lines.map(({ annotation, layer, text, problems }) => ({
          ...{ id: `${meta.id} ${annotation}`, annotation, article: meta.id },
          title: problems.map(({ words }) => words).join('; '),
          words: `${titleOf(layer)}: ${text}`,
        })),
      ];
    });
  }, [articles, codebook, found.byArticle]);
  const count = rows.filter(({ annotation }) => annotation !== null).length;
  const choose = (id: string) => {
    const row = rows.find((candidate) => candidate.id === id);
    const line = row?.annotation === null ? rows[rows.indexOf(row) + 1] : row;
    if (line?.annotation) actions.complete.showIn(line.article, line.annotation);
  };
  return (
    <>
      <p role="status" className="muted">
        {found.failure ??
          (found.isDone
            ? `${counted(count, 'annotation')} to complete.${nextKey ? ` ${nextKey} walks from one to the next.` : ''}`
            : `Looked at ${found.searched} of ${counted(articles.length, 'article')}…`)}
      </p>
      <LongList
        className="to-complete-list"
        rowClassName="to-complete-row"
        label="To complete, by article"
        items={rows}
        idOf={idOf}
        rowHeight={42}
        selected={null}
        autoFocus
        onChoose={choose}
        row={Line}
        empty={<p className="empty">{found.isDone ? 'Nothing is left to complete.' : 'Looking…'}</p>}
      />
    </>
  );
}

const idOf = ({ id }: Row) => id;

function Line({ item: { annotation, title, words } }: { readonly item: Row }) {
  return (
    <>
      <span className={annotation === null ? 'to-complete-article' : ''}>{title}</span>
      <span className="to-complete-words">{words}</span>
    </>
  );
}

interface Found {
  readonly byArticle: ReadonlyMap<string, readonly IncompleteAnnotation[]>;
  readonly searched: number;
  readonly isDone: boolean;
  readonly failure: string | null;
}

// What the host finds in all articles, part by part. Closing the list stops it. For loaded articles, the page's own state is used.
function useIncomplete(): Found {
  const { actions, workspace } = useSession();
  const [told, setTold] = useState<Found>({ byArticle: new Map(), searched: 0, isDone: false, failure: null });
  useEffect(() => {
    let isStopped = false;
    const read = async () => {
      const byArticle = new Map<string, readonly IncompleteAnnotation[]>();
      let searched = 0;
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const part: Output<'listToComplete'> = await actions.complete.list(after);
        if (isStopped) return;
        for (const { article, incomplete } of part.articles) byArticle.set(article, incomplete);
        searched += part.searched;
        after = part.next;
        setTold({ byArticle: new Map(byArticle), searched, isDone: after === null, failure: null });
      }
    };
    read().catch((error: unknown) => {
      const failure = error instanceof AppError ? `${error.failure.message} ${error.failure.next}` : 'The list could not be read.';
      if (!isStopped) setTold((known) => ({ ...known, failure }));
    });
    return () => {
      isStopped = true;
    };
  }, [actions]);
  return useMemo(() => {
    const state = workspace.store.getState();
    const byArticle = new Map(told.byArticle);
    for (const [article, { annotations }] of state.work.sets) {
      const lines = [...problemsIn(state, article)].map(([annotation, problems]): IncompleteAnnotation => {
        const { layer = '', spans = [] } = annotations.get(annotation) ?? {};
        return { annotation, layer, text: spans.map(({ text }) => text).join(' … '), problems: [...problems] };
      });
      if (lines.length > 0) byArticle.set(article, lines);
      else byArticle.delete(article);
    }
    return { ...told, byArticle };
  }, [told, workspace]);
}
