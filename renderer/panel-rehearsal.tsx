import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createStore } from 'zustand/vanilla';
import { type Annotation, emptySet } from '../core/model/annotation.ts';
import type { Article } from '../core/model/article.ts';
import { type Codebook, current } from '../core/model/codebook.ts';
import { spanAt } from '../core/text/span.ts';
import { Inspector } from './panels/annotations/inspector.tsx';
import { ListedRow } from './panels/annotations/listed-row.tsx';
import { ReadingFrom, type Session, SessionProvider } from './session.tsx';
import { whenIdle } from './state/after-paint.ts';

const text = 'Words that nobody reads, under a mark of every layer.';
const time = '2026-01-01T00:00:00.000Z';
const article: Article = {
  text,
  meta: {
    ...{ id: 'rehearsal', title: text, source: null, date: null, url: null, language: null, originalName: '', headings: [], words: 10 },
    ...{ textSha256: '', originalSha256: '', imported: time },
  },
};

function annotationsIn({ layers }: Codebook): Annotation[] {
  return current(layers).map(({ id }) => ({
    ...{ id: `rehearsed-${id}`, article: article.meta.id, annotator: '', layer: id, spans: [spanAt(text, { start: 0, end: 5 })] },
    ...{ attributes: {}, roles: [], note: '', origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
  }));
}

/**
 * Draws the inspector and a row of the list for each layer, out of sight, one layer each time the window is idle. Browsers compile code when it is
 * first used; after this, the first tag need not wait for that. `done` is called for each layer with the number of elements drawn. The returned
 * function cancels the rest.
 */
export function rehearsePanels(session: Session, done: (elements: number) => void = () => undefined): () => void {
  const held = session.workspace.store.getState();
  const codebook = held.opened?.codebook.codebook;
  const annotations = codebook ? annotationsIn(codebook) : [];
  const set = { ...emptySet(article.meta.id), annotations: new Map(annotations.map((each) => [each.id, each])) };
  const workspace = createStore(() => ({ ...held, article, work: { ...held.work, sets: new Map([[article.meta.id, set]]) } }));
  let giveUp: () => void = () => undefined;
  const next = ([annotation, ...others]: readonly Annotation[]) => {
    if (!annotation) return;
    giveUp = whenIdle(() => {
      const view = createStore(() => ({ ...session.view.store.getState(), active: annotation.id }));
      const place = document.createElement('div');
      const root = createRoot(place, { identifierPrefix: 'rehearsal' });
      flushSync(() =>
        root.render(
          <SessionProvider session={session}>
            <ReadingFrom reading={{ workspace, view }}>
              <Inspector />
              <ListedRow item={annotation} />
            </ReadingFrom>
          </SessionProvider>,
        ),
      );
      done(place.querySelectorAll('*').length);
      root.unmount();
      next(others);
    });
  };
  next(annotations);
  return () => giveUp();
}
