import { type ReactNode, useEffect, useRef } from 'react';
import type { ZodType } from 'zod';
import { isAddress } from '../../../core/annotations/validation.ts';
import { type AttributeValue, Evidence, Quantity } from '../../../core/model/annotation.ts';
import { edtfProblem } from '../../../core/model/edtf.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, CommittedText } from '../../ui/fields.tsx';

interface FieldProps {
  readonly title: string;
  readonly value: AttributeValue | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (value: AttributeValue | null) => void;
}

interface QuantityFieldProps extends FieldProps {
  /** Shown below a quantity: where its words are. */
  readonly place?: (quantity: Quantity, index: number) => ReactNode;
}

/** The numbers of a claim: value or range, modifier, unit, and what is counted. */
export function QuantityField({ place, ...field }: QuantityFieldProps) {
  const { isDisabled } = field;
  const number = (draft: string) => (draft.trim() !== '' && Number.isFinite(Number(draft)) ? null : 'not a number');
  return (
    <RecordList
      field={field}
      schema={Quantity}
      fresh={{ value: 0, value_max: null, modifier: 'exact', unit: '', counts: '', mention: null }}
    >
      {(row, change, remove, index) => (
        <>
          <div className="record-pair">
            <CommittedText
              label="Value"
              placeholder="Value"
              inputMode="decimal"
              value={String(row.value)}
              isDisabled={isDisabled}
              invalid={number}
              onCommit={(draft) => change({ value: Number(draft) })}
            />
            <CommittedText
              label="Up to"
              placeholder="Up to"
              inputMode="decimal"
              value={row.value_max === null ? '' : String(row.value_max)}
              isDisabled={isDisabled}
              invalid={(draft) => (draft.trim() === '' ? null : number(draft))}
              onCommit={(draft) => change({ value_max: draft.trim() === '' ? null : Number(draft) })}
            />
            <div className="record-unit">
              <CommittedText
                label="Unit"
                placeholder="Unit"
                value={row.unit}
                isDisabled={isDisabled}
                onCommit={(unit) => change({ unit })}
              />
            </div>
          </div>
          <Choice
            label="Modifier"
            values={Quantity.shape.modifier.options}
            value={row.modifier}
            clearable={false}
            isDisabled={isDisabled}
            onChange={(modifier) => change({ modifier: Quantity.shape.modifier.parse(modifier) })}
          />
          <div className="record-pair">
            <CommittedText
              label="What is counted"
              placeholder="What is counted"
              value={row.counts}
              isDisabled={isDisabled}
              onCommit={(counts) => change({ counts })}
            />
            {remove}
          </div>
          {place?.(row, index)}
        </>
      )}
    </RecordList>
  );
}

/** What a verdict is based on: an address, the date it was accessed, and what it says. */
export function EvidenceField(field: FieldProps) {
  const { isDisabled } = field;
  return (
    <RecordList field={field} schema={Evidence} fresh={{ url: '', accessed: '', says: 'supports', note: '' }}>
      {(row, change, remove) => (
        <>
          <CommittedText
            label="Address"
            placeholder="https://…"
            value={row.url}
            invalid={(draft) => (draft.trim() === '' || isAddress(draft) ? null : 'not a web address, as https://example.org/page')}
            isDisabled={isDisabled}
            onCommit={(url) => change({ url })}
          />
          <Choice
            label="It says"
            values={Evidence.shape.says.options}
            value={row.says}
            clearable={false}
            isDisabled={isDisabled}
            onChange={(says) => change({ says: Evidence.shape.says.parse(says) })}
          />
          <div className="record-pair">
            <CommittedText
              label="Read on"
              placeholder="Read on, as 2026-01-31"
              value={row.accessed}
              invalid={(draft) => (draft.trim() === '' ? null : edtfProblem(draft.trim()))}
              isDisabled={isDisabled}
              onCommit={(accessed) => change({ accessed })}
            />
            <CommittedText label="Note" placeholder="Note" value={row.note} isDisabled={isDisabled} onCommit={(note) => change({ note })} />
            {remove}
          </div>
        </>
      )}
    </RecordList>
  );
}

interface RecordListProps<R> {
  readonly field: FieldProps;
  readonly schema: ZodType<R>;
  /** The record to add. */
  readonly fresh: R;
  /** The fields of one record, with the button that removes it. */
  readonly children: (row: R, change: (part: Partial<R>) => void, remove: ReactNode, index: number) => ReactNode;
}

/** An attribute that holds a list of records. Removing the last record removes the attribute. */
function RecordList<R extends Quantity | Evidence>({ field, schema, fresh, children }: RecordListProps<R>) {
  const { title, value, isDisabled, onChange } = field;
  const rows = schema.array().safeParse(value).data ?? [];
  const put = (changed: R[]) => onChange(changed.length > 0 ? (changed as AttributeValue) : null);
  const list = useRef<HTMLDivElement>(null);
  const awaited = useRef<number | null>(null);
  // The new record appears once the attribute holds it.
  useEffect(() => {
    if (awaited.current !== rows.length) return;
    awaited.current = null;
    list.current?.querySelector<HTMLElement>('.record:last-of-type input')?.focus();
  }, [rows.length]);
  const add = () => {
    awaited.current = rows.length + 1;
    put([...rows, fresh]);
  };
  return (
    <div className="records" ref={list}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: records have no identity but their place
        <fieldset key={index} className="record">
          <legend className="visually-hidden">
            {title} {index + 1}
          </legend>
          {children(
            row,
            (part) => put(rows.with(index, { ...row, ...part })),
            <Button
              kind="icon"
              label={`Remove ${title} ${index + 1}`}
              isDisabled={isDisabled}
              onPress={() => put(rows.toSpliced(index, 1))}
            >
              ✕
            </Button>,
            index,
          )}
        </fieldset>
      ))}
      <Button kind="quiet" isDisabled={isDisabled} onPress={add}>
        + {title.toLowerCase()}
      </Button>
    </div>
  );
}
