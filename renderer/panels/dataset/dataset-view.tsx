import './dataset-view.css';
import { useRef, useState } from 'react';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { type DatasetChoice, narrowed, requestOf, wholeDataset } from '../../state/dataset-choice.ts';
import { onlyShows } from '../../state/only-shows.ts';
import { Button } from '../../ui/button.tsx';
import { useLostFocus } from '../../ui/lost-focus.ts';
import { DatasetContents } from './dataset-contents.tsx';
import { ExportBar } from './dataset-export-bar.tsx';
import { FormatChooser } from './dataset-formats.tsx';
import { DatasetLicence } from './dataset-licence.tsx';
import { useExportPreview } from './dataset-reading.ts';
import { DatasetScope } from './dataset-scope.tsx';
import { DatasetSplits } from './dataset-splits.tsx';

/** What the dataset would contain, in which format, what would be lost, and the export itself. */
export function DatasetView() {
  const project = useWorkspace((state) => state.opened?.project.name);
  const isEmpty = useWorkspace((state) => state.articles.length === 0);
  const place = useRef<HTMLElement>(null);
  useLostFocus(place, '.formats input:checked, .dataset-pages > button', isEmpty);
  return (
    <main className="dataset" data-pane="main" aria-label="Dataset" ref={place}>
      {isEmpty ? (
        <div className="dataset-pages">
          <h2>Dataset of {project}</h2>
          <NoArticles />
        </div>
      ) : (
        <Dataset />
      )}
    </main>
  );
}

function NoArticles() {
  const { actions } = useSession();
  const whyNot = useWorkspace((state) => (state.writable ? null : onlyShows(state)));
  return (
    <>
      <p>There are no articles yet, so there is nothing to export. {whyNot ?? 'Import some, tag them, and come back.'}</p>
      {whyNot === null && (
        <Button kind="primary" onPress={() => actions.run('article.import')}>
          Import articles…
        </Button>
      )}
    </>
  );
}

function Dataset() {
  const { actions } = useSession();
  const { choose } = actions.dataset;
  const choice = useView((state) => state.dataset);
  const opened = useWorkspace((state) => state.opened);
  const isWritable = useWorkspace((state) => state.writable);
  const [publishedTimes, setPublishedTimes] = useState(0);
  const layers = opened?.codebook.codebook.layers ?? [];
  const annotators = opened?.annotators ?? [];
  const request = requestOf(
    choice,
    layers.map(({ id }) => id),
    annotators.map(({ id }) => id),
  );
  const reading = useExportPreview(request, publishedTimes);
  return (
    <>
      <div className="dataset-pages">
        <h2>Dataset of {opened?.project.name}</h2>
        <p className="muted">
          {request
            ? scopeWords(choice, layers, annotators)
            : 'Nothing yet: choose at least one layer, one annotator and one kind of article.'}{' '}
          {!isWritable && 'It is made of what is on the disk; this window changes nothing.'}
        </p>
        <div className="dataset-columns">
          <div className="dataset-choices">
            <FormatChooser format={choice.format} withText={choice.withText} onChange={(format) => choose({ format })} />
            <DatasetScope />
            <DatasetLicence onStated={() => setPublishedTimes((before) => before + 1)} />
            <DatasetSplits
              chosen={choice.splits}
              onChoose={(splits) => choose({ splits })}
              onPublished={() => setPublishedTimes((before) => before + 1)}
            />
          </div>
          <div className="dataset-contents">
            <DatasetContents
              reading={reading}
              onStop={reading.stop}
              onAgain={reading.again}
              onClear={() => choose({ ...wholeDataset, format: choice.format, withText: choice.withText, splits: choice.splits })}
            />
          </div>
        </div>
      </div>
      <ExportBar request={request} />
    </>
  );
}

const statusWords = { done: 'done', 'in-progress': 'in progress', 'not-started': 'not started' } as const;

// What the dataset includes, as a sentence.
function scopeWords(
  { layers, annotators, statuses, withText }: DatasetChoice,
  allLayers: readonly { readonly id: string; readonly title: string }[],
  people: readonly { readonly id: string; readonly name: string }[],
): string {
  const list = (words: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction') =>
    new Intl.ListFormat('en', { type }).format(words);
  const taken = <Item extends { readonly id: string }>(chosen: readonly string[] | null, all: readonly Item[]) => {
    const ids = narrowed(
      chosen,
      all.map(({ id }) => id),
    );
    return ids && all.filter(({ id }) => ids.includes(id));
  };
  const [ofLayers, by] = [taken(layers, allLayers), taken(annotators, people)];
  const what = ofLayers ? list(ofLayers.map(({ title }) => title)) : 'Everything';
  const who = by ? list(by.map(({ name }) => name)) : 'every annotator';
  const where = statuses
    ? ` in articles that are ${list(
        statuses.map((one) => statusWords[one]),
        'disjunction',
      )}`
    : '';
  return `${what} that ${who} tagged${where}, ${withText ? 'with' : 'without'} the articles’ text.`;
}
