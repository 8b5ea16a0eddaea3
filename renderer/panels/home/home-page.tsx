import './home-page.css';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import type { Failure } from '../../../core/failure.ts';
import { type KnownProject, namesApart } from '../../../core/project-home.ts';
import { useLooks } from '../../frame.ts';
import { useSession } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { momentWords } from '../../ui/moment.ts';
import { HomeNewProject } from './home-new-project.tsx';
import { HomeOpenFolder } from './home-open-folder.tsx';
import { HomeRestore } from './home-restore.tsx';

type Known = Output<'openHome'>;

/** What the user sees without a project: the projects that this computer knows, and how to create, open and restore one. */
export function HomePage() {
  const { actions } = useSession();
  const { home } = actions.outside;
  useLooks();
  const [known, setKnown] = useState<Known | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [unread, setUnread] = useState<Failure | null>(null);
  const [opening, setOpening] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'new' | 'open' | 'restore' | null>(null);
  const read = useCallback(() => {
    home.read().then(
      (found) => {
        setKnown(found);
        setUnread(null);
      },
      (error: unknown) => setUnread(failureOf(error)),
    );
  }, [home]);
  useEffect(() => {
    document.title = 'Projects – Pressmark';
    read();
    // The disk may have changed when the user comes back from another program.
    window.addEventListener('focus', read);
    return () => window.removeEventListener('focus', read);
  }, [read]);
  const attempt = (what: string, deed: Promise<unknown>) => {
    setFailure(null);
    setOpening(what);
    deed
      .catch((error: unknown) => {
        setFailure(failureOf(error));
        read();
      })
      .finally(() => setOpening(null));
  };
  const open = ({ key, name }: Pick<KnownProject, 'key' | 'name'>) => attempt(name, home.open(key));
  const openFolder = () => (known?.asks ? attempt('the project', home.openFolder(null)) : setDialog('open'));
  const forget = ({ key }: KnownProject) => {
    setFailure(null);
    home.forget(key).then(read, (error: unknown) => setFailure(failureOf(error)));
  };
  const hasSample = known && [...known.recent, ...known.others].some(({ key }) => key === known.sample.key);
  const names = namesApart(known ? [...known.recent, ...known.others] : []);
  const isBusy = opening !== null || known === null;
  return (
    <main className="home">
      <div className="home-column">
        <header className="home-head">
          <div>
            <p className="home-brand">Pressmark</p>
            <h1>Projects</h1>
          </div>
          <div className="home-deeds">
            <Button kind="primary" isDisabled={isBusy} onPress={() => setDialog('new')}>
              New project…
            </Button>
            <Button isDisabled={isBusy} onPress={openFolder}>
              Open a folder…
            </Button>
            <Button isDisabled={isBusy} onPress={() => setDialog('restore')}>
              Restore a backup…
            </Button>
          </div>
        </header>
        {failure && <Told failure={failure} />}
        {unread && (
          <>
            <Told failure={unread} />
            <Button onPress={read}>Try again</Button>
          </>
        )}
        <p role="status" className={opening === null ? 'visually-hidden' : 'home-status'}>
          {opening === null ? '' : `Opening ${opening}…`}
        </p>
        {known === null && !unread && (
          <p className="opening" aria-busy="true">
            Looking for your projects…
          </p>
        )}
        {known && (
          <>
            {known.recent.length > 0 && (
              <Section title="Opened last">
                {known.recent.map((project, index) => (
                  <Row
                    key={project.key}
                    project={project}
                    called={names.get(project) ?? project.name}
                    isFirst={index === 0}
                    isBusy={isBusy}
                    onOpen={open}
                    onForget={forget}
                  />
                ))}
              </Section>
            )}
            {known.others.length > 0 && (
              <Section title="Also in your folder of projects">
                {known.others.map((project) => (
                  <Row key={project.key} project={project} called={names.get(project) ?? project.name} isBusy={isBusy} onOpen={open} />
                ))}
              </Section>
            )}
            {known.recent.length + known.others.length === 0 && (
              <p>Make a project from your articles, open one that you have, or look around in the sample first.</p>
            )}
            {!hasSample && (
              <Section title={known.recent.length + known.others.length === 0 ? 'No project yet' : 'To try things out'}>
                <li className="home-row">
                  <button
                    type="button"
                    className="home-open"
                    disabled={isBusy}
                    onClick={() => open({ key: known.sample.key, name: 'the sample project' })}
                  >
                    <span className="home-name">The sample project</span>
                    <span className="home-detail">
                      Five articles about one summit, with a short tour. It is made when you first open it.
                    </span>
                  </button>
                </li>
              </Section>
            )}
          </>
        )}
      </div>
      {known && <HomeNewProject isOpen={dialog === 'new'} known={known} onClose={() => setDialog(null)} />}
      <HomeOpenFolder isOpen={dialog === 'open'} onClose={() => setDialog(null)} />
      {known && (
        <HomeRestore
          isOpen={dialog === 'restore'}
          known={known}
          onClose={() => {
            setDialog(null);
            read();
          }}
        />
      )}
    </main>
  );
}

function Told({ failure: { message, safe, next } }: { failure: Failure }) {
  return (
    <p className="home-failure" role="alert">
      {message} {safe} {next}
    </p>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="heading">{title}</h2>
      <ul className="home-list">{children}</ul>
    </section>
  );
}

interface RowProps {
  readonly project: KnownProject;
  /** Its name in this list. */
  readonly called: string;
  readonly isFirst?: boolean;
  readonly isBusy: boolean;
  readonly onOpen: (project: KnownProject) => void;
  readonly onForget?: (project: KnownProject) => void;
}

function Row({ project, called, isFirst = false, isBusy, onOpen, onForget }: RowProps) {
  const { folder, state } = project;
  const words = (
    <>
      <span className="home-name">{called}</span>
      <span className="home-detail">{detailOf(project)}</span>
      <span className="home-detail home-folder">{folder}</span>
    </>
  );
  return (
    <li className="home-row" data-state={state}>
      {state === 'missing' ? (
        <div className="home-open">{words}</div>
      ) : (
        // biome-ignore lint/a11y/noAutofocus: the page has nothing before it, and Enter goes on where the person was last
        <button type="button" className="home-open" disabled={isBusy} autoFocus={isFirst} onClick={() => onOpen(project)}>
          {words}
        </button>
      )}
      {onForget && (
        <Button kind="quiet" label={`Remove ${called} from the list`} onPress={() => onForget(project)}>
          Remove from the list
        </Button>
      )}
    </li>
  );
}

const articlesIn = (count: number | null): string =>
  count === null ? '' : count === 0 ? 'No articles yet' : `${counted(count, 'article')} imported`;

function detailOf({ state, opened, articles }: KnownProject): string {
  if (state === 'missing') return 'No longer there: moved, renamed, deleted, or on a disk that is not connected.';
  const parts = [
    state === 'unreadable' ? 'Its project file cannot be read' : articlesIn(articles),
    opened === null ? '' : `opened ${momentWords(opened)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
