import './settings-dialog.css';
import type { Settings } from '../../../core/settings.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Check, Choice } from '../../ui/fields.tsx';
import { SuggestionSettings } from '../suggestions/suggestion-settings.tsx';
import { KeyBindings } from './key-bindings.tsx';

const themes = { system: 'as the system', light: 'light', dark: 'dark' } as const;
const sizes = { small: 'small', medium: 'medium', large: 'large', largest: 'largest' } as const;
const taggings = { words: 'whole words', exact: 'exactly as selected' } as const;

/** The user's preferences: looks, tagging, keys. They apply immediately and to every project. */
export function SettingsDialog() {
  const { view } = useSession();
  const isOpen = useView((state) => state.settingsSheet);
  return (
    <Dialog title="Settings" isOpen={isOpen} onClose={() => view.set({ settingsSheet: false })}>
      <Fields />
    </Dialog>
  );
}

function Fields() {
  const { actions } = useSession();
  const settings = useWorkspace((state) => state.settings);
  const change = (part: Partial<Settings>) => actions.settings.changeSettings(part);
  return (
    <div className="settings">
      <section>
        <h3 className="heading">Looks</h3>
        <Named title="Theme" values={themes} value={settings.theme} onChange={(theme) => change({ theme })} />
        <Named title="Text size" values={sizes} value={settings.textSize} onChange={(textSize) => change({ textSize })} />
        <div className="setting">
          <span className="setting-name">Panes</span>
          <Button onPress={() => actions.settings.resetLayout()}>Reset their places and sizes</Button>
        </div>
      </section>
      <section>
        <h3 className="heading">Tagging</h3>
        <Named title="A tag takes" values={taggings} value={settings.tagging} onChange={(tagging) => change({ tagging })} />
        <p className="setting-help muted">With Shift it does the opposite.</p>
        <div className="setting">
          <span className="setting-name">Letters</span>
          <Check
            label="One-letter keys act while the article has the focus"
            value={settings.letterKeys}
            isDisabled={false}
            onChange={(letterKeys) => change({ letterKeys })}
          />
        </div>
      </section>
      <SuggestionSettings />
      <KeyBindings />
    </div>
  );
}

interface NamedProps<V extends string> {
  readonly title: string;
  readonly values: Readonly<Record<V, string>>;
  readonly value: V;
  readonly onChange: (value: V) => void;
}

function Named<V extends string>({ title, values, value, onChange }: NamedProps<V>) {
  const options = Object.keys(values) as V[];
  return (
    <div className="setting">
      <span className="setting-name">{title}</span>
      <Choice
        label={title}
        values={options.map((option) => values[option])}
        value={values[value]}
        clearable={false}
        isDisabled={false}
        onChange={(name) => {
          const chosen = options.find((option) => values[option] === name);
          if (chosen) onChange(chosen);
        }}
      />
    </div>
  );
}
