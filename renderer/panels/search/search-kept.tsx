import { useState } from 'react';
import { useSession, useWorkspace } from '../../session.tsx';
import { searchesOf } from '../../state/searches.ts';
import { Button } from '../../ui/button.tsx';
import { CommittedText } from '../../ui/fields.tsx';

/** The user's saved searches in this project, by name, and their recent ones. `query` is the current one. */
export function KeptSearches({ query }: { readonly query: string }) {
  const { actions } = useSession();
  const project = useWorkspace((state) => state.opened?.project.id);
  const settings = useWorkspace((state) => state.settings);
  const { saved, recent } = searchesOf(settings, project);
  const [named, setNamed] = useState<{ readonly query: string; readonly name: string } | null>(null);
  const words = query.trim();
  const known = saved.find((each) => each.query === words);
  const save = (name: string) => {
    if (named && name.trim() !== '') actions.search.save(name.trim().slice(0, 100), named.query);
    setNamed(null);
  };
  const nameField = named && (
    <CommittedText label="Name of the search" placeholder="A name" value={named.name} isDisabled={false} autoFocus onCommit={save} />
  );
  return (
    <aside className="search-kept" data-pane="articles" aria-label="Kept searches">
      <div className="list-head">
        <h2 className="heading">Saved searches</h2>
        <Button kind="quiet" isDisabled={words === '' || known !== undefined} onPress={() => setNamed({ query: words, name: '' })}>
          + Save
        </Button>
      </div>
      {named && !saved.some((each) => each.query === named.query) && <div className="search-name">{nameField}</div>}
      {saved.length === 0 && !named && <p className="empty">Save a query under a name to run it again with one click.</p>}
      <ul className="search-list">
        {saved.map((each) => (
          <li key={each.name}>
            {named?.query === each.query ? (
              nameField
            ) : (
              <>
                <button
                  type="button"
                  className="search-kept-row"
                  aria-current={each.query === words}
                  title={each.query}
                  onClick={() => actions.search.set({ query: each.query, chosen: null })}
                >
                  <span>{each.name}</span>
                  <span className="muted">{each.query}</span>
                </button>
                <Button kind="icon" label={`Rename ${each.name}`} onPress={() => setNamed(each)}>
                  ✎
                </Button>
                <Button kind="icon" label={`Delete the search ${each.name}`} onPress={() => actions.search.forget(each.name)}>
                  ×
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {recent.length > 0 && (
        <>
          <div className="list-head">
            <h2 className="heading">Last searches</h2>
          </div>
          <ul className="search-list">
            {recent.map((each) => (
              <li key={each}>
                <button type="button" className="search-kept-row" onClick={() => actions.search.set({ query: each, chosen: null })}>
                  <span>{each}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
