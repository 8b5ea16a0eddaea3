import type { Command } from '../../core/commands.ts';
import { effectiveCommands, rebind } from '../../core/key-bindings.ts';
import type { Settings } from '../../core/settings.ts';
import type { Desk } from './desk.ts';

/** The user's settings: looks, tagging, keys and the tour. */
export function settingsActions(desk: Desk, table: () => readonly Command[]) {
  const { view, workspace } = desk;
  const change = (part: Partial<Settings>): void => workspace.saveSettings({ ...desk.state().settings, ...part });
  const endTour = (): void => {
    view.set({ tour: null });
    if (!desk.state().settings.tourDone) change({ tourDone: true });
  };
  // The keys as they can be assigned, including single-character keys while those are switched off.
  const bindable = () => effectiveCommands(table(), { ...desk.state().settings, letterKeys: true });
  return {
    bindable,
    openSettings: (): void => view.set({ settingsSheet: true }),
    changeSettings: change,
    resetLayout(): void {
      change({ layout: {} });
      view.say('All panes are back at their places.');
    },
    /** Assigns these keys to a command. Commands that lose a key get the freed ones in return. */
    rebind(id: string, keys: readonly string[]): void {
      const { settings } = desk.state();
      const overrides = rebind(bindable(), settings.keys, id, keys);
      change({ keys: Object.fromEntries(Object.entries(overrides).map(([command, own]) => [command, [...own]])) });
    },
    /** Resets a command, or all commands, to the default keys. */
    resetKeys(id?: string): void {
      const rest = Object.entries(desk.state().settings.keys).filter(([command]) => id !== undefined && command !== id);
      change({ keys: Object.fromEntries(rest) });
    },
    showTour: (): void => view.set({ tour: 0, view: 'annotate' }),
    moveTour: (step: number): void => view.set({ tour: step }),
    endTour,
  };
}
