import { type Codebook, current, type Layer, valuesOf } from '../../../core/model/codebook.ts';
import { printValue } from '../../../core/search/query.ts';
import type { ChartPlan } from './statistics-charts.ts';

/** An attribute whose values can be counted, under the name that the view stores. */
export interface CountedAttribute {
  readonly key: string;
  readonly layer: Layer;
  readonly attribute: string;
  readonly title: string;
}

/** Charts under one heading. */
export interface Section {
  readonly title: string;
  readonly plans: readonly ChartPlan[];
}

/** The attributes with a closed list of values, in the order of the codebook. */
export function countedAttributes(codebook: Codebook): readonly CountedAttribute[] {
  return current(codebook.layers).flatMap((layer) =>
    current(layer.attributes)
      .filter(({ type }) => type === 'enum' || type === 'boolean')
      .map(({ name, title }) => ({ key: `${layer.id}.${name}`, layer, attribute: name, title: `${layer.title} · ${title}` })),
  );
}

const layerTerm = (layers: readonly Layer[]) => `layer:${layers.map(({ id }) => id.toLowerCase()).join(',')}`;
const words = (value: string) => value.replaceAll('_', ' ');

/** The values of one attribute. */
export function attributePlan({ key, layer, attribute, title }: CountedAttribute): ChartPlan {
  return {
    ...{ id: `values ${key}`, title, kind: 'bars', by: [`attribute:${attribute}`], within: layerTerm([layer]) },
    ...{ heads: ['Value'], nameOf: words, hueOf: () => layer.hue },
  };
}

/** The charts for a codebook: who fills each role, where and when articles are from, and for the first layer with cues how it quotes. */
export function sectionsOf(codebook: Codebook, titleOf: (article: string) => string): readonly Section[] {
  const layers = current(codebook.layers);
  const layerOf = (id: string) => layers.find((layer) => layer.id === id);
  const roles = new Map<string, { title: string; layers: Layer[] }>();
  for (const layer of layers) {
    for (const { name, title } of current(layer.roles)) {
      const known = roles.get(name);
      if (known) known.layers.push(layer);
      else roles.set(name, { title, layers: [layer] });
    }
  }
  const who = [...roles]
    .filter(([name]) => name !== 'cue')
    .map(
      ([name, role]): ChartPlan => ({
        ...{
          id: `role ${name}`,
          title: role.title,
          kind: 'bars',
          by: [`role:${name}`],
          within: layerTerm(role.layers),
          heads: [role.title],
        },
        hueOf: () => role.layers[0]?.hue,
      }),
    );
  const quoting = layers.find((layer) => current(layer.roles).some(({ name }) => name === 'cue'));
  const quotes: ChartPlan[] = [];
  if (quoting) {
    const within = layerTerm([quoting]);
    const hueOf = () => quoting.hue;
    quotes.push({
      ...{ id: 'length', title: 'Length in characters', kind: 'columns', by: ['length'], within, heads: ['Characters'], hueOf },
    });
    const kind = current(quoting.attributes).find(({ name, type }) => name === 'type' && type === 'enum');
    if (kind) {
      quotes.push({
        ...{ id: 'type', title: 'Direct and indirect', kind: 'bars', by: ['attribute:type'], within, heads: [kind.title] },
        ...{ nameOf: words, hueOf },
      });
      quotes.push({
        ...{ id: 'type by speaker', title: 'Direct and indirect by speaker', kind: 'grid', by: ['role:speaker', 'attribute:type'], within },
        heads: ['Speaker', kind.title],
      });
    }
    quotes.push({
      ...{ id: 'cues', title: 'Cues by speaker', kind: 'grid', by: ['role:speaker', 'role:cue'], within, heads: ['Speaker', 'Cue'] },
    });
  }
  const layerPlan: ChartPlan = {
    ...{ id: 'layers', title: 'Layers', kind: 'bars', by: ['layer'], within: '', heads: ['Layer'] },
    ...{ nameOf: (id) => layerOf(id)?.title ?? id, hueOf: (id) => layerOf(id)?.hue },
  };
  return [
    { title: 'Annotations', plans: [layerPlan] },
    { title: 'Who', plans: who },
    ...(quoting ? [{ title: `How it is said: ${quoting.title.toLowerCase()}`, plans: quotes }] : []),
    ...layers.flatMap(stancesSection),
    {
      title: 'Where and when',
      plans: [
        { id: 'articles', title: 'By article', kind: 'bars', by: ['article'], within: '', heads: ['Article'], nameOf: titleOf },
        { id: 'sources', title: 'By source of the article', kind: 'bars', by: ['source'], within: '', heads: ['Source'] },
        { id: 'months', title: 'By month of the article', kind: 'columns', by: ['month'], within: '', heads: ['Month'] },
      ],
    },
  ];
}

// Who is for what and against what, by each value of the polarity.
function stancesSection(layer: Layer): Section[] {
  const [holder, target] = ['holder', 'target'].map((wanted) => current(layer.roles).find(({ name }) => name === wanted));
  const attribute = current(layer.attributes).find(({ name, type }) => name === 'polarity' && type === 'enum');
  if (!holder || !target || attribute?.type !== 'enum') return [];
  const within = layerTerm([layer]);
  const hueOf = () => layer.hue;
  const heads = [holder.title, target.title];
  const byRoles = (id: string, title: string, query: string): ChartPlan => ({
    ...{ id: `${layer.id} ${id}`, title, kind: 'grid', by: [`role:${holder.name}`, `role:${target.name}`], within: query, heads, hueOf },
  });
  const byValue = (role: typeof holder): ChartPlan => ({
    ...{ id: `${layer.id} ${role.name}`, title: `${role.title} by ${attribute.title.toLowerCase()}`, kind: 'grid', within, hueOf },
    ...{ by: [`role:${role.name}`, `attribute:${attribute.name}`], heads: [role.title, attribute.title] },
  });
  const values = valuesOf(attribute).map((value) =>
    byRoles(value, `${holder.title} and ${target.title.toLowerCase()}: ${words(value)}`, `${within} ${termOfValue(attribute.name, value)}`),
  );
  return [{ title: `Who stands where: ${layer.title.toLowerCase()}`, plans: [byValue(target), byValue(holder), ...values] }];
}

const termOfValue = (attribute: string, value: string) => `${attribute.toLowerCase()}:${printValue({ text: value, exact: true })}`;
