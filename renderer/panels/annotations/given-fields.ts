import type { Annotation, AnnotationSet, AttributeValue } from '../../../core/model/annotation.ts';
import type { Layer } from '../../../core/model/codebook.ts';
import { entityOfMention, type Registry } from '../../../core/model/entity.ts';

/** What an annotation has in one of its fields, in words. `name` is that of the role or attribute. */
export interface GivenField {
  readonly kind: 'role' | 'attribute';
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** What an annotation of `set` has in its fields, roles first, in readable words. Empty fields are left out. */
export function givenFields(annotation: Annotation, set: AnnotationSet, layer: Layer | undefined, registry: Registry): GivenField[] {
  const roles = [...new Set(annotation.roles.map(({ role }) => role))].map((name): GivenField => {
    const fillers = annotation.roles
      .filter(({ role }) => role === name)
      .map(({ target }) => fillerWords(target, annotation, set, registry));
    return { kind: 'role', name, title: layer?.roles.find((one) => one.name === name)?.title ?? name, text: fillers.join(', ') };
  });
  const attributes = Object.entries(annotation.attributes).flatMap(([name, value]): GivenField[] => {
    if (value === false || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    const title = layer?.attributes.find((one) => one.name === name)?.title ?? name;
    return [{ kind: 'attribute', name, title, text: valueWords(value) }];
  });
  return [...roles, ...attributes];
}

function fillerWords(
  target: Annotation['roles'][number]['target'],
  annotation: Annotation,
  set: AnnotationSet,
  registry: Registry,
): string {
  if (target.kind === 'author') return 'the author';
  if (target.kind === 'annotation') {
    const filler = set.annotations.get(target.id);
    return filler ? filler.spans.map(({ text }) => text).join(' … ') : target.id;
  }
  const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
  const named = target.kind === 'entity' ? { id: annotation.id, entity: target.id } : mention;
  return (named && entityOfMention(registry, named)?.canonical) || mention?.span.text || target.id;
}

const amount = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 20 });
const modifiers = { exact: '', approx: 'about ', at_least: 'at least ', at_most: 'at most ' } as const;

function valueWords(value: AttributeValue): string {
  if (value === true) return 'yes';
  if (!Array.isArray(value)) return typeof value === 'number' ? amount(value) : String(value).replaceAll('_', ' ');
  return value
    .map((item) => {
      if (typeof item === 'string') return item;
      if ('url' in item) return [item.url, item.says, item.note].filter(Boolean).join(' · ');
      const upTo = item.value_max === null ? '' : ` to ${amount(item.value_max)}`;
      return [`${modifiers[item.modifier]}${amount(item.value)}${upTo}`, item.unit, item.counts].filter(Boolean).join(' ');
    })
    .join('; ');
}
