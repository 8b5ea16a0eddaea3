import type { Codebook } from '../model/codebook.ts';
import type { CodebookChange } from './codebook-change.ts';
import {
  attributesOf,
  attributeTitle,
  fieldTitles,
  formTitles,
  newTitle,
  ownerTitle,
  roleTitle,
  titleIn,
  valueWords,
} from './codebook-titles.ts';

/** What a change of `codebook` does, in a few words, by the titles that the codebook has before it: “Rename favor → support in Polarity of Stance”. */
export function changeInWords(change: CodebookChange, codebook: Codebook): string {
  if ('owner' in change) return attributeChangeInWords(change, codebook);
  const layer = (id: string) => titleIn(codebook.layers, id);
  const relation = (id: string) => titleIn(codebook.relations, id);
  const type = (id: string) => titleIn(codebook.entityTypes, id);
  const rolesOf = (id: string) => codebook.layers.find((one) => one.id === id)?.roles ?? [];
  switch (change.change) {
    case 'edit-codebook':
      return 'Change the name of the codebook';
    case 'replace':
      return `Take over the codebook ${change.codebook.name}`;
    case 'add-layer':
      return `Add the layer ${newTitle(codebook.layers, change.layer)}`;
    case 'edit-layer':
      return `Change ${fieldsIn(change.set)} of ${layer(change.layer)}`;
    case 'rename-layer':
      return `Change the id of the layer ${layer(change.layer)}: ${change.layer} → ${change.to}`;
    case 'retire-layer':
      return `${retiring(change)} the layer ${layer(change.layer)}`;
    case 'remove-layer':
      return `Remove the layer ${layer(change.layer)}${going(change.into, layer)}`;
    case 'split-layer': {
      const by = attributeTitle(codebook, { kind: 'layer', id: change.layer }, change.attribute);
      return `Move what has ${change.values.map(valueWords).join(', ')} in ${by} to the new layer ${newTitle(codebook.layers, change.into)}`;
    }
    case 'add-role':
      return `Add the role ${newTitle(rolesOf(change.layer), change.role)} to ${layer(change.layer)}`;
    case 'edit-role':
      return `Change ${fieldsIn(change.set)} of the role ${roleTitle(codebook, change.layer, change.role)}`;
    case 'rename-role':
      return `Change the name of the role ${roleTitle(codebook, change.layer, change.role)}: ${change.role} → ${change.to}`;
    case 'retire-role':
      return `${retiring(change)} the role ${roleTitle(codebook, change.layer, change.role)}`;
    case 'remove-role':
      return `Remove the role ${roleTitle(codebook, change.layer, change.role)}${going(change.into, (role) => titleIn(rolesOf(change.layer), role))}`;
    case 'add-relation':
      return `Add the relation ${newTitle(codebook.relations, change.relation)}`;
    case 'edit-relation':
      return `Change ${fieldsIn(change.set)} of the relation ${relation(change.relation)}`;
    case 'rename-relation':
      return `Change the id of the relation ${relation(change.relation)}: ${change.relation} → ${change.to}`;
    case 'retire-relation':
      return `${retiring(change)} the relation ${relation(change.relation)}`;
    case 'remove-relation':
      return `Remove the relation ${relation(change.relation)}${going(change.into, relation)}`;
    case 'add-entity-type':
      return `Add the entity type ${newTitle(codebook.entityTypes, change.type)}`;
    case 'edit-entity-type':
      return `Change the title of the entity type ${type(change.type)}`;
    case 'retire-entity-type':
      return `${retiring(change)} the entity type ${type(change.type)}`;
    case 'remove-entity-type':
      return `Remove the entity type ${type(change.type)}`;
  }
}

function attributeChangeInWords(change: Extract<CodebookChange, { owner: unknown }>, codebook: Codebook): string {
  const { owner } = change;
  if (change.change === 'add-attribute')
    return `Add ${newTitle(attributesOf(codebook, owner), change.attribute)} to ${ownerTitle(codebook, owner)}`;
  const attribute = attributeTitle(codebook, owner, change.attribute);
  switch (change.change) {
    case 'edit-attribute':
      return `Change ${fieldsIn(change.set)} of ${attribute}`;
    case 'rename-attribute':
      return `Change the name of ${attribute}: ${change.attribute} → ${change.to}`;
    case 'convert-attribute':
      return `Make ${attribute} ${formTitles[change.to]}`;
    case 'retire-attribute':
      return `${retiring(change)} ${attribute}`;
    case 'remove-attribute':
      return `Remove ${attribute}`;
    case 'add-value':
      return `Add ${valueWords(change.value)} to ${attribute}`;
    case 'rename-value':
      return `Rename ${valueWords(change.value)} → ${valueWords(change.to)} in ${attribute}`;
    case 'retire-value':
      return `${retiring(change)} ${valueWords(change.value)} in ${attribute}`;
    case 'remove-value':
      return `Remove ${valueWords(change.value)} from ${attribute}${going(change.into, valueWords)}`;
    case 'order-values':
      return `Order the values of ${attribute}`;
  }
}

const going = (into: string | null, title: (id: string) => string) => (into === null ? '' : `, into ${title(into)}`);
const retiring = ({ retired }: { readonly retired: boolean }) => (retired ? 'Retire' : 'Take up again');
const fieldsIn = (set: object) =>
  Object.keys(set)
    .map((name) => fieldTitles[name] ?? name)
    .join(', ') || 'nothing';
