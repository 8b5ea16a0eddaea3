import type { AnnotationHit } from '../../core/annotations/hits.ts';
import {
  addRelation,
  OverrideNeeded,
  otherEnd,
  otherLayers,
  type RelationOption,
  relationOptions,
  removeRelation,
  setRelationAttribute,
  setRelationNote,
  titleAt,
} from '../../core/annotations/relations.ts';
import { type Annotation, type AttributeValue, byReadingOrder, type Relation } from '../../core/model/annotation.ts';
import { layerOf } from '../../core/model/codebook.ts';
import { Refusal } from '../../core/steps/gestures.ts';
import { onlyShows } from '../state/only-shows.ts';
import { othersOf } from '../state/others.ts';
import { endIn, hitIn, type Place, relationsAt } from '../state/relation-ends.ts';
import type { ArmedRelation, Relating } from '../state/view-store.ts';
import { currentSet } from '../state/workspace.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** Relating annotations: in a dialog, by picking the other end in the text, and by following a relation from one end to the other. */
export function relationActions(desk: Desk, walk: Walking) {
  const { view, workspace } = desk;
  // Where the last step along a relation began and ended.
  let trail: { readonly home: Place; readonly away: Place; readonly relation: string } | null = null;

  const waiting = (): ArmedRelation | null => {
    const { armedRelation, active } = desk.shown();
    return armedRelation && armedRelation.annotation === active ? armedRelation : null;
  };

  const optionOf = (layer: string, type: string): RelationOption | undefined => {
    const codebook = desk.codebook();
    return codebook && relationOptions(codebook, layer).find((option) => option.type.id === type);
  };

  const layerNames = (layers: readonly string[]): string => {
    const codebook = desk.codebook();
    return layers.map((layer) => (codebook && layerOf(codebook, layer)?.title.toLowerCase()) ?? layer).join(' or ');
  };

  /** Relates the annotation of `query` to `other`. @throws Refusal, AppError */
  const relate = async (query: Relating, other: Place, reason: string): Promise<void> => {
    const type = desk.codebook()?.relations.find(({ id }) => id === query.type);
    const article = desk.state().article?.meta.id;
    if (!type || !article) return;
    await workspace.load([other.article]);
    const scene = workspace.scene(article);
    const [mine, theirs] = [endIn(desk.state(), { article, annotation: query.annotation }), endIn(desk.state(), other)];
    if (!scene || !mine || !theirs) throw new Refusal('One of the two annotations is gone');
    const [from, to] = query.place === 'to' ? [theirs, mine] : [mine, theirs];
    const { edits } = addRelation(scene, type.id, from, to, reason);
    workspace.apply({ command: 'relation.add', title: `Relate: ${type.title.toLowerCase()}`, edits });
    view.set({ relating: null, armedRelation: null });
    const [made] = edits;
    const told = made?.record === 'relation' || made?.record === 'link' ? made.after?.attributes['match'] : undefined;
    const match = typeof told === 'string' ? `, ${told.replaceAll('_', ' ')}` : '';
    view.say(`Related: ${titleAt(type, query.place).toLowerCase()}${match}.`);
  };

  // Problems are shown in the dialog, because the user may be able to give a reason there.
  const attempt = (query: Relating, other: AnnotationHit, reason = ''): void =>
    desk.attempt(async () => {
      try {
        await relate(query, other, reason);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const obstacle = { words: `${error.message}.`, needsReason: error instanceof OverrideNeeded };
        if (!obstacle.needsReason && !desk.shown().relating) view.say(obstacle.words);
        else view.set({ relating: { ...query, other, obstacle }, armedRelation: null });
      }
    });

  const pickOther = (armed: ArmedRelation, id: string): void => {
    const article = desk.state().article?.meta.id ?? '';
    const hit = hitIn(desk.state(), { article, annotation: id });
    const { annotation, type, place } = armed;
    if (hit) attempt({ annotation, type, place, other: null, obstacle: null }, hit);
  };

  // The possible ends of the waiting relation in this article, in reading order. The work of others counts if it is shown.
  const candidates = (armed: ArmedRelation): Annotation[] => {
    const others = othersOf(desk.state()).filter(({ annotator }) => desk.shown().shownOthers.includes(annotator));
    return [currentSet(desk.state()), ...others.map(({ set }) => set)]
      .flatMap(({ annotations }) => [...annotations.values()])
      .filter(({ id, layer }) => id !== armed.annotation && armed.layers.includes(layer))
      .sort(byReadingOrder);
  };

  const arm = ({ type, place }: RelationOption, annotation: Annotation): void => {
    if (!desk.state().writable) return view.say(onlyShows(desk.state()));
    const armedRelation: ArmedRelation = {
      ...{ annotation: annotation.id, type: type.id, place, title: titleAt(type, place), candidate: null },
      layers: otherLayers({ type, place }, annotation.layer),
    };
    view.set({ armed: null, armedRelation });
    view.say(`${armedRelation.title}: click the ${layerNames(armedRelation.layers)}, or walk there and press Enter. Escape cancels.`);
    desk.editor?.focus();
  };

  const relationsHere = (): { readonly home: Place; readonly relations: Relation[] } | null => {
    const [article, active, codebook] = [desk.state().article?.meta.id, desk.shown().active, desk.codebook()];
    if (!article || !active || !codebook) return null;
    const home = { article, annotation: active };
    return { home, relations: relationsAt(desk.state(), home, codebook) };
  };

  /** Shows the annotation at `place`; false if it no longer exists. @throws AppError */
  const goTo = async (place: Place): Promise<boolean> => {
    const hit = hitIn(desk.state(), place) ?? (await workspace.readAnnotations([place]))[0];
    if (!hit) return false;
    const { shownOthers } = desk.shown();
    const isOwn = hit.annotator === desk.state().opened?.annotator.id;
    if (!isOwn && !shownOthers.includes(hit.annotator)) view.set({ shownOthers: [...shownOthers, hit.annotator] });
    await walk.show(hit);
    desk.editor?.focus();
    return true;
  };

  const followFrom = async (home: Place, relation: Relation): Promise<void> => {
    const away = otherEnd(relation, home.annotation);
    trail = { home, away, relation: relation.id };
    if (!(await goTo(away))) view.say('Its other end is gone: its annotator removed it.');
  };

  return {
    /** Opens the dialog for the active annotation, directly at the picker if `type` is given. */
    ask: (): void =>
      desk.withActive(({ annotation, layer }) => {
        const codebook = desk.codebook();
        const options = codebook ? relationOptions(codebook, annotation.layer) : [];
        const [only] = options;
        if (!only) return view.say(`A ${layer.title.toLowerCase()} cannot be related to anything.`);
        const type = options.length === 1 ? only.type.id : null;
        view.set({ relating: { annotation: annotation.id, type, place: only.place, other: null, obstacle: null }, armedRelation: null });
      }),
    attempt,
    /** Whether the active annotation can take part in relations of `type`. */
    takes: (type: string): boolean => optionOf(desk.active()?.annotation.layer ?? '', type) !== undefined,
    /** Handles a relation key of the codebook: waits for the other end to be picked in the text. */
    press: (type: string): void =>
      desk.withActive(({ annotation, layer }) => {
        const option = optionOf(annotation.layer, type);
        if (option) arm(option, annotation);
        else view.say(`A ${layer.title.toLowerCase()} has no such relation.`);
      }),
    arm,
    /** Handles a click in the text while a relation waits. False if none does. */
    picks(ids: readonly string[]): boolean {
      const armed = waiting();
      if (!armed) return false;
      const there = new Set(candidates(armed).map(({ id }) => id));
      const picked = ids.find((id) => there.has(id));
      if (picked) pickOther(armed, picked);
      else if (ids.length > 0) view.say(`${armed.title} takes a ${layerNames(armed.layers)}. Escape cancels.`);
      return true;
    },
    /** Walks through the possible ends of the waiting relation. False if none waits. */
    walks(step: 1 | -1): boolean {
      const armed = waiting();
      if (!armed) return false;
      const all = candidates(armed);
      const at = all.findIndex(({ id }) => id === armed.candidate);
      const place = currentSet(desk.state()).annotations.get(armed.annotation)?.spans[0]?.start ?? 0;
      const start = (annotation: Annotation) => annotation.spans[0]?.start ?? 0;
      const nearest =
        step === 1 ? (all.find((each) => start(each) >= place) ?? all[0]) : (all.findLast((each) => start(each) < place) ?? all.at(-1));
      const next = at >= 0 ? all[(at + step + all.length) % all.length] : nearest;
      if (!next) {
        view.say(`There is no ${layerNames(armed.layers)} in this article. Escape cancels.`);
        return true;
      }
      view.set({ armedRelation: { ...armed, candidate: next.id } });
      desk.collapse(start(next));
      desk.editor?.scrollTo(start(next));
      view.say(`${layerNames([next.layer])}: ${shortened(next.spans[0]?.text ?? '')} Enter relates it.`);
      return true;
    },
    /** Handles Enter while a relation waits. False if none does. */
    commits(): boolean {
      const armed = waiting();
      if (!armed) return false;
      if (armed.candidate) pickOther(armed, armed.candidate);
      else view.say(`Choose the ${layerNames(armed.layers)} first. Escape cancels.`);
      return true;
    },
    /** Handles Escape while a relation waits. False if none does. */
    releases(): boolean {
      const armed = waiting();
      if (armed) view.set({ armedRelation: null, message: null });
      return armed !== null;
    },
    /** Whether there is a relation to follow. */
    canFollow: (): boolean => trail?.away.annotation === desk.shown().active || (relationsHere()?.relations.length ?? 0) > 0,
    /** Goes to the other end of a relation of the active annotation. A second call comes back, and a third takes the next relation. */
    follow: (): void =>
      desk.attempt(async () => {
        if (trail && trail.away.annotation === desk.shown().active) {
          const { home } = trail;
          if (await goTo(home)) return;
          trail = null;
        }
        const here = relationsHere();
        if (!here || here.relations.length === 0) return view.say('There is no relation to follow here.');
        const { home, relations } = here;
        const last = trail?.home.annotation === home.annotation ? relations.findIndex(({ id }) => id === trail?.relation) : -1;
        const next = relations[(last + 1) % relations.length];
        if (next) await followFrom(home, next);
      }),
    /** Goes to the other end of this relation of the active annotation. */
    followOne: (relation: Relation): void =>
      desk.attempt(async () => {
        const here = relationsHere();
        if (here) await followFrom(here.home, relation);
      }),
    remove: (id: string, title: string): void =>
      desk.edit('relation.remove', `Remove relation: ${title.toLowerCase()}`, (scene) => removeRelation(scene, id)),
    setAttribute: (id: string, name: string, value: AttributeValue | null): void =>
      desk.edit('relation.attribute', `Set ${name} of a relation`, (scene) => setRelationAttribute(scene, id, name, value)),
    setNote: (id: string, note: string): void =>
      desk.edit('relation.note', 'Write the note of a relation', (scene) => setRelationNote(scene, id, note)),
  };
}

const shortened = (words: string) => (words.length > 60 ? `${words.slice(0, 58).toWellFormed()}…` : words);
