import type { Client, Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { emptySet, setToRecord } from '../../../core/model/annotation.ts';
import type { ArticleMeta } from '../../../core/model/article.ts';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { newEntity } from '../../../core/model/entity.ts';
import { defaultSettings } from '../../../core/settings.ts';
import { applyEdits, emptyWork, Gesture, type Work } from '../../../core/steps/edit.ts';
import { setNote, tag } from '../../../core/steps/gestures.ts';
import { emptyHistory, type History, lastSteps, record, stepsBeside, undoOf } from '../../../core/steps/history.ts';
import { createSaver, type Saver } from '../saver.ts';
import { createWorkspace, type WorkspaceActions } from '../workspace-actions.ts';

/** The text of the only article, `a1`. */
export const text = 'Leaders met in Paris. They signed nothing, said Ana Ruiz.';

const hash = '0'.repeat(64);
const meta: ArticleMeta = {
  ...{ id: 'a1', title: 'Paris', source: null, date: null, url: null, language: null, originalName: 'paris.txt' },
  ...{ headings: [], words: 10, textSha256: hash, originalSha256: hash, imported: '2026-01-01T00:00:00.000Z' },
};

/** The disk of one annotator, `anna`, as a host would keep it. Accepts each step that fits and refuses the others. */
export class Disk {
  readonly journal: Gesture[] = [];
  /** While set, nothing can be saved. */
  isFull = false;
  work: Work = emptyWork;
  #history: History = emptyHistory;

  /** Adds a step. Other programs of the same person can use it too. @throws AppError `not-saved`, `conflict` */
  take(gesture: Gesture): void {
    if (this.isFull) throw new AppError('not-saved', 'The disk is full.', 'Free some space.');
    if (this.journal.some(({ id }) => id === gesture.id)) return;
    try {
      const history = record(this.#history, gesture);
      this.work = applyEdits(this.work, gesture.edits);
      this.#history = history;
    } catch (error) {
      throw new AppError('conflict', `This step no longer fits: ${String(error)}.`, 'Read it again.');
    }
    this.journal.push(gesture);
  }

  get history(): History {
    return this.#history;
  }

  opened(): Output<'openWorkspace'> {
    return {
      ...{ project: { id: 'p', name: 'Paris', place: '/p', lead: 'anna' }, codebook: { version: 1, codebook: defaultCodebook } },
      ...{ annotator: { id: 'anna', name: 'Anna', role: 'annotator' }, annotators: [], account: 'anna', host: 'electron', version: '1' },
      ...{
        articles: [{ meta, status: 'not_started', counts: {}, toComplete: 0 }],
        settings: defaultSettings,
        notices: [],
        writable: true,
        listed: true,
        whole: true,
        first: null,
      },
      ...{
        entities: [...this.work.entities.values()],
        articleRecords: [],
        links: [],
        history: lastSteps(this.#history),
        saved: this.journal.map(({ id }) => id),
      },
    };
  }
}

/** An open page that works on `disk`. */
export interface Page {
  readonly workspace: WorkspaceActions;
  readonly saver: Saver;
  /** Tags `words` as a quoted term. Returns the annotation's id. */
  tag(words: string): string;
  note(annotation: string, words: string): void;
  /** Adds a person to the registry. Returns the entity's id. */
  name(person: string): string;
  /** The ids of the displayed annotations, in the order they were made. */
  shown(): string[];
  /** Resolves once everything is saved or cannot be. */
  settled(): Promise<void>;
}

/** Opens a page on `disk` whose ids begin with `prefix`. */
export async function openPage(disk: Disk, prefix: string): Promise<Page> {
  const answers: Partial<Client> = {
    openWorkspace: async () => disk.opened(),
    openArticle: async () => ({
      article: { meta, text },
      set: setToRecord(disk.work.sets.get('a1') ?? emptySet('a1')),
      others: [],
    }),
    apply: async ({ gesture }) => {
      disk.take(Gesture.parse(gesture));
      return { sequence: disk.journal.length };
    },
    changeCodebook: async ({ gesture: id }) => {
      const gesture = undoOf(disk.history, id, '2026-01-02T00:00:00.000Z');
      if (!gesture) throw new RangeError('there is no step to take back');
      disk.take(gesture);
      return { gesture, version: 1 };
    },
    readHistory: async ({ at, towards }) => ({ steps: stepsBeside(disk.history, at, towards) }),
    saveSettings: async () => ({}),
  };
  const client = answers as Client;
  let count = 0;
  const newId = () => `${prefix}${++count}`;
  const now = () => new Date(Date.UTC(2026, 0, 1) + ++count * 1000).toISOString();
  const saver = createSaver(client, prefix);
  const workspace = createWorkspace(client, saver, prefix, newId, now);
  await workspace.open();
  const scene = () => {
    const made = workspace.scene();
    if (!made) throw new RangeError('no article is open');
    return made;
  };
  return {
    workspace,
    saver,
    tag(words) {
      const start = text.indexOf(words);
      const { id, edits } = tag(scene(), 'QUOTED_TERM', [{ start, end: start + words.length }]);
      workspace.apply({ command: 'tag.QUOTED_TERM', title: `Tag ${words}`, edits });
      return id;
    },
    note(annotation, words) {
      workspace.apply({ command: 'annotation.note', title: 'Note', edits: setNote(scene(), annotation, words) });
    },
    name(person) {
      const id = newId();
      const after = newEntity(id, 'anna', 'PERSON', person, now());
      workspace.apply({ command: 'test.name', title: `Name ${person}`, edits: [{ record: 'entity', id, before: null, after }] });
      return id;
    },
    shown: () => [...(workspace.store.getState().work.sets.get('a1')?.annotations.keys() ?? [])],
    settled: () => saver.settled(),
  };
}
