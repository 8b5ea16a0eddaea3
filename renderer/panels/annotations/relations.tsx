import './relations.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AnnotationHit } from '../../../core/annotations/hits.ts';
import { otherEnd, placeIn, type RelationOption, relationOptions, titleAt } from '../../../core/annotations/relations.ts';
import { AppError } from '../../../core/failure.ts';
import type { Annotation, Relation } from '../../../core/model/annotation.ts';
import { layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { hitIn, relationsAt } from '../../state/relation-ends.ts';
import { Button } from '../../ui/button.tsx';
import { CommittedText } from '../../ui/fields.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';
import { AttributeInput } from './attribute-input.tsx';

/**
 * The relations of the active annotation, by any annotator, each with its other end. If the annotation is the annotator's own, also the ways to
 * relate it.
 */
export function Relations({ annotation, isOwn }: { readonly annotation: Annotation; readonly isOwn: boolean }) {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const writable = useWorkspace((state) => state.writable);
  const work = useWorkspace((state) => state.work);
  const others = useWorkspace((state) => state.others);
  const armed = useView((state) => (state.armedRelation?.annotation === annotation.id ? state.armedRelation : null));
  const relations = useMemo(
    () => (codebook ? relationsAt({ work, others }, { article: annotation.article, annotation: annotation.id }, codebook) : []),
    [work, others, annotation.article, annotation.id, codebook],
  );
  const ends = useEnds(relations, annotation.id);
  if (!codebook) return null;
  const options = isOwn ? relationOptions(codebook, annotation.layer) : [];
  if (options.length === 0 && relations.length === 0) return null;
  // Types with a key are offered by name, as roles are.
  const keyed = options.filter(({ type, place }, index) => type.key && options.findIndex((each) => each.type === type) === index && place);
  return (
    <section className="field relations" aria-label="Relations" data-field="relations">
      <span className="field-name">Relations</span>
      <div className="relation-list">
        {relations.map((relation) => (
          <RelationRow key={relation.id} relation={relation} annotation={annotation} end={ends.get(relation.id)} />
        ))}
        {options.length === 0 ? null : armed ? (
          <span className="armed">{armed.title}: choose it in the text, then Enter</span>
        ) : (
          <span className="filler-adders">
            {keyed.map((option: RelationOption) => (
              <Button key={option.type.id} kind="quiet" isDisabled={!writable} onPress={() => actions.relate.arm(option, annotation)}>
                {titleAt(option.type, option.place)}… {keyOf(`relate.${option.type.id}`) && <kbd>{keyOf(`relate.${option.type.id}`)}</kbd>}
              </Button>
            ))}
            <Button kind="quiet" isDisabled={!writable} onPress={() => actions.run('relation.add')}>
              Relate to… {keyOf('relation.add') && <kbd>{keyOf('relation.add')}</kbd>}
            </Button>
          </span>
        )}
      </div>
    </section>
  );
}

interface RelationRowProps {
  readonly relation: Relation;
  readonly annotation: Annotation;
  /** Null if it no longer exists, undefined while it is being read. */
  readonly end: AnnotationHit | null | undefined;
}

function RelationRow({ relation, annotation, end }: RelationRowProps) {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const writable = useWorkspace((state) => state.writable);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const article = useWorkspace((state) =>
    end && end.article !== annotation.article
      ? (state.articles.find(({ meta }) => meta.id === end.article)?.meta.title ?? end.article)
      : null,
  );
  const type = codebook?.relations.find(({ id }) => id === relation.type);
  const title = type && codebook ? titleAt(type, placeIn(relation, codebook, annotation.id)) : relation.type;
  const layer = end && codebook && layerOf(codebook, end.layer);
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const nameOf = (id: string) => annotators?.find((annotator) => annotator.id === id)?.name ?? id;
  const isOwn = relation.annotator === own;
  const told = end
    ? [layer?.title ?? end.layer, end.who, article, end.annotator === own ? null : nameOf(end.annotator)].filter(Boolean)
    : [];
  const follow = keyOf('relation.follow');
  return (
    <fieldset className="relation" aria-label={isOwn ? title : `${title}, by ${nameOf(relation.annotator)}`} data-gone={end === null}>
      <div className="relation-head">
        <span className="relation-title">{title}</span>
        {isOwn ? (
          <Button kind="icon" label={`Remove: ${title}`} isDisabled={!writable} onPress={() => actions.relate.remove(relation.id, title)}>
            ✕
          </Button>
        ) : (
          <span className="muted">by {nameOf(relation.annotator)}</span>
        )}
      </div>
      {end === null ? (
        <p className="lacking">Its other end is gone: its annotator removed it.</p>
      ) : (
        <button
          type="button"
          className="relation-end"
          data-hue={layer?.hue}
          title={follow ? `Go there (${follow})` : 'Go there'}
          onClick={() => actions.relate.followOne(relation)}
        >
          {layer && <span className="swatch" data-look={layer.look} aria-hidden="true" />}
          <span className="relation-words">{end?.text ?? '…'}</span>
          <span className="muted relation-told">{told.join(' · ')}</span>
        </button>
      )}
      {isOwn
        ? type?.attributes.map((attribute) => (
            <div key={attribute.name} className="relation-attribute">
              {attribute.type !== 'boolean' && <span className="muted">{attribute.title}</span>}
              <AttributeInput
                attribute={attribute}
                value={relation.attributes[attribute.name]}
                onChange={(value) => actions.relate.setAttribute(relation.id, attribute.name, value)}
              />
            </div>
          ))
        : Object.entries(relation.attributes).map(([name, value]) => (
            <p key={name} className="muted relation-reason">
              {type?.attributes.find((attribute) => attribute.name === name)?.title ?? name}: {String(value).replaceAll('_', ' ')}
            </p>
          ))}
      {relation.override && <p className="muted relation-reason">All the same, because: {relation.override}</p>}
      {isOwn ? <RelationNote relation={relation} /> : relation.note && <p className="relation-reason">{relation.note}</p>}
    </fieldset>
  );
}

// Notes are rare, so the field appears on request, or if there is a note.
function RelationNote({ relation: { id, note } }: { readonly relation: Relation }) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const [isAsked, setAsked] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAsked) place.current?.querySelector('textarea')?.focus();
  }, [isAsked]);
  if (!isAsked && note === '') {
    return (
      <span className="relation-adder">
        <Button kind="quiet" isDisabled={!writable} onPress={() => setAsked(true)}>
          + note
        </Button>
      </span>
    );
  }
  return (
    <div ref={place} className="relation-note">
      <CommittedText
        label="Note on the relation"
        placeholder="Why, or what to look at"
        multiline
        value={note}
        isDisabled={!writable}
        onCommit={(words) => actions.relate.setNote(id, words)}
      />
    </div>
  );
}

