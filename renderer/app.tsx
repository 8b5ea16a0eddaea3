import './app.css';
import { type DragEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { datasetEndings, fileKinds } from '../core/import/file-kinds.ts';
import { keptEditsEnding } from '../core/steps/kept-edits.ts';
import { useFrame } from './frame.ts';
import { ContextMenu } from './panels/annotations/context-menu.tsx';
import { EveryOccurrence } from './panels/annotations/every-occurrence.tsx';
import { RelateDialog } from './panels/annotations/relate-dialog.tsx';
import { SelectionToolbar } from './panels/annotations/selection-toolbar.tsx';
import { ToComplete } from './panels/annotations/to-complete.tsx';
import { ArticleDialog } from './panels/articles/article-dialog.tsx';
import { ArticleTable } from './panels/articles/article-table.tsx';
import { CodebookView } from './panels/codebook/codebook-view.tsx';
import { ConcordanceView } from './panels/concordance/concordance-view.tsx';
import { DatasetPreview } from './panels/dataset/dataset-preview.tsx';
import { EarlierDialog } from './panels/earlier/earlier-dialog.tsx';
import { AnnotatorDialog, WhoAnnotates } from './panels/frame/annotators.tsx';
import { Announcer } from './panels/frame/announcer.tsx';
import { BackupDialog } from './panels/frame/backup-dialog.tsx';
import { Conflicts } from './panels/frame/conflicts.tsx';
import { HistoryPanel } from './panels/frame/history-panel.tsx';
import { KeySheet } from './panels/frame/key-sheet.tsx';
import { Notices } from './panels/frame/notices.tsx';
import { SettingsDialog } from './panels/frame/settings-dialog.tsx';
import { StatusBar } from './panels/frame/status-bar.tsx';
import { TopBar } from './panels/frame/top-bar.tsx';
import { Tour } from './panels/frame/tour.tsx';
import { HomePage } from './panels/home/home-page.tsx';
import { ImportPreview } from './panels/import/import-preview.tsx';
import { ImportReport } from './panels/import/import-report.tsx';
import { RegistryView } from './panels/registry/registry-view.tsx';
import { Palette } from './panels/search/palette.tsx';
import { SearchView } from './panels/search/search-view.tsx';
import { StatisticsView } from './panels/statistics/statistics-view.tsx';
import { AcceptAll } from './panels/suggestions/accept-all.tsx';
import { SuggestionRules } from './panels/suggestions/suggestion-rules.tsx';
import { Annotate } from './panes.tsx';
import { AfterPaint, useSession, useView, useWorkspace } from './session.tsx';
import { onlyShows } from './state/only-shows.ts';
import { Button } from './ui/button.tsx';
import { FileInput } from './ui/file-input.tsx';
import { droppedFiles } from './ui/given-files.ts';

// What the page does not need at first. The Dataset view loads every format along with it.
const AgreementView = lazy(async () => ({ default: (await import('./panels/agreement/agreement-view.tsx')).AgreementView }));
const CompareView = lazy(async () => ({ default: (await import('./panels/compare/compare-view.tsx')).CompareView }));
const DatasetView = lazy(async () => ({ default: (await import('./panels/dataset/dataset-view.tsx')).DatasetView }));

const importedEndings = [...fileKinds.flatMap(({ endings }) => endings), ...datasetEndings, keptEditsEnding].join(',');

/** The window: the frame, the panes and the dialogs. */
export function App() {
  const phase = useWorkspace((state) => state.phase);
  if (phase === 'opening') return <Opening />;
  if (phase === 'home') return <HomePage />;
  return phase === 'failed' ? <Failed /> : <Workbench />;
}

function Opening() {
  return (
    <main className="whole" aria-busy="true">
      <p className="opening">Opening the project…</p>
    </main>
  );
}

function Failed() {
  const { actions, workspace } = useSession();
  const failure = useWorkspace((state) => state.failure);
  return (
    <main className="whole" role="alert">
      <h1>The project could not be opened</h1>
      <p>{failure?.message}</p>
      <p>{failure?.safe}</p>
      <p>{failure?.next}</p>
      <Button kind="primary" onPress={() => void workspace.open()}>
        Try again
      </Button>
      {failure?.code !== 'read-only' && <Button onPress={actions.outside.goHome}>Project home</Button>}
    </main>
  );
}

function Workbench() {
  const { actions } = useSession();
  const project = useWorkspace((state) => state.opened?.project.name);
  const whyNot = useWorkspace((state) => (state.writable ? null : onlyShows(state)));
  useEffect(() => {
    document.title = project ? `${project} – Pressmark` : 'Pressmark';
  }, [project]);
  const view = useView((state) => state.view);
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  useFrame(chooser);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the whole window takes dropped files; the menu and a button do the same
    <div
      className="workbench"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        droppedFiles(event.dataTransfer)
          .then((files) => actions.importFiles(files))
          .catch((error: unknown) => actions.tell(error));
      }}
    >
      <TopBar />
      <Notices />
      <div className="views-area">
        {view === 'dataset' ? (
          <Suspense>
            <DatasetView />
          </Suspense>
        ) : view === 'registry' ? (
          <RegistryView />
        ) : view === 'codebook' ? (
          <CodebookView />
        ) : view === 'search' ? (
          <SearchView />
        ) : view === 'statistics' ? (
          <StatisticsView />
        ) : view === 'concordance' ? (
          <ConcordanceView />
        ) : view === 'agreement' ? (
          <Suspense>
            <AgreementView />
          </Suspense>
        ) : view === 'compare' ? (
          <Suspense>
            <CompareView />
          </Suspense>
        ) : (
          <Annotate />
        )}
      </div>
      <StatusBar />
      <AfterPaint>
        <SelectionToolbar />
        <Announcer />
      </AfterPaint>
      <ContextMenu />
      <Palette />
      <KeySheet />
      <HistoryPanel />
      <SettingsDialog />
      <Tour />
      <ImportReport />
      <ImportPreview />
      <DatasetPreview />
      <ArticleDialog />
      <ArticleTable />
      <EveryOccurrence />
      <AcceptAll />
      <RelateDialog />
      <AnnotatorDialog />
      <BackupDialog />
      <EarlierDialog />
      <Conflicts />
      <ToComplete />
      <SuggestionRules />
      <WhoAnnotates />
      <FileInput
        ref={chooser}
        multiple
        accept={importedEndings}
        label="Choose articles to import"
        onChoose={(files) => actions.importFiles(files)}
      />
      {isOver && <div className="drop-ground">{whyNot ?? 'Drop files or folders to import them'}</div>}
    </div>
  );
}
