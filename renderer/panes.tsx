import './panes.css';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { ArticlePane } from './editor/article-pane.tsx';
import { useNarrow } from './narrow.ts';
import { AnnotationList } from './panels/annotations/annotation-list.tsx';
import { Inspector } from './panels/annotations/inspector.tsx';
import { ArticleList } from './panels/articles/article-list.tsx';
import { FindBar } from './panels/frame/find-bar.tsx';
import { AfterPaint, useSession, useView, useWorkspace } from './session.tsx';
import { Spreads } from './spreads.tsx';
import type { SidePane } from './state/view-store.ts';

/** Default widths of the panes next to the text, in pixels. */
const usual = { articles: 264, side: 348 } as const;

/** The Annotate view: the text between its panes, or below 1,024 pixels the text alone, with the panes as drawers over it. */
export function Annotate() {
  const { workspace } = useSession();
  const narrow = useNarrow();
  const layout = useWorkspace((state) => state.settings.layout);
  const drawer = useView((state) => state.drawer);
  const ground = useRef<HTMLDivElement>(null);
  const articles = usePanelRef();
  const side = usePanelRef();
  // If the previous article had the focus, the next one gets it, so that keys continue to work.
  const hadFocus = useRef(false);
  const isShown = (pane: SidePane) => !narrow && layout['hidden']?.[pane] !== 1;
  const widths = layout['widths'];
  const isUsual = widths === undefined;
  useEffect(() => {
    if (!isUsual) return;
    articles.current?.resize(usual.articles);
    side.current?.resize(usual.side);
  }, [isUsual, articles, side]);
  const remember = (sizes: Record<string, number>) => {
    const { settings } = workspace.store.getState();
    const width = ground.current?.clientWidth ?? 0;
    const known = (['articles', 'side'] as const).flatMap((pane) => {
      const size = sizes[pane];
      return size ? [[pane, Math.round((size * width) / 100)] as const] : [];
    });
    workspace.saveSettings({
      ...settings,
      layout: { ...settings.layout, widths: { ...settings.layout['widths'], ...Object.fromEntries(known) } },
    });
  };
  return (
    <div className="panes-ground" ref={ground}>
      <Group
        className="panes"
        orientation="horizontal"
        onLayoutChanged={(sizes, { isUserInteraction }) => isUserInteraction && remember(sizes)}
      >
        {isShown('articles') && (
          <>
            <Panel
              id="articles"
              panelRef={articles}
              defaultSize={widths?.['articles'] ?? usual.articles}
              minSize={180}
              maxSize={440}
              groupResizeBehavior="preserve-pixel-size"
            >
              <AfterPaint>
                <ArticleList />
              </AfterPaint>
            </Panel>
            <Separator className="separator" aria-label="Width of the article list" />
          </>
        )}
        <Panel id="main" minSize={320}>
          <div className="article-frame">
            <Spreads part="text">
              <ArticlePane hadFocus={hadFocus} />
            </Spreads>
            <FindBar />
          </div>
          <Skeleton />
        </Panel>
        {isShown('side') && (
          <>
            <Separator className="separator" aria-label="Width of the inspector" />
            <Panel
              id="side"
              panelRef={side}
              defaultSize={widths?.['side'] ?? usual.side}
              minSize={260}
              maxSize={560}
              groupResizeBehavior="preserve-pixel-size"
            >
              <AfterPaint>
                <SidePanes />
              </AfterPaint>
            </Panel>
          </>
        )}
      </Group>
      {narrow && drawer && <Drawer key={drawer} pane={drawer} />}
    </div>
  );
}

function SidePanes() {
  const { workspace } = useSession();
  const heights = useWorkspace((state) => state.settings.layout['side']);
  const inspector = usePanelRef();
  const isUsual = heights === undefined;
  useEffect(() => {
    if (isUsual) inspector.current?.resize('52%');
  }, [isUsual, inspector]);
  return (
    <Group
      className="side"
      orientation="vertical"
      {...(heights ? { defaultLayout: heights } : {})}
      onLayoutChanged={(sizes, { isUserInteraction }) => {
        const { settings } = workspace.store.getState();
        if (isUserInteraction) workspace.saveSettings({ ...settings, layout: { ...settings.layout, side: sizes } });
      }}
    >
      <Panel id="inspector" panelRef={inspector} defaultSize="52%" minSize={120}>
        <Spreads part="panels">
          <Inspector />
        </Spreads>
      </Panel>
      <Separator className="separator" aria-label="Height of the inspector" />
      <Panel id="annotations" minSize={120}>
        <Spreads part="panels">
          <AnnotationList />
        </Spreads>
      </Panel>
    </Group>
  );
}

const drawerNames: Readonly<Record<SidePane, string>> = { articles: 'Article list', side: 'Inspector and annotations' };

/**
 * A pane over the text. It closes with Escape, when something in it is chosen, and when the focus moves elsewhere in the window. The text behind
 * it stays usable, so that a role can be armed here and filled there.
 */
function Drawer({ pane }: { pane: SidePane }) {
  const { view, actions, workspace } = useSession();
  const element = useRef<HTMLDivElement>(null);
  const close = () => {
    if (view.store.getState().drawer === pane) view.set({ drawer: null });
  };
  const leave = () => {
    actions.returnToText();
    close();
  };
  // Let the list handle the choice first. If an article is being opened, move the focus once it is there.
  const leaveAfterChoice = () =>
    setTimeout(() => {
      if (!workspace.store.getState().opening) return leave();
      const stop = workspace.store.subscribe(({ opening }) => {
        if (opening) return;
        stop();
        setTimeout(leave);
      });
    });
  const isIn = ({ target }: KeyboardEvent | MouseEvent, role: string) =>
    target instanceof Element && target.closest(`[role="${role}"]`) !== null;
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Element) || element.current?.contains(relatedTarget)) return;
    if (relatedTarget.closest('.workbench') && !relatedTarget.closest('[data-drawer-opener]')) close();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only; Escape does the same by keyboard */}
      <div className="drawer-ground" onMouseDown={(event) => event.preventDefault()} onMouseUp={leave} />
      <div
        ref={element}
        className="drawer"
        data-side={pane === 'articles' ? 'left' : 'right'}
        role="dialog"
        aria-label={drawerNames[pane]}
        onBlur={onBlur}
        onClickCapture={(event) => isIn(event, 'option') && leaveAfterChoice()}
        onKeyUpCapture={(event) => event.key === 'Enter' && isIn(event, 'listbox') && leaveAfterChoice()}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          actions.run(pane === 'articles' ? 'articles.toggle' : 'side.toggle');
        }}
      >
        {pane === 'articles' ? (
          <AfterPaint>
            <ArticleList />
          </AfterPaint>
        ) : (
          <div className="drawer-stack scrolls">
            <AfterPaint>
              <Inspector />
              <AnnotationList />
            </AfterPaint>
          </div>
        )}
      </div>
    </>
  );
}

/** Placeholder lines, shown when an article takes longer than a moment to open. */
function Skeleton() {
  const isOpening = useWorkspace((state) => state.opening !== null && state.opening !== state.article?.meta.id);
  if (!isOpening) return null;
  return (
    <div className="skeleton" role="status" aria-label="Opening the article">
      <span className="bone title" />
      {[96, 88, 92, 40, 97, 90, 64].map((width) => (
        <span key={width} className="bone" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
