import type { Command } from '../../core/commands.ts';
import { effectiveCommands, rebind } from '../../core/key-bindings.ts';
import type { Settings } from '../../core/settings.ts';
import type { Desk } from './desk.ts';

/** The person's settings: looks, tagging, keys, the tour. */
export function settingsActions(desk: Desk, table: () => readonly Command[]) {
  const { view, workspace } = desk;
  const change = (part: Partial<Settings>): void => workspace.saveSettings({ ...desk.state().settings, ...part });
  const endTour = (): void => {
    view.set({ tour: null });
    if (!desk.state().settings.tourDone) change({ tourDone: true });
  };
  // The keys as they can be bound, also while those of a single character are off.
  const bindable = () => effectiveCommands(table(), { ...desk.state().settings, letterKeys: true });
  return {
    bindable,
    openSettings: (): void => view.set({ settingsSheet: true }),
    changeSettings: change,
    resetLayout(): void {
      change({ layout: {} });
      view.say('All panes are back at their places.');
    },
    /** Gives a command these keys; commands that had one of them get the freed keys in return. */
    rebind(id: string, keys: readonly string[]): void {
      const { settings } = desk.state();
      const overrides = rebind(bindable(), settings.keys, id, keys);
      change({ keys: Object.fromEntries(Object.entries(overrides).map(([command, own]) => [command, [...own]])) });
    },
    /** Gives a command the keys of the table again, or all commands. */
    resetKeys(id?: string): void {
      const rest = Object.entries(desk.state().settings.keys).filter(([command]) => id !== undefined && command !== id);
      change({ keys: Object.fromEntries(rest) });
    },
    showTour: (): void => view.set({ tour: 0, view: 'annotate' }),
    moveTour: (step: number): void => view.set({ tour: step }),
    endTour,
  };
}
