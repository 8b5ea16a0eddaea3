import { WorkStatus } from '../../../core/formats/export-request.ts';
import { formatNamed } from '../../../core/formats/index.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { type DatasetChoice, narrowed } from '../../state/dataset-choice.ts';
import { Check } from '../../ui/fields.tsx';

const statusTitles: Readonly<Record<WorkStatus, string>> = { done: 'Done', 'in-progress': 'In progress', 'not-started': 'Not started' };
// The most wanted one comes first.
const statuses = [...WorkStatus.options].reverse();

/** What to include from the project: layers, annotators, articles by status, and whether to include their text. */
export function DatasetScope() {
  const { actions } = useSession();
  const { choose } = actions.dataset;
  const choice = useView((state) => state.dataset);
  const layers = useWorkspace((state) => state.opened?.codebook.codebook.layers) ?? [];
  const annotators = useWorkspace((state) => state.opened?.annotators) ?? [];
  const { title, canLeaveTextOut } = formatNamed(choice.format);
  return (
    <section className="scope" aria-labelledby="scope-title">
      <h3 className="heading" id="scope-title">
        What goes in
      </h3>
      <Ticks
        title="Layers"
        all={layers.map((layer) => [layer.id, layer.title])}
        taken={choice.layers}
        onChange={(taken) => choose({ layers: taken })}
      />
      {annotators.length > 1 && (
        <Ticks
          title="Annotators"
          all={annotators.map(({ id, name }) => [id, name])}
          taken={choice.annotators}
          onChange={(taken) => choose({ annotators: taken })}
        />
      )}
      <Ticks
        title="Articles"
        all={statuses.map((status) => [status, statusTitles[status]])}
        taken={choice.statuses}
        onChange={(taken) => choose({ statuses: taken as DatasetChoice['statuses'] })}
      />
      <div className="scope-row">
        <span className="scope-title">Text</span>
        <div>
          <Check
            label="Leave out the articles’ text"
            value={!choice.withText}
            isDisabled={choice.withText && !canLeaveTextOut}
            onChange={(isOut) => choose({ withText: !isOut })}
          />
          <p className="muted">
            {canLeaveTextOut
              ? 'Then it holds offsets and hashes and none of the articles’ words, for texts that may not be passed on.'
              : `${title} cannot be written without it.`}
          </p>
        </div>
      </div>
    </section>
  );
}

interface TicksProps {
  readonly title: string;
  readonly all: readonly (readonly [id: string, title: string])[];
  /** Null for all. */
  readonly taken: readonly string[] | null;
  readonly onChange: (taken: readonly string[] | null) => void;
}

function Ticks({ title, all, taken, onChange }: TicksProps) {
  const ids = all.map(([id]) => id);
  const chosen = narrowed(taken, ids) ?? ids;
  return (
    <fieldset className="scope-row">
      <legend className="scope-title">{title}</legend>
      <div className="ticks">
        {all.map(([id, name]) => (
          <Check
            key={id}
            label={name}
            value={chosen.includes(id)}
            isDisabled={false}
            onChange={(isOn) => onChange(narrowed(isOn ? [...chosen, id] : chosen.filter((one) => one !== id), ids))}
          />
        ))}
        {chosen.length === 0 && <span className="field-problem">Choose at least one.</span>}
      </div>
    </fieldset>
  );
}