// The other end of each relation: from the page for loaded articles, otherwise from the host. Null if it no longer exists.
function useEnds(relations: readonly Relation[], id: string): ReadonlyMap<string, AnnotationHit | null> {
  const { actions, workspace } = useSession();
  const sets = useWorkspace((state) => state.work.sets);
  const others = useWorkspace((state) => state.others);
  const registry = useWorkspace((state) => state.registry);
  const [read, setRead] = useState<ReadonlyMap<string, AnnotationHit | null>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state holds what these name
  const held = useMemo(() => {
    const state = workspace.store.getState();
    return new Map(relations.map((relation) => [relation.id, hitIn(state, otherEnd(relation, id))]));
  }, [relations, id, sets, others, registry, workspace]);
  const missing = relations.filter((relation) => !held.get(relation.id));
  const asked = missing.map((relation) => otherEnd(relation, id).annotation).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when other ends are missing, or others' work changed
  useEffect(() => {
    if (asked === '') return;
    let isCurrent = true;
    workspace
      .readAnnotations(missing.map((relation) => otherEnd(relation, id)))
      .then((found) => {
        const byId = new Map(found.map((hit) => [hit.annotation, hit]));
        const ends = missing.map((relation) => [relation.id, byId.get(otherEnd(relation, id).annotation) ?? null] as const);
        if (isCurrent) setRead(new Map(ends));
      })
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        actions.tell(error);
      });
    return () => {
      isCurrent = false;
    };
  }, [asked, others, workspace]);
  return new Map(
    relations.flatMap((relation) => {
      const end = held.get(relation.id) ?? read.get(relation.id);
      return end === undefined ? [] : [[relation.id, end] as const];
    }),
  );
}
