import './import-preview.css';
import { detailNames, detailProblem, tidyDetails } from '../../../core/model/article-record.ts';
import { useSession, useView } from '../../session.tsx';
import { choiceProblem, type ImportPreview as Preview, type PreviewedArticle } from '../../state/import-preview.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LabelledText } from '../../ui/labelled-text.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import { EncodingOfArticle } from './encoding-choice.tsx';
import { PreviewBlocks } from './preview-blocks.tsx';
import { PreviewProblems } from './preview-problems.tsx';

/** The contents of files before they are imported: the articles, their titles, and which of their lines to leave out. */
export function ImportPreview() {
  const { actions } = useSession();
  const preview = useView((state) => state.importPreview);
  return (
    <Dialog
      title="Look before you import"
      isOpen={preview !== null}
      onClose={() => actions.imports.closePreview()}
      isWide
      closeLabel="Cancel"
    >
      {preview && <Looking preview={preview} />}
    </Dialog>
  );
}

function Looking({ preview }: { readonly preview: Preview }) {
  const { actions } = useSession();
  const { articles, problems, progress } = preview;
  const shown = articles.find(({ id }) => id === preview.shown);
  const chosen = articles.filter(({ isChosen }) => isChosen);
  const unsound = chosen.find((article) => choiceProblem(article) !== null);
  const change = (id: string) => {
    const article = articles.find((candidate) => candidate.id === id);
    if (article) actions.imports.choosePreviewed(id, { isChosen: !article.isChosen });
  };
  return (
    <div className="import-preview">
      <p role="status">{statusOf(preview)}</p>
      {progress && (
        <progress
          max={progress.total}
          value={progress.done}
          aria-label={progress.what === 'reading' ? 'Files read' : 'Articles imported'}
        />
      )}
      {problems.length > 0 && <PreviewProblems problems={problems} />}
      {articles.length > 0 && (
        <div className="preview-columns" data-single={articles.length === 1 || undefined}>
          {articles.length > 1 && (
            <LongList
              className="preview-articles"
              fades
              rowClassName="preview-article"
              label="Articles to import"
              items={articles}
              idOf={({ id }) => id}
              rowHeight={64}
              selected={preview.shown}
              onChoose={actions.imports.showPreviewed}
              onWalk={actions.imports.showPreviewed}
              marked={new Set(chosen.map(({ id }) => id))}
              onMark={change}
              row={ArticleRow}
            />
          )}
          {shown && <Shown key={shown.id} article={shown} />}
        </div>
      )}
      <div className="dialog-actions">
        {unsound && (
          <span className="problem-text">
            {articles.length > 1 ? `“${unsound.details.title || unsound.place}”: ` : ''}
            {choiceProblem(unsound)}
          </span>
        )}
        <Button
          kind="primary"
          isDisabled={progress !== null || chosen.length === 0 || unsound !== undefined}
          onPress={() => actions.imports.importPreviewed()}
        >
          {chosen.length > 0 ? `Import ${counted(chosen.length, 'article')}` : 'Import'}
        </Button>
      </div>
    </div>
  );
}

function statusOf({ articles, problems, progress }: Preview): string {
  if (progress?.what === 'importing') return `Importing ${progress.done} of ${progress.total}…`;
  const found = `${counted(articles.length, 'article')} found${problems.length > 0 ? `, ${counted(problems.length, 'problem')}` : ''}.`;
  return progress ? `Reading ${progress.done} of ${counted(progress.total, 'file')}… ${found}` : found;
}

function ArticleRow({ item: { isChosen, details, place, draft, leftOut } }: { readonly item: PreviewedArticle }) {
  const out = leftOut.size > 0 ? ` · ${counted(leftOut.size, 'line')} left out` : '';
  return (
    <>
      <TickBox isTicked={isChosen} />
      <span className="preview-title">{details.title || 'No title'}</span>
      <span className="preview-facts">
        {place} · {counted(draft.words, 'word')}
        {out}
        <span className="visually-hidden">{isChosen ? '' : ', not to be imported'}</span>
      </span>
    </>
  );
}

const labels = { title: 'Title', source: 'Source', date: 'Date', url: 'Address', language: 'Language' } as const;

function Shown({ article }: { readonly article: PreviewedArticle }) {
  const { actions } = useSession();
  const { id, file, place, encoding, details, draft, leftOut } = article;
  const tidy = tidyDetails(details);
  return (
    <div className="preview-shown">
      <div className="preview-details">
        {detailNames.map((name) => (
          <LabelledText
            key={name}
            label={labels[name]}
            value={details[name]}
            problem={detailProblem(name, tidy[name])}
            isDisabled={false}
            onChange={(value) => actions.imports.choosePreviewed(id, { details: { ...details, [name]: value } })}
          />
        ))}
      </div>
      {encoding !== null && <EncodingOfArticle file={file} place={place} encoding={encoding} />}
      {draft.remarks.map((remark) => (
        <p key={remark} className="muted">
          {remark}
        </p>
      ))}
      <PreviewBlocks blocks={draft.blocks} leftOut={leftOut} onChange={(next) => actions.imports.choosePreviewed(id, { leftOut: next })} />
    </div>
  );
}
