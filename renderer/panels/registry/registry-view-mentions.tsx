import { type ReactNode, useMemo, useState } from 'react';
import type { EntityMention } from '../../../core/annotations/hits.ts';
import type { Input } from '../../../core/contract.ts';
import type { Entity } from '../../../core/model/entity.ts';
import { isRightToLeft } from '../../../core/text/direction.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import type { RegistryDialog } from './registry-choice.ts';
import { useMentions } from './registry-view-reading.ts';

interface MentionsProps {
  readonly onDialog: (dialog: RegistryDialog) => void;
}

/** Every place that refers to an entity, to open, or to tick and split off. */
export function EntityMentions({ entity, onDialog }: MentionsProps & { readonly entity: Entity }) {
  const writable = useWorkspace((state) => state.writable);
  return (
    <MentionList of={{ kind: 'entity', entity: entity.id }} empty="Nothing mentions it.">
      {(hits, ticked) => (
        <Button
          isDisabled={!writable || ticked.length === 0}
          onPress={() => onDialog({ kind: 'split', id: entity.id, moved: ticked, left: hits.filter((hit) => !ticked.includes(hit)) })}
        >
          {ticked.length === 0 ? 'Split: tick mentions first' : `Split ${ticked.length} off…`}
        </Button>
      )}
    </MentionList>
  );
}

/** The annotator's own unlinked mentions of some words, to link them at once. */
export function UnlinkedMentions({ words, onDialog }: MentionsProps & { readonly words: string }) {
  const writable = useWorkspace((state) => state.writable);
  return (
    <>
      <section className="entity-card" aria-label={words}>
        <h2 className="merged-name">{words}</h2>
        <p className="muted">These mentions have no link yet. Tick some, or link all of them at once.</p>
      </section>
      <MentionList of={{ kind: 'unlinked', words }} empty="All of them are linked.">
        {(hits, ticked) => (
          <Button
            kind="primary"
            isDisabled={!writable || hits.length === 0}
            onPress={() => onDialog({ kind: 'link', mentions: ticked.length > 0 ? ticked : hits })}
          >
            {ticked.length > 0 ? `Link ${ticked.length} ticked…` : hits.length === 1 ? 'Link it…' : `Link all ${hits.length}…`}
          </Button>
        )}
      </MentionList>
    </>
  );
}

interface MentionListProps {
  readonly of: Input<'listMentions'>['of'];
  readonly empty: string;
  readonly children: (hits: readonly EntityMention[], ticked: readonly EntityMention[]) => ReactNode;
}

type Row =
  | { readonly kind: 'article'; readonly id: string; readonly article: string; readonly count: number }
  | { readonly kind: 'mention'; readonly id: string; readonly hit: EntityMention };

function MentionList({ of, empty, children }: MentionListProps) {
  const { actions } = useSession();
  const articles = useWorkspace((state) => state.articles.length);
  const reading = useMentions(of);
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const { rows, byId, ofArticle } = useMemo(() => rowsOf(reading.value ?? []), [reading.value]);
  const hits = useMemo(() => [...byId.values()], [byId]);
  const ticked = hits.filter(({ id }) => marks.has(id));
  const shownMarks = useMemo(
    () =>
      new Set([...marks, ...[...ofArticle].flatMap(([article, ids]) => (ids.every((id) => marks.has(id)) ? [articleSign + article] : []))]),
    [marks, ofArticle],
  );
  const mark = (id: string) => {
    const ids = ofArticle.get(id.slice(articleSign.length)) ?? [id];
    const all = ids.every((each) => marks.has(each));
    setMarks(all ? new Set([...marks].filter((each) => !ids.includes(each))) : new Set([...marks, ...ids]));
  };
  const choose = (id: string) => {
    const hit = byId.get(id) ?? byId.get(ofArticle.get(id.slice(articleSign.length))?.[0] ?? '');
    setChosen(id);
    if (hit) actions.registry.show(hit);
  };
  const heading = `${counted(hits.length, 'mention')} in ${counted(ofArticle.size, 'article')}`;
  return (
    <section className="registry-mentions" aria-label="Mentions">
      <div className="list-head">
        <h3 className="heading" role="status">
          {reading.isDone || reading.value ? heading : 'Reading…'}
          {!reading.isDone && reading.searched > 0 && ` · ${reading.searched} of ${counted(articles, 'article')} read`}
          {ticked.length > 0 && ` · ${ticked.length} ticked`}
        </h3>
        {children(hits, ticked)}
      </div>
      {reading.failure && <FailureNotice>{reading.failure}</FailureNotice>}
      <LongList
        className="registry-places"
        fades
        rowClassName="registry-place"
        label="Mentions"
        items={rows}
        idOf={idOf}
        rowHeight={32}
        selected={chosen}
        marked={shownMarks}
        onMark={mark}
        onChoose={choose}
        row={MentionRow}
        empty={reading.isDone && <p className="empty">{empty}</p>}
      />
    </section>
  );
}

const idOf = ({ id }: Row) => id;
// No record id begins with this.
const articleSign = '§';

// If two entities in an annotation's roles have since been merged, they are a single place.
function rowsOf(hits: readonly EntityMention[]) {
  const byId = new Map(hits.map((hit) => [hit.id, hit]));
  const ofArticle = new Map<string, string[]>();
  for (const { id, article } of byId.values()) ofArticle.set(article, [...(ofArticle.get(article) ?? []), id]);
  const rows = [...ofArticle].flatMap(([article, ids]): Row[] => [
    { kind: 'article', id: articleSign + article, article, count: ids.length },
    ...ids.map((id): Row => ({ kind: 'mention', id, hit: byId.get(id) as EntityMention })),
  ]);
  return { rows, byId, ofArticle };
}

function MentionRow({ item }: { readonly item: Row }) {
  return (
    <>
      <TickBox />
      {item.kind === 'article' ? <ArticleLine article={item.article} count={item.count} /> : <PlaceLine hit={item.hit} />}
    </>
  );
}

function ArticleLine({ article, count }: { readonly article: string; readonly count: number }) {
  const title = useWorkspace((state) => state.articles.find(({ meta }) => meta.id === article)?.meta.title ?? article);
  return (
    <span className="registry-article">
      {title} <span className="muted">· {count}</span>
    </span>
  );
}

function PlaceLine({ hit }: { readonly hit: EntityMention }) {
  const layers = useWorkspace((state) => state.opened?.codebook.codebook.layers);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const uses = hit.uses.map(({ layer, role }) => {
    const known = layers?.find(({ id }) => id === layer);
    return `${known?.roles.find(({ name }) => name === role)?.title ?? role} of a ${(known?.title ?? layer).toLowerCase()}`;
  });
  const by = hit.annotator === own ? null : (annotators?.find(({ id }) => id === hit.annotator)?.name ?? hit.annotator);
  const direction = isRightToLeft(hit.before + hit.text + hit.after) ? 'rtl' : 'ltr';
  return (
    <>
      <span className="place-before" data-direction={direction}>
        <bdi dir={direction}>{hit.before}</bdi>
      </span>
      <mark className="place-words">{hit.text}</mark>
      <span className="place-after" data-direction={direction}>
        <bdi dir={direction}>{hit.after}</bdi>
      </span>
      <span className="place-uses">{[...new Set(uses), ...(by ? [by] : [])].join(' · ')}</span>
    </>
  );
}
