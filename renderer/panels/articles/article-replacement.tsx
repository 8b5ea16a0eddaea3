import { useEffect, useMemo, useRef, useState } from 'react';
import { type Carried, type Dropped, droppedBy, type SupersedingPlan } from '../../../core/articles/superseding.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import type { Range } from '../../../core/text/span.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Check } from '../../ui/fields.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import type { GivenFile } from '../../ui/given-files.ts';
import { useCountWords, useHoldings } from './holdings.ts';

/** Chooses a corrected version and shows what would become of each annotation before it happens. */
export function Replacement({ article }: { article: string }) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const chooser = useRef<HTMLInputElement>(null);
  const [plan, setPlan] = useState<SupersedingPlan | null>(null);
  const [isBusy, setBusy] = useState(false);
  const take = ([file]: GivenFile[]) => {
    if (!file) return;
    setBusy(true);
    actions.articles
      .planReplacement(article, file)
      .then(setPlan)
      .catch((error: unknown) => actions.tell(error))
      .finally(() => setBusy(false));
  };
  return (
    <div className="replacement">
      {plan ? (
        <Preview key={plan.newArticle} plan={plan} />
      ) : (
        <p>
          Choose the text file of the corrected version. Your annotations are looked for in it, and you see what becomes of each before
          anything changes. The old version leaves the list.
        </p>
      )}
      <div className="form-buttons">
        <Button kind={plan ? 'plain' : 'primary'} isDisabled={!writable || isBusy} onPress={() => chooser.current?.click()}>
          {isBusy ? 'Reading…' : plan ? 'Choose another file…' : 'Choose a text file…'}
        </Button>
      </div>
      <FileInput ref={chooser} label="Choose the corrected version" accept=".txt,text/plain" onChoose={take} />
    </div>
  );
}

/** Shows what would become of the annotator's own annotations in the version that a colleague put in the place of their article. */
export function CarryingOver({ article }: { article: string }) {
  const { actions, workspace } = useSession();
  const [plan, setPlan] = useState<SupersedingPlan | null>(null);
  useEffect(() => {
    let isShown = true;
    actions.articles
      .planCarrying(article)
      .then((made) => isShown && setPlan(made))
      .catch((error: unknown) => actions.tell(error));
    return () => {
      isShown = false;
    };
  }, [actions, article]);
  return (
    <div className="replacement">
      <p>
        A colleague replaced <strong>{workspace.resolved(article)?.meta.title}</strong> by a corrected version. Your annotations are looked
        for in it, and you see what becomes of each before anything changes.
      </p>
      {plan ? <Preview plan={plan} isCarrying /> : <p role="status">Reading…</p>}
    </div>
  );
}

