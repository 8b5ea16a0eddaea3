import { useEffect, useMemo, useState } from 'react';
import type { EntityMention } from '../../../core/annotations/hits.ts';
import type { Input, Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { foldedName } from '../../../core/model/entity.ts';
import { useSaveState, useSession, useWorkspace } from '../../session.tsx';
import type { UnlinkedGroup } from '../../state/registry-rows.ts';

/** How often the project refers to each entity, and the annotator's own unlinked mentions by their words. Null until they have been counted once. */
export interface MentionCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly unlinked: readonly UnlinkedGroup[];
}

/** What has been read so far, and the progress. The previous result stays until there is a new one. */
export interface ReadInParts<T> {
  readonly value: T | null;
  readonly searched: number;
  readonly isDone: boolean;
  readonly failure: string | null;
}

/** Counts mentions, again whenever something on disk changes. */
export function useMentionCounts(): ReadInParts<MentionCounts> {
  const { workspace } = useSession();
  const read = useMemo(
    () => async (take: (part: MentionCounts, searched: number, isDone: boolean) => boolean) => {
      const counts = new Map<string, number>();
      const groups = new Map<string, UnlinkedGroup>();
      let searched = 0;
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const part: Output<'countMentions'> = await workspace.countMentions({ after });
        for (const [id, count] of Object.entries(part.counts)) counts.set(id, (counts.get(id) ?? 0) + count);
        for (const { words, count } of part.unlinked) {
          const before = groups.get(foldedName(words));
          groups.set(foldedName(words), { words: before?.words ?? words, count: (before?.count ?? 0) + count });
        }
        searched += part.searched;
        after = part.next;
        if (!take({ counts: new Map(counts), unlinked: [...groups.values()] }, searched, after === null)) return;
      }
    },
    [workspace],
  );
  return useReading(read);
}

/** The places that refer to an entity or read like some words, again whenever something on disk changes. */
export function useMentions(of: Input<'listMentions'>['of']): ReadInParts<readonly EntityMention[]> {
  const { workspace } = useSession();
  const kind = of.kind;
  const key = of.kind === 'entity' ? of.entity : of.words;
  const read = useMemo(
    () => async (take: (part: readonly EntityMention[], searched: number, isDone: boolean) => boolean) => {
      const asked: Input<'listMentions'>['of'] = kind === 'entity' ? { kind, entity: key } : { kind, words: key };
      const hits: EntityMention[] = [];
      let searched = 0;
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const part: Output<'listMentions'> = await workspace.listMentions({ of: asked, after });
        hits.push(...part.hits);
        searched += part.searched;
        after = part.next;
        if (!take([...hits], searched, after === null)) return;
      }
    },
    [workspace, kind, key],
  );
  return useReading(read);
}

// Keep the previous result while reading again, so that nothing flickers after each step. A different question starts empty.
function useReading<T>(read: (take: (part: T, searched: number, isDone: boolean) => boolean) => Promise<void>): ReadInParts<T> {
  const isSaved = useSaveState().state === 'saved';
  const registry = useWorkspace((state) => state.registry);
  const history = useWorkspace((state) => state.history);
  const others = useWorkspace((state) => state.others);
  const [shown, setShown] = useState<{ of: unknown; reading: ReadInParts<T> }>({ of: read, reading: nothing });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of these is a change of what is on disk
  useEffect(() => {
    if (!isSaved) return;
    let isCurrent = true;
    const show = (reading: ReadInParts<T>) =>
      setShown((before) =>
        before.of === read && !reading.isDone ? { of: read, reading: kept(before.reading, reading) } : { of: read, reading },
      );
    read((value, searched, isDone) => {
      if (isCurrent) show({ value, searched, isDone, failure: null });
      return isCurrent;
    }).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      if (isCurrent) show({ value: null, searched: 0, isDone: true, failure: `${error.failure.message} ${error.failure.next}` });
    });
    return () => {
      isCurrent = false;
    };
  }, [read, isSaved, registry, history, others]);
  return shown.of === read ? shown.reading : nothing;
}

const nothing = { value: null, searched: 0, isDone: false, failure: null };
const kept = <T>(before: ReadInParts<T>, now: ReadInParts<T>): ReadInParts<T> => (before.isDone ? before : now);

/** Returns the codebook's title of an entity type. */
export function useTypeNames(): (id: string) => string {
  const types = useWorkspace((state) => state.opened?.codebook.codebook.entityTypes);
  return (id) => types?.find((type) => type.id === id)?.title ?? id;
}
