import { useEffect, useMemo, useState } from 'react';
import type { Case } from '../../../core/agreement/cases.ts';
import type { Reading } from '../../../core/agreement/meaning.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import { type Article, blocksOf } from '../../../core/model/article.ts';
import { hueOf, layerOf } from '../../../core/model/codebook.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { givenFields } from '../annotations/given-fields.ts';
import { choicesOf } from './case-versions.ts';

const list = new Intl.ListFormat('en');

interface CaseDetailProps {
  readonly article: string;
  readonly item: Case;
  readonly readings: readonly Reading[];
  readonly decided: Reading | null;
  /** Whether the current annotator decides. */
  readonly decides: boolean;
  /** The choice at index `at` is to be the decision. */
  onTake(at: number): void;
  onWithdraw(): void;
  onOpen(): void;
}

/** One case: what each annotator made of it, where they differ, and the decision. */
export function CaseDetail({ article, item, readings, decided, decides, onTake, onWithdraw, onOpen }: CaseDetailProps) {
  const registry = useWorkspace((state) => state.registry);
  const choices = useMemo(() => choicesOf(item, readings, registry), [item, readings, registry]);
  const nameOf = useNames();
  return (
    <section className="agreement-detail scrolls" aria-label="What annotators made of it">
      {choices.map(({ annotators, version }, at) => {
        const reading = readings.find(({ annotator }) => annotator === version.annotator);
        return (
          <article key={version.annotation.id} className="agreement-card">
            <div className="agreement-choice-head">
              <h3>{annotators.map(nameOf).join(', ')}</h3>
              {decides && (
                <span className="agreement-take">
                  {at < 9 && <kbd>{at + 1}</kbd>}
                  <Button label={`Take what ${list.format(annotators.map(nameOf))} made of it`} onPress={() => onTake(at)}>
                    Take
                  </Button>
                </span>
              )}
            </div>
            {reading && <Version annotation={version.annotation} reading={reading} article={article} item={item} />}
          </article>
        );
      })}
      {item.missing.length > 0 && <p className="muted">{item.missing.map(nameOf).join(', ')}: nothing here.</p>}
      {item.decision && decided && (
        <article className="agreement-card" data-decision="true">
          <div className="agreement-choice-head">
            <h3>Decision of {nameOf(decided.annotator)}</h3>
            {decides && (
              <span className="agreement-take">
                <kbd>Del</kbd>
                <Button onPress={onWithdraw}>Take back</Button>
              </span>
            )}
          </div>
          {item.decision.origin.kind === 'adoption' && <p className="muted">Taken over from {nameOf(item.decision.origin.annotator)}</p>}
          <Version annotation={item.decision} reading={decided} article={article} item={item} />
        </article>
      )}
      <Button kind="quiet" onPress={onOpen}>
        Show in the text
      </Button>
    </section>
  );
}

function useNames(): (id: string) => string {
  const annotators = useWorkspace((state) => state.opened?.annotators);
  return (id) => annotators?.find((each) => each.id === id)?.name ?? id;
}

interface VersionProps {
  readonly annotation: Annotation;
  readonly reading: Reading;
  readonly article: string;
  readonly item: Case;
}

function Version({ annotation, reading, article, item }: VersionProps) {
  const registry = useWorkspace((state) => state.registry);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const layer = codebook && layerOf(codebook, annotation.layer);
  const differs = new Set(item.differs.map((field) => ('name' in field ? `${field.kind} ${field.name}` : field.kind)));
  const given = givenFields(annotation, reading.set, layer, registry);
  return (
    <div data-hue={layer && hueOf(layer, annotation)}>
      <Words annotation={annotation} article={article} />
      <dl className="agreement-given">
        <Given title="Layer" text={layer?.title ?? annotation.layer} differs={differs.has('layer')} />
        {given.map(({ kind, name, title, text }) => (
          <Given key={`${kind} ${name}`} title={title} text={text} differs={differs.has(`${kind} ${name}`)} />
        ))}
        {annotation.note && <Given title="Note" text={annotation.note} differs={false} />}
      </dl>
    </div>
  );
}

// Differences are also stated in words, not only shown in bold.
function Given({ title, text, differs }: { readonly title: string; readonly text: string; readonly differs: boolean }) {
  return (
    <div data-differs={differs}>
      <dt>
        {title}
        {differs && <span className="agreement-sign"> ≠</span>}
        {differs && <span className="visually-hidden"> (differs)</span>}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

// The words within their paragraphs, so that one can see what was left out on either side.
function Words({ annotation, article: id }: { readonly annotation: Annotation; readonly article: string }) {
  const article = useArticle(id);
  const { spans } = annotation;
  if (!article) return <blockquote className="covered">{spans.map(({ text }) => text).join(' … ')}</blockquote>;
  const blocks = blocksOf(article.text, article.meta.headings).filter((block) =>
    spans.some(({ start, end }) => start < block.end && end > block.start),
  );
  return (
    <blockquote className="agreement-context">
      {blocks.map((block) => {
        const inside = spans.filter(({ start, end }) => start < block.end && end > block.start);
        return (
          <p key={block.start} dir="auto">
            {inside.map((span, at) => {
              const from = Math.max(span.start, block.start);
              const before = at === 0 ? block.start : (inside[at - 1]?.end ?? block.start);
              return (
                <span key={span.start}>
                  {article.text.slice(before, from)}
                  <mark>{article.text.slice(from, Math.min(span.end, block.end))}</mark>
                </span>
              );
            })}
            {article.text.slice(Math.min(inside.at(-1)?.end ?? block.start, block.end), block.end)}
          </p>
        );
      })}
    </blockquote>
  );
}

function useArticle(id: string): Article | null {
  const { actions, workspace } = useSession();
  const [article, setArticle] = useState<Article | null>(null);
  useEffect(() => {
    let isCurrent = true;
    workspace.articleOf(id).then((read) => isCurrent && setArticle(read), actions.tell);
    return () => {
      isCurrent = false;
    };
  }, [id, workspace, actions]);
  return article;
}
