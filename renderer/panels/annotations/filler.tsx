import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { propositionProblem } from '../../../core/facts/proposition.ts';
import type { Annotation, Mention, RoleFiller, RoleTarget } from '../../../core/model/annotation.ts';
import type { Article } from '../../../core/model/article.ts';
import { fillersOf, type Role } from '../../../core/model/codebook.ts';
import { type Entity, entityOfMention, type Registry } from '../../../core/model/entity.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';
import { MentionLink, RolePicker, useEntityTypes } from './mention-link.tsx';
import { paragraphNumber } from './paragraph-number.ts';

/** One role of the active annotation: its fillers, and the ways to fill it. */
export function RoleField({ annotation, article, role }: { annotation: Annotation; article: Article; role: Role }) {
  const { actions, afterPaint } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const armed = useView((state) => state.armed?.annotation === annotation.id && state.armed.role === role.name);
  const isPicking = useView(
    ({ linking }) => linking?.annotation === annotation.id && linking.role === role.name && linking.mention === null,
  );
  const types = useEntityTypes(role);
  const fillers = fillersOf(annotation, role.name);
  const isOpen = fillers.length < role.min;
  const hint = useWorkspace((state) => issueHint(state.registry, annotation.id, fillers));
  const keyName = useCommandKeys()(`role.${role.key}`);
  const field = useRef<HTMLFieldSetElement>(null);
  const refocus = () => {
    flushSync(afterPaint.settle);
    field.current?.querySelector('button')?.focus();
  };
  const clear = (filler: RoleFiller) => {
    actions.annotate.clearRole(annotation.id, filler);
    // The pressed button disappears, so keep the focus in its role.
    refocus();
  };
  return (
    <fieldset className="field role-field" aria-label={role.title} data-open={isOpen} data-field={`role:${role.name}`} ref={field}>
      <span className="field-name" title={role.help}>
        {role.title} {keyName && <kbd>{keyName}</kbd>}
      </span>
      <div className="fillers">
        {fillers.map((filler) => (
          <Filler
            key={JSON.stringify(filler.target)}
            annotation={annotation}
            filler={filler}
            article={article}
            title={role.title}
            onClear={() => clear(filler)}
            role={role}
            onLinked={refocus}
          />
        ))}
        {isPicking && <RolePicker annotation={annotation} role={role} onDone={refocus} />}
        {hint && <p className="muted">{hint}</p>}
        {armed && <span className="armed">Select it in the text, then Enter</span>}
        {!armed && !isPicking && fillers.length === 0 && (
          <span className="filler-adders">
            <Button kind="quiet" isDisabled={!writable} onPress={() => actions.annotate.arm(role.name, false)}>
              {isOpen ? 'Needed: select in text…' : 'Select in text…'}
            </Button>
            {types.length > 0 && (
              <Button kind="quiet" isDisabled={!writable} onPress={() => actions.links.pick(annotation.id, role.name, null)}>
                by name…
              </Button>
            )}
            {role.targets.includes('AUTHOR') && (
              <Button kind="quiet" isDisabled={!writable} onPress={() => actions.annotate.fillWithAuthor(annotation.id, role.name)}>
                the author
              </Button>
            )}
          </span>
        )}
      </div>
      {!armed && fillers.length > 0 && fillers.length < role.max && (
        <Button
          kind="icon"
          label={`Add a further ${role.title.toLowerCase()}`}
          isDisabled={!writable}
          onPress={() => actions.annotate.arm(role.name, true)}
        >
          +
        </Button>
      )}
    </fieldset>
  );
}

interface FillerProps {
  readonly annotation: Annotation;
  readonly filler: RoleFiller;
  readonly article: Article;
  readonly title: string;
  readonly role: Role;
  readonly onClear: () => void;
  /** The picker has closed; keep the focus in the role. */
  readonly onLinked: () => void;
}

