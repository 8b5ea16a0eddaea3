import './article-dialog.css';
import { useRef, useState } from 'react';
import { detailNames } from '../../../core/model/article-record.ts';
import type { TableReading } from '../../actions/article-life.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import type { GivenFile } from '../../ui/given-files.ts';
import { saveFile } from '../../ui/save-file.ts';

/** The details of all articles as a CSV file: export it, edit it in a spreadsheet, and import it with a preview. */
export function ArticleTable() {
  const { view } = useSession();
  const isOpen = useView((state) => state.articleTable);
  return (
    <Dialog title="Details of all articles" isOpen={isOpen} onClose={() => view.set({ articleTable: false })}>
      {isOpen && <Table />}
    </Dialog>
  );
}

function Table() {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const count = useWorkspace((state) => state.articles.length);
  const chooser = useRef<HTMLInputElement>(null);
  const [reading, setReading] = useState<TableReading | null>(null);
  const take = ([file]: GivenFile[]) => {
    if (!file) return;
    actions.articles
      .readTable(file)
      .then(setReading)
      .catch((error: unknown) => actions.tell(error));
  };
  return (
    <div className="replacement">
      <p>
        Save the titles, sources, dates, addresses and languages of {count === 1 ? 'the article' : `all ${count} articles`} as a CSV file,
        edit it in a spreadsheet, then choose it here. You see every change before it is made.
      </p>
      <div className="form-buttons">
        <Button onPress={() => saveFile('articles.csv', actions.articles.table(), 'text/csv;charset=utf-8')}>Save as CSV</Button>
        <Button
          onPress={() => {
            navigator.clipboard.writeText(actions.articles.table()).catch((error: unknown) => actions.tell(error));
          }}
        >
          Copy
        </Button>
        <Button isDisabled={!writable} onPress={() => chooser.current?.click()}>
          Choose a CSV…
        </Button>
      </div>
      <FileInput ref={chooser} label="Choose a table" accept=".csv,text/csv" onChoose={take} />
      {reading && <Reading reading={reading} />}
    </div>
  );
}

function Reading({ reading }: { reading: TableReading }) {
  const { actions } = useSession();
  const { name, changes, problems } = reading;
  if (problems.length > 0) {
    return (
      <section>
        <p role="status" className="problem-text">
          {name} cannot be taken: {problems.length === 1 ? '1 problem' : `${problems.length} problems`}. Nothing was changed. Correct the
          file, then choose it again.
        </p>
        <ul className="table-rows" aria-label="Problems">
          {problems.map(({ line, column, message }) => (
            <li key={`${line} ${column} ${message}`}>
              <span className="muted">
                Line {line}
                {column === null ? '' : `, ${column}`}
              </span>
              {message}
            </li>
          ))}
        </ul>
      </section>
    );
  }
  if (changes.length === 0) return <p role="status">{name} changes nothing.</p>;
  return (
    <section>
      <p role="status">{changes.length === 1 ? '1 article changes.' : `${changes.length} articles change.`}</p>
      <ul className="table-rows" aria-label="Changes">
        {changes.map(({ meta, changes: changed }) => (
          <li key={meta.id}>
            <strong>{meta.title}</strong>
            {detailNames
              .filter((detail) => changed[detail] !== undefined)
              .map((detail) => (
                <span key={detail}>
                  {detail}: <span className="muted">{meta[detail] ?? 'none'}</span> → {changed[detail] ?? 'none'}
                </span>
              ))}
          </li>
        ))}
      </ul>
      <div className="form-buttons">
        <Button kind="primary" onPress={() => actions.articles.applyTable(changes)}>
          Apply
        </Button>
        <span className="muted">One undo takes it all back.</span>
      </div>
    </section>
  );
}
