import { useEffect, useState } from 'react';
import type { CodebookChange } from '../../../core/codebook/codebook-change.ts';
import { type EffectCount, summed } from '../../../core/codebook/codebook-effects.ts';
import { titleIn } from '../../../core/codebook/codebook-titles.ts';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';

interface Preview {
  readonly counts: readonly EffectCount[];
  readonly examples: Output<'previewCodebook'>['examples'];
  readonly searched: number;
  readonly of: number;
  readonly isWhole: boolean;
}

const nothing: Preview = { counts: [], examples: [], searched: 0, of: 0, isWhole: false };

interface ChangesProps {
  readonly changes: readonly CodebookChange[];
  /** What each change does. */
  readonly words: readonly string[];
  readonly onCancel: () => void;
}

/** What the collected changes would do to everybody's annotations, before they are made. Counted part by part, until something changes. */
export function CodebookChanges({ changes, words, onCancel }: ChangesProps) {
  const { actions, workspace } = useSession();
  const version = useWorkspace((state) => state.opened?.codebook.version ?? 1);
  const [preview, setPreview] = useState(nothing);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    setPreview(nothing);
    setRefusal(null);
    if (changes.length === 0) return;
    let isCurrent = true;
    const read = async () => {
      let soFar = nothing;
      for (let after: string | null = null; isCurrent; ) {
        const part: Output<'previewCodebook'> = await workspace.codebook.preview({ version, changes: [...changes], after });
        soFar = {
          counts: summed([...soFar.counts, ...part.counts]),
          examples: [...soFar.examples, ...part.examples].slice(0, 3),
          searched: soFar.searched + part.searched,
          of: part.of,
          isWhole: part.next === null,
        };
        if (isCurrent) setPreview(soFar);
        if (part.next === null) return;
        after = part.next;
      }
    };
    read().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      if (isCurrent) setRefusal(`${error.failure.message} ${error.failure.next}`);
    });
    return () => {
      isCurrent = false;
    };
  }, [workspace, changes, version]);
  if (changes.length === 0) {
    return (
      <>
        <h2 className="heading">What changes</h2>
        <p className="muted">Change something in the middle: here you see what it does to everybody’s annotations, before it is done.</p>
      </>
    );
  }
  return (
    <>
      <h2 className="heading">What changes</h2>
      <ol className="gathered">
        {words.map((said, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same change can be there twice, in its order
          <li key={index}>{said}</li>
        ))}
      </ol>
      {refusal ? <FailureNotice>{refusal}</FailureNotice> : <Effects preview={preview} />}
      <div className="gathered-ends">
        <Button kind="primary" onPress={actions.codebook.apply} isDisabled={refusal !== null || !preview.isWhole}>
          Apply
        </Button>
        {changes.length > 1 && (
          <Button kind="quiet" onPress={actions.codebook.unstage}>
            Remove the last
          </Button>
        )}
        <Button kind="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </>
  );
}

function Effects({ preview: { counts, examples, searched, of, isWhole } }: { preview: Preview }) {
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const nameOf = (id: string) => annotators?.find((annotator) => annotator.id === id)?.name ?? id;
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const titleOf = ({ kind, layer }: EffectCount) => titleIn((kind === 'annotation' ? codebook?.layers : codebook?.relations) ?? [], layer);
  const total = (kind: EffectCount['kind'], what: 'changed' | 'lacking') =>
    counts.reduce((sum, count) => sum + (count.kind === kind ? count[what] : 0), 0);
  const [changed, relations] = [total('annotation', 'changed'), total('relation', 'changed')];
  const lacking = [
    { count: total('annotation', 'lacking'), what: 'annotation' },
    { count: total('relation', 'lacking'), what: 'relation' },
  ].flatMap(({ count, what }) => (count > 0 ? [counted(count, what)] : []));
  const people = new Set(counts.filter(({ kind, changed: own }) => kind === 'annotation' && own > 0).map(({ annotator }) => annotator))
    .size;
  const words = new Map<string, number>();
  for (const count of counts) for (const [said, times] of Object.entries(count.words)) words.set(said, (words.get(said) ?? 0) + times);
  return (
    <>
      {!isWhole && (
        <p className="muted" role="status">
          {of === 0 ? 'Counting…' : `Counting: ${searched} of ${counted(of, 'article')}…`}
        </p>
      )}
      {isWhole && (
        <p role="status" className="effect-total">
          {changed === 0
            ? 'No annotation changes.'
            : `${counted(changed, 'annotation')} of ${counted(people, 'annotator')} ${changed === 1 ? 'changes' : 'change'}.`}
          {relations > 0 && ` ${counted(relations, 'relation')} ${relations === 1 ? 'changes' : 'change'}.`}
          {lacking.length > 0 && ` ${lacking.join(' and ')} would then lack something required.`}
        </p>
      )}
      {words.size > 0 && (
        <ul className="effects">
          {[...words].slice(0, 12).map(([said, times]) => (
            <li key={said}>
              <strong>{times}</strong> {said}
            </li>
          ))}
        </ul>
      )}
      {counts.length > 0 && (
        <table className="effect-table">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Annotator</th>
              <th scope="col">Change</th>
              <th scope="col">Then lacking</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count) => (
              <tr key={`${count.kind} ${count.layer} ${count.annotator}`}>
                <td>{titleOf(count)}</td>
                <td>{nameOf(count.annotator)}</td>
                <td>{count.changed}</td>
                <td>{count.lacking}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {examples.map((example) => (
        <figure key={`${example.article} ${example.text} ${example.annotator}`} className="effect-example">
          <blockquote>{example.text}</blockquote>
          <figcaption className="muted">
            {example.words.join('; ')} · {nameOf(example.annotator)}, {example.title}
          </figcaption>
        </figure>
      ))}
    </>
  );
}
