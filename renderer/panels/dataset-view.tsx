import './dataset-view.css';
import { useEffect, useState } from 'react';
import { AppError, type ExportPreview, type Failure, type Output } from '../../core/contract.ts';
import type { FormatName } from '../../core/export-request.ts';
import { formats } from '../../core/formats/index.ts';
import type { SplitOptions } from '../../core/splits/options.ts';
import { useSaveState, useSession, useWorkspace } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/count.ts';
import { DatasetSplits } from './dataset-splits.tsx';

/** What the dataset would hold, in which format, with what would be lost; and the export itself. */
export function DatasetView() {
  const { workspace } = useSession();
  const project = useWorkspace((state) => state.opened?.project.name);
  const [format, setFormat] = useState<FormatName>('jsonl');
  const [splits, setSplits] = useState<SplitOptions | null>(null);
  const [publishedTimes, setPublishedTimes] = useState(0);
  const save = useSaveState();
  const [preview, setPreview] = useState<ExportPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [result, setResult] = useState<Output<'exportDataset'> | null>(null);
  const [isBusy, setBusy] = useState(false);
  // The preview is of what is on disk, so it is made anew once everything is saved.
  // biome-ignore lint/correctness/useExhaustiveDependencies: and once other splits are published
  useEffect(() => {
    if (save.state !== 'saved') return;
    let isCurrent = true;
    const stop = new AbortController();
    setFailure(null);
    workspace.previewExport({ format, splits: splits ?? undefined }, { onProgress: () => {}, signal: stop.signal }).then(
      (made) => isCurrent && setPreview(made),
      (error: unknown) => isCurrent && setFailure(failureOf(error)),
    );
    return () => {
      isCurrent = false;
      stop.abort();
    };
  }, [workspace, format, splits, publishedTimes, save.state]);
  const run = () => {
    setBusy(true);
    setResult(null);
    setFailure(null);
    workspace
      .exportDataset({ format, splits: splits ?? undefined }, { onProgress: () => {}, signal: new AbortController().signal })
      .then(
        (made) => {
          setResult(made);
          if (made.kind === 'download') saveDownload(made.ticket, made.name);
        },
        (error: unknown) => setFailure(failureOf(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <main className="dataset" data-pane="main" aria-label="Dataset">
      <h2>Dataset of {project}</h2>
      <p className="muted">
        Everything that every annotator tagged, with the articles’ text. Offsets count Unicode code points, as Python does.
      </p>
      <fieldset className="formats">
        <legend className="heading">Format</legend>
        {formats.map(({ name, title, about }) => (
          <label key={name} className="format" data-selected={name === format}>
            <input type="radio" name="format" value={name} checked={name === format} onChange={() => setFormat(name)} />
            <span>
              <strong>{title}</strong>
              <span className="muted">{about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="export-row">
        <Button kind="primary" onPress={run} isDisabled={isBusy || save.state !== 'saved' || preview === null}>
          {isBusy ? 'Exporting…' : 'Export dataset'}
        </Button>
        {save.state !== 'saved' && <span className="muted">Waits until everything is saved.</span>}
        {result?.kind === 'written' && (
          <span role="status">
            Exported {counted(result.files.length, 'file')} to {result.place}.
          </span>
        )}
        {result?.kind === 'download' && <span role="status">Exported as {result.name}; your browser saves it.</span>}
      </div>
      {failure && (
        <p className="notice" data-severity="error" role="alert">
          {failure.message} {failure.safe} {failure.next}
        </p>
      )}
      <DatasetSplits chosen={splits} onChoose={setSplits} onPublished={() => setPublishedTimes((before) => before + 1)} />
      {preview ? <Preview preview={preview} /> : !failure && <p className="muted">Reading the project…</p>}
    </main>
  );
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) throw error;
  return error.failure;
}

// The ticket works once, for the browser's own download, which cannot carry the bearer token.
function saveDownload(ticket: string, name: string) {
  const link = document.createElement('a');
  link.href = `/download/${ticket}`;
  link.download = name;
  link.click();
}

// What an export counts besides the annotations of each layer.
const kinds: Readonly<Record<string, readonly [one: string, many?: string]>> = {
  documents: ['article'],
  annotations: ['annotation'],
  drafts: ['draft'],
  mentions: ['mention'],
  rejected: ['rejected suggestion'],
  relations: ['relation'],
  cross_document_relations: ['link across articles', 'links across articles'],
  entities: ['entity'],
  annotators: ['annotator'],
};

function Count({ words }: { words: string }) {
  const [number, ...rest] = words.split(' ');
  return (
    <>
      <strong>{number}</strong> {rest.join(' ')}
    </>
  );
}

function Preview({ preview }: { preview: ExportPreview }) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const wordsOf = (kind: string, count: number) => {
    const id = kind.replace(/^layers\./, '');
    const [one, many] = kinds[kind] ?? [codebook?.layers.find((layer) => layer.id === id)?.title.toLowerCase() ?? id.toLowerCase()];
    return counted(count, one, many);
  };
  return (
    <>
      <section aria-labelledby="counts-title">
        <h3 className="heading" id="counts-title">
          What it holds
        </h3>
        <ul className="counts">
          {Object.entries(preview.counts)
            .filter(([, count]) => count > 0)
            .map(([kind, count]) => (
              <li key={kind}>
                <Count words={wordsOf(kind, count)} />
              </li>
            ))}
        </ul>
      </section>
      <section aria-labelledby="losses-title">
        <h3 className="heading" id="losses-title">
          What this format cannot carry
        </h3>
        {preview.losses.length === 0 ? (
          <p>Nothing is lost.</p>
        ) : (
          <ul>
            {preview.losses.map(({ kind, count }) => (
              <li key={kind}>
                {count} × {kind}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="files-title">
        <h3 className="heading" id="files-title">
          Files
        </h3>
        {preview.files.map(({ path, bytes, rows, head }) => (
          <details key={path} className="file">
            <summary>
              <code>{path}</code>{' '}
              <span className="muted">
                {counted(rows, 'row')} · {counted(bytes, 'byte')}
              </span>
            </summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <section tabIndex={0} aria-label={`Beginning of ${path}`}>
              <pre>{head}</pre>
            </section>
          </details>
        ))}
      </section>
    </>
  );
}
