import type { Attribute, Codebook, Layer, RelationType, Role } from '../model/codebook.ts';
import type { CardExample, CardFacts, LayerFacts } from './card-facts.ts';
import { counted, cut, figure, listOf, plain, tableOf } from './card-markdown.ts';
import type { DatasetEntity } from './document.ts';

// In code points. Longer definitions and passages are only complete in the schema and in the codebook itself.
const definitionLength = 1000;

/** The codebook with what the dataset contains of it: a section for each layer, then relations and entities. Paragraphs of Markdown. */
export function schemeSections(codebook: Codebook, facts: CardFacts, entities: readonly DatasetEntity[]): string[] {
  return [
    ...codebook.layers.flatMap((layer) => layerSection(layer, facts.layers.get(layer.id) as LayerFacts, codebook)),
    ...relationSection(codebook, facts),
    ...entitySection(codebook, facts, entities),
  ];
}

function layerSection(layer: Layer, facts: LayerFacts, codebook: Codebook): string[] {
  const held = layer.attributes.filter(({ name, retired }) => !retired || facts.given.has(name));
  const roles = layer.roles.filter(({ name, retired }) => !retired || facts.filled.has(name));
  return [
    `### ${plain(layer.title)}: \`${layer.id}\``,
    ...definition(layer.help),
    `${counted(facts.byAnnotator.total, 'annotation')}${layer.retired ? '; retired in the codebook, no more are made' : ''}.`,
    ...tableOf(
      ['Attribute', 'Values', 'Given:', 'Definition'],
      held.map((attribute) => [
        named(attribute),
        valuesText(attribute, facts),
        figure(facts.given.of(attribute.name)),
        brief(attribute.help),
      ]),
    ),
    ...tableOf(
      ['Role', 'Filled with', 'How many', 'Filled:', 'Definition'],
      roles.map((role) => [
        `\`${role.name}\``,
        fillerText(role, codebook),
        role.min === role.max ? `${role.min}` : `${role.min} to ${role.max}`,
        figure(facts.filled.of(role.name)),
        brief(role.help),
      ]),
    ),
    ...examplesFromCodebook(layer),
    ...examplesFromArticles(facts.examples),
  ];
}

const named = ({ name, required }: Attribute) => `\`${name}\`${required ? ' (required)' : ''}`;
const brief = (text: string) => plain(cut(text, definitionLength));
const definition = (text: string): string[] => (text.trim() ? [brief(text)] : []);

const forms: Readonly<Record<Exclude<Attribute['type'], 'enum' | 'boolean'>, string>> = {
  number: 'a number',
  text: 'text',
  date: 'a date (EDTF)',
  list: 'a list of texts',
  quantity: 'numbers: value, upper value, modifier, unit, what is counted, mention',
  evidence: 'sources: address, day of access, what it says, note',
};

function valuesText(attribute: Attribute, { values }: LayerFacts): string {
  if (attribute.type !== 'enum' && attribute.type !== 'boolean') return forms[attribute.type];
  const counts = values.get(attribute.name);
  const possible = attribute.type === 'boolean' ? ['true', 'false'] : attribute.values;
  const retired = attribute.type === 'enum' ? (attribute.retiredValues ?? []) : [];
  return possible
    .filter((value) => !retired.includes(value) || counts?.has(value))
    .map((value) => `\`${value}\` ${figure(counts?.of(value) ?? 0)}`)
    .join(', ');
}

function fillerText({ targets }: Role, { entityTypes }: Codebook): string {
  const words: Readonly<Record<string, string>> = {
    mention: 'words of the article',
    annotation: 'another annotation',
    ENTITY: 'an entity',
    AUTHOR: 'the author of the article',
  };
  const isType = (target: string) => entityTypes.some(({ id }) => id === target);
  return targets.map((target) => (isType(target) ? `an entity \`${target}\`` : (words[target] ?? plain(target)))).join(', ');
}

function examplesFromCodebook({ examples }: Layer): string[] {
  if (!examples?.length) return [];
  const lines = examples.map(({ text, note }) => `${brief(text)}${note.trim() ? ` (${brief(note)})` : ''}`);
  return ['Examples in the codebook:', ...listOf(lines)];
}

function examplesFromArticles(examples: readonly CardExample[]): string[] {
  if (examples.length === 0) return [];
  const lines = examples.map(({ fragments, values, roles }) => {
    const details = [
      ...values.map(([name, value]) => (value === 'true' ? `\`${name}\`` : `\`${name}\` = \`${value}\``)),
      ...roles.map(([role, words]) => `\`${role}\`: ${plain(cut(words, 80))}`),
    ];
    return `${fragments.map(plain).join(' … ')}  \n  ${details.join('; ')}`;
  });
  return ['Examples from the articles:', ...listOf(lines)];
}

function relationSection({ relations, layers }: Codebook, facts: CardFacts): string[] {
  const held = relations.filter(({ id, retired }) => !retired || facts.relations.has(id));
  if (held.length === 0) return [];
  const title = (id: string) => plain(layers.find((layer) => layer.id === id)?.title ?? id);
  const joins = ({ from, to, symmetric }: RelationType) =>
    `${from.map(title).join(', ')} ${symmetric ? '↔' : '→'} ${to.map(title).join(', ')}`;
  return [
    '### Relations',
    ...tableOf(
      ['Relation', 'Joins', 'Where', 'Count:', 'Definition'],
      held.map((type) => [
        `\`${type.id}\``,
        joins(type),
        type.scope === 'article' ? 'in one article' : 'also across articles',
        figure(facts.relations.of(type.id)),
        brief(type.help),
      ]),
    ),
  ];
}

function entitySection({ entityTypes }: Codebook, facts: CardFacts, entities: readonly DatasetEntity[]): string[] {
  const standing = entities.filter(({ merged_into, removed }) => merged_into === null && !removed);
  const count = (id: string) => standing.filter(({ type }) => type === id).length;
  const { mentions } = facts;
  return [
    '### Mentions and entities',
    `A mention is a place in the text that names or stands for someone or something; it fills roles, and may be linked to an entity of the registry. ${counted(mentions.total, 'mention')}, ${figure(mentions.of('linked'))} of them linked; ${counted(standing.length, 'entity', 'entities')}.`,
    ...tableOf(
      ['Entity type', 'Title', 'Entities:'],
      entityTypes.map(({ id, title }) => [`\`${id}\``, plain(title), figure(count(id))]),
    ),
  ];
}
