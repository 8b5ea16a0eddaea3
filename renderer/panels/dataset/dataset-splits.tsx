import './dataset-splits.css';
import { useMemo, useState } from 'react';
import type { PlannedSplits } from '../../../core/contract/dataset.ts';
import { AppError, type Failure } from '../../../core/failure.ts';
import { defaultSplitOptions, SplitName, type SplitOptions } from '../../../core/splits/options.ts';
import { groupingTitles } from '../../../core/splits/report-words.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Check } from '../../ui/fields.tsx';
import { dayWords } from '../../ui/moment.ts';
import { SplitMethod } from './dataset-splits-method.tsx';
import { type SplitAsking, useSplits } from './dataset-splits-reading.ts';
import { SplitsReport } from './dataset-splits-report.tsx';

interface SplitsProps {
  /** The splits to include in the export although they are not published; null for none. */
  readonly chosen: SplitOptions | null;
  readonly onChoose: (options: SplitOptions | null) => void;
  /** The published splits, which every export includes, have changed. */
  readonly onPublished: () => void;
}

/** Splits the dataset for training, validation and testing: choosing how, showing what leaks, and publishing. */
export function DatasetSplits({ chosen, onChoose, onPublished }: SplitsProps) {
  const { workspace, view } = useSession();
  const [edited, setEdited] = useState<SplitOptions | null>(chosen);
  const [isReplacing, setReplacing] = useState(false);
  const [isStopped, setStopped] = useState(false);
  const [isWithdrawing, setWithdrawing] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each step the splits are asked for again
  const asking = useMemo((): SplitAsking => ({ options: edited, anew: isReplacing }), [edited, isReplacing, round]);
  const { plan, progress, failure } = useSplits(isStopped ? null : asking);
  const published = plan?.published ?? null;
  const isOpen = !published || isReplacing;
  const change = (options: SplitOptions) => {
    setEdited(options);
    if (chosen) onChoose(options);
  };
  const startAgain = () => {
    setEdited(null);
    setReplacing(false);
    setFailed(null);
    setStopped(false);
    setRound((before) => before + 1);
  };
  const act = (step: Promise<unknown>, said: string) => {
    setBusy(true);
    setFailed(null);
    step
      .then(
        () => {
          onChoose(null);
          onPublished();
          startAgain();
          view.say(said);
        },
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          setFailed(error.failure);
        },
      )
      .finally(() => setBusy(false));
  };
  const publish = (anew: boolean) =>
    act(workspace.publishSplits({ options: edited, anew, instead: published?.published ?? null }), 'The splits are published.');
  const shownFailure = failed ?? failure;
  return (
    <section className="splits" aria-labelledby="splits-title" aria-busy={progress !== null}>
      <h3 className="heading" id="splits-title">
        Splits
      </h3>
      {published && <Published published={published} />}
      {isOpen && <SplitMethod key={round} options={edited ?? plan?.options ?? defaultSplitOptions} onChange={change} />}
      {progress && (
        <p role="status">
          Comparing the articles… {progress.searched.toLocaleString('en')} of {counted(progress.of, 'article')}{' '}
          <Button onPress={() => setStopped(true)}>Stop</Button>
        </p>
      )}
      {isStopped && (
        <p>
          Stopped. <Button onPress={startAgain}>Work out the splits</Button>
        </p>
      )}
      {shownFailure && (
        <FailureNotice>
          {shownFailure.message} {shownFailure.safe} {shownFailure.next} <Button onPress={startAgain}>Look again</Button>
        </FailureNotice>
      )}
      {!plan && !shownFailure && !progress && !isStopped && <p className="muted">Comparing the articles…</p>}
      {isBusy && <p role="status">Writing the splits down…</p>}
      {plan && <SplitsReport plan={plan} />}
      {plan && !published && (
        <Check
          label="Write these splits into the dataset"
          value={chosen !== null}
          isDisabled={false}
          onChange={(isOn) => onChoose(isOn ? plan.options : null)}
        />
      )}
      {plan && (
        <Publishing
          plan={plan}
          isBusy={isBusy || progress !== null}
          isReplacing={isReplacing}
          onPublish={publish}
          onReplace={(isOn) => {
            setReplacing(isOn);
            setEdited(isOn ? plan.options : null);
          }}
          onWithdraw={() => setWithdrawing(true)}
        />
      )}
      <Dialog title="Take back the published splits?" isOpen={isWithdrawing} onClose={() => setWithdrawing(false)}>
        <p>
          Articles are then free to move to other splits, so results on earlier exports cannot be compared with later ones. The file is kept
          beside the project’s as splits.json.bak.
        </p>
        <div className="form-buttons">
          <Button
            onPress={() => {
              setWithdrawing(false);
              if (published) act(workspace.withdrawSplits(published.published), 'The splits were taken back.');
            }}
          >
            Take back
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

function Published({ published }: { published: NonNullable<PlannedSplits['published']> }) {
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const { fractions, group, stratify } = published.options;
  const parts = SplitName.options.map((name) => `${name} ${Number((fractions[name] * 100).toFixed(4))} %`).join(', ');
  const later = published.later === 0 ? '' : ` ${counted(published.later, 'article')} came later.`;
  return (
    <p>
      <strong>Published</strong> on {dayWords(published.published)} by{' '}
      {annotators?.find(({ id }) => id === published.by)?.name ?? published.by}: {counted(published.documents, 'article')}.{later} Every
      export carries them.{' '}
      <span className="muted">
        {parts}, {stratify ? 'layers balanced' : 'by hash'}; kept together: {group.map((by) => groupingTitles[by]).join(', ') || 'nothing'}.
      </span>
    </p>
  );
}

interface PublishingProps {
  readonly plan: PlannedSplits;
  readonly isBusy: boolean;
  readonly isReplacing: boolean;
  readonly onPublish: (anew: boolean) => void;
  readonly onReplace: (isOn: boolean) => void;
  readonly onWithdraw: () => void;
}

function Publishing({ plan: { published, report }, isBusy, isReplacing, onPublish, onReplace, onWithdraw }: PublishingProps) {
  const lead = useWorkspace((state) => state.opened?.annotators.find(({ id }) => id === state.opened?.project.lead)?.name);
  const isLead = useWorkspace((state) => state.writable && state.opened?.annotator.id === state.opened?.project.lead);
  if (!isLead) return <p className="muted">Only {lead ?? 'the lead'}, who leads this project, can publish splits.</p>;
  return (
    <>
      <p className="muted">
        {published && !isReplacing
          ? 'Published articles stay in their splits whatever comes later; what came later joins the split of its group, or goes by its hash.'
          : 'Once published, every article stays in its split, however the project grows, so that results on the test articles stay comparable. Publish when you first give the dataset away.'}
      </p>
      <div className="form-buttons">
        {!published && (
          <Button isDisabled={isBusy || report.documents === 0} onPress={() => onPublish(false)}>
            Publish these splits
          </Button>
        )}
        {published && isReplacing && (
          <>
            <Button isDisabled={isBusy} onPress={() => onPublish(true)}>
              Publish these instead
            </Button>
            <Button onPress={() => onReplace(false)}>Keep the published ones</Button>
          </>
        )}
        {published && !isReplacing && (
          <>
            {published.later > 0 && (
              <Button isDisabled={isBusy} onPress={() => onPublish(false)}>
                {`Publish the ${counted(published.later, 'later article')} too`}
              </Button>
            )}
            <Button isDisabled={isBusy} onPress={() => onReplace(true)}>
              Replace…
            </Button>
            <Button isDisabled={isBusy} onPress={onWithdraw}>
              Take back…
            </Button>
          </>
        )}
      </div>
    </>
  );
}
