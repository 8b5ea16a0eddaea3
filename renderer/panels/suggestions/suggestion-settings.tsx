import { chosenSuggestions, familyNames, isAllOff, type SuggestionChoice, suggestionFamilies } from '../../../core/suggestions/choice.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Check, Choice } from '../../ui/fields.tsx';

const thresholds = [0, 0.5, 0.6, 0.7, 0.8, 0.9];
const nameOf = (threshold: number) => (threshold === 0 ? 'any' : `${Math.round(threshold * 100)} %`);

/** Which kinds of suggestions to show and how sure they must be; leads to the rules and what was learned. */
export function SuggestionSettings() {
  const { actions } = useSession();
  const choice = useWorkspace((state) => state.settings.suggestions);
  const { state, all } = useWorkspace((workspace) => workspace.suggestions);
  const change = (part: Partial<SuggestionChoice>) => actions.settings.changeSettings({ suggestions: { ...choice, ...part } });
  const shown = chosenSuggestions(all, choice).length;
  return (
    <section>
      <h3 className="heading">Suggestions</h3>
      <div className="setting">
        <span className="setting-name">Suggest</span>
        <fieldset className="setting-checks" aria-label="Suggest">
          {suggestionFamilies.map((family) => (
            <Check
              key={family}
              label={familyNames[family][1]}
              value={!choice.off.includes(family)}
              isDisabled={false}
              onChange={(isOn) =>
                change({ off: suggestionFamilies.filter((each) => (each === family ? !isOn : choice.off.includes(each))) })
              }
            />
          ))}
        </fieldset>
      </div>
      <div className="setting">
        <span className="setting-name">At least</span>
        <Choice
          label="How sure a suggestion must be"
          values={thresholds.map(nameOf)}
          value={nameOf(choice.threshold)}
          clearable={false}
          isDisabled={isAllOff(choice)}
          onChange={(name) => change({ threshold: thresholds.find((each) => nameOf(each) === name) ?? choice.threshold })}
        />
      </div>
      <p className="setting-help muted" role="status">
        {isAllOff(choice)
          ? 'Nothing is suggested.'
          : `How often suggestions like it were right. A speaker that is less sure is left open.${
              state === 'ready' ? ` Here ${shown} of ${counted(all.length, 'suggestion')} ${shown === 1 ? 'passes' : 'pass'}.` : ''
            }`}
      </p>
      <div className="setting">
        <span className="setting-name">Rules</span>
        <Button onPress={() => actions.learn.openRules()}>Show rules, counts and what was learned…</Button>
      </div>
    </section>
  );
}
