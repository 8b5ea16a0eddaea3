import { EventEmitter } from 'node:events';
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { bundles, root } from './bundles.ts';

/**
 * For tests only: runs the built bundles of the desktop shell with a double of Electron that records what they ask of it, because the real one needs
 * a display and a download. The `electron` package itself is never loaded.
 */

/** An event as Electron passes it to a listener. */
export class DoubleEvent {
  defaultPrevented = false;
  readonly url: string;
  constructor(url = '') {
    this.url = url;
  }
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** A frame as an IPC sender. */
export interface Frame {
  readonly origin: string;
  readonly url: string;
}

type WindowOpenHandler = (details: { url: string }) => { action: string };

class DoubleContents extends EventEmitter {
  static count = 0;
  readonly id = ++DoubleContents.count;
  readonly mainFrame: { origin: string; url: string } = { origin: 'null', url: '' };
  readonly sent: { channel: string; event: { event: string; id?: string } }[] = [];
  openHandler: WindowOpenHandler | null = null;
  destroyed = false;
  isDestroyed(): boolean {
    return this.destroyed;
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  send(channel: string, event: { event: string; id?: string }): void {
    this.sent.push({ channel, event });
    this.emit('double-sent', event);
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler;
  }
}

export class DoubleWindow extends EventEmitter {
  readonly webContents = new DoubleContents();
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> };
  readonly double: Double;
  /** The page's answer to closing: whether its beforeunload handler objects. */
  objects = false;
  shown = false;
  focused = 0;
  constructor(double: Double, options: DoubleWindow['options']) {
    super();
    this.double = double;
    this.options = options;
    double.windows.push(this);
    double.app.emit('web-contents-created', new DoubleEvent(), this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    Object.assign(this.webContents.mainFrame, { url, origin: new URL(url).href.replace(/^(app:\/\/[^/]*).*$/, '$1') });
    this.double.log.push(`load ${url}`);
    this.emit('ready-to-show');
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused++;
  }
  maximize(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.webContents.destroyed;
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 10, y: 20, width: 1100, height: 800 };
  }
  close(): void {
    const event = new DoubleEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    if (this.objects) {
      const unload = new DoubleEvent();
      this.webContents.emit('will-prevent-unload', unload);
      if (!unload.defaultPrevented) return;
    }
    this.destroy();
  }
  destroy(): void {
    this.webContents.destroyed = true;
    this.double.windows.splice(this.double.windows.indexOf(this), 1);
    this.double.log.push('window closed');
    this.emit('closed');
    if (this.double.windows.length === 0 && !this.double.quitting) this.double.app.emit('window-all-closed');
  }
}

type Invocation = (event: { sender: DoubleContents; senderFrame: Frame | null }, ...values: unknown[]) => Promise<unknown>;
/** A menu item as the shell described it. */
export interface DoubleItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly submenu?: readonly DoubleItem[];
  readonly click?: () => void;
}

/** What the double of Electron recorded, and the means for a test to play the person and the page. */
export interface Double {
  readonly app: EventEmitter;
  readonly windows: DoubleWindow[];
  /** What happened, in order. */
  readonly log: string[];
  readonly schemes: { scheme: string; privileges: Record<string, boolean> }[];
  readonly protocols: Map<string, (request: { method: string; url: string }) => Promise<Response>>;
  /** The handlers that the session received, by the name of the setter. */
  readonly session: Map<string, (...values: never[]) => unknown>;
  readonly invocations: Map<string, Invocation>;
  readonly dialogs: { name: string; values: unknown[] }[];
  /** What a dialog of this name returns. */
  readonly answers: Map<string, unknown>;
  menu: readonly DoubleItem[];
  quitting: boolean;
  /** Settles once the app has quit or exited. */
  readonly ended: Promise<void>;
  quit(): void;
}

const slot = Symbol.for('pressmark.electron-double');
const importer = 'native:import';
let starts = 0;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'electron') return { url: `electron-double:${starts}`, format: 'module', shortCircuit: true };
    return specifier === importer ? { url: importer, format: 'module', shortCircuit: true } : next(specifier, context);
  },
  load: (url, context, next) => {
    if (url === importer) return { format: 'module', source: 'export const load = (url) => import(url);', shortCircuit: true };
    if (!url.startsWith('electron-double:')) return next(url, context);
    const names = Object.keys(Reflect.get(globalThis, slot));
    const source = [
      `const electron = globalThis[Symbol.for('${slot.description}')];`,
      ...names.map((name) => `export const ${name} = electron.${name};`),
    ];
    return { format: 'module', source: source.join('\n'), shortCircuit: true };
  },
});

// The test runner handles every import() itself and would find the real package. An import() in a module that Node itself loads stays with Node.
const native = createRequire(import.meta.url)(importer) as { load(url: string): Promise<unknown> };

