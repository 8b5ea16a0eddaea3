import './article-dialog.css';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { type DetailName, detailNames, detailProblem, tidyDetails } from '../../../core/model/article-record.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LabelledText } from '../../ui/labelled-text.tsx';
import { dayWords } from '../../ui/moment.ts';
import { CarryingOver, Replacement } from './article-replacement.tsx';
import { useCountWords, useHoldings } from './holdings.ts';

const titles = {
  details: 'Article details',
  remove: 'Remove article',
  replace: 'Replace by a corrected version',
  carry: 'Carry annotations over',
} as const;

/** What can be done with an article as a whole: editing its details, removing it, replacing it by a corrected version. */
export function ArticleDialog() {
  const { view } = useSession();
  const dialog = useView((state) => state.articleDialog);
  const part = dialog?.part ?? 'details';
  return (
    <Dialog title={titles[part]} isOpen={dialog !== null} onClose={() => view.set({ articleDialog: null })}>
      {dialog && part === 'details' && <Details key={dialog.article} article={dialog.article} />}
      {dialog && part === 'remove' && <Removal key={dialog.article} article={dialog.article} />}
      {dialog && part === 'carry' && <CarryingOver key={dialog.article} article={dialog.article} />}
      {dialog && part === 'replace' && <Replacement key={dialog.article} article={dialog.article} />}
    </Dialog>
  );
}

const fields: Record<DetailName, { label: string; hint?: string }> = {
  title: { label: 'Title' },
  source: { label: 'Source', hint: 'Who published it, such as Reuters.' },
  date: { label: 'Date', hint: 'Such as 2026-01-07, 2026-01 or 2026; 2026-01-07/2026-01-09 for a span of time; ~ means about.' },
  url: { label: 'Address', hint: 'Where it is on the web, with https://.' },
  language: { label: 'Language', hint: 'A language tag, such as en, en-GB or uk.' },
};

function Details({ article }: { article: string }) {
  const { actions, view } = useSession();
  const summary = useWorkspace((state) => state.articles.find(({ meta }) => meta.id === article));
  const writable = useWorkspace((state) => state.writable);
  const [drafts, setDrafts] = useState<Partial<Record<DetailName, string>>>({});
  if (!summary) return <p>This article is not in the project any more.</p>;
  const draft = (name: DetailName) => drafts[name] ?? summary.meta[name] ?? '';
  const tidied = tidyDetails({
    title: draft('title'),
    source: draft('source'),
    date: draft('date'),
    url: draft('url'),
    language: draft('language'),
  });
  const problems = new Map(detailNames.map((name) => [name, detailProblem(name, tidied[name])]));
  const isSound = [...problems.values()].every((problem) => problem === null);
  return (
    <form
      className="article-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSound && writable) actions.articles.saveDetails(article, tidied);
      }}
    >
      <p className="muted">
        {summary.meta.originalName} · imported {dayWords(summary.meta.imported)} · {summary.meta.words.toLocaleString('en')} words
      </p>
      {!writable && <p>Another window is editing this project; here the details can only be read.</p>}
      {detailNames.map((name) => (
        <LabelledText
          key={name}
          {...fields[name]}
          value={draft(name)}
          onChange={(value) => setDrafts({ ...drafts, [name]: value })}
          problem={problems.get(name) ?? null}
          isDisabled={!writable}
        />
      ))}
      <div className="form-buttons">
        <AriaButton type="submit" className="button" data-kind="primary" isDisabled={!isSound || !writable}>
          Save
        </AriaButton>
      </div>
      <div className="form-buttons more">
        <Button onPress={() => view.set({ articleDialog: null, articleTable: true })}>All articles as a table…</Button>
        <Button isDisabled={!writable} onPress={() => actions.articles.open('replace', article)}>
          Replace by a corrected version…
        </Button>
        <Button isDisabled={!writable} onPress={() => actions.articles.open('remove', article)}>
          Remove article…
        </Button>
      </div>
    </form>
  );
}

function Removal({ article }: { article: string }) {
  const { actions, view } = useSession();
  const title = useWorkspace((state) => state.articles.find(({ meta }) => meta.id === article)?.meta.title ?? '');
  const writable = useWorkspace((state) => state.writable);
  const holdings = useHoldings(article);
  const inWords = useCountWords();
  return (
    <div className="article-form">
      <p>
        <strong>{title}</strong> leaves the list and the dataset, with everything that was written on it:
      </p>
      {holdings ? (
        <ul>
          {holdings.annotators.map(({ name, counts }) => (
            <li key={name}>
              {name}: {inWords(counts)}
            </li>
          ))}
          {holdings.annotators.length === 0 && <li>nothing is tagged in it</li>}
          {holdings.links > 0 && <li>{counted(holdings.links, 'link')} to other articles</li>}
        </ul>
      ) : (
        <p className="muted">Counting…</p>
      )}
      <p>Nothing is deleted from the disk, and one undo brings all of it back.</p>
      <div className="form-buttons">
        <Button kind="primary" isDisabled={!writable || !holdings} onPress={() => actions.articles.remove(article)}>
          Remove article
        </Button>
        <Button onPress={() => view.set({ articleDialog: null })}>Keep it</Button>
      </div>
    </div>
  );
}
