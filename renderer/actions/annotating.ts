import { setQuantityMention } from '../../core/facts/record-edits.ts';
import type { AttributeValue, RoleFiller } from '../../core/model/annotation.ts';
import { type Attribute, type Layer, layerOf, openFields, valuesOf } from '../../core/model/codebook.ts';
import type { Registry } from '../../core/model/entity.ts';
import * as gestures from '../../core/steps/gestures.ts';
import { acceptSuggestion } from '../../core/suggestions/acceptance.ts';
import type { Range } from '../../core/text/span.ts';
import { isSuggestionId, type OpenSuggestion } from '../state/article-suggestions.ts';
import { onlyShows } from '../state/only-shows.ts';
import { openSuggestionsOf } from '../state/suggestions.ts';
import { type ArmedRole, selectedRange } from '../state/view-store.ts';
import { currentSet } from '../state/workspace.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** Tags, roles, attributes, fragments and notes of annotations, and their removal. */
export function annotationActions(desk: Desk, { activate }: Walking) {
  const { view, workspace } = desk;

  const tag = (layerId: string, exact: boolean): void => {
    if (!desk.state().writable) return view.say(onlyShows(desk.state()));
    const selected = selectedRange(desk.shown());
    const range = selected && desk.snapped(selected, exact);
    const suggestion = desk.suggestion();
    if (!range && suggestion) return tagSuggestion(suggestion, layerId);
    if (!range) return view.say('Select the words to tag first.');
    desk.attempt(() => {
      const scene = workspace.scene();
      if (!scene) return;
      // If exactly this was suggested, also adopt the suggested speaker and the other suggested values.
      const meant = openSuggestionsOf(desk.state()).find(({ layer, spans }) => layer === layerId && isAt(spans, range));
      const { id, edits } = meant ? acceptSuggestion(scene, meant) : gestures.tag(scene, layerId, [range]);
      const title = layerOf(scene.codebook, layerId)?.title.toLowerCase() ?? layerId;
      const isAgain = [...currentSet(desk.state()).annotations.values()].some(
        ({ layer, spans }) => layer === layerId && isAt(spans, range),
      );
      workspace.apply({ command: `tag.${layerId}`, title: `Tag ${title}`, edits });
      activate(id);
      // Move the caret after the tag, so that a role key now waits for a selection instead of taking the quote itself.
      desk.collapse(range.end);
      if (isAgain) view.say(`These words were already tagged as ${title}: this is a second one.`);
    });
  };

  // Without a selection, a layer key applies to the active suggestion.
  const tagSuggestion = ({ id, layer }: OpenSuggestion, layerId: string): void => {
    const title =
      desk
        .codebook()
        ?.layers.find((candidate) => candidate.id === layerId)
        ?.title.toLowerCase() ?? layerId;
    desk.change(id, `tag.${layerId}`, `Tag a suggestion as ${title}`, (scene, made) =>
      layer === layerId ? [] : gestures.relabel(scene, made, layerId),
    );
  };

  // A role that only takes entities creates one from words that name none. If there are others of its type, the words may mean one of them.
  const sayWhatIsNew = (known: Registry, { annotation, role, title }: ArmedRole): void => {
    const fillers =
      currentSet(desk.state())
        .annotations.get(annotation)
        ?.roles.filter((filler) => filler.role === role) ?? [];
    const target = fillers.at(-1)?.target;
    const made = target?.kind === 'entity' && !known.has(target.id) ? desk.state().registry.get(target.id) : undefined;
    const others = [...known.values()].filter(({ type, removed, mergedInto }) => type === made?.type && !removed && !mergedInto);
    if (made && others.length > 0)
      view.say(`New ${title.toLowerCase()} “${made.canonical}”. If it exists already, change it beside the role.`);
  };

  const fill = (armed: ArmedRole, selected: Range): void => {
    const range = desk.snapped(selected, false);
    if (!range) return view.say('Select the words that fill the role.');
    const { quantity } = armed;
    if (quantity) {
      desk.edit('annotation.attribute', 'Mark the words of a quantity', (scene) =>
        setQuantityMention(scene, armed.annotation, quantity.attribute, quantity.index, range),
      );
    } else {
      const known = desk.state().registry;
      desk.change(armed.annotation, `role.${armed.role}`, `Set ${armed.title.toLowerCase()}`, (scene, id) =>
        gestures.fillRole(scene, id, armed.role, range, armed.further),
      );
      sayWhatIsNew(known, armed);
    }
    const annotation = isSuggestionId(armed.annotation) ? desk.shown().active : armed.annotation;
    view.set({ armed: null, lastRole: quantity || !annotation ? null : { annotation, role: armed.role } });
    desk.collapse(range.end);
    desk.editor?.focus();
  };

  const arm = (role: string, further: boolean): void => {
    const found = desk.layer()?.roles.find(({ name }) => name === role);
    const annotation = desk.suggestion()?.id ?? desk.active()?.annotation.id;
    if (!annotation || !found) return;
    const armed: ArmedRole = { annotation, role, title: found.title, further };
    const selected = selectedRange(desk.shown());
    if (selected) return fill(armed, selected);
    if (!desk.state().writable) return view.say(onlyShows(desk.state()));
    view.set({ armed });
    view.say(`Select the ${found.title.toLowerCase()} in the text; by keyboard, Enter sets it. Escape cancels.`);
    desk.editor?.focus();
  };

  const setAttribute = (id: string, name: string, value: AttributeValue | null): void => {
    const suggestion = desk.suggestion();
    const annotation = suggestion?.id === id ? suggestion : currentSet(desk.state()).annotations.get(id);
    const codebook = desk.codebook();
    if (!annotation || !codebook || (annotation !== suggestion && annotation.attributes[name] === (value ?? undefined))) return;
    const title = layerOf(codebook, annotation.layer)?.attributes.find((attribute) => attribute.name === name)?.title ?? name;
    desk.change(id, 'annotation.attribute', `Set ${title.toLowerCase()}`, (scene, made) => gestures.setAttribute(scene, made, name, value));
  };

  /** The attribute that digits set now: the focused one, or the first required one without a value, or the first enumeration. */
  const digitAttribute = (): Extract<Attribute, { type: 'enum' }> | null => {
    const active = desk.active();
    const layer = desk.layer();
    if (!layer) return null;
    const enumOf = (attribute: Attribute | undefined) => {
      if (attribute?.type !== 'enum' || attribute.retired) return null;
      return attribute.retiredValues ? { ...attribute, values: valuesOf(attribute) } : attribute;
    };
    const open = active && openFields(layer, active.annotation).attributes.find(({ type }) => type === 'enum');
    const focused = layer.attributes.find(({ name }) => name === desk.shown().attribute);
    return enumOf(focused) ?? enumOf(open ?? undefined) ?? enumOf(layer.attributes.find(({ type }) => type === 'enum'));
  };

  // Calls `deed` with the id and layer of the active annotation or suggestion.
  const withLayer = (deed: (id: string, layer: Layer) => void): void => {
    const suggestion = desk.suggestion();
    const layer = desk.layer();
    if (suggestion && layer) deed(suggestion.id, layer);
    else desk.withActive((active) => deed(active.annotation.id, active.layer));
  };

  const remove = (id: string): void => {
    // The inspector's fields and the row in the list will disappear, so move the focus to the text first. The user continues at the caret.
    desk.editor?.focus();
    const layer = currentSet(desk.state()).annotations.get(id)?.layer;
    const title =
      desk
        .codebook()
        ?.layers.find((candidate) => candidate.id === layer)
        ?.title.toLowerCase() ?? 'annotation';
    let relations = 0;
    desk.edit('annotation.remove', `Delete ${title}`, (scene) => {
      const edits = gestures.removeAnnotations(scene, [id]);
      relations = edits.filter(({ record }) => record === 'relation' || record === 'link').length;
      return edits;
    });
    if (currentSet(desk.state()).annotations.has(id)) return;
    view.set({ active: null, armed: null });
    const more = relations === 0 ? '' : ` and ${relations === 1 ? 'a relation' : `${relations} relations`}`;
    view.say(`Deleted the ${title}${more}. Undo brings ${relations === 0 ? 'it' : 'them'} back.`);
  };

  return {
    tag,
    arm,
    setAttribute,
    digitAttribute,
    remove,
    /** Handles a role key of the codebook: fills that role of the active annotation, or waits for a selection to fill it. */
    pressRole: (key: string, further: boolean): void =>
      withLayer((_, layer) => {
        const role = layer.roles.find((candidate) => candidate.key === key && !candidate.retired);
        if (role) arm(role.name, further);
        else view.say(`A ${layer.title.toLowerCase()} has no such role.`);
      }),
    /** Handles a digit: sets that value of the attribute returned by `digitAttribute`. */
    pressDigit: (digit: number): void =>
      withLayer((id) => {
        const attribute = digitAttribute();
        const value = attribute?.values[digit - 1];
        if (!attribute || !value)
          return view.say(attribute ? `${attribute.title} has ${attribute.values.length} values.` : 'There is no value to choose.');
        setAttribute(id, attribute.name, value);
        view.say(`${attribute.title}: ${value.replaceAll('_', ' ')}.`);
      }),
    /** Adds the selection to the active annotation as a fragment. */
    unite: (): void =>
      withLayer((annotation, layer) => {
        const selected = selectedRange(desk.shown());
        const range = selected && desk.snapped(selected, false);
        if (!range) return view.say('Select the words to add as a fragment first.');
        desk.change(annotation, 'annotation.unite', `Add a fragment to ${layer.title.toLowerCase()}`, (scene, id) =>
          gestures.addFragment(scene, id, range),
        );
        desk.collapse(range.end);
      }),
    /** Enter: commits a waiting role, or goes to the inspector. */
    commit(): void {
      const { armed } = desk.shown();
      const selected = selectedRange(desk.shown());
      if (armed && selected) fill(armed, selected);
      else if (armed) view.say(`Select the ${armed.title.toLowerCase()} first. Escape cancels.`);
      else if (desk.active()) desk.frame?.focusInspector('first');
    },
    /** Closes the toolbar next to the selection; the selection stays. */
    closeToolbar: (): void => view.set({ selectionBox: null }),
    /** Escape: cancels a waiting role, or closes the toolbar of the selection, or deactivates the active annotation. */
    release(): void {
      if (desk.shown().armed) view.set({ armed: null, message: null });
      else if (desk.shown().selectionBox) view.set({ selectionBox: null });
      else activate(null);
    },
    /** The pointer has finished a selection. A waiting role takes it. */
    selectionFinished(): void {
      const { armed } = desk.shown();
      const selected = selectedRange(desk.shown());
      if (armed && selected) fill(armed, selected);
    },
    toggleUnsure: (): void =>
      withLayer((id, layer) => {
        const has = layer.attributes.some(({ name, type }) => name === 'unsure' && type === 'boolean');
        const isUnsure = desk.active()?.annotation.attributes['unsure'] !== true;
        if (has) {
          setAttribute(id, 'unsure', isUnsure);
          view.say(isUnsure ? 'Marked unsure.' : 'No longer marked unsure.');
        } else view.say(`A ${layer.title.toLowerCase()} cannot be marked unsure.`);
      }),
    toggleDone(): void {
      const done = currentSet(desk.state()).completion === null;
      desk.edit('article.done', done ? 'Mark article done' : 'Reopen article', (scene) => gestures.setDone(scene, done));
      view.say(done ? 'Article marked done.' : 'Article reopened.');
    },
    setNote(id: string, note: string): void {
      const annotation = currentSet(desk.state()).annotations.get(id);
      if (!annotation || annotation.note === note) return;
      desk.edit('annotation.note', 'Write a note', (scene) => gestures.setNote(scene, id, note));
    },
    fillWithAuthor: (id: string, role: string): void =>
      desk.edit(`role.${role}`, `Set ${role} to the author`, (scene) => gestures.fillRoleWith(scene, id, role, { kind: 'author' }, false)),
    clearRole: (id: string, filler: RoleFiller): void =>
      desk.edit(`role.${filler.role}`, `Clear ${filler.role}`, (scene) => gestures.clearRole(scene, id, filler)),
    relabel: (id: string, layer: string): void =>
      desk.edit('annotation.relabel', 'Change the layer', (scene) => gestures.relabel(scene, id, layer)),
  };
}

const isAt = (spans: readonly Range[], { start, end }: Range) => spans.length === 1 && spans[0]?.start === start && spans[0].end === end;
