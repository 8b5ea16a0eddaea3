import './top-bar.css';
import { useSession, useView, useWorkspace } from '../session.tsx';
import type { ViewName } from '../state/view-store.ts';
import { Button } from '../ui/button.tsx';

const views: readonly { readonly name: ViewName; readonly title: string }[] = [
  { name: 'annotate', title: 'Annotate' },
  { name: 'dataset', title: 'Dataset' },
];

/** The project's name, whether this window may write, and the views. */
export function TopBar() {
  const { view, actions } = useSession();
  const shown = useView((state) => state.view);
  const project = useWorkspace((state) => state.opened?.project);
  const writable = useWorkspace((state) => state.writable);
  return (
    <header className="top-bar" data-pane="top">
      <span className="brand">Pressmark</span>
      <h1 className="project" title={project?.place}>
        {project?.name}
      </h1>
      {!writable && (
        <span className="read-only" role="status">
          Read-only: another window or program writes this project.
          <Button onPress={actions.takeOver}>Take over</Button>
        </span>
      )}
      <nav className="views" aria-label="Views">
        {views.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            className="view"
            aria-current={shown === name ? 'page' : undefined}
            onClick={() => view.set({ view: name })}
          >
            {title}
          </button>
        ))}
      </nav>
    </header>
  );
}
