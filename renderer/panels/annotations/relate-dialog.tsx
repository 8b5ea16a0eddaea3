import './relations.css';
import { type KeyboardEvent, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { isAmongAlike, otherLayers, type RelationOption, relationOptions, titleAt } from '../../../core/annotations/relations.ts';
import { type Layer, layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import type { Relating } from '../../state/view-store.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LiveText } from '../../ui/fields.tsx';
import { AnnotationPicker } from './annotation-picker.tsx';

/** Relates the active annotation to another one: first the type, then the other end, and if a rule stands against it, the reason. */
export function RelateDialog() {
  const { view } = useSession();
  const relating = useView((state) => state.relating);
  return (
    <Dialog title="Relate to…" isOpen={relating !== null} onClose={() => view.set({ relating: null })}>
      {relating && <Steps relating={relating} />}
    </Dialog>
  );
}

function Steps({ relating }: { relating: Relating }) {
  const { actions, view } = useSession();
  const annotation = useWorkspace(currentSet).annotations.get(relating.annotation);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  if (!annotation || !codebook) return <p className="empty">The annotation is gone.</p>;
  const layer = layerOf(codebook, annotation.layer);
  const options = relationOptions(codebook, annotation.layer);
  const option = options.find(({ type, place }) => type.id === relating.type && place === relating.place);
  const change = (part: Partial<Relating>) => view.set({ relating: { ...relating, ...part } });
  const words = annotation.spans.map(({ text }) => text).join(' … ');
  const layers = option ? otherLayers(option, annotation.layer) : [];
  const titleOf = (id: string) => layerOf(codebook, id)?.title.toLowerCase() ?? id;
  return (
    <div className="relate" data-hue={layer?.hue}>
      <blockquote className="covered">{words}</blockquote>
      {option && (
        <div className="relate-type">
          <strong>{titleAt(option.type, option.place)}</strong>
          <span className="muted">{layers.map(titleOf).join(', ')}</span>
          <Button kind="quiet" onPress={() => change({ type: null, other: null, obstacle: null })}>
            Another relation
          </Button>
        </div>
      )}
      {!option && <Options options={options} layer={layer} onChoose={({ type, place }) => change({ type: type.id, place })} />}
      {option && relating.obstacle && <Obstacle relating={relating} onBack={() => change({ other: null, obstacle: null })} />}
      {option && !relating.obstacle && (
        <AnnotationPicker
          layers={layers}
          except={annotation.id}
          isHereOnly={option.type.scope === 'article'}
          like={isAmongAlike(option.type) ? words : null}
          onPick={(hit) => actions.relate.attempt(relating, hit)}
        />
      )}
    </div>
  );
}

interface OptionsProps {
  readonly options: readonly RelationOption[];
  readonly layer: Layer | undefined;
  readonly onChoose: (option: RelationOption) => void;
}

// To choose with the arrows and Enter, with a click, or with the key shown next to it.
function Options({ options, layer, onChoose }: OptionsProps) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  let number = 0;
  const keyed = options.map((option, index) => ({ option, id: String(index), key: option.type.key ?? String(++number) }));
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = event.ctrlKey || event.metaKey || event.altKey ? undefined : keyed.find(({ key }) => key === event.key);
    if (!chosen) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(chosen.option);
  };
  const titleOf = (id: string) => (codebook && layerOf(codebook, id)?.title.toLowerCase()) ?? id;
  return (
    <div onKeyDownCapture={onKeyDown}>
      <ListBox
        className="relate-options"
        aria-label="As what"
        autoFocus="first"
        items={keyed}
        onAction={(id) => {
          const chosen = keyed[Number(id)];
          if (chosen) onChoose(chosen.option);
        }}
      >
        {({ option, id, key }) => (
          <ListBoxItem id={id} className="relate-option" textValue={titleAt(option.type, option.place)}>
            <kbd>{key}</kbd>
            <span>{titleAt(option.type, option.place)}</span>
            <span className="muted">
              {otherLayers(option, layer?.id ?? '')
                .map(titleOf)
                .join(', ')}
              {option.type.scope === 'any' ? ', in any article' : ', in this article'}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </div>
  );
}

function Obstacle({ relating, onBack }: { relating: Relating; onBack: () => void }) {
  const { actions } = useSession();
  const [reason, setReason] = useState('');
  const { other, obstacle } = relating;
  if (!other || !obstacle) return null;
  const relate = () => reason.trim() !== '' && actions.relate.attempt(relating, other, reason);
  return (
    <div className="obstacle">
      <blockquote className="covered">{other.text}</blockquote>
      <p role="alert">{obstacle.words}</p>
      {obstacle.needsReason && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field does what the button does
        <div
          className="field"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            relate();
          }}
        >
          <span className="field-name">Related all the same, because</span>
          <LiveText label="Reason" autoFocus placeholder="Why they are about the same thing" value={reason} onChange={setReason} />
        </div>
      )}
      <div className="dialog-actions">
        <Button onPress={onBack}>Choose another annotation</Button>
        {obstacle.needsReason && (
          <Button kind="primary" isDisabled={reason.trim() === ''} onPress={relate}>
            Relate all the same
          </Button>
        )}
      </div>
    </div>
  );
}
