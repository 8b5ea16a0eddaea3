import { useId } from 'react';
import type { FormatName } from '../../../core/formats/export-request.ts';
import type { Format } from '../../../core/formats/format.ts';
import { formatNamed, formats } from '../../../core/formats/index.ts';

// Purposes of a dataset, with the formats for each. A format that is not listed anywhere goes into the last group.
const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'Complete', names: ['jsonl', 'csv'] },
  { title: 'For training', names: ['huggingface', 'conll', 'spacy'] },
  { title: 'For other tools', names: ['brat', 'cas', 'label-studio', 'doccano', 'refi-qda'] },
  { title: 'Networks and exchange', names: [] },
];
const named = groups.flatMap(({ names }) => names);

const offsetUnits: Readonly<Record<Format['offsetUnit'], string>> = {
  unicode_code_point: 'Offsets count Unicode code points, as Python does.',
  utf16_code_unit: 'Offsets count UTF-16 code units, as JavaScript and Java do.',
  token: 'Places are token numbers.',
  none: 'It holds no offsets.',
};

interface FormatProps {
  readonly format: FormatName;
  readonly withText: boolean;
  readonly onChange: (format: FormatName) => void;
}

/** The formats by purpose, and a description of the chosen one. Without the articles' text, only formats that can do without it can be chosen. */
export function FormatChooser({ format, withText, onChange }: FormatProps) {
  const { about, offsetUnit, tokeniser } = formatNamed(format);
  const aboutId = useId();
  return (
    <fieldset className="formats" aria-describedby={aboutId}>
      <legend className="heading">Format</legend>
      <div className="format-groups">
        {groups.map(({ title, names }, index) => (
          <FormatGroup
            key={title}
            title={title}
            formats={formats.filter(({ name }) => (index === groups.length - 1 ? !named.includes(name) : names.includes(name)))}
            {...{ format, withText, onChange }}
          />
        ))}
      </div>
      <div className="format-about" id={aboutId}>
        <p>{about}</p>
        <p className="muted">
          {offsetUnits[offsetUnit]}
          {tokeniser && ` Tokens: ${tokeniser}.`}
        </p>
        {!withText && <p className="muted">The formats in grey cannot be written without the articles’ text.</p>}
      </div>
    </fieldset>
  );
}

function FormatGroup({ title, formats, format, withText, onChange }: FormatProps & { title: string; formats: readonly Format[] }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: one fieldset holds all formats; this is a part of it
    <div role="group" aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      {formats.map(({ name, title, canLeaveTextOut }) => {
        const isOut = !withText && !canLeaveTextOut;
        return (
          <label key={name} className="format" data-selected={name === format} data-out={isOut}>
            <input type="radio" name="format" value={name} checked={name === format} disabled={isOut} onChange={() => onChange(name)} />
            <span>{title}</span>
          </label>
        );
      })}
    </div>
  );
}
