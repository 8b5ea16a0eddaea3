import { entityTypesOf, fillersOf } from '../../core/model/codebook.ts';
import { entityOfMention } from '../../core/model/entity.ts';
import { alikeUnlinked, fillWithEntity, type LinkTarget, linkAlike, linkMention, unlinkMention } from '../../core/registry/linking.ts';
import { linkFieldsOf, nextProposal, openLinksOf, proposalsOf } from '../state/link-fields.ts';
import { onlyShows } from '../state/only-shows.ts';
import { currentSet } from '../state/workspace.ts';
import type { Active, Desk } from './desk.ts';

/** Linking mentions to entities: with a key that accepts the proposal, or by a typed name. */
export function linkActions(desk: Desk) {
  const { view } = desk;

  const fieldsOf = ({ annotation, layer }: Active) => {
    const codebook = desk.codebook();
    return codebook ? linkFieldsOf(annotation, layer, codebook, currentSet(desk.state())) : [];
  };

  const pick = (annotation: string, role: string, mention: string | null, isFromText = false): void => {
    if (!desk.state().writable) return view.say(onlyShows(desk.state()));
    view.set({ linking: { annotation, role, mention, isFromText }, armed: null, message: null });
    desk.frame?.focusInspector('entity');
  };

  const said = (mention: string): string => {
    const set = currentSet(desk.state());
    const linked = set.mentions.get(mention);
    const entity = linked && entityOfMention(desk.state().registry, linked);
    if (!linked || !entity) return '';
    const alike = alikeUnlinked(set, linked).length;
    const more = alike > 0 ? ` ${alike} more “${linked.span.text}” here can be linked too.` : '';
    return `Linked “${linked.span.text}” to ${entity.canonical}.${more}`;
  };

  const link = (mention: string, target: LinkTarget, learn: boolean): void => {
    desk.edit('mention.link', 'Link a mention', (scene) => linkMention(scene, mention, target, learn));
    const told = said(mention);
    if (told) view.say(told);
  };

  // The user continues with the filler of the role they filled last: its mention, or the only entity in the role.
  const pickLast = ({ annotation, layer }: Active): boolean => {
    const { lastRole } = desk.shown();
    const role = lastRole?.annotation === annotation.id ? layer.roles.find(({ name }) => name === lastRole.role) : undefined;
    const codebook = desk.codebook();
    const target = role && fillersOf(annotation, role.name).at(-1)?.target;
    if (!role || !codebook || !target || entityTypesOf(role, codebook).length === 0) return false;
    if (target.kind === 'mention') pick(annotation.id, role.name, target.id, true);
    else if (target.kind === 'entity' && role.max === 1) pick(annotation.id, role.name, null, true);
    else return false;
    return true;
  };

  return {
    link,
    /** Opens the picker for a mention in a role, or with null for an entity that fills the role without words in the text. */
    pick,
    /** Closes the picker. */
    endPicking: (): void => view.set({ linking: null }),
    /**
     * Opens the picker for the filler of the role that was filled last; otherwise for the first unlinked mention of the active annotation, or its
     * first mention, or a role that takes entities.
     */
    pickNext: (): void =>
      desk.withActive((active) => {
        if (pickLast(active)) return;
        const { annotation, layer } = active;
        const fields = fieldsOf(active);
        const field = openLinksOf(desk.state(), annotation)[0] ?? fields[0];
        if (field) return pick(annotation.id, field.role.name, field.mention.id, true);
        const codebook = desk.codebook();
        const role =
          codebook &&
          layer.roles.find((each) => entityTypesOf(each, codebook).length > 0 && fillersOf(annotation, each.name).length < each.max);
        if (role) pick(annotation.id, role.name, null, true);
        else view.say(`A ${layer.title.toLowerCase()} has nothing to link.`);
      }),
    /** Links the first unlinked mention that has a single proposal to the proposed entity. */
    accept: (): void =>
      desk.withActive((active) => {
        const next = nextProposal(desk.state(), active.annotation);
        if (next) return link(next.field.mention.id, next.proposal.entity, next.proposal.learn);
        const [first] = openLinksOf(desk.state(), active.annotation);
        if (!first) return view.say('There is nothing to link here.');
        const several = proposalsOf(desk.state(), first).length > 1;
        view.say(`${several ? 'Several fit' : 'Nothing is proposed for'} “${first.mention.span.text}”: link it by name.`);
      }),
    /** Whether the active annotation has a role that takes entities. */
    canLink(): boolean {
      const active = desk.active();
      const codebook = desk.codebook();
      return !!active && !!codebook && active.layer.roles.some((role) => entityTypesOf(role, codebook).length > 0);
    },
    unlink: (mention: string): void => desk.edit('mention.unlink', 'Unlink a mention', (scene) => unlinkMention(scene, mention)),
    /** Also links the other mentions in the article with the same words. */
    linkAlike(mention: string): void {
      const set = currentSet(desk.state());
      const model = set.mentions.get(mention);
      const count = model ? alikeUnlinked(set, model).length : 0;
      desk.edit('mention.link', `Link ${count} more mentions`, (scene) => linkAlike(scene, mention));
      view.say(`Linked ${count} more. One undo takes it back.`);
    },
    /** Fills a role with an entity, known or new, without words in the text. */
    fillWith(annotation: string, role: string, target: LinkTarget): void {
      const active = desk.active();
      const found = active?.layer.roles.find(({ name }) => name === role);
      const isFurther = active !== null && fillersOf(active.annotation, role).length > 0 && (found?.max ?? 1) > 1;
      desk.edit(`role.${role}`, `Set ${found?.title.toLowerCase() ?? role}`, (scene) =>
        fillWithEntity(scene, annotation, role, target, isFurther),
      );
    },
  };
}
