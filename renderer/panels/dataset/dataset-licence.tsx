import { useState } from 'react';
import { licenceLimit, usualLicences } from '../../../core/formats/licence.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';
import { CommittedText } from '../../ui/fields.tsx';

/** The licence that every export states. The project's lead can edit it, everybody else can read it. `onStated` is called after a change. */
export function DatasetLicence({ onStated }: { readonly onStated: () => void }) {
  const { workspace, view } = useSession();
  const licence = useWorkspace((state) => state.opened?.project.licence) ?? '';
  const lead = useWorkspace((state) => state.opened?.annotators.find(({ id }) => id === state.opened?.project.lead));
  const mayState = useWorkspace((state) => state.writable && state.opened?.annotator.id === state.opened?.project.lead);
  const [problem, setProblem] = useState<string | null>(null);
  const state = (words: string) => {
    const next = words.trim() === '' ? null : words.trim();
    if ((next ?? '') === licence) return;
    setProblem(null);
    workspace.stateLicence(next).then(
      () => {
        view.say(next === null ? 'The dataset states no licence.' : `Every export states ${next}.`);
        onStated();
      },
      (error: unknown) => {
        const failure = failureOf(error);
        setProblem(`${failure.message} ${failure.next}`);
      },
    );
  };
  return (
    <section className="scope" aria-labelledby="licence-title">
      <h3 className="heading" id="licence-title">
        Licence
      </h3>
      {mayState ? (
        <div className="licence">
          <CommittedText
            label="Licence of the dataset"
            value={licence}
            placeholder="None is stated"
            isDisabled={false}
            invalid={(words) => (words.trim().length > licenceLimit ? `It has at most ${licenceLimit} characters.` : null)}
            onCommit={state}
          />
          <p className="muted">
            A name, as {usualLicences.slice(0, 3).join(', ')} or {usualLicences[4]}, or an address. Every export states it.
          </p>
        </div>
      ) : (
        <p className="muted">
          {licence === '' ? 'None is stated.' : `${licence}.`} {lead?.name ?? 'The project’s lead'} leads the project and states it.
        </p>
      )}
      {problem !== null && (
        <p role="alert" className="field-problem">
          {problem}
        </p>
      )}
    </section>
  );
}
