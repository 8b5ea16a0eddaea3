import type { Annotation } from '../../../core/model/annotation.ts';
import type { Article } from '../../../core/model/article.ts';
import type { Attribute, Layer } from '../../../core/model/codebook.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Check } from '../../ui/fields.tsx';
import { AttributeField } from './attribute-field.tsx';

/** The attributes of `layer` for reviewing facts: a verdict, its evidence and its justification. Empty if the layer has no evidence. */
export function reviewAttributes(layer: Layer): readonly Attribute[] {
  if (!layer.attributes.some(({ type }) => type === 'evidence')) return [];
  return layer.attributes.filter(({ name, type }) => type === 'evidence' || name === 'verdict' || name === 'justification');
}

/** The review of a fact. Shown while the project reviews facts, or if there is one. */
export function ReviewSection({ annotation, article, layer }: { annotation: Annotation; article: Article; layer: Layer }) {
  const { actions } = useSession();
  const isOn = useWorkspace(({ settings, opened }) => settings.review[opened?.project.id ?? ''] === true);
  const attributes = reviewAttributes(layer);
  if (attributes.length === 0) return null;
  const isShown = isOn || attributes.some(({ name }) => annotation.attributes[name] !== undefined);
  return (
    <section className="review" aria-label="Review">
      <Check label="Review facts in this project" value={isOn} isDisabled={false} onChange={actions.complete.toggleReview} />
      {isShown &&
        attributes.map((attribute) => (
          <AttributeField key={attribute.name} annotation={annotation} article={article} attribute={attribute} proposals={none} />
        ))}
      {isShown && annotation.attributes['verdict'] !== undefined && (
        <p className="muted">
          A claim review needs a verdict, evidence with its address, and the words of the claim. What is not verified is not exported as
          one.
        </p>
      )}
    </section>
  );
}
const none: readonly [] = [];
