import { type Case, isAgreed } from '../../../core/agreement/cases.ts';
import type { Field } from '../../../core/agreement/meaning.ts';
import type { Annotator } from '../../../core/model/annotator.ts';
import { type Codebook, layerOf } from '../../../core/model/codebook.ts';

/** How annotators differ, in words for a row: what they filled in differently, and who has nothing there. */
export function differenceWords(each: Case, annotators: readonly Annotator[], codebook: Codebook | undefined): string {
  if (each.versions.length === 0) return 'only decided';
  if (isAgreed(each)) return 'all agree';
  const fields = each.differs.map((field) => fieldTitle(field, each, codebook).toLowerCase());
  const names = each.missing.map((id) => annotators.find((one) => one.id === id)?.name ?? id);
  return [fields.join(', '), names.length > 0 ? `not ${names.join(', ')}` : ''].filter(Boolean).join(' · ');
}

/** The title of a field in the codebook, looked up in the layers of the case. */
function fieldTitle(field: Field, { versions }: Case, codebook: Codebook | undefined): string {
  if (field.kind === 'layer') return 'Layer';
  if (field.kind === 'words') return 'Words';
  const layers = versions.flatMap(({ annotation }) => (codebook ? (layerOf(codebook, annotation.layer) ?? []) : []));
  const list = layers.flatMap(({ roles, attributes }): readonly { readonly name: string; readonly title: string }[] =>
    field.kind === 'role' ? roles : attributes,
  );
  return list.find(({ name }) => name === field.name)?.title ?? field.name;
}
