import { Fragment, useMemo } from 'react';
import type { ArticleAgreement } from '../../../core/agreement/article-agreement.ts';
import { type FieldAgreement, type LayerAgreement, summed } from '../../../core/agreement/summed.ts';
import { type Codebook, hueOf, layerOf } from '../../../core/model/codebook.ts';
import { useWorkspace } from '../../session.tsx';
import { number } from '../../ui/count.ts';

/** The figures of agreement on all of `articles`: by layer and pair of annotators, and by attribute and role. */
export function Figures({ articles, codebook }: { readonly articles: readonly ArticleAgreement[]; readonly codebook: Codebook }) {
  const { layers, fields } = useMemo(() => summed(articles), [articles]);
  return (
    <div className="agreement-figures">
      <Layers layers={layers} codebook={codebook} />
      <Fields fields={fields} codebook={codebook} />
    </div>
  );
}

function Layers({ layers, codebook }: { readonly layers: readonly LayerAgreement[]; readonly codebook: Codebook }) {
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const nameOf = (id: string) => annotators?.find((each) => each.id === id)?.name ?? id;
  return (
    <section className="agreement-card" aria-label="Where annotations are">
      <h3>Where annotations are</h3>
      <p className="muted">
        Same words and overlapping: F1 of every two annotators. Words: Krippendorff’s alpha of each word being in the layer or not.
      </p>
      <table className="agreement-table">
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">Annotations</th>
            <th scope="col">Same words</th>
            <th scope="col">Overlapping</th>
            <th scope="col">Words (α)</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ layer: id, pairs, ...figures }) => {
            const layer = layerOf(codebook, id);
            return (
              <Fragment key={id}>
                <tr>
                  <th scope="row" data-hue={layer && hueOf(layer, { attributes: {} })}>
                    {layer && <span className="swatch" data-look={layer.look} aria-hidden="true" />} {layer?.title ?? id}
                  </th>
                  <td />
                  <td>{figure(figures.f1)}</td>
                  <td>{figure(figures.f1Overlapping)}</td>
                  <td>{figure(figures.alpha)}</td>
                </tr>
                {pairs.map((pair) => (
                  <tr key={`${pair.one} ${pair.other}`} className="agreement-pair">
                    <th scope="row">
                      {nameOf(pair.one)} and {nameOf(pair.other)}
                    </th>
                    <td>
                      {number(pair.ofOne)} and {number(pair.ofOther)}
                    </td>
                    <td>{figure(pair.f1)}</td>
                    <td>{figure(pair.f1Overlapping)}</td>
                    <td />
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Fields({ fields, codebook }: { readonly fields: readonly FieldAgreement[]; readonly codebook: Codebook }) {
  return (
    <section className="agreement-card" aria-label="What they are given">
      <h3>What they are given</h3>
      <p className="muted">Krippendorff’s alpha where two or more have an annotation on the same: 1 is full agreement, 0 is chance.</p>
      {fields.length === 0 ? (
        <p className="empty">No two annotators have an annotation on the same yet.</p>
      ) : (
        <table className="agreement-table">
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col" className="agreement-name">
                Attribute or role
              </th>
              <th scope="col">Places</th>
              <th scope="col">Alpha</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ layer: id, kind, name, units, alpha }) => {
              const layer = layerOf(codebook, id);
              const list = kind === 'role' ? layer?.roles : layer?.attributes;
              return (
                <tr key={`${id} ${kind} ${name}`}>
                  <td>{layer?.title ?? id}</td>
                  <th scope="row">{list?.find((each) => each.name === name)?.title ?? name}</th>
                  <td>{number(units)}</td>
                  <td>{alpha === null ? <span className="muted">only one value</span> : figure(alpha)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

// A figure just below 0 would read “-0.00”.
const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(2).replace(/^-(0\.00)$/, '$1'));
