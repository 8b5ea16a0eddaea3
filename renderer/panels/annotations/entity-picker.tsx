import './entity-picker.css';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { typesInTurn } from '../../../core/facts/proposition.ts';
import { namesOf } from '../../../core/registry/entity-names.ts';
import type { EntityProposal } from '../../../core/registry/entity-proposals.ts';
import { useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Combobox, type ComboboxRow } from '../../ui/combobox.tsx';

interface EntityPickerProps {
  readonly label: string;
  /** The types of entity that can be picked or created, by id. */
  readonly types: readonly string[];
  /** The `targets` of the role to fill, as in the codebook. Types to create are offered in this order. */
  readonly targets?: readonly string[];
  /** The initial text of the field. */
  readonly text: string;
  /** The id of an entity that is not offered. */
  readonly except?: string;
  readonly proposals?: readonly EntityProposal[];
  /** Whether words are being linked, which the entity can learn as an alias. */
  readonly canLearn?: boolean;
  readonly onPick: (entity: string, learn: boolean) => void;
  /** Without this, only existing entities can be picked. */
  readonly onCreate?: (type: string, canonical: string, learn: boolean) => void;
  readonly onCancel: () => void;
  readonly onUnlink?: () => void;
}

interface Row extends ComboboxRow {
  readonly pick: { readonly entity: string; readonly learn: boolean } | { readonly type: string; readonly canonical: string };
}

// More than anybody reads. Further letters narrow the names down.
const limit = 50;

/** Finds an entity of the registry by name while typing, or creates a new one: proposals first, “create” last. */
export function EntityPicker(props: EntityPickerProps) {
  const { label, types, targets = [], text, except, proposals = [], canLearn = false, onPick, onCreate, onCancel, onUnlink } = props;
  const registry = useWorkspace((state) => state.registry);
  const entityTypes = useWorkspace((state) => state.opened?.codebook.codebook.entityTypes);
  const titleOf = useCallback((type: string) => entityTypes?.find(({ id }) => id === type)?.title ?? type, [entityTypes]);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const rowsFor = (typed: string, isTouched: boolean): Row[] => {
    const words = typed.trim().replace(/\s+/g, ' ');
    const proposed = isTouched ? [] : proposals;
    const taken = new Set([...proposed.map(({ entity }) => entity), ...(except === undefined ? [] : [except])]);
    const found = namesOf(registry)
      .search(words, types, limit)
      .filter(({ entity }) => !taken.has(entity.id));
    return [
      ...proposed.map(({ entity, name, reason, learn }): Row => ({ id: entity, name, note: reason, pick: { entity, learn } })),
      ...found.map(({ entity, name }): Row => {
        const also = name === entity.canonical ? '' : ` · also “${name}”`;
        return { id: entity.id, name: entity.canonical, note: `${titleOf(entity.type)}${also}`, pick: { entity: entity.id, learn: true } };
      }),
      ...(words === '' || !onCreate ? [] : typesInTurn(types, targets, words)).map(
        (type): Row => ({
          id: `create ${type}`,
          name: `Create ${titleOf(type).toLowerCase()} “${words}”`,
          pick: { type, canonical: words },
        }),
      ),
    ];
  };
  const choose = ({ pick }: Row, isOther: boolean) => {
    if ('entity' in pick) onPick(pick.entity, pick.learn && !isOther);
    else onCreate?.(pick.type, pick.canonical, !isOther);
  };
  return (
    <div className="entity-picker" ref={place}>
      <Combobox
        label={label}
        text={text}
        placeholder="A name"
        field="entity"
        rowsFor={rowsFor}
        onChoose={choose}
        onCancel={onCancel}
        footer={(chooseInTurn) => (
          <div className="entity-picker-foot">
            {canLearn && (
              <Button kind="quiet" onPress={() => chooseInTurn(true)}>
                Link without learning the name <kbd>Alt Enter</kbd>
              </Button>
            )}
            {onUnlink && (
              <Button kind="quiet" onPress={onUnlink}>
                Unlink
              </Button>
            )}
            <Button kind="quiet" onPress={onCancel}>
              Cancel
            </Button>
          </div>
        )}
      />
    </div>
  );
}
