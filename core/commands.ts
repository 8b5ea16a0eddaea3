import { type Codebook, current } from './model/codebook.ts';

/** Where a command's keys act: anywhere in the window, or only while the article has the focus. */
export type Scope = 'window' | 'article';
/** The menu in which a command is shown. */
export type MenuPlace = 'file' | 'edit' | 'annotate' | 'go' | 'view' | 'help';

/**
 * Something a person can do. The table feeds the editor's keymap, the window's keys, the Electron menu and the help sheet;
 * renderer/actions/command-actions.ts defines what a command does. A key is written as pressed: modifiers, then the name of the key in lower case
 * (`Shift-j`, `Mod-Shift-z`). Shift is left out if it produces another character (`?`). `Mod` is Cmd on macOS and Ctrl elsewhere.
 */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly scope: Scope;
  /** Null for commands that only keys and the palette reach. */
  readonly menu: MenuPlace | null;
}

const command = <I extends string>(
  id: I,
  title: string,
  keys: readonly string[],
  scope: Scope,
  menu: MenuPlace | null,
): Command & { readonly id: I } => ({ id, title, keys, scope, menu });

/**
 * The commands that every project has. Those for the codebook's layers, roles and values come from `commandsOf`. Take care before giving one of
 * them a letter: no codebook can use that letter any more, including existing ones. Give new commands a key with `Mod`, or none.
 */
export const fixedCommands = [
  command('article.import', 'Import articles…', ['Mod-i'], 'window', 'file'),
  command('article.list', 'List the articles of a broken-off import', [], 'window', null),
  command('article.details', 'Article details…', ['Mod-d'], 'window', 'file'),
  command('article.table', 'Details of all articles as a table…', [], 'window', 'file'),
  command('article.replace', 'Replace by a corrected version…', [], 'window', 'file'),
  command('article.carry', 'Carry annotations over to a corrected version…', [], 'window', null),
  command('article.remove', 'Remove article…', [], 'window', 'file'),
  command('dataset.open', 'Export dataset…', ['Mod-e'], 'window', 'file'),
  command('project.home', 'Project home', [], 'window', 'file'),
  command('project.backup', 'Back the project up…', [], 'window', 'file'),
  command('project.earlier', 'Earlier states…', [], 'window', 'file'),
  command('project.reread', 'Read the project again', [], 'window', 'file'),
  command('project.conflicts', 'Merge second versions of files…', [], 'window', 'file'),
  command('annotator.add', 'Add an annotator…', [], 'window', 'file'),
  command('annotator.rename', 'Rename the annotator…', [], 'window', 'file'),
  command('history.undo', 'Undo', ['Mod-z'], 'window', 'edit'),
  command('history.redo', 'Redo', ['Mod-Shift-z', 'Mod-y'], 'window', 'edit'),
  command('history.open', 'History…', ['Mod-Shift-h'], 'window', 'edit'),
  command('annotation.remove', 'Delete annotation', ['Delete', 'Backspace'], 'article', 'edit'),
  command('annotation.unite', 'Add selection as a fragment', ['u'], 'article', 'annotate'),
  command('annotation.every', 'Tag every occurrence…', ['o'], 'article', 'annotate'),
  command('relation.add', 'Relate to…', ['r'], 'article', 'annotate'),
  command('annotation.boundary', 'Move the boundaries', ['b'], 'article', 'annotate'),
  command('annotation.note', 'Write a note', ['n'], 'article', 'annotate'),
  command('annotation.unsure', 'Mark unsure', ['i'], 'article', 'annotate'),
  command('mention.accept', 'Link as proposed', ['y'], 'article', 'annotate'),
  command('mention.link', 'Link to…', ['l'], 'article', 'annotate'),
  command('record.propose', 'Take what its words propose', ['w'], 'article', 'annotate'),
  command('article.done', 'Mark article done', ['m'], 'article', 'annotate'),
  command('annotation.inspect', 'Accept the suggestion, or edit in the inspector', ['Enter'], 'article', 'annotate'),
  command('suggestion.reject', 'Reject the suggestion', ['x'], 'article', 'annotate'),
  command('suggestion.all', 'Accept all suggestions of a kind…', ['a'], 'article', 'annotate'),
  command('suggestion.edit', 'Take the suggestion over to edit it', ['Shift-Enter'], 'article', 'annotate'),
  command('annotation.release', 'Let go of the annotation', ['Escape'], 'article', null),
  command('search.open', 'Search everything…', ['Mod-k'], 'window', 'edit'),
  command('text.find', 'Find in the article…', ['Mod-f'], 'window', 'edit'),
  command('match.next', 'Next match', ['F3'], 'window', 'go'),
  command('match.previous', 'Previous match', ['Shift-F3'], 'window', 'go'),
  command('menu.open', 'Open the context menu', ['Shift-F10'], 'article', null),
  command('annotation.next', 'Next annotation or suggestion', ['.'], 'article', 'go'),
  command('annotation.previous', 'Previous annotation or suggestion', [','], 'article', 'go'),
  command('problem.next', 'Next to complete', ['F8'], 'window', 'go'),
  command('problem.previous', 'Previous to complete', ['Shift-F8'], 'window', 'go'),
  command('problem.list', 'All to complete…', [], 'window', 'go'),
  command('relation.follow', 'Follow a relation, and back', ['h'], 'article', 'go'),
  command('paragraph.next', 'Next paragraph', ['j'], 'article', 'go'),
  command('paragraph.previous', 'Previous paragraph', ['k'], 'article', 'go'),
  command('article.next', 'Next article', ['Shift-j'], 'article', 'go'),
  command('article.previous', 'Previous article', ['Shift-k'], 'article', 'go'),
  command('pane.next', 'Next pane', ['F6'], 'window', 'go'),
  command('pane.previous', 'Previous pane', ['Shift-F6'], 'window', 'go'),
  command('view.annotate', 'Annotate', ['Mod-1'], 'window', 'view'),
  command('view.dataset', 'Dataset', ['Mod-2'], 'window', 'view'),
  command('view.registry', 'Registry', ['Mod-3'], 'window', 'view'),
  command('view.codebook', 'Codebook', ['Mod-4'], 'window', 'view'),
  command('view.search', 'Search', ['Mod-5'], 'window', 'view'),
  command('view.statistics', 'Statistics', ['Mod-6'], 'window', 'view'),
  command('view.concordance', 'Concordance', ['Mod-7'], 'window', 'view'),
  command('view.agreement', 'Agreement', ['Mod-8'], 'window', 'view'),
  command('view.compare', 'Compare', ['Mod-9'], 'window', 'view'),
  command('guidelines.toggle', 'Show or hide the guidelines of the layer', ['F1'], 'window', 'view'),
  command('articles.toggle', 'Show or hide the article list', ['Mod-b'], 'window', 'view'),
  command('side.toggle', 'Show or hide inspector and annotations', ['Mod-Shift-b'], 'window', 'view'),
  command('annotations.toggle', 'Show or hide your own annotations', [], 'window', 'view'),
  command('suggestions.toggle', 'Show or hide suggestions', [], 'window', 'view'),
  command('review.toggle', 'Review facts: verdict and evidence', [], 'window', 'view'),
  command('suggestions.rules', 'Rules of suggestions…', [], 'window', 'view'),
  command('settings.open', 'Settings…', ['Mod-,'], 'window', 'file'),
  command('help.keys', 'All keys', ['?'], 'article', 'help'),
  command('help.tour', 'Show the tour', [], 'window', 'help'),
] as const satisfies readonly Command[];

