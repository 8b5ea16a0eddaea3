import { type FormEvent, useRef, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import type { Failure } from '../../../core/failure.ts';
import { folderNameOf, folderNameProblem } from '../../../core/project-home.ts';
import { useSession } from '../../session.tsx';
import type { BroughtFile } from '../../state/home.ts';
import { failureOf } from '../../state/notices.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import { LabelledText } from '../../ui/labelled-text.tsx';

interface HomeNewProjectProps {
  readonly isOpen: boolean;
  readonly known: Output<'openHome'>;
  readonly onClose: () => void;
}

/** Asks for the name of a new project, its folder, and the articles to begin with. */
export function HomeNewProject({ isOpen, known, onClose }: HomeNewProjectProps) {
  return (
    <Dialog title="New project" isOpen={isOpen} onClose={onClose}>
      {isOpen && <NewProject known={known} onClose={onClose} />}
    </Dialog>
  );
}

function NewProject({ known, onClose }: Pick<HomeNewProjectProps, 'known' | 'onClose'>) {
  const { actions } = useSession();
  const [name, setName] = useState('');
  const [typedFolder, setFolder] = useState<string | null>(null);
  const [files, setFiles] = useState<readonly BroughtFile[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const folderChooser = useRef<HTMLInputElement>(null);
  const fileChooser = useRef<HTMLInputElement>(null);
  const folder = typedFolder ?? (name.trim() === '' ? '' : folderNameOf(name));
  const problem = folder === '' && typedFolder === null ? null : folderNameProblem(folder);
  const isReady = name.trim() !== '' && folderNameProblem(folder) === null && !isBusy;
  const create = (elsewhere: boolean) => {
    if (!isReady) return;
    setBusy(true);
    setFailure(null);
    actions.outside.home
      .create({ name: name.trim(), folder, elsewhere, files })
      .then((kind) => kind === 'window' && onClose())
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => setBusy(false));
  };
  const choose = (chosen: readonly BroughtFile[]) => {
    setFiles(chosen);
    // A folder of articles is often named after the subject of the project.
    const [top, ...rest] = chosen[0]?.name.split('/') ?? [];
    if (name === '' && top !== undefined && rest.length > 0) setName(top.slice(0, 80));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create(false);
  };
  return (
    <form className="home-form" onSubmit={submit}>
      <LabelledText
        label="Name"
        value={name}
        onChange={(value) => setName(value.slice(0, 80))}
        problem={null}
        isDisabled={false}
        autoFocus
      />
      <LabelledText
        label="Folder"
        value={folder}
        onChange={setFolder}
        hint={`A new folder in ${known.place}. It can be moved or copied later.`}
        problem={problem}
        isDisabled={false}
      />
      <fieldset>
        <legend>Articles</legend>
        <p role="status">
          {files.length === 0
            ? 'None yet: the project begins empty, and articles can be imported at any time.'
            : `${counted(files.length, 'file')} chosen. Plain text comes in at once, anything else after a look at what it holds.`}
        </p>
        <div className="home-deeds">
          <Button isDisabled={isBusy} onPress={() => folderChooser.current?.click()}>
            Choose a folder of articles…
          </Button>
          <Button isDisabled={isBusy} onPress={() => fileChooser.current?.click()}>
            Choose files…
          </Button>
          {files.length > 0 && (
            <Button kind="quiet" isDisabled={isBusy} onPress={() => setFiles([])}>
              Begin empty
            </Button>
          )}
        </div>
      </fieldset>
      {failure && (
        <p role="alert" className="problem">
          {failure.message} {failure.next}
        </p>
      )}
      <div className="dialog-actions">
        {known.asks && (
          <Button isDisabled={!isReady} onPress={() => create(true)}>
            Create elsewhere…
          </Button>
        )}
        <Button kind="primary" isDisabled={!isReady} onPress={() => create(false)}>
          Create
        </Button>
      </div>
      {/* Makes Enter in a field create the project. */}
      <button type="submit" hidden />
      <FileInput ref={folderChooser} isFolder accept="" label="Choose a folder of articles" onChoose={choose} />
      <FileInput ref={fileChooser} multiple accept="" label="Choose files of articles" onChoose={choose} />
    </form>
  );
}
