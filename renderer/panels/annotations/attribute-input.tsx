import type { ReactElement } from 'react';
import type { AttributeValue } from '../../../core/model/annotation.ts';
import { type Attribute, valuesOf } from '../../../core/model/codebook.ts';
import { useWorkspace } from '../../session.tsx';
import { Check, Choice, CommittedText } from '../../ui/fields.tsx';
import { EvidenceField, QuantityField } from './record-fields.tsx';

interface InputProps {
  readonly attribute: Attribute;
  readonly value: AttributeValue | undefined;
  readonly onChange: (value: AttributeValue | null) => void;
}

/** The input for an attribute's value according to its type, for an annotation or a relation. */
export function AttributeInput({ attribute, value, onChange }: InputProps): ReactElement {
  const isDisabled = !useWorkspace((state) => state.writable);
  const text = typeof value === 'string' ? value : '';
  switch (attribute.type) {
    case 'enum':
      return (
        <Choice
          label={attribute.title}
          values={valuesOf(attribute, value)}
          value={text || null}
          clearable={!attribute.required}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      );
    case 'boolean':
      return <Check label={attribute.title} value={value === true} isDisabled={isDisabled} onChange={onChange} />;
    case 'number':
      return (
        <CommittedText
          label={attribute.title}
          inputMode="decimal"
          value={typeof value === 'number' ? String(value) : ''}
          isDisabled={isDisabled}
          invalid={(draft) => (Number.isFinite(Number(draft)) ? null : 'not a number')}
          onCommit={(draft) => onChange(draft.trim() === '' ? null : Number(draft))}
        />
      );
    case 'text':
    case 'date':
      return (
        <CommittedText
          label={attribute.title}
          multiline={attribute.type === 'text'}
          value={text}
          isDisabled={isDisabled}
          onCommit={(draft) => onChange(draft.trim() === '' ? null : draft)}
        />
      );
    case 'list':
      return (
        <CommittedText
          label={attribute.title}
          placeholder="One per line"
          multiline
          value={Array.isArray(value) ? value.filter((item) => typeof item === 'string').join('\n') : ''}
          isDisabled={isDisabled}
          onCommit={(draft) => onChange(draft.trim() === '' ? null : draft.split('\n').filter((line) => line.trim() !== ''))}
        />
      );
    case 'quantity':
      return <QuantityField title={attribute.title} value={value} isDisabled={isDisabled} onChange={onChange} />;
    case 'evidence':
      return <EvidenceField title={attribute.title} value={value} isDisabled={isDisabled} onChange={onChange} />;
  }
}
