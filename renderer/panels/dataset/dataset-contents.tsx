import type { ExportPreview, ExportProgress } from '../../../core/contract/dataset.ts';
import { useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { PreviewReading } from './dataset-reading.ts';

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

const cardName = 'README.md';

/** The progress of an export in words. */
export function progressWords({ step, done, total }: ExportProgress): string {
  if (step === 'packing') return 'Packing the files…';
  const what = step === 'comparing' ? 'Comparing articles for the splits' : 'Reading articles';
  return `${what}… ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
}

/** A number of bytes as people say it: `812 bytes`, `24 kB`, `1.3 MB`. */
function sizeWords(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${size < 10 ? size.toFixed(1) : Math.round(size).toLocaleString('en')} ${unit}`;
}

interface ContentsProps {
  readonly reading: PreviewReading;
  readonly onStop: () => void;
  readonly onAgain: () => void;
  readonly onClear: () => void;
}

/** What the dataset would contain, what would be lost, the beginnings of its files, and its card. */
export function DatasetContents({ reading, onStop, onAgain, onClear }: ContentsProps) {
  const { preview, isReading, progress, failure, isStopped } = reading;
  const isNothing = preview !== null && !isReading && (preview.counts['documents'] ?? 0) === 0;
  if (failure) {
    return (
      <FailureNotice>
        {failure.message} {failure.safe} {failure.next} <Button onPress={onAgain}>Look again</Button>
      </FailureNotice>
    );
  }
  if (isStopped) {
    return (
      <p>
        The preview was stopped. <Button onPress={onAgain}>Make the preview</Button>
      </p>
    );
  }
  return (
    <>
      {progress && (
        <div className="dataset-progress">
          <span>{progressWords(progress)}</span>
          <progress max={progress.total} value={progress.done} aria-label="Progress of the preview" />
          <Button onPress={onStop}>Stop</Button>
        </div>
      )}
      {isNothing && (
        <p role="status">
          No article matches what you chose. <Button onPress={onClear}>Take everything</Button>
        </p>
      )}
      {preview && !isNothing ? (
        <div className="contents" data-old={isReading} aria-busy={isReading}>
          <Counts preview={preview} />
          <Losses preview={preview} />
          <Files preview={preview} />
        </div>
      ) : (
        isReading && !progress && <Waiting />
      )}
    </>
  );
}

function Waiting() {
  return (
    <div className="dataset-waiting" role="status" aria-label="Reading the project">
      {['35%', '80%', '65%', '40%', '90%', '90%'].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have nothing else
        <span key={index} className="bone" style={{ width }} />
      ))}
    </div>
  );
}

function Counts({ preview }: { preview: ExportPreview }) {
  const layers = useWorkspace((state) => state.opened?.codebook.codebook.layers);
  const found = Object.entries(preview.counts).filter(([, count]) => count > 0);
  const byLayer = found.flatMap(([kind, count]) => {
    const id = kind.replace(/^layers\./, '');
    return kinds[kind] ? [] : [counted(count, layers?.find((layer) => layer.id === id)?.title.toLowerCase() ?? id.toLowerCase())];
  });
  return (
    <section aria-labelledby="counts-title">
      <h3 className="heading" id="counts-title">
        What it holds
      </h3>
      <ul className="counts">
        {found.map(([kind, count]) => {
          const name = kinds[kind];
          if (!name) return null;
          const [number, ...rest] = counted(count, ...name).split(' ');
          return (
            <li key={kind}>
              <strong>{number}</strong> {rest.join(' ')}
            </li>
          );
        })}
      </ul>
      {byLayer.length > 0 && <p className="muted">Annotations by layer: {byLayer.join(', ')}.</p>}
    </section>
  );
}

function Losses({ preview: { losses } }: { preview: ExportPreview }) {
  return (
    <section aria-labelledby="losses-title">
      <h3 className="heading" id="losses-title">
        What this format cannot carry
      </h3>
      {losses.length === 0 ? (
        <p>Nothing is lost.</p>
      ) : (
        <ul className="losses">
          {losses.map(({ kind, count }) => (
            <li key={kind}>
              <strong>{count.toLocaleString('en')} ×</strong> <span>{kind}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Files({ preview: { files, others } }: { preview: ExportPreview }) {
  const card = files.find(({ path }) => path === cardName);
  return (
    <>
      <section aria-labelledby="files-title">
        <h3 className="heading" id="files-title">
          Files
        </h3>
        {files
          .filter(({ path }) => path !== cardName)
          .map(({ path, bytes, rows, head }) => (
            <details key={path} className="file">
              <summary>
                <code>{path}</code>{' '}
                <span className="muted">
                  {counted(rows, 'record')} · {sizeWords(bytes)}
                </span>
              </summary>
              {head === '' ? (
                <p className="muted">{bytes === 0 ? 'The file is empty.' : 'This file is for programs; there is no text in it to show.'}</p>
              ) : (
                <Beginning path={path} text={head} />
              )}
            </details>
          ))}
        {others.files > 0 && (
          <p className="muted">
            and {counted(others.files, 'more file')} · {sizeWords(others.bytes)}
          </p>
        )}
      </section>
      {card && (
        <section aria-labelledby="card-title">
          <h3 className="heading" id="card-title">
            The card that goes with it
          </h3>
          <details className="file">
            <summary>
              <code>{cardName}</code> <span className="muted">what a stranger has to know, on its own · {sizeWords(card.bytes)}</span>
            </summary>
            <Beginning path={cardName} text={card.head} />
          </details>
        </section>
      )}
    </>
  );
}

function Beginning({ path, text }: { path: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={`Beginning of ${path}`}>
      <pre>{text}</pre>
    </section>
  );
}
