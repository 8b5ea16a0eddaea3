import { type AttributeValue, Evidence, Quantity } from '../../core/annotation.ts';
import { Button } from '../ui/button.tsx';
import { Choice, CommittedText } from '../ui/fields.tsx';

interface FieldProps {
  readonly title: string;
  readonly value: AttributeValue | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (value: AttributeValue | null) => void;
}

/** The numbers of a claim: value or range, modifier, unit, and what is counted. */
export function QuantityField({ title, value, isDisabled, onChange }: FieldProps) {
  const rows = Quantity.array().safeParse(value).data ?? [];
  const change = (index: number, part: Partial<Quantity>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const fresh: Quantity = { value: 0, value_max: null, modifier: 'exact', unit: '', counts: '', mention: null };
  const number = (draft: string) => (draft.trim() !== '' && Number.isFinite(Number(draft)) ? null : 'not a number');
  return (
    <div className="records">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: quantities have no identity but their place
        <fieldset key={index} className="record">
          <legend className="visually-hidden">
            {title} {index + 1}
          </legend>
          <div className="record-pair">
            <CommittedText
              label="Value"
              placeholder="Value"
              inputMode="decimal"
              value={String(row.value)}
              isDisabled={isDisabled}
              invalid={number}
              onCommit={(draft) => change(index, { value: Number(draft) })}
            />
            <CommittedText
              label="Up to"
              placeholder="Up to"
              inputMode="decimal"
              value={row.value_max === null ? '' : String(row.value_max)}
              isDisabled={isDisabled}
              invalid={(draft) => (draft.trim() === '' ? null : number(draft))}
              onCommit={(draft) => change(index, { value_max: draft.trim() === '' ? null : Number(draft) })}
            />
            <CommittedText
              label="Unit"
              placeholder="Unit"
              value={row.unit}
              isDisabled={isDisabled}
              onCommit={(unit) => change(index, { unit })}
            />
          </div>
          <Choice
            label="Modifier"
            values={Quantity.shape.modifier.options}
            value={row.modifier}
            clearable={false}
            isDisabled={isDisabled}
            onChange={(modifier) => change(index, { modifier: Quantity.shape.modifier.parse(modifier) })}
          />
          <div className="record-pair">
            <CommittedText
              label="What is counted"
              placeholder="What is counted"
              value={row.counts}
              isDisabled={isDisabled}
              onCommit={(counts) => change(index, { counts })}
            />
            <RemoveRow name={`${title} ${index + 1}`} isDisabled={isDisabled} rows={rows} index={index} onChange={onChange} />
          </div>
        </fieldset>
      ))}
      <Button kind="quiet" isDisabled={isDisabled} onPress={() => onChange([...rows, fresh])}>
        + {title.toLowerCase()}
      </Button>
    </div>
  );
}

/** What a verdict rests on: an address, the day it was read, what it says. */
export function EvidenceField({ title, value, isDisabled, onChange }: FieldProps) {
  const rows = Evidence.array().safeParse(value).data ?? [];
  const change = (index: number, part: Partial<Evidence>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const fresh: Evidence = { url: '', accessed: '', says: 'supports', note: '' };
  return (
    <div className="records">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of evidence have no identity but their place
        <fieldset key={index} className="record">
          <legend className="visually-hidden">
            {title} {index + 1}
          </legend>
          <CommittedText
            label="Address"
            placeholder="https://…"
            value={row.url}
            isDisabled={isDisabled}
            onCommit={(url) => change(index, { url })}
          />
          <Choice
            label="It says"
            values={Evidence.shape.says.options}
            value={row.says}
            clearable={false}
            isDisabled={isDisabled}
            onChange={(says) => change(index, { says: Evidence.shape.says.parse(says) })}
          />
          <div className="record-pair">
            <CommittedText
              label="Read on"
              placeholder="Read on, as 2026-01-31"
              value={row.accessed}
              isDisabled={isDisabled}
              onCommit={(accessed) => change(index, { accessed })}
            />
            <CommittedText
              label="Note"
              placeholder="Note"
              value={row.note}
              isDisabled={isDisabled}
              onCommit={(note) => change(index, { note })}
            />
            <RemoveRow name={`${title} ${index + 1}`} isDisabled={isDisabled} rows={rows} index={index} onChange={onChange} />
          </div>
        </fieldset>
      ))}
      <Button kind="quiet" isDisabled={isDisabled} onPress={() => onChange([...rows, fresh])}>
        + {title.toLowerCase()}
      </Button>
    </div>
  );
}

interface RemoveProps<R> {
  readonly name: string;
  readonly isDisabled: boolean;
  readonly rows: readonly R[];
  readonly index: number;
  readonly onChange: (value: AttributeValue | null) => void;
}

function RemoveRow<R extends Quantity | Evidence>({ name, isDisabled, rows, index, onChange }: RemoveProps<R>) {
  const rest = rows.filter((_, at) => at !== index);
  return (
    <Button
      kind="icon"
      label={`Remove ${name}`}
      isDisabled={isDisabled}
      onPress={() => onChange(rest.length > 0 ? (rest as AttributeValue) : null)}
    >
      ✕
    </Button>
  );
}
