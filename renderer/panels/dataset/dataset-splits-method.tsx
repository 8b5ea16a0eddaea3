import { useId, useState } from 'react';
import { Fractions, GroupBy, SplitName, type SplitOptions } from '../../../core/splits/options.ts';
import { groupingTitles } from '../../../core/splits/report-words.ts';
import { Check } from '../../ui/fields.tsx';

interface MethodProps {
  readonly options: SplitOptions;
  readonly onChange: (options: SplitOptions) => void;
}

const titles: Readonly<Record<SplitName, string>> = { train: 'Train', validation: 'Validation', test: 'Test' };

/** How to split the dataset: the fractions, what to keep together, and how to place the groups. Fractions that do not add up have no effect yet. */
export function SplitMethod({ options, onChange }: MethodProps) {
  const { fractions, group, stratify } = options;
  const name = useId();
  return (
    <div className="split-method">
      <Parts fractions={fractions} onChange={(next) => onChange({ ...options, fractions: next })} />
      <fieldset>
        <legend>Keep together articles with</legend>
        {GroupBy.options.map((by) => (
          <Check
            key={by}
            label={by === 'near-duplicate' ? `${groupingTitles[by]} (always)` : groupingTitles[by]}
            value={group.includes(by)}
            isDisabled={by === 'near-duplicate'}
            onChange={(isOn) => onChange({ ...options, group: GroupBy.options.filter((one) => (one === by ? isOn : group.includes(one))) })}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>Decide by</legend>
        <label className="split-way">
          <input type="radio" name={name} checked={!stratify} onChange={() => onChange({ ...options, stratify: false })} />
          <span>
            the hash of each group <span className="muted">stable while the dataset grows</span>
          </span>
        </label>
        <label className="split-way">
          <input type="radio" name={name} checked={stratify} onChange={() => onChange({ ...options, stratify: true })} />
          <span>
            a balance of the layers <span className="muted">for up to about 200 groups</span>
          </span>
        </label>
      </fieldset>
    </div>
  );
}

const inPercent = (fractions: Fractions) => SplitName.options.map((name) => String(Number((fractions[name] * 100).toFixed(4))));

function Parts({ fractions, onChange }: { fractions: Fractions; onChange: (fractions: Fractions) => void }) {
  const [texts, setTexts] = useState(() => inPercent(fractions));
  const problemId = useId();
  const read = (parts: readonly string[]) => {
    const [train, validation, test] = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part) / 100));
    return Fractions.safeParse({ train, validation, test });
  };
  const isWrong = !read(texts).success;
  return (
    <fieldset aria-describedby={isWrong ? problemId : undefined}>
      <legend>Parts in per cent</legend>
      <div className="split-parts">
        {SplitName.options.map((name, index) => (
          <label key={name}>
            {titles[name]}
            <input
              className="input"
              inputMode="decimal"
              value={texts[index]}
              aria-invalid={isWrong}
              onChange={({ target }) => {
                const next = texts.with(index, target.value);
                setTexts(next);
                const { data } = read(next);
                if (data) onChange(data);
              }}
            />
          </label>
        ))}
      </div>
      {isWrong && (
        <span className="field-problem" id={problemId} role="alert">
          The parts must be numbers that add up to 100.
        </span>
      )}
    </fieldset>
  );
}
