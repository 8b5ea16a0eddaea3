import { type Codebook, layerOf } from '../../../core/model/codebook.ts';
import type { SinceCount, SinceDifference } from '../../../core/steps/earlier.ts';
import { counted } from '../../ui/count.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'short', day: 'numeric', month: 'short' },
  ...{ hour: 'numeric', minute: '2-digit' },
});

/** When a state was kept, in words: `today, 10:05`, or with the date. */
export function stateTime(time: string, now: Date = new Date()): string {
  const date = new Date(time);
  if (Number.isNaN(date.valueOf())) return time;
  return date.toDateString() === now.toDateString() ? `today, ${clock.format(date)}` : calendar.format(date);
}

/** Counts in words, such as `2 quotes removed, 1 added`; empty if there are none. */
export function countsInWords(count: SinceCount, one: string, many?: string): string {
  const sorts = (['added', 'changed', 'removed'] as const).filter((what) => count[what] > 0);
  return sorts.map((what, index) => (index === 0 ? `${counted(count[what], one, many)} ${what}` : `${count[what]} ${what}`)).join(', ');
}

/** The kind of record that differs: the title of its layer or type, or a general word. */
export function sortInWords({ record, layer }: Pick<SinceDifference, 'record' | 'layer'>, codebook: Codebook | undefined): string {
  switch (record) {
    case 'annotation':
      return (codebook && layer !== null && layerOf(codebook, layer)?.title) || (layer ?? '');
    case 'relation':
    case 'link':
      return codebook?.relations.find(({ id }) => id === layer)?.title ?? 'Relation';
    case 'mention':
      return 'Mention';
    case 'decision':
      return 'Suggestion turned down';
    case 'completion':
      return 'Marked done';
    case 'entity':
      return 'Entity';
    case 'article':
      return 'Details of the article';
  }
}

/** The name of a changed field, from the codebook if it has one. */
export function fieldInWords(field: string, layer: string | null, codebook: Codebook | undefined): string {
  const [, kind, name] = /^(attribute|role):(.+)$/.exec(field) ?? [];
  const found = codebook && layer !== null ? layerOf(codebook, layer) : undefined;
  if (kind === 'attribute') return found?.attributes.find((one) => one.name === name)?.title ?? name ?? field;
  if (kind === 'role') return found?.roles.find((one) => one.name === name)?.title ?? name ?? field;
  return field.replace(/([A-Z])/g, ' $1').toLowerCase();
}
