import './app.css';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { ArticlePane } from './editor/article-pane.tsx';
import { runBinding } from './keys.ts';
import { AnnotationList } from './panels/annotation-list.tsx';
import { ArticleList } from './panels/article-list.tsx';
import { DatasetView } from './panels/dataset-view.tsx';
import { EveryOccurrence } from './panels/every-occurrence.tsx';
import { ImportReport } from './panels/import-report.tsx';
import { Inspector } from './panels/inspector.tsx';
import { KeySheet } from './panels/key-sheet.tsx';
import { Notices } from './panels/notices.tsx';
import { SelectionToolbar } from './panels/selection-toolbar.tsx';
import { StatusBar } from './panels/status-bar.tsx';
import { TopBar } from './panels/top-bar.tsx';
import { useSession, useView, useWorkspace } from './session.tsx';
import { Button } from './ui/button.tsx';

/** The window: frame, panes and what lies over them. */
export function App() {
  const phase = useWorkspace((state) => state.phase);
  if (phase === 'opening') return <Opening />;
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
  const { workspace } = useSession();
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
    </main>
  );
}

const panes = ['articles', 'main', 'inspector', 'annotations'] as const;

function Workbench() {
  const { actions } = useSession();
  const view = useView((state) => state.view);
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  useFrame(chooser);
  const takeFiles = (list: FileList | null) =>
    actions.importFiles(
      [...(list ?? [])].map((file) => ({ name: file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) })),
    );
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
        takeFiles(event.dataTransfer.files);
      }}
    >
      <TopBar />
      <Notices />
      <div className="views-area">{view === 'dataset' ? <DatasetView /> : <Annotate />}</div>
      <StatusBar />
      <SelectionToolbar />
      <KeySheet />
      <ImportReport />
      <EveryOccurrence />
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept=".txt,text/plain"
        aria-label="Choose articles to import"
        onChange={(event) => {
          takeFiles(event.target.files);
          event.target.value = '';
        }}
      />
      {isOver && <div className="drop-ground">Drop text files to import them</div>}
    </div>
  );
}

function Annotate() {
  const { workspace } = useSession();
  const settings = useWorkspace((state) => state.settings);
  const remember = (group: string) => (layout: Record<string, number>) => {
    const { settings: now } = workspace.store.getState();
    workspace.saveSettings({ ...now, layout: { ...now.layout, [group]: layout } });
  };
  const remembered = (group: string) => (settings.layout[group] ? { defaultLayout: settings.layout[group] } : {});
  return (
    <Group className="panes" orientation="horizontal" {...remembered('annotate')} onLayoutChanged={remember('annotate')}>
      <Panel id="articles" defaultSize={264} minSize={180} maxSize={440} groupResizeBehavior="preserve-pixel-size">
        <ArticleList />
      </Panel>
      <Separator className="separator" aria-label="Width of the article list" />
      <Panel id="main" minSize={360}>
        <ArticlePane />
      </Panel>
      <Separator className="separator" aria-label="Width of the inspector" />
      <Panel id="side" defaultSize={348} minSize={260} maxSize={560} groupResizeBehavior="preserve-pixel-size">
        <Group className="side" orientation="vertical" {...remembered('side')} onLayoutChanged={remember('side')}>
          <Panel id="inspector" defaultSize="52%" minSize={120}>
            <Inspector />
          </Panel>
          <Separator className="separator" aria-label="Height of the inspector" />
          <Panel id="annotations" minSize={120}>
            <AnnotationList />
          </Panel>
        </Group>
      </Panel>
    </Group>
  );
}

/** Gives actions their hands on the frame, and the window its keys. */
function useFrame(chooser: React.RefObject<HTMLInputElement | null>) {
  const { actions } = useSession();
  useEffect(() => {
    const paneElement = (name: string) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
    actions.attachFrame({
      chooseFiles: () => chooser.current?.click(),
      focusInspector: (field) => {
        const inspector = paneElement('inspector');
        const target = inspector?.querySelector<HTMLElement>(field === 'note' ? '[data-field="note"]' : '.fillers button, .option, input');
        target?.focus();
      },
      focusPane: (step) => {
        const present = panes.filter((name) => paneElement(name));
        const at = present.findIndex((name) => paneElement(name)?.contains(document.activeElement));
        const next = present[(at + step + present.length) % present.length];
        if (next) focusInside(paneElement(next));
      },
    });
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // In a field the browser's own undo and other editing keys belong to what is typed there.
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input:not([type="radio"]), textarea') !== null;
      const commands = actions.commands().filter(({ id, scope }) => scope === 'window' && !(isTyping && id.startsWith('history.')));
      const bindings = Object.fromEntries(
        commands.flatMap(({ id, keys }) =>
          keys.map((key) => [
            key,
            () => {
              actions.run(id);
              return true;
            },
          ]),
        ),
      );
      if (runBinding(event, bindings)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      actions.attachFrame(null);
    };
  }, [actions, chooser]);
}

// The article's own text field, the chosen row of a list, or the first thing that can have the focus.
function focusInside(pane: HTMLElement | null) {
  const wanted = [
    '[role="textbox"][aria-readonly]',
    '[role="option"][aria-selected="true"]',
    '[role="option"]',
    'button, input, textarea, [tabindex="0"]',
  ];
  const target = wanted.map((selector) => pane?.querySelector<HTMLElement>(selector)).find((found) => found);
  target?.focus();
}
