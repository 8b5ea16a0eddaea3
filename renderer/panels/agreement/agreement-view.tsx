import './agreement-view.css';
import { useEffect, useRef } from 'react';
import { deciderOf } from '../../../core/model/annotator.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { withoutArticles } from '../../state/only-shows.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Articles } from './agreement-articles.tsx';
import { ArticleCases } from './agreement-cases.tsx';
import { Figures } from './agreement-figures.tsx';
import { useAgreement } from './agreement-reading.ts';

/** How far annotators agree, in figures; and for one article, what each annotator made of it, to decide between them. */
export function AgreementView() {
  const article = useView((state) => state.agreement.article);
  const known = useWorkspace((state) => article !== null && state.articles.some(({ meta }) => meta.id === article));
  return article !== null && known ? <ArticleCases key={article} article={article} /> : <Overview />;
}

function Overview() {
  const place = useRef<HTMLElement>(null);
  const { answer, isDone, failure } = useAgreement();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const total = useWorkspace((state) => state.articles.length);
  const none = useWorkspace(withoutArticles);
  const isThere = answer !== null && answer.articles.length > 0;
  useEffect(() => {
    // Keys continue in the table, unless something else has been focused by then.
    const held = document.activeElement;
    if (isThere && (held === document.body || held?.matches('.views [data-view]')))
      place.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }, [isThere]);
  return (
    <main className="agreement" data-pane="main" aria-label="Agreement" aria-busy={!isDone && failure === null} ref={place}>
      <div className="agreement-head">
        <h2>Agreement</h2>
        <p className="muted" role="status">
          {answer && `${counted(answer.articles.length, 'article')} of ${total} with work of two or more annotators.`}
          {!answer && failure === null && 'Comparing…'}
        </p>
        <Decider />
      </div>
      {failure !== null && <FailureNotice>{failure}</FailureNotice>}
      <div className="agreement-body">
        {total === 0 && <p className="empty">{none}</p>}
        {total > 0 && answer && isDone && answer.articles.length === 0 && (
          <p className="empty">
            Nothing can be compared yet. Have two annotators tag the same article: the annotator’s name at the bottom switches and adds
            them. An article counts as worked on once something is tagged in it, or once it is marked done.
          </p>
        )}
        {isThere && codebook && (
          <>
            <Articles articles={answer.articles} />
            <Figures articles={answer.articles} codebook={codebook} />
          </>
        )}
      </div>
    </main>
  );
}

// Says who decides, or how to become the one who does.
function Decider() {
  const { view, actions } = useSession();
  const own = useWorkspace((state) => state.opened?.annotator);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const writable = useWorkspace((state) => state.writable);
  const decider = annotators && own && deciderOf(annotators, own.id);
  if (!own) return null;
  if (!decider) {
    return (
      <p className="agreement-decider">
        Nobody decides between the annotators yet.{' '}
        {writable && <Button onPress={() => view.set({ annotatorDialog: 'adjudicator' })}>Add an adjudicator…</Button>}
      </p>
    );
  }
  return (
    <p className="agreement-decider">
      {decider.id === own.id ? 'You decide, as ' : 'Decided by '}
      {decider.name}.{' '}
      {decider.id !== own.id && writable && (
        <Button onPress={() => actions.outside.switchAnnotator(decider.id)}>Annotate as {decider.name}</Button>
      )}
    </p>
  );
}
