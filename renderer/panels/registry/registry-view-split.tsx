import { type FormEvent, useState } from 'react';
import type { EntityMention } from '../../../core/annotations/hits.ts';
import { foldedName } from '../../../core/model/entity.ts';
import { aliasesToMove } from '../../../core/registry/entity-merge.ts';
import { longestName } from '../../../core/registry/linking.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Check } from '../../ui/fields.tsx';
import { LabelledText } from '../../ui/labelled-text.tsx';

interface SplitProps {
  readonly id: string;
  /** The ticked mentions, and those that stay. */
  readonly moved: readonly EntityMention[];
  readonly left: readonly EntityMention[];
  readonly onClose: () => void;
}

/** Asks for the name of the entry for the ticked mentions, and shows what each of the two entries would contain. Splitting is one step. */
export function SplitDialog({ id, moved, left, onClose }: SplitProps) {
  const { actions } = useSession();
  const entity = useWorkspace((state) => state.registry.get(id));
  const [name, setName] = useState(() => longestName(moved.map(({ text }) => text)) ?? '');
  const going = entity
    ? aliasesToMove(
        entity,
        moved.map(({ text }) => text),
        left.map(({ text }) => text),
      )
    : [];
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  if (!entity) return <p>This entry is not in the registry any more.</p>;
  const aliases = going.filter((alias) => !kept.has(alias));
  const problem = name.trim() === '' ? 'A name cannot be empty.' : null;
  const isSame = foldedName(name) === foldedName(entity.canonical);
  const split = () => {
    if (problem !== null) return;
    actions.registry.split(
      id,
      moved.flatMap((mention) => [mention.id, ...mention.also]),
      name,
      aliases,
    );
    onClose();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    split();
  };
  return (
    <form className="merge-form" onSubmit={onSubmit}>
      <LabelledText
        label="Name of the new entry"
        value={name}
        onChange={setName}
        problem={problem}
        isDisabled={false}
        autoFocus
        {...(isSame ? { hint: `The other one is called ${entity.canonical} too; two names tell them apart in lists.` } : {})}
      />
      <dl className="merge-result">
        <dt>{name.trim() || 'The new entry'}</dt>
        <dd>
          {counted(moved.length, 'mention')} in {counted(new Set(moved.map(({ article }) => article)).size, 'article')}
        </dd>
        <dt>{entity.canonical}</dt>
        <dd>
          {counted(left.length, 'mention')} {left.length === 1 ? 'stays' : 'stay'}
        </dd>
      </dl>
      {going.map((alias) => (
        <Check
          key={alias}
          label={`The name “${alias}” goes along`}
          value={!kept.has(alias)}
          isDisabled={false}
          onChange={(goes) => setKept(goes ? new Set([...kept].filter((other) => other !== alias)) : new Set([...kept, alias]))}
        />
      ))}
      <div className="dialog-actions">
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="primary" isDisabled={problem !== null} onPress={split}>
          {`Split ${counted(moved.length, 'mention')} off`}
        </Button>
      </div>
    </form>
  );
}
