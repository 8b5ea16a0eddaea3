import type { Annotation, Mention } from '../../../core/model/annotation.ts';
import { entityTypesOf, type Role } from '../../../core/model/codebook.ts';
import type { Entity } from '../../../core/model/entity.ts';
import { withoutTitle } from '../../../core/registry/entity-names.ts';
import { type EntityProposal, firstProposal } from '../../../core/registry/entity-proposals.ts';
import { alikeUnlinked } from '../../../core/registry/linking.ts';
import { isPronoun } from '../../../core/text/pronouns.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { nextProposal, openLinksOf, proposalsOf } from '../../state/link-fields.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';
import { EntityPicker } from './entity-picker.tsx';

interface MentionLinkProps {
  readonly annotation: Annotation;
  readonly role: Role;
  readonly mention: Mention;
  /** The entity that the mention is linked to, if any. */
  readonly entity: Entity | undefined;
  /** The picker has closed, and what had the focus is gone. */
  readonly onDone: () => void;
}

const none: readonly EntityProposal[] = [];

/** Links a mention in a role: shows the proposal, ways to choose another entity, or the open picker. */
export function MentionLink({ annotation, role, mention, entity, onDone }: MentionLinkProps) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const types = useEntityTypes(role);
  const isPicking = useView(({ linking }) => linking?.annotation === annotation.id && linking.mention === mention.id);
  const proposals = useWorkspace((state) => (entity && !isPicking ? none : proposalsOf(state, { mention, types })));
  const alike = useWorkspace((state) => (entity ? alikeUnlinked(currentSet(state), mention).length : 0));
  const keyOf = useCommandKeys();
  // The keys act on the first unlinked mention, so only that one shows them.
  const isNext = useWorkspace((state) => nextProposal(state, annotation)?.field.mention.id === mention.id);
  const isFirst = useWorkspace((state) => openLinksOf(state, annotation)[0]?.mention.id === mention.id);
  const end = useEndPicking(onDone);
  const words = mention.span.text;
  if (isPicking) {
    return (
      <EntityPicker
        label={`Link “${words}” to`}
        types={types}
        targets={role.targets}
        text={isPronoun(words) ? '' : withoutTitle(words)}
        proposals={proposals}
        canLearn
        onPick={(id, learn) => {
          actions.links.link(mention.id, id, learn);
          end();
        }}
        onCreate={(type, canonical, learn) => {
          actions.links.link(mention.id, { type, canonical }, learn);
          end();
        }}
        onCancel={end}
        {...(entity
          ? {
              onUnlink: () => {
                actions.links.unlink(mention.id);
                end();
              },
            }
          : {})}
      />
    );
  }
  if (entity) {
    return alike > 0 ? (
      <span className="filler-link">
        <Button kind="quiet" isDisabled={!writable} onPress={() => actions.links.linkAlike(mention.id)}>
          {`Link ${alike} more “${words}” here`}
        </Button>
      </span>
    ) : null;
  }
  const first = firstProposal(proposals);
  return (
    <span className="filler-link">
      {first && (
        <span className="filler-proposal" title={first.reason}>
          <Button
            kind="quiet"
            label={`Link “${words}” to ${first.name}: ${first.reason}`}
            isDisabled={!writable}
            onPress={() => actions.links.link(mention.id, first.entity, first.learn)}
          >
            {first.name}? {isNext && keyOf('mention.accept') && <kbd>{keyOf('mention.accept')}</kbd>}
          </Button>
        </span>
      )}
      <Button
        kind="quiet"
        label={`Link “${words}” to…`}
        isDisabled={!writable}
        onPress={() => actions.links.pick(annotation.id, role.name, mention.id)}
      >
        Link… {isFirst && keyOf('mention.link') && <kbd>{keyOf('mention.link')}</kbd>}
      </Button>
    </span>
  );
}

/** The picker for an entity that fills a role without words in the text. */
export function RolePicker({ annotation, role, onDone }: { annotation: Annotation; role: Role; onDone: () => void }) {
  const { actions } = useSession();
  const types = useEntityTypes(role);
  const end = useEndPicking(onDone);
  return (
    <EntityPicker
      label={`${role.title} by name`}
      types={types}
      targets={role.targets}
      text=""
      onPick={(id) => {
        actions.links.fillWith(annotation.id, role.name, id);
        end();
      }}
      onCreate={(type, canonical) => {
        actions.links.fillWith(annotation.id, role.name, { type, canonical });
        end();
      }}
      onCancel={end}
    />
  );
}

/** The entity types that a role takes under the current codebook, by id. */
export function useEntityTypes(role: Role): readonly string[] {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  return codebook ? entityTypesOf(role, codebook) : [];
}

// Returns the focus to where the picker was opened: the text or the role.
function useEndPicking(onDone: () => void): () => void {
  const { actions, view } = useSession();
  return () => {
    const isFromText = view.store.getState().linking?.isFromText ?? false;
    actions.links.endPicking();
    if (isFromText) actions.returnToText();
    else onDone();
  };
}
