import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Command } from '../../../core/commands.ts';
import { type Clash, clashes, keyProblem } from '../../../core/key-bindings.ts';
import { writtenKey } from '../../keys.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { LiveText } from '../../ui/fields.tsx';
import { keyName } from './key-name.ts';

/** Every command with its keys. Each key can be changed by pressing another one. */
export function KeyBindings() {
  const { actions } = useSession();
  const overrides = useWorkspace((state) => state.settings.keys);
  const [filter, setFilter] = useState('');
  const [recording, setRecording] = useState<string | null>(null);
  const commands = actions.settings.bindable();
  const words = filter.toLowerCase().split(/\s+/);
  const shown = commands.filter(({ title, keys }) => {
    const text = `${title} ${keys.map(keyName).join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <section className="key-bindings" aria-label="Keys">
      <div className="key-bindings-head">
        <h3 className="heading">Keys</h3>
        <Button kind="quiet" isDisabled={Object.keys(overrides).length === 0} onPress={() => actions.settings.resetKeys()}>
          Reset all keys
        </Button>
      </div>
      <LiveText label="Filter keys" placeholder="Filter by command or key" value={filter} onChange={setFilter} />
      <ul className="key-list">
        {shown.map((command) => (
          <KeyRow
            key={command.id}
            command={command}
            commands={commands}
            isChanged={Object.hasOwn(overrides, command.id)}
            isRecording={recording === command.id}
            onRecord={(isOn) => setRecording(isOn ? command.id : null)}
          />
        ))}
        {shown.length === 0 && <li className="muted">No command has “{filter}” in its name or key.</li>}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly command: Command;
  readonly commands: readonly Command[];
  readonly isChanged: boolean;
  readonly isRecording: boolean;
  readonly onRecord: (isOn: boolean) => void;
}

function KeyRow({ command, commands, isChanged, isRecording, onRecord }: RowProps) {
  const { actions } = useSession();
  const change = useRef<HTMLSpanElement>(null);
  const done = () => {
    onRecord(false);
    // The button must be rendered before it can be focused.
    setTimeout(() => change.current?.querySelector('button')?.focus());
  };
  return (
    <li className="key-binding" data-recording={isRecording}>
      <span className="key-binding-title">{command.title}</span>
      {isRecording ? (
        <Recorder
          command={command}
          commands={commands}
          onCancel={done}
          onKeys={(keys) => {
            actions.settings.rebind(command.id, keys);
            done();
          }}
        />
      ) : (
        <span className="key-binding-keys" ref={change}>
          {command.keys.length === 0 && <span className="muted">no key</span>}
          {command.keys.map((key) => (
            <kbd key={key}>{keyName(key)}</kbd>
          ))}
          <Button kind="quiet" label={`Change the key of: ${command.title}`} onPress={() => onRecord(true)}>
            Change
          </Button>
          {isChanged && (
            <Button
              kind="quiet"
              label={`Reset the key of: ${command.title}`}
              onPress={() => {
                actions.settings.resetKeys(command.id);
                done();
              }}
            >
              Reset
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

interface RecorderProps {
  readonly command: Command;
  readonly commands: readonly Command[];
  readonly onKeys: (keys: readonly string[]) => void;
  readonly onCancel: () => void;
}

/** Records the next key that is pressed. If another command has it, asks first. */
function Recorder({ command, commands, onKeys, onCancel }: RecorderProps) {
  const field = useRef<HTMLButtonElement>(null);
  const [pressed, setPressed] = useState<{ key: string; problem: string | null; clashes: readonly Clash[] } | null>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    // Keep the keys pressed here from the dialog and the window, except Tab, which still moves the focus.
    if (event.key === 'Tab') return;
    event.stopPropagation();
    event.preventDefault();
    if (event.key === 'Escape') return onCancel();
    const key = writtenKey(event.nativeEvent);
    if (!key) return;
    const problem = keyProblem(command.scope, key);
    const met = problem ? [] : clashes(commands, command.id, [key]);
    if (!problem && met.length === 0) onKeys([key]);
    else setPressed({ key, problem, clashes: met });
  };
  const owners = [...new Set(pressed?.clashes.filter(({ key }) => key === pressed.key).map((clash) => `“${clash.command.title}”`))];
  return (
    <span className="recorder">
      <button ref={field} type="button" className="recorder-field" onKeyDownCapture={onKeyDown} onClick={() => field.current?.focus()}>
        {pressed ? keyName(pressed.key) : 'Press the new key…'}
      </button>
      {pressed?.clashes.length ? (
        <Button kind="primary" onPress={() => onKeys([pressed.key])}>
          Swap
        </Button>
      ) : (
        command.keys.length > 0 && (
          <Button kind="quiet" onPress={() => onKeys([])}>
            No key
          </Button>
        )
      )}
      <Button kind="quiet" onPress={onCancel}>
        Cancel
      </Button>
      <span className="recorder-problem" role="status">
        {pressed?.problem}
        {owners.length > 0 &&
          `${keyName(pressed?.key ?? '')} is the key of ${owners.join(' and ')}. Swap gives it the freed key, or press another.`}
      </span>
    </span>
  );
}
