import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import { placeOf, readWindowState, writeWindowState } from './window-state.ts';

/** What a page may do: nothing that an ordinary web page could not. `preload` is the path of the built preload script. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    webviewTag: false,
    spellcheck: false,
  };
}

// The --paper colour of the page's two themes, so that nothing flashes before the page is drawn.
const paper = { light: '#f6f5f1', dark: '#16181c' } as const;

/** Creates a window in the place of the last one. It is shown only once it is drawn. `stateFile` stores its place when it closes. */
export function createWindow(preload: string, stateFile: string): BrowserWindow {
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...placeOf(
      state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: 480,
    minHeight: 400,
    title: 'Pressmark',
    backgroundColor: paper[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    show: false,
    webPreferences: webPreferences(preload),
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  return window;
}

/** Brings `window` to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
