import { useEffect, useState } from 'react';
import type { Layer } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { CommittedText } from '../../ui/fields.tsx';

interface ExamplesProps {
  readonly layer: Layer;
  readonly isDisabled: boolean;
  readonly onChange: (examples: Layer['examples']) => void;
}

/** The examples in a layer's guidelines, each with the reason why it is one. More can be taken from what is tagged in the project. */
export function CodebookExamples({ layer, isDisabled, onChange }: ExamplesProps) {
  const { workspace } = useSession();
  const [found, setFound] = useState<readonly { title: string; text: string }[] | null>(null);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (!isAsked) return;
    // A layer that is not saved yet has none.
    workspace.codebook.examples(layer.id).then(
      ({ examples }) => setFound(examples),
      () => setFound([]),
    );
  }, [workspace, layer.id, isAsked]);
  const examples = layer.examples ?? [];
  const fresh = (found ?? []).filter(({ text }) => !examples.some((example) => example.text === text));
  return (
    <section className="codebook-field" aria-label="Examples">
      <span className="field-name">Examples</span>
      {examples.map((example) => (
        <div key={example.text} className="example">
          <blockquote>{example.text}</blockquote>
          <CommittedText
            label={`Why “${example.text.slice(0, 30)}” is one`}
            placeholder="Why it is one…"
            value={example.note}
            isDisabled={isDisabled}
            onCommit={(note) => onChange(examples.map((other) => (other === example ? { ...other, note } : other)))}
          />
          {!isDisabled && (
            <Button kind="icon" label="Remove the example" onPress={() => onChange(examples.filter((other) => other !== example))}>
              ✕
            </Button>
          )}
        </div>
      ))}
      {!isDisabled && !isAsked && (
        <Button kind="quiet" onPress={() => setAsked(true)}>
          Take one from the project…
        </Button>
      )}
      {isAsked && found && fresh.length === 0 && <p className="muted">Nobody has tagged another one yet.</p>}
      {isAsked &&
        fresh.map(({ text, title }) => (
          <button key={text} type="button" className="example-offer" onClick={() => onChange([...examples, { text, note: '' }])}>
            {text} <span className="muted">{title}</span>
          </button>
        ))}
    </section>
  );
}
