import { type RefObject, useEffect } from 'react';
import { flushSync } from 'react-dom';
import type { ProblemField } from '../core/annotations/validation.ts';
import { bindingsOf, runBinding } from './keys.ts';
import { isNarrow } from './narrow.ts';
import { type Session, useSession, useWorkspace } from './session.tsx';
import type { SidePane } from './state/view-store.ts';

const panes = ['articles', 'main', 'inspector', 'annotations', 'tour'] as const;
const sideOf: Readonly<Record<string, SidePane>> = { articles: 'articles', inspector: 'side', annotations: 'side' };

const paneElement = (name: string) => document.querySelector<HTMLElement>(`[data-pane="${name}"]:not([data-away] *)`);

/** Connects actions to the frame, handles the keys of the window, and applies the user's looks to the page. */
export function useFrame(chooser: RefObject<HTMLInputElement | null>) {
  const session = useSession();
  const { actions } = session;
  useLooks();
  useEffect(() => {
    actions.attachFrame(framePort(session, chooser));
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // In a field, undo and other editing keys belong to the browser and what is typed there.
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input:not([type="radio"]), textarea') !== null;
      // If nothing has the focus, keys go to the text, if it is on screen. Otherwise they would do nothing.
      const isNowhere = document.activeElement === document.body && session.view.store.getState().view === 'annotate';
      if (isNowhere) actions.returnToText();
      const commands = actions
        .commands()
        .filter(({ id, scope }) => (isNowhere || scope === 'window') && !(isTyping && id.startsWith('history.')));
      if (runBinding(event, bindingsOf(commands, actions.run))) event.preventDefault();
    };
    // A separator between panes would keep F6 for itself, so handle the key before it.
    const onSeparatorKey = (event: KeyboardEvent) => {
      if (!(event.target instanceof Element && event.target.matches('[role="separator"]'))) return;
      onKeyDown(event);
      if (event.defaultPrevented) event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onSeparatorKey, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onSeparatorKey, true);
      window.removeEventListener('keydown', onKeyDown);
      actions.attachFrame(null);
    };
  }, [session, actions, chooser]);
}

function framePort({ actions, view, workspace, afterPaint }: Session, chooser: RefObject<HTMLInputElement | null>) {
  // What had the focus before a drawer was opened.
  let origin: Element | null = null;
  const present = (name: string) =>
    paneElement(name) !== null || (isNarrow() && name in sideOf && view.store.getState().view === 'annotate');

  // Shows the pane that contains `name` if it is hidden, so that it can be focused immediately.
  const reveal = (name: string): HTMLElement | null => {
    flushSync(afterPaint.settle);
    const side = sideOf[name];
    const drawer = isNarrow() && side ? side : null;
    if (drawer && !view.store.getState().drawer) origin = document.activeElement;
    if (side && !paneElement(name)) flushSync(() => (drawer ? view.set({ drawer }) : hide(side, 0)));
    return paneElement(name);
  };
  const hide = (pane: SidePane, isHidden: 0 | 1) => {
    const { settings } = workspace.store.getState();
    const hidden = { ...settings.layout['hidden'], [pane]: isHidden };
    workspace.saveSettings({ ...settings, layout: { ...settings.layout, hidden } });
  };

  return {
    chooseFiles: () => chooser.current?.click(),
    focusInspector: (field: 'first' | 'note' | 'entity') => {
      const inspector = reveal('inspector');
      const target = inspector?.querySelector<HTMLElement>(
        field === 'first' ? '.fillers button, .option, input' : `[data-field="${field}"]`,
      );
      target?.focus();
      // A note is continued at its end.
      if (field === 'note' && target instanceof HTMLTextAreaElement) target.setSelectionRange(target.value.length, target.value.length);
    },
    focusField: (field: ProblemField) => {
      const inspector = reveal('inspector');
      const name = 'name' in field ? `${field.kind}:${field.name}` : field.kind;
      const place = inspector?.querySelector<HTMLElement>(`[data-field="${name}"]`);
      if (!place) return actions.returnToText();
      for (let around = place.closest('details'); around; around = around.parentElement?.closest('details') ?? null) around.open = true;
      const control = place.querySelector<HTMLElement>('button:not(:disabled), input:not(:disabled), textarea:not(:disabled)');
      control?.focus();
      control?.scrollIntoView({ block: 'nearest' });
    },
    focusPane: (step: 1 | -1) => {
      const there = panes.filter(present);
      const at = there.findIndex((name) => paneElement(name)?.contains(document.activeElement));
      const next = there[(at + step + there.length) % there.length];
      if (!next) return;
      const { drawer } = view.store.getState();
      const pane = reveal(next);
      focusInside(pane);
      if (drawer && drawer !== sideOf[next] && view.store.getState().drawer === drawer) view.set({ drawer: null });
    },
    togglePane: (pane: SidePane) => {
      const inside = pane === 'articles' ? 'articles' : 'annotations';
      if (!isNarrow()) {
        const element = paneElement(inside)?.closest('[data-panel]');
        const hadFocus = element?.contains(document.activeElement) ?? false;
        hide(pane, element ? 1 : 0);
        if (hadFocus) actions.returnToText();
      } else if (view.store.getState().drawer === pane) {
        // Move the focus first, so that the field it leaves saves what was typed.
        if (origin instanceof HTMLElement && origin.isConnected && origin !== document.body) origin.focus();
        else actions.returnToText();
        view.set({ drawer: null });
      } else {
        const hasActive = view.store.getState().active !== null;
        focusInside(reveal(pane === 'side' && hasActive ? 'inspector' : inside));
      }
    },
  };
}

// Focuses the article's text field, or a table of cells, or the chosen row of a list, or the first focusable element, or the pane itself.
function focusInside(pane: HTMLElement | null) {
  const wanted = [
    '[role="textbox"][aria-readonly]',
    '.matrix[role="grid"]',
    '[role="listbox"]',
    '.fields button, .fields input, .fields textarea',
    'button, input, textarea, [tabindex="0"]',
  ];
  const target = wanted.map((selector) => pane?.querySelector<HTMLElement>(selector)).find((found) => found);
  // Whoever has scrolled in the text stays where they are reading. The caret becomes visible when it moves.
  if (target) return target.focus({ preventScroll: target.matches('[role="textbox"]') });
  if (pane) pane.tabIndex = -1;
  pane?.focus();
}

/** Sets theme and text size on the root element, where the style sheets expect them. */
export function useLooks() {
  const theme = useWorkspace((state) => state.settings.theme);
  const textSize = useWorkspace((state) => state.settings.textSize);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    dataset['textSize'] = textSize;
  }, [theme, textSize]);
}