function Preview({ plan, isCarrying = false }: { plan: SupersedingPlan; isCarrying?: boolean }) {
  const { actions } = useSession();
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const of = (state: Carried['state']) => plan.carried.filter((carried) => carried.state === state);
  const [same, moved, doubt] = [of('same'), of('moved'), of('doubt')];
  const going = same.length + moved.length + accepted.size;
  const dropped = useMemo(() => droppedBy(plan, accepted), [plan, accepted]);
  const toggle = (id: string, isAccepted: boolean) => {
    const next = new Set(accepted);
    if (isAccepted) next.add(id);
    else next.delete(id);
    setAccepted(next);
  };
  return (
    <>
      <p role="status">
        {same.length} in the same place, {moved.length} moved, {doubt.length} in doubt, {plan.lost.length} lost.
      </p>
      {doubt.length > 0 && (
        <section>
          <h3 className="heading">In doubt: tick those that are right</h3>
          <ul className="replacement-rows" aria-label="In doubt">
            {doubt.map((carried) => (
              <li key={carried.annotation.id}>
                <Check
                  label={`Take it along (${Math.round(carried.score * 100)} % alike)`}
                  value={accepted.has(carried.annotation.id)}
                  isDisabled={false}
                  onChange={(isAccepted) => toggle(carried.annotation.id, isAccepted)}
                />
                <Passage label="It was" text={plan.oldText} ranges={carried.annotation.spans} />
                <Passage label="It would be" text={plan.newText} ranges={carried.ranges} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Rows title="Lost: they stay with the old version" annotations={plan.lost} />
      <DroppedRows dropped={dropped} />
      <Rows title="Moved" annotations={moved.map(({ annotation }) => annotation)} />
      {!isCarrying && <Others article={plan.oldArticle} />}
      <div className="form-buttons">
        <Button kind="primary" onPress={() => actions.articles.replace(plan, accepted)}>
          {isCarrying ? 'Carry them over' : 'Replace the article'}
        </Button>
        <span className="muted">{`${counted(going, 'annotation')} ${going === 1 ? 'goes' : 'go'} along. One undo takes it all back.`}</span>
      </div>
    </>
  );
}

/** Whose work on the old version does not go along, because each annotator carries over their own. */
function Others({ article }: { article: string }) {
  const own = useWorkspace((state) => state.opened?.annotator.name);
  const others = useHoldings(article)?.annotators.filter(({ name }) => name !== own) ?? [];
  const inWords = useCountWords();
  if (others.length === 0) return null;
  return (
    <section>
      <h3 className="heading">Work of others, which each of them carries over</h3>
      <p>Pressmark tells them. Until then their annotations of the old version are in no list and no dataset.</p>
      <ul className="replacement-rows" aria-label="Work of others">
        {others.map(({ name, counts }) => (
          <li key={name}>
            {name}: {inWords(counts)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Fragments with a little of the text around them. */
function Passage({ label, text, ranges }: { label: string; text: string; ranges: readonly Range[] }) {
  return (
    <span className="words">
      <span className="muted">{label}: </span>
      {ranges.map(({ start, end }) => (
        <span key={start}>
          …{text.slice(Math.max(0, start - 40), start).toWellFormed()}
          <mark>{text.slice(start, end)}</mark>
          {text.slice(end, end + 40).toWellFormed()}…{' '}
        </span>
      ))}
    </span>
  );
}

function DroppedRows({ dropped }: { dropped: readonly Dropped[] }) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  if (dropped.length === 0) return null;
  const nameOf = ({ annotation, field, kind }: Dropped) => {
    const layer = codebook?.layers.find(({ id }) => id === annotation.layer);
    const found = (kind === 'role' ? layer?.roles : layer?.attributes)?.find(({ name }) => name === field);
    return found?.title.toLowerCase() ?? field;
  };
  return (
    <section>
      <h3 className="heading">Emptied: the words that fill them are not in the new text, or stay on the other side</h3>
      <ul className="replacement-rows" aria-label="Emptied">
        {dropped.slice(0, 200).map((one) => (
          <li key={`${one.annotation.id} ${one.kind} ${one.field} ${one.words}`}>
            <span className="muted">
              {nameOf(one)} “{one.words}” of
            </span>
            <span className="words">{wordsOf(one.annotation)}</span>
          </li>
        ))}
        {dropped.length > 200 && <li className="muted">and {dropped.length - 200} more</li>}
      </ul>
    </section>
  );
}

function Rows({ title, annotations }: { title: string; annotations: readonly Annotation[] }) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  if (annotations.length === 0) return null;
  return (
    <section>
      <h3 className="heading">{title}</h3>
      <ul className="replacement-rows" aria-label={title}>
        {annotations.slice(0, 200).map((annotation) => (
          <li key={annotation.id}>
            <span className="muted">{codebook?.layers.find(({ id }) => id === annotation.layer)?.title ?? annotation.layer}</span>
            <span className="words">{wordsOf(annotation)}</span>
          </li>
        ))}
        {annotations.length > 200 && <li className="muted">and {annotations.length - 200} more</li>}
      </ul>
    </section>
  );
}

const wordsOf = ({ spans }: Annotation) => spans.map(({ text }) => text).join(' … ');