/** The id of a command that every project has. */
export type FixedCommandId = (typeof fixedCommands)[number]['id'];

/** What a command made from the codebook does. */
export type CodebookAction =
  | { readonly kind: 'tag'; readonly layer: string; readonly exact: boolean }
  | { readonly kind: 'role'; readonly key: string; readonly further: boolean }
  | { readonly kind: 'relation'; readonly type: string }
  | { readonly kind: 'value'; readonly digit: number };

/** A command made from the codebook, with what it does. */
export interface CodebookCommand extends Command {
  readonly action: CodebookAction;
}

/**
 * The commands of a codebook: one tag for each layer (with Shift: exactly as selected), a role for each role key, a relation for each type with a
 * key, and digits for values. With `tagging` 'exact', the tag takes exactly what is selected and the one with Shift takes whole words.
 */
export function commandsOf(codebook: Codebook, tagging: 'words' | 'exact' = 'words'): CodebookCommand[] {
  const isExact = tagging === 'exact';
  const layers = current(codebook.layers);
  const tags = layers.flatMap((layer): CodebookCommand[] => [
    {
      ...command(`tag.${layer.id}`, `Tag as ${layer.title.toLowerCase()}`, [layer.key], 'article', 'annotate'),
      action: { kind: 'tag', layer: layer.id, exact: isExact },
    },
    {
      ...command(
        `tag-exact.${layer.id}`,
        `Tag as ${layer.title.toLowerCase()}, ${isExact ? 'whole words' : 'exactly as selected'}`,
        [`Shift-${layer.key}`],
        'article',
        null,
      ),
      action: { kind: 'tag', layer: layer.id, exact: !isExact },
    },
  ]);
  const titles = new Map<string, string[]>();
  for (const { key, title } of layers.flatMap(({ roles }) => current(roles))) {
    const known = titles.get(key) ?? [];
    if (!known.includes(title)) titles.set(key, [...known, title]);
  }
  const roles = [...titles].flatMap(([key, names]): CodebookCommand[] => [
    {
      ...command(`role.${key}`, `Set ${names.join(' / ').toLowerCase()}`, [key], 'article', 'annotate'),
      action: { kind: 'role', key, further: false },
    },
    {
      ...command(`role-further.${key}`, `Add a further ${names.join(' / ').toLowerCase()}`, [`Shift-${key}`], 'article', null),
      action: { kind: 'role', key, further: true },
    },
  ]);
  const relations = codebook.relations.flatMap(({ id, title, key }): CodebookCommand[] =>
    key === null
      ? []
      : [
          {
            ...command(`relate.${id}`, `Relate: ${title.toLowerCase()}`, [key], 'article', 'annotate'),
            action: { kind: 'relation', type: id },
          },
        ],
  );
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (digit): CodebookCommand => ({
      ...command(`value.${digit}`, 'Choose a value', [String(digit)], 'article', null),
      action: { kind: 'value', digit },
    }),
  );
  return [...tags, ...roles, ...relations, ...values];
}

/** All commands: the fixed ones and those of a codebook. If both want the same key, the codebook gets it. */
export function commandTable(ofCodebook: readonly CodebookCommand[]): Command[] {
  const own = new Set(ofCodebook.flatMap(({ keys }) => keys));
  const fixed = fixedCommands.map((one: Command) => (one.keys.some((key) => own.has(key)) ? without(one, own) : one));
  return [...fixed, ...ofCodebook];
}

const without = (one: Command, taken: ReadonlySet<string>): Command => ({ ...one, keys: one.keys.filter((key) => !taken.has(key)) });