function Filler({ annotation, filler, article, title, role, onClear, onLinked }: FillerProps) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const { target } = filler;
  const isLinkable = useEntityTypes(role).length > 0 && target.kind === 'mention';
  const mention = useWorkspace((state) => {
    const { mentions } = currentSet(state);
    if (target.kind === 'mention') return mentions.get(target.id);
    const meant = meantBy(state.registry, annotation.id, target, undefined);
    return meant && [...mentions.values()].find((candidate) => entityOfMention(state.registry, candidate) === meant);
  });
  const entity = useWorkspace((state) => meantBy(state.registry, annotation.id, target, mention));
  const other = useWorkspace((state) => (target.kind === 'annotation' ? currentSet(state).annotations.get(target.id) : undefined));
  const name =
    entity?.canonical ?? mention?.span.text ?? other?.spans[0]?.text ?? (target.kind === 'author' ? authorOf(article) : 'missing');
  const paragraph = mention && paragraphNumber(article, mention.span.start);
  // The name and the words that refer to it each have a line.
  const isInText = mention !== undefined && entity !== undefined;
  const row = (
    <span className="filler">
      <button
        type="button"
        className="filler-name"
        data-entity={entity !== undefined}
        onClick={() => mention && actions.scrollTo(mention.span.start)}
      >
        {name}
      </button>
      {entity && !isInText && <ShowEntity entity={entity} />}
      {mention && !isInText && <span className="muted">¶{paragraph}</span>}
      {target.kind === 'entity' && role.max === 1 && (
        <Button
          kind="icon"
          label={`Change ${title.toLowerCase()} ${name}`}
          isDisabled={!writable}
          onPress={() => actions.links.pick(annotation.id, role.name, null)}
        >
          ✎
        </Button>
      )}
      <Button kind="icon" label={`Remove ${title.toLowerCase()} ${name}`} isDisabled={!writable} onPress={onClear}>
        ✕
      </Button>
    </span>
  );
  if (!mention || !(isLinkable || isInText)) return row;
  return (
    <span className="filler-block">
      {row}
      {isInText && (
        <span className="filler-place">
          {entity.canonical !== mention.span.text && <span className="muted filler-words">“{mention.span.text}”</span>}
          <span className="muted">¶{paragraph}</span>
          <ShowEntity entity={entity} />
          {isLinkable && (
            <Button
              kind="icon"
              label={`Change what “${mention.span.text}” is linked to`}
              isDisabled={!writable}
              onPress={() => actions.links.pick(annotation.id, role.name, mention.id)}
            >
              ✎
            </Button>
          )}
        </span>
      )}
      {isLinkable && <MentionLink annotation={annotation} role={role} mention={mention} entity={entity} onDone={onLinked} />}
    </span>
  );
}

function ShowEntity({ entity: { id, canonical } }: { readonly entity: Entity }) {
  const { actions } = useSession();
  return (
    <Button kind="icon" label={`Show ${canonical} in the registry`} onPress={() => actions.registry.showEntry(id)}>
      ↗
    </Button>
  );
}

// What a filler refers to: for a mention, the entity it is linked to; for an entity, what it is today.
function meantBy(registry: Registry, annotation: string, target: RoleTarget, mention: Mention | undefined): Entity | undefined {
  if (target.kind === 'entity') return entityOfMention(registry, { id: annotation, entity: target.id });
  return target.kind === 'mention' && mention ? entityOfMention(registry, mention) : undefined;
}

// No person is named as the author here: it is the paper or agency that published the article.
function authorOf({ meta }: Article): string {
  return meta.source ? `the article’s source: ${meta.source}` : 'the author';
}

// What is wrong with the name of an issue. An issue should be something to be for or against.
function issueHint(registry: Registry, annotation: string, fillers: readonly RoleFiller[]): string | null {
  for (const { target } of fillers) {
    const entity = target.kind === 'entity' ? meantBy(registry, annotation, target, undefined) : undefined;
    const problem = entity?.type === 'ISSUE' ? propositionProblem(entity.canonical) : null;
    if (problem) return problem;
  }
  return null;
}
