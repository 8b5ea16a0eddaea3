import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import type { Failure } from '../../../core/failure.ts';
import { folderNameOf, folderNameProblem, type LackingText } from '../../../core/project-home.ts';
import { useSession } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import { LabelledText } from '../../ui/labelled-text.tsx';
import { TitledLines } from '../../ui/titled-lines.tsx';

type Known = Output<'openHome'>;
type Look = Output<'lookAtBackup'>;
type Restored = NonNullable<Output<'restoreBackup'>>;

interface HomeRestoreProps {
  readonly isOpen: boolean;
  readonly known: Known;
  readonly onClose: () => void;
}

/** Restores a backup as a new project. Shows first what is in it, and takes missing texts from files that the user provides. */
export function HomeRestore({ isOpen, known, onClose }: HomeRestoreProps) {
  return (
    <Dialog title="Restore a backup" isOpen={isOpen} onClose={onClose}>
      {isOpen && <Restore known={known} />}
    </Dialog>
  );
}

function Restore({ known }: Pick<HomeRestoreProps, 'known'>) {
  const { actions } = useSession();
  const { home } = actions.outside;
  const [busy, setBusy] = useState<string | null>(null);
  const [look, setLook] = useState<Look | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [typedFolder, setFolder] = useState<string | null>(null);
  const [restored, setRestored] = useState<Restored | null>(null);
  const sent = useRef(0);
  const zipChooser = useRef<HTMLInputElement>(null);
  const fileChooser = useRef<HTMLInputElement>(null);
  const folderChooser = useRef<HTMLInputElement>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => {
      controller.abort();
      home.discard();
    };
  }, [home]);

  const attempt = (what: string, deed: (signal: AbortSignal) => Promise<void>) => {
    const { signal } = stop.current;
    setFailure(null);
    setBusy(what);
    deed(signal)
      .catch((error: unknown) => signal.aborted || setFailure(failureOf(error)))
      .finally(() => setBusy(null));
  };
  const take = ([file]: readonly File[]) => {
    if (!file) return;
    attempt('Reading the backup…', async (signal) => {
      setLook(null);
      const share = (bytes: number) => setBusy(`Reading the backup: ${Math.floor((100 * bytes) / file.size)} %`);
      await home.send({ kind: 'backup' }, file, signal, share);
      setLook(await home.lookAtBackup(signal));
      setFolder(null);
    });
  };
  const takeTexts = (files: readonly File[]) =>
    attempt('Reading the articles…', async (signal) => {
      for (const [index, file] of files.entries()) {
        setBusy(`Reading the articles: ${index + 1} of ${files.length}`);
        // A larger file cannot be an article, so it cannot contain a missing text.
        if (file.size <= mostOfArticle) await home.send({ kind: 'article', file: sent.current++ }, file, signal);
      }
      setBusy('Looking for the texts…');
      setLook(await home.lookAtBackup(signal));
    });
  const folder = typedFolder ?? freeName(look?.name ?? '', known);
  const problem = look === null ? null : folderNameProblem(folder);
  const isReady = look !== null && look.lacking.length === 0 && problem === null && busy === null;
  const restore = (elsewhere: boolean) => {
    if (!isReady) return;
    attempt('Restoring and checking…', async (signal) => {
      const done = await home.restore({ folder, elsewhere }, signal);
      if (done === null) return;
      if (done.problems.length === 0 && done.withoutOriginal.length === 0) await home.open(done.project);
      else setRestored(done);
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    restore(false);
  };
  if (restored)
    return <RestoredWith restored={restored} onOpen={() => attempt('Opening…', async () => void (await home.open(restored.project)))} />;
  return (
    <form className="home-form" onSubmit={submit}>
      <p>A backup is one zip that Pressmark made. It becomes a new project, all of it or nothing; no other project is changed.</p>
      {failure && (
        <p role="alert" className="problem">
          {failure.message} {failure.safe} {failure.next}
        </p>
      )}
      {busy !== null && (
        <p role="status" aria-busy="true">
          {busy}
        </p>
      )}
      {look === null ? (
        <div className="dialog-actions">
          <Button kind="primary" autoFocus isDisabled={busy !== null} onPress={() => zipChooser.current?.click()}>
            Choose the backup…
          </Button>
        </div>
      ) : (
        <>
          <p>
            “{look.name}”, {counted(look.files, 'file')}
            {look.text ? '.' : ', without the texts of its articles.'}
          </p>
          {look.lacking.length > 0 ? (
            <Lacking lacking={look.lacking} />
          ) : (
            <LabelledText
              label="Folder"
              value={folder}
              onChange={setFolder}
              hint={`A new folder in ${known.place}.${look.text ? '' : ' All texts were found.'}`}
              problem={problem}
              isDisabled={false}
              autoFocus
            />
          )}
          <div className="dialog-actions">
            <Button kind="quiet" isDisabled={busy !== null} onPress={() => zipChooser.current?.click()}>
              Choose another backup…
            </Button>
            {look.lacking.length > 0 ? (
              <>
                <Button isDisabled={busy !== null} onPress={() => fileChooser.current?.click()}>
                  Choose their files…
                </Button>
                <Button kind="primary" autoFocus isDisabled={busy !== null} onPress={() => folderChooser.current?.click()}>
                  Choose the folder of the articles…
                </Button>
              </>
            ) : (
              <>
                {known.asks && (
                  <Button isDisabled={!isReady} onPress={() => restore(true)}>
                    Restore elsewhere…
                  </Button>
                )}
                <Button kind="primary" isDisabled={!isReady} onPress={() => restore(false)}>
                  Restore
                </Button>
              </>
            )}
          </div>
        </>
      )}
      <FileInput ref={zipChooser} accept=".zip" label="Choose a backup" onFiles={take} />
      <FileInput ref={folderChooser} isFolder accept="" label="Choose the folder of the articles" onFiles={takeTexts} />
      <FileInput ref={fileChooser} multiple accept="" label="Choose files of the articles" onFiles={takeTexts} />
    </form>
  );
}

// In bytes. The import does not accept larger files.
const mostOfArticle = 25_000_000;

function Lacking({ lacking }: { lacking: readonly LackingText[] }) {
  return (
    <>
      <p>
        {lacking.length === 1 ? 'The text of 1 article is' : `The texts of ${lacking.length.toLocaleString('en')} articles are`} still
        missing. Choose the files that they were imported from, under any name, or a project that has them:
      </p>
      <ul aria-label="Missing texts">
        {lacking.map(({ name, title }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two articles may have one name, and the list is never put in another order
          <li key={index}>
            {name} (“{title}”)
          </li>
        ))}
      </ul>
    </>
  );
}

function RestoredWith({ restored, onOpen }: { restored: Restored; onOpen: () => void }) {
  return (
    <div className="home-form">
      <p role="status">{counted(restored.files, 'file')} restored.</p>
      <TitledLines
        title="The texts of these articles were found, but not the files that they were imported from:"
        lines={restored.withoutOriginal}
      />
      <TitledLines title="The project was damaged when it was backed up:" lines={restored.problems} />
      <Button kind="primary" autoFocus onPress={onOpen}>
        Open the project
      </Button>
    </div>
  );
}

// A backup is often next to the project it was made from.
function freeName(name: string, { recent, others, place }: Known): string {
  const plain = folderNameOf(name);
  const separator = place.includes('\\') ? '\\' : '/';
  const taken = new Set([...recent, ...others].map(({ folder }) => folder.toLowerCase()));
  const isTaken = (folder: string) => taken.has(`${place}${separator}${folder}`.toLowerCase());
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? plain : `${plain} ${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
