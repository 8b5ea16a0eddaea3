import { useState } from 'react';
import { AppError } from '../../core/contract.ts';
import { useSession, useWorkspace } from '../session.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';

/** The project's name, with a menu: where it lies, what comes in and out, and the projects opened last. */
export function ProjectMenu() {
  const { actions } = useSession();
  const project = useWorkspace((state) => state.opened?.project);
  const recent = useWorkspace((state) => state.settings.recent);
  const writable = useWorkspace((state) => state.writable);
  const [line, setLine] = useState<string | null>(null);
  if (!project) return null;
  const others = recent.filter(({ id }) => id !== project.id);
  const choose = (id: string) => {
    if (!id.startsWith('recent:')) return actions.run(id);
    actions.outside
      .openRecent(id.slice('recent:'.length))
      .then(setLine)
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        actions.tell(error);
      });
  };
  return (
    <>
      <Menu
        label={`Project ${project.name}`}
        className="menu-button project"
        groups={[
          {
            title: project.place,
            entries: [
              { id: 'article.import', title: 'Import articles…', isDisabled: !writable },
              { id: 'dataset.open', title: 'Export dataset…' },
              { id: 'project.backup', title: 'Back the project up…' },
              { id: 'project.earlier', title: 'Earlier states…' },
              { id: 'project.reread', title: 'Read the project again' },
            ],
          },
          { title: 'Opened last', entries: others.map(({ id, name, folder }) => ({ id: `recent:${id}`, title: name, detail: folder })) },
        ]}
        onChoose={choose}
      >
        {project.name} <span aria-hidden="true">▾</span>
      </Menu>
      <Dialog title="Open this project" isOpen={line !== null} onClose={() => setLine(null)}>
        <p>In the browser each project is opened by its own start. Type this where you started Pressmark:</p>
        <p>
          <code className="line-to-type">{line}</code>
        </p>
      </Dialog>
    </>
  );
}