/** How a test starts the shell. */
export interface Start {
  /** Whether no other program holds the single-instance lock; true by default. */
  readonly holdsLock?: boolean;
  /** Whether it runs as an installed program; false by default. */
  readonly isPackaged?: boolean;
  /** Runs just before Electron is ready. */
  readonly beforeReady?: (double: Double) => void;
}

/** Starts the built main bundle as `electron . ...args` would, or the installed program with `args`. */
export async function startMain(
  args: readonly string[],
  { holdsLock = true, isPackaged = false, beforeReady }: Start = {},
): Promise<Double> {
  // If the real package were loaded after all, this would keep it from downloading.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = '/nowhere';
  starts++;
  const over = Promise.withResolvers<void>();
  const log: string[] = [];
  const windows: DoubleWindow[] = [];
  const answers = new Map<string, unknown>();
  const dialogs: Double['dialogs'] = [];
  const handlers: Double['session'] = new Map();
  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    enableSandbox: () => log.push('enableSandbox'),
    setName: () => undefined,
    setPath: (name: string, path: string) => log.push(`setPath ${name} ${path}`),
    getVersion: () => '0.1.0',
    requestSingleInstanceLock: (data: unknown) => {
      log.push(`lock ${JSON.stringify(data)}`);
      return holdsLock;
    },
    isReady: () => log.includes('ready'),
    whenReady: async () => {
      await Promise.resolve();
      beforeReady?.(double);
      log.push('ready');
    },
    quit: () => double.quit(),
    exit: (code: number) => {
      log.push(`exit ${code}`);
      over.resolve();
    },
  });
  const record =
    (name: string) =>
    (...values: unknown[]): unknown => {
      dialogs.push({ name, values });
      app.emit('double-dialog', name);
      return answers.get(name);
    };
  const setter = (name: string) => (handler: (...values: never[]) => unknown) => handlers.set(name, handler);
  const double: Double = {
    app,
    windows,
    log,
    schemes: [],
    protocols: new Map(),
    session: handlers,
    invocations: new Map(),
    dialogs,
    answers,
    menu: [],
    quitting: false,
    ended: over.promise,
    quit: () => {
      const event = new DoubleEvent();
      app.emit('before-quit', event);
      if (event.defaultPrevented) return;
      double.quitting = true;
      for (const window of [...windows]) window.close();
      if (windows.length > 0) {
        double.quitting = false;
        return;
      }
      log.push('quit');
      over.resolve();
    },
  };
  const session = {
    on: (name: string, handler: (...values: never[]) => unknown) => handlers.set(name, handler),
    setPermissionRequestHandler: setter('permission-request'),
    setPermissionCheckHandler: setter('permission-check'),
    setDevicePermissionHandler: setter('device'),
    setDisplayMediaRequestHandler: setter('display-media'),
    setBluetoothPairingHandler: setter('bluetooth'),
    setSpellCheckerEnabled: (on: boolean) => log.push(`spell checker ${on}`),
    webRequest: { onBeforeRequest: setter('before-request') },
  };
  class BrowserWindow extends DoubleWindow {
    constructor(options: DoubleWindow['options']) {
      super(double, options);
    }
    static getFocusedWindow(): DoubleWindow | null {
      return windows.at(-1) ?? null;
    }
  }
  const electron = {
    app,
    BrowserWindow,
    Menu: {
      buildFromTemplate: (template: readonly DoubleItem[]) => template,
      setApplicationMenu: (template: readonly DoubleItem[]) => {
        double.menu = template;
      },
    },
    dialog: {
      showOpenDialog: async (...values: unknown[]) => record('open')(...values),
      showSaveDialog: async (...values: unknown[]) => record('save')(...values),
      showMessageBox: async (...values: unknown[]) => record('message')(...values) ?? { response: 0 },
      showMessageBoxSync: record('confirm'),
      showErrorBox: record('error'),
    },
    ipcMain: { handle: (channel: string, handler: Invocation) => double.invocations.set(channel, handler) },
    nativeTheme: { shouldUseDarkColors: false },
    protocol: {
      registerSchemesAsPrivileged: (schemes: Double['schemes']) => {
        log.push('schemes');
        double.schemes.push(...schemes);
      },
      handle: (scheme: string, handler: (request: { method: string; url: string }) => Promise<Response>) =>
        double.protocols.set(scheme, handler),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: session },
  };
  Reflect.set(globalThis, slot, electron);
  const { argv } = process;
  Object.assign(process, { defaultApp: isPackaged ? undefined : true });
  process.argv = isPackaged ? ['/opt/Pressmark/pressmark', ...args] : ['electron', root, ...args];
  try {
    await native.load(`${pathToFileURL(bundles.main).href}?start=${starts}`);
  } finally {
    process.argv = argv;
  }
  return double;
}
