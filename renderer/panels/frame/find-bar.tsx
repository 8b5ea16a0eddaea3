import './find-bar.css';
import { useEffect, useRef } from 'react';
import { Input, TextField, ToggleButton } from 'react-aria-components';
import { useSession, useView } from '../../session.tsx';
import type { FindState } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';

/** Find in the article: a small bar over it. Escape returns to the text with the current match selected. */
export function FindBar() {
  const find = useView((state) => state.find);
  return find && <Bar find={find} />;
}

function Bar({ find }: { find: FindState }) {
  const { actions } = useSession();
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking for the bar again takes the focus there again
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [find.asked]);
  const { matches, current, query } = find;
  const count =
    query === '' ? '' : matches.length === 0 ? 'none' : `${(current + 1).toLocaleString('en')} of ${matches.length.toLocaleString('en')}`;
  return (
    <search
      className="find-bar"
      aria-label="Find in the article"
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.find.close();
        else if (event.key === 'Enter' && event.target === field.current && !event.nativeEvent.isComposing) {
          actions.find.step(event.shiftKey ? -1 : 1);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <TextField aria-label="Find" value={query} onChange={(words) => actions.find.search({ query: words })}>
        <Input ref={field} className="input" placeholder="Find in the article" />
      </TextField>
      <span className="find-count" data-none={matches.length === 0} role="status" aria-live="polite">
        {count}
      </span>
      <Button kind="icon" label="Previous match" isDisabled={matches.length === 0} onPress={() => actions.find.step(-1)}>
        ↑
      </Button>
      <Button kind="icon" label="Next match" isDisabled={matches.length === 0} onPress={() => actions.find.step(1)}>
        ↓
      </Button>
      <ToggleButton
        className="find-toggle"
        aria-label="Match capitals"
        isSelected={find.matchCase}
        onChange={(matchCase) => actions.find.search({ matchCase })}
      >
        Aa
      </ToggleButton>
      <ToggleButton
        className="find-toggle"
        aria-label="Whole words"
        isSelected={find.wholeWords}
        onChange={(wholeWords) => actions.find.search({ wholeWords })}
      >
        <span className="whole">ab</span>
      </ToggleButton>
      <Button kind="icon" label="Close the find bar" onPress={actions.find.close}>
        ✕
      </Button>
    </search>
  );
}
