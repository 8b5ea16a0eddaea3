import './article-pane.css';
import { useEffect, useMemo, useRef } from 'react';
import type { Annotation, AnnotationSet } from '../../core/annotation.ts';
import type { Article } from '../../core/article.ts';
import { type Codebook, hueOf, layerOf } from '../../core/codebook.ts';
import type { Span } from '../../core/span.ts';
import type { Bindings } from '../keys.ts';
import { useSession, useView, useWorkspace } from '../session.tsx';
import { othersOf } from '../state/others.ts';
import { selectedRange } from '../state/view-store.ts';
import { currentSet } from '../state/workspace.ts';
import { ArticleView, blank, type Drawing, type DrawnAnnotation, type DrawnRole, idsAt } from './article-view.ts';

/** The article on screen with everything drawn over it. React owns the frame; ProseMirror owns what is inside. */
export function ArticlePane() {
  const { actions, view } = useSession();
  const article = useWorkspace((state) => state.article);
  const place = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const shown = useRef<ArticleView | null>(null);
  // Keys go on in the next article when they were in the last.
  const hadFocus = useRef(false);
  const drawing = useDrawing(article);

  useEffect(() => {
    if (!place.current || !article) return;
    const showBox = () => {
      const range = selectedRange(view.store.getState());
      view.set({ selectionBox: range && articleView.boxOf(range) });
    };
    let isPressed = false;
    const articleView = new ArticleView(
      place.current,
      { text: article.text, headings: article.meta.headings, language: article.meta.language },
      {
        label: article.meta.title,
        onSelection: (selection) => {
          view.set({ selection });
          // While the pointer drags, the toolbar would be in its way.
          if (!isPressed) showBox();
        },
        onPick: (ids) => actions.pick(ids),
        onHover: (ids) => actions.hover(ids[0] ?? null),
        onDragEnd: (edge, offset) => actions.edges.drag(edge, offset),
        keys: () => ({ ...bindings(actions), ...(view.store.getState().boundary ? boundaryKeys(actions) : {}) }),
      },
    );
    const press = () => {
      clearTimeout(rest);
      isPressed = true;
      view.set({ selectionBox: null });
    };
    let rest: ReturnType<typeof setTimeout> | undefined;
    const release = (event: MouseEvent) => {
      if (!isPressed) return;
      isPressed = false;
      // The editor takes the selection over in its own handler of this event.
      requestAnimationFrame(showBox);
      // A double click may become a triple one, which means the sentence and not the word.
      rest = setTimeout(actions.selectionFinished, event.detail === 2 ? 400 : 0);
    };
    const pressed = place.current;
    const scrolled = scroller.current;
    pressed.addEventListener('mousedown', press);
    window.addEventListener('mouseup', release);
    scrolled?.addEventListener('scroll', showBox, { passive: true });
    window.addEventListener('resize', showBox);
    shown.current = articleView;
    view.set({ selection: { anchor: 0, head: 0 }, selectionBox: null });
    scrolled?.scrollTo(0, 0);
    actions.attachEditor({
      select: (range, options) => articleView.select(range, options),
      scrollTo: (offset) => articleView.scrollTo(offset),
      walkParagraph: (step) => articleView.walkParagraph(step),
      focus: () => articleView.focus(),
      hasFocus: () => articleView.hasFocus(),
      caretPlace: () => {
        const { left, bottom } = articleView.caretBox();
        return { left, top: bottom };
      },
    });
    const showMenu = (event: MouseEvent) => {
      event.preventDefault();
      const byPointer = event.button === 2 || (event instanceof PointerEvent && event.pointerType !== '');
      if (!byPointer) return actions.run('menu.open');
      const ids = idsAt(event);
      const isOnSelection = articleView.isSelectedAt(event.clientX, event.clientY);
      if (!isOnSelection && ids.length > 0 && !ids.includes(view.store.getState().active ?? '')) actions.activate(ids[0] ?? null);
      const about = isOnSelection ? 'selection' : 'annotation';
      view.set({ contextMenu: { left: event.clientX, top: event.clientY, about }, selectionBox: null });
    };
    const leave = () => actions.edges.finish();
    pressed.addEventListener('contextmenu', showMenu);
    pressed.addEventListener('focusout', leave);
    if (hadFocus.current || document.activeElement === document.body) articleView.focus();
    return () => {
      hadFocus.current = articleView.hasFocus();
      clearTimeout(rest);
      pressed.removeEventListener('contextmenu', showMenu);
      pressed.removeEventListener('focusout', leave);
      pressed.removeEventListener('mousedown', press);
      window.removeEventListener('mouseup', release);
      scrolled?.removeEventListener('scroll', showBox);
      window.removeEventListener('resize', showBox);
      actions.attachEditor(null);
      view.set({ selectionBox: null });
      articleView.destroy();
      shown.current = null;
    };
  }, [article, actions, view]);

  useEffect(() => shown.current?.draw(drawing), [drawing]);

  const find = useView((state) => state.find);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another article has another view
  useEffect(() => shown.current?.showMatches(find?.matches ?? [], find?.current ?? -1), [find, article]);

  return (
    <main className="article-pane" data-pane="main" aria-label="Article" ref={scroller}>
      {article ? (
        <div className="sheet">
          <header className="article-head">
            <div className="article-head-row">
              <h2 lang={article.meta.language ?? undefined} className={beginsWithTitle(article) ? 'visually-hidden' : undefined}>
                {article.meta.title}
              </h2>
              <button type="button" className="button" data-kind="quiet" onClick={() => actions.run('article.details')}>
                Details…
              </button>
            </div>
            <p className="muted">
              {[article.meta.originalName, article.meta.source, article.meta.date, `${article.meta.words.toLocaleString('en')} words`]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </header>
          <div ref={place} data-begins-with-title={beginsWithTitle(article)} />
        </div>
      ) : (
        <NoArticle />
      )}
    </main>
  );
}

// Then the text's own headline serves as the title, and nothing is read twice.
function beginsWithTitle({ meta, text }: Article): boolean {
  const [first] = meta.headings;
  const line = first === undefined ? undefined : text.split('\n', first + 1)[first];
  const before = text.split('\n', first).join('').trim();
  return before === '' && line?.trim() === meta.title;
}

function NoArticle() {
  const { actions } = useSession();
  const isEmpty = useWorkspace((state) => state.articles.length === 0);
  if (!isEmpty) return <p className="pane-hint">Opening the article…</p>;
  return (
    <div className="pane-hint">
      <h2>No articles yet</h2>
      <p>Drop text files anywhere in this window, or choose them.</p>
      <button type="button" className="button" data-kind="primary" onClick={() => actions.run('article.import')}>
        Import articles…
      </button>
    </div>
  );
}

// The window's keys too: ProseMirror keeps some of them (Mod-b, -i, -y, -z) from the window.
function bindings(actions: ReturnType<typeof useSession>['actions']): Bindings {
  return Object.fromEntries(
    actions.commands().flatMap(({ id, keys }) =>
      keys.map((key) => [
        key,
        () => {
          actions.run(id);
          return true;
        },
      ]),
    ),
  );
}

// Boundary mode: arrows move the end by a word, with Shift the start, with Ctrl or Cmd by a character; up and down walk the fragments.
function boundaryKeys({ edges }: ReturnType<typeof useSession>['actions']): Bindings {
  const moves = (['start', 'end'] as const).flatMap((edge) =>
    (['word', 'character'] as const).flatMap((unit) =>
      ([1, -1] as const).map((step) => {
        const name = `${unit === 'character' ? 'Mod-' : ''}${edge === 'start' ? 'Shift-' : ''}${step === 1 ? 'ArrowRight' : 'ArrowLeft'}`;
        return [name, () => edges.move({ edge, step, unit })] as const;
      }),
    ),
  );
  const walks = [
    ['ArrowUp', () => edges.walkFragment(-1)],
    ['ArrowDown', () => edges.walkFragment(1)],
  ] as const;
  return Object.fromEntries(
    [...moves, ...walks].map(([name, deed]) => [
      name,
      () => {
        deed();
        return true;
      },
    ]),
  );
}

function useDrawing(article: Article | null): Drawing {
  const set = useWorkspace(currentSet);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const active = useView((state) => state.active);
  const hovered = useView((state) => state.hovered);
  const boundary = useView((state) => state.boundary);
  const others = useWorkspace(othersOf);
  const shownOthers = useView((state) => state.shownOthers);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const stored = useMemo(
    () =>
      codebook
        ? [
            ...[...set.annotations.values()].flatMap((annotation) => drawn(annotation, codebook)),
            ...others
              .filter(({ annotator }) => shownOthers.includes(annotator))
              .flatMap(({ annotator, set: theirs }) => {
                const name = annotators?.find(({ id }) => id === annotator)?.name ?? annotator;
                return [...theirs.annotations.values()].flatMap((annotation) => drawnOfOther(annotation, codebook, name));
              }),
          ]
        : [],
    [set.annotations, codebook, others, shownOthers, annotators],
  );
  const annotations = useMemo(
    () => (boundary ? stored.map((each) => (each.id === boundary.annotation ? { ...each, spans: boundary.spans } : each)) : stored),
    [stored, boundary],
  );
  return useMemo(() => {
    if (!article || !codebook) return blank;
    const told = set.annotations.get(active ?? '') ?? set.annotations.get(hovered ?? '');
    const range = boundary?.spans[boundary.fragment];
    return {
      annotations,
      active,
      hovered,
      roles: told ? rolesOf(told, set, codebook) : [],
      ends: boundary && range ? { range, edge: boundary.edge } : undefined,
    };
  }, [article, annotations, set, codebook, active, hovered, boundary]);
}

// Kept by record, so that what did not change is known to be the same without looking into it.
const drawings = new WeakMap<Annotation, { readonly codebook: Codebook; readonly drawn: DrawnAnnotation[] }>();

function drawn(annotation: Annotation, codebook: Codebook): DrawnAnnotation[] {
  const known = drawings.get(annotation);
  if (known?.codebook === codebook) return known.drawn;
  const layer = layerOf(codebook, annotation.layer);
  const fresh: DrawnAnnotation[] = layer
    ? [{ id: annotation.id, spans: annotation.spans, look: layer.look, hue: hueOf(layer, annotation), label: layer.title }]
    : [];
  drawings.set(annotation, { codebook, drawn: fresh });
  return fresh;
}

// What others wrote is outlined only, so that the own work stands out.
function drawnOfOther(annotation: Annotation, codebook: Codebook, name: string): DrawnAnnotation[] {
  return drawn(annotation, codebook).map((own) => ({ ...own, look: 'dashed', label: `${own.label} · ${name}` }));
}

// The mentions that fill the roles of an annotation; where an entity fills one, the mentions that are linked to it.
function rolesOf(annotation: Annotation, set: AnnotationSet, codebook: Codebook): DrawnRole[] {
  const layer = layerOf(codebook, annotation.layer);
  return annotation.roles.flatMap(({ role, target }): DrawnRole[] => {
    const title = layer?.roles.find(({ name }) => name === role)?.title ?? role;
    const spans: Span[] =
      target.kind === 'mention'
        ? [set.mentions.get(target.id)?.span].filter((span) => span !== undefined)
        : target.kind === 'entity'
          ? [...set.mentions.values()].filter(({ entity }) => entity === target.id).map(({ span }) => span)
          : [];
    const place = annotation.spans[0]?.start ?? 0;
    const nearest = Math.min(...spans.map(({ start }) => Math.abs(start - place)));
    return spans.map((span) => ({
      spans: [span],
      title,
      line: role === 'cue' ? 'dotted' : 'solid',
      // Of all that names an entity the nearest is tied; the others are far away in a long article.
      ...(Math.abs(span.start - place) > nearest ? { isLoose: true } : {}),
    }));
  });
}
