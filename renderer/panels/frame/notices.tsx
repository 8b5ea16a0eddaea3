import './notices.css';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';

/** Notices for the user. Each one stays until it is dismissed. */
export function Notices() {
  const { workspace, actions } = useSession();
  const notices = useWorkspace((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label="Notices">
      {notices.map(({ id, severity, message, next, command }) => (
        <div key={id} className="notice" data-severity={severity} role={severity === 'error' ? 'alert' : 'status'}>
          <p>
            <strong>{severity === 'info' ? 'Note.' : severity === 'warning' ? 'Attention.' : 'Error.'}</strong> {message} {next}
          </p>
          {command && <Button onPress={() => actions.run(command)}>{actions.titleOf(command)}</Button>}
          <Button kind="quiet" onPress={() => workspace.dismiss(id)}>
            Dismiss
          </Button>
        </div>
      ))}
    </section>
  );
}
