import { z } from 'zod';
import { Id } from './model/annotation.ts';

/** The key that the loopback page uses instead of a project's key at the Project home. */
export const homeKey = 'home';

/**
 * A project that this computer knows. `key` identifies its folder as long as it stays in place; the page never sends a path instead. `id` is that
 * of the project, null if it cannot be read; copies of a project share it. `opened` is ISO 8601, null if it was never opened. `articles` counts
 * the imported articles, null if unknown. `missing` means that the project is no longer where it was; `unreadable` means that it is there but
 * cannot be read.
 */
export const KnownProject = z.strictObject({
  key: Id,
  id: Id.nullable(),
  name: z.string(),
  folder: z.string(),
  opened: z.string().nullable(),
  articles: z.int().min(0).nullable(),
  state: z.enum(['there', 'missing', 'unreadable']),
});
export type KnownProject = z.infer<typeof KnownProject>;

/**
 * How a project was opened: `here` in the page that asked, which continues under its key, or in a window of its own. Or the user changed their
 * mind.
 */
export const OpenedProject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('here'), project: Id }),
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type OpenedProject = z.infer<typeof OpenedProject>;

/**
 * What to call each of `projects` in a list of all of them: by name. Projects with the same name (such as a restored backup and its original) also
 * get as much of the end of their folder as is needed to tell them apart.
 */
export function namesApart<P extends { readonly name: string; readonly folder: string }>(projects: readonly P[]): Map<P, string> {
  const end = ({ folder }: P, parts: number) => folder.split(/[/\\]/).filter(Boolean).slice(-parts).join('/');
  return new Map(
    projects.map((project) => {
      const rivals = projects.filter(({ name, folder }) => name === project.name && folder !== project.folder);
      if (rivals.length === 0) return [project, project.name];
      const most = project.folder.split(/[/\\]/).length;
      let parts = 1;
      while (parts < most && rivals.some((rival) => end(rival, parts) === end(project, parts))) parts++;
      return [project, `${project.name} (${end(project, parts)})`];
    }),
  );
}

/** An article whose text a backup lacks. */
export const LackingText = z.strictObject({ name: z.string(), title: z.string() });
export type LackingText = z.infer<typeof LackingText>;

/** The most UTF-16 code units in a project's name. */
export const projectNameLimit = 80;
/** The most code points in a folder's name. */
export const folderNameLimit = 80;
/** The most bytes of a backup, or of a file of articles, sent to the host in one piece. */
export const pieceLimit = 4_000_000;

const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]/u;
// Names that Windows reserves for devices, with any extension.
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Why `name` cannot be the name of a new folder on every system, as a sentence; null if it can. */
export function folderNameProblem(name: string): string | null {
  if (name.trim() === '') return 'The folder needs a name.';
  if ([...name].length > folderNameLimit) return `A folder’s name has at most ${folderNameLimit} characters.`;
  if (forbidden.test(name)) return 'A folder’s name has no slash, backslash, colon, star, quotation mark, question mark, bracket or bar.';
  if (name.startsWith('.') || /[. ]$/.test(name) || name.startsWith(' '))
    return 'A folder’s name does not begin or end with a dot or a space.';
  return devices.test(name) ? 'Some systems keep this name for a device.' : null;
}

/** A name for the folder of the project `name` that is valid on every system. */
export function folderNameOf(name: string): string {
  const plain = [...name.normalize('NFC')].map((sign) => (forbidden.test(sign) ? ' ' : sign)).join('');
  const short = [...plain.replace(/\s+/g, ' ')].slice(0, folderNameLimit).join('');
  const trimmed = short.replace(/^[. ]+|[. ]+$/g, '');
  return folderNameProblem(trimmed) === null ? trimmed : 'Project';
}
