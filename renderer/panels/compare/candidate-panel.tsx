import { type FormEvent, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { typeSaying } from '../../../core/comparison/meanings.ts';
import type { Piece } from '../../../core/comparison/piece.ts';
import { comparedQuote } from '../../../core/comparison/quote-row.ts';
import { wordChanges } from '../../../core/comparison/word-changes.ts';
import type { ListedMeta } from '../../../core/model/article.ts';
import type { Codebook } from '../../../core/model/codebook.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { LiveText } from '../../ui/fields.tsx';
import { keyName } from '../frame/key-name.ts';
import type { CandidatePair } from './candidate-pairs.ts';
import { ChangedWords, WithNumbers } from './changed-words.tsx';
import { type Judgement, judgements, ObstacleContext, useJudging } from './judging.ts';
import { reasonWords } from './reason-words.ts';

interface CandidatePanelProps {
  readonly pair: CandidatePair;
  readonly pairs: readonly CandidatePair[];
  readonly metas: ReadonlyMap<string, ListedMeta>;
  readonly codebook: Codebook;
}

const labels: Readonly<Record<string, string>> = {
  Enter: 'Same',
  x: 'Not the same',
  c: 'Conflict',
  r: 'First is more exact',
  'Shift-r': 'Second is more exact',
};

/** A candidate side by side, with what differs, why it is one, and what can be said of it. */
export function CandidatePanel({ pair, pairs, metas, codebook }: CandidatePanelProps) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const writable = useWorkspace((state) => state.writable);
  const { judge } = useJudging(pairs);
  const [obstacle, setObstacle] = useContext(ObstacleContext);
  const { one, other, reasons } = pair;
  const isProposed = ({ meaning, isReversed }: Judgement) => meaning === pair.proposes.meaning && isReversed === pair.proposes.isReversed;
  const possible = useMemo(
    () => judgements.filter(({ meaning }) => typeSaying(codebook, meaning, one.layer, other.layer)),
    [codebook, one.layer, other.layer],
  );
  useEffect(() => {
    actions.compare.show({ sayable: possible.map(({ meaning }) => meaning) });
    return () => actions.compare.show({ sayable: [] });
  }, [actions, possible]);
  const changes = useMemo(() => {
    const { match } = comparedQuote(other, one.text);
    const made = wordChanges(one.text, other.text);
    return match !== 'verbatim' && made.share >= 0.4 ? made.changes : null;
  }, [one, other]);
  return (
    <section className="compare-panel" aria-label="Candidate">
      <div className="compare-panel-head">
        <strong>Are these the same?</strong>
        <span className="muted">{reasons.map((reason) => reasonWords(reason, registry)).join(' · ')}</span>
        <Button kind="icon" label="Close the candidate" onPress={() => actions.compare.show({ candidates: [] })}>
          ✕
        </Button>
      </div>
      <div className="compare-sides">
        <Side piece={one} meta={metas.get(one.article)} name="First" />
        <Side piece={other} meta={metas.get(other.article)} name="Second">
          {changes && <ChangedWords changes={changes} />}
        </Side>
      </div>
      {obstacle?.pair === pair.id ? (
        <Reason why={obstacle.why} onGive={(reason) => void judge(pair, obstacle.judgement, reason)} onCancel={() => setObstacle(null)} />
      ) : (
        <div className="compare-judgements">
          {possible.map((judgement) => (
            <Button
              key={judgement.key}
              kind={isProposed(judgement) ? 'primary' : 'plain'}
              isDisabled={!writable}
              keepsFocus
              onPress={() => void judge(pair, judgement)}
            >
              {labels[judgement.key]} <kbd>{keyName(judgement.key)}</kbd>
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

interface SideProps {
  readonly piece: Piece;
  readonly meta: ListedMeta | undefined;
  readonly name: string;
  readonly children?: ReactNode;
}

function Side({ piece, meta, name, children }: SideProps) {
  const { actions } = useSession();
  const facts = [meta?.source, meta?.date].filter(Boolean).join(' · ');
  return (
    <article className="compare-side-piece" aria-label={`${name}: ${meta?.title ?? ''}`}>
      <p className="compare-words">
        {children || <WithNumbers text={piece.text} places={piece.numbers.flatMap(({ place }) => place ?? [])} />}
      </p>
      <p className="compare-source">
        {piece.who.length > 0 && <strong>{piece.who.map(({ name: who }) => who).join(', ')}</strong>}
        <span>{[meta?.title, facts].filter(Boolean).join(' · ')}</span>
        <Button kind="quiet" onPress={() => actions.compare.open(piece)}>
          Open in its article
        </Button>
      </p>
    </article>
  );
}

interface ReasonProps {
  readonly why: string;
  readonly onGive: (reason: string) => void;
  readonly onCancel: () => void;
}

function Reason({ why, onGive, onCancel }: ReasonProps) {
  const [reason, setReason] = useState('');
  const give = (event?: FormEvent) => {
    event?.preventDefault();
    if (reason.trim() !== '') onGive(reason);
  };
  return (
    <form
      className="compare-reason"
      onSubmit={give}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <p role="alert">{why} To relate them all the same, say why.</p>
      <LiveText label="Reason" placeholder="Reason" value={reason} onChange={setReason} autoFocus />
      <Button kind="primary" isDisabled={reason.trim() === ''} onPress={() => give()}>
        Relate all the same
      </Button>
      <Button onPress={onCancel}>Cancel</Button>
    </form>
  );
}
