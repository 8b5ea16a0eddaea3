import { namesApart } from '../../../core/project-home.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Menu } from '../../ui/menu.tsx';

/** The project's name with a menu: its folder, import and export, the way home, and the recent projects. */
export function ProjectMenu() {
  const { actions } = useSession();
  const project = useWorkspace((state) => state.opened?.project);
  const recent = useWorkspace((state) => state.settings.recent);
  const writable = useWorkspace((state) => state.writable);
  if (!project) return null;
  const names = namesApart(recent);
  const others = recent.filter(({ folder }) => folder !== project.place);
  const choose = (id: string) => {
    if (id.startsWith('recent:')) actions.outside.openKnown(id.slice('recent:'.length));
    else actions.run(id);
  };
  return (
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
        { title: 'Other projects', entries: [{ id: 'project.home', title: 'Project home', detail: 'Open, make or restore a project' }] },
        {
          title: 'Opened last',
          entries: others.map((one) => ({ id: `recent:${one.key ?? one.id}`, title: names.get(one) ?? one.name, detail: one.folder })),
        },
      ]}
      onChoose={choose}
    >
      {project.name} <span aria-hidden="true">▾</span>
    </Menu>
  );
}
