import { expect } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';

/** Presses keys one after another, like a keyboard: `q`, `Enter`, `Shift+ArrowLeft`, `ControlOrMeta+z`. */
export async function press(...keys: readonly string[]): Promise<void> {
  const command = /Mac/.test(navigator.platform) ? 'Meta' : 'Control';
  const named = (key: string) => (key.length > 1 || /[{}[\]]/.test(key) ? `{${key}}` : key);
  for (const key of keys) {
    const held = key.split('+').map((part) => (part === 'ControlOrMeta' ? command : part));
    const last = held.pop() ?? '';
    await userEvent.keyboard(`${held.map((part) => `{${part}>}`).join('')}${named(last)}${held.map((part) => `{/${part}}`).join('')}`);
  }
}

/** An expectation about the complete text of what `place` finds; waits for it. Several texts are joined by ` | `. */
export function says(place: Locator): ReturnType<typeof expect.poll<string>> {
  return expect.poll(() =>
    place
      .elements()
      .map((element) => element.textContent)
      .join(' | '),
  );
}

/** The region of the active annotation. */
export const inspector = (): Locator => page.getByRole('region', { name: 'Inspector' });

/** The rows drawn in the annotation list. */
export const rows = (): Element[] => [...document.querySelectorAll('.annotation-row')];

/** Waits until the status bar says that everything is saved. */
export async function expectSaved(): Promise<void> {
  const states = () => page.getByRole('status').elements();
  await expect.poll(() => states().some((element) => /^\S+ Saved$/.test(element.textContent?.trim() ?? ''))).toBe(true);
}

/** Waits until exactly `words` are selected. */
export async function expectSelected(words: string): Promise<void> {
  await expect.poll(() => document.getSelection()?.toString()).toBe(words);
}

/** Waits until `element` has the focus. */
export async function expectFocus(element: Element | null): Promise<void> {
  await expect.poll(() => document.activeElement === element).toBe(true);
}
