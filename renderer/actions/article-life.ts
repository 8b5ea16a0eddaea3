import { removeArticle, setDetails } from '../../core/articles/article-changes.ts';
import { articleTable, readArticleTable, type TableChange, type TableProblem } from '../../core/articles/article-table.ts';
import { droppedBy, planSuperseding, type SupersedingPlan, supersede } from '../../core/articles/superseding.ts';
import type { Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import type { Article } from '../../core/model/article.ts';
import type { ArticleDetails } from '../../core/model/article-record.ts';
import type { ChosenFile } from './chosen-file.ts';
import type { Desk } from './desk.ts';

/** What a chosen table would change, and what is wrong with it. */
export interface TableReading {
  readonly name: string;
  readonly changes: readonly TableChange[];
  readonly problems: readonly TableProblem[];
}

/** The life of an article after its import: its details, the table of all details, removal, and replacement by a corrected version. */
export function articleActions(desk: Desk) {
  const { view, workspace } = desk;
  const open = (part: 'details' | 'remove' | 'replace' | 'carry', id: string | undefined = desk.state().article?.meta.id) => {
    if (id) view.set({ articleDialog: { article: id, part } });
    else view.say('Open an article first.');
  };
  const close = () => view.set({ articleDialog: null });
  const resolvedOf = (id: string) => {
    const article = workspace.resolved(id);
    if (!article) throw new AppError('not-found', 'This article is not in the project any more.', 'Close this and choose another article.');
    return article;
  };

  const planned = (id: string, oldText: string, fresh: Article): SupersedingPlan => {
    const set = desk.state().work.sets.get(id);
    if (!set) throw new RangeError(`the set on ${id} is not loaded`);
    return planSuperseding(set, oldText, fresh.meta.id, fresh.text);
  };

  return {
    open,
    /** Saves changed details of an article as one step. */
    saveDetails: (id: string, details: ArticleDetails): void =>
      desk.attempt(() => {
        const { meta } = resolvedOf(id);
        const edit = setDetails(workspace.changeScene(), meta, details);
        if (edit) workspace.apply({ command: 'article.details', title: `Edit the details of “${shortened(meta.title)}”`, edits: [edit] });
        view.say(edit ? 'The details were changed.' : 'Nothing was changed.');
        close();
      }),
    /** What would be removed from the project together with an article, as far as it is saved. */
    holdings: (id: string): Promise<Output<'articleHoldings'>> => workspace.holdings(id),
    remove: (id: string): void =>
      desk.attempt(() => {
        const { meta } = resolvedOf(id);
        workspace.apply({
          command: 'article.remove',
          title: `Remove “${shortened(meta.title)}”`,
          edits: [removeArticle(workspace.changeScene(), id)],
        });
        close();
        view.say('The article was removed. Undo brings it back with everything on it.');
      }),
    /**
     * Stores a corrected version and finds the annotator's own annotations of the article `id` in it. The list does not change yet. @throws
     * AppError
     */
    async planReplacement(id: string, file: ChosenFile): Promise<SupersedingPlan> {
      const { summary } = await workspace.importFile(file.name, await file.bytes());
      if (summary.meta.id === id) {
        throw new AppError('unsupported', `${file.name} holds the same text as this article.`, 'Choose the corrected version.');
      }
      const [old, fresh] = [await workspace.articleOf(id), await workspace.articleOf(summary.meta.id)];
      return planned(id, old.text, fresh);
    },
    /** Opens the first article that a colleague replaced while own annotations were on it. */
    carryOver(): void {
      const left = workspace.leftBehind();
      if (left) open('carry', left);
      else view.say('None of your annotations is on an old version.');
    },
    /** Finds the annotator's own annotations of the article `id` in the version that a colleague put in its place. @throws AppError */
    async planCarrying(id: string): Promise<SupersedingPlan> {
      const [old, fresh] = [await workspace.articleOf(id), await workspace.articleOf(workspace.successor(id))];
      return planned(id, old.text, fresh);
    },
    /** Replaces the old version by the corrected one. Of the annotations in doubt, takes along those in `accepted`. */
    replace: (plan: SupersedingPlan, accepted: ReadonlySet<string>): void =>
      desk.attempt(async () => {
        const [old, fresh] = [resolvedOf(plan.oldArticle), resolvedOf(plan.newArticle)];
        const scene = { ...workspace.changeScene(), work: desk.state().work, registry: desk.state().registry, newId: workspace.newId };
        const edits = supersede(scene, plan, accepted, old, fresh);
        view.set({ active: null, hovered: null, attribute: null, armed: null, selectionBox: null });
        const title = shortened(old.meta.title);
        if (old.supersededBy === null)
          workspace.apply({ command: 'article.replace', title: `Replace “${title}” by a corrected version`, edits });
        else workspace.apply({ command: 'article.carry', title: `Carry annotations over from “${title}”`, edits });
        close();
        await workspace.openArticle(plan.newArticle);
        const dropped = droppedBy(plan, accepted).length;
        const emptied =
          dropped === 0 ? '' : ` ${dropped === 1 ? '1 role or quantity was' : `${dropped} roles or quantities were`} emptied.`;
        const done =
          old.supersededBy === null ? 'The corrected version is in its place.' : 'Your annotations are on the corrected version.';
        view.say(`${done}${emptied} Undo takes that back.`);
      }),
    /** The details of all listed articles as a CSV file. */
    table: (): string => articleTable(desk.state().articles.map(({ meta }) => meta)),
    /** What a CSV file would change. @throws AppError if it is not UTF-8 */
    async readTable(file: ChosenFile): Promise<TableReading> {
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.bytes());
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        throw new AppError('unsupported', `${file.name} is not UTF-8.`, 'Save it as “CSV UTF-8”, then choose it again.');
      }
      const metas = desk.state().articles.map(({ meta }) => meta);
      return { name: file.name, ...readArticleTable(text, metas) };
    },
    /** Applies the changes of a table as one step. */
    applyTable: (changes: readonly TableChange[]): void =>
      desk.attempt(() => {
        const scene = workspace.changeScene();
        const edits = changes.flatMap(({ meta, changes: wanted }) => setDetails(scene, resolvedOf(meta.id).meta, wanted) ?? []);
        const title = `Edit the details of ${edits.length === 1 ? '1 article' : `${edits.length} articles`} by a table`;
        workspace.apply({ command: 'article.table', title, edits });
        view.set({ articleTable: false });
        view.say(edits.length === 1 ? 'The details of 1 article were changed.' : `The details of ${edits.length} articles were changed.`);
      }),
  };
}

const shortened = (title: string) => (title.length > 60 ? `${title.slice(0, 58).toWellFormed()}…` : title);
