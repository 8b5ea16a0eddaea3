import { z } from 'zod';
import { Id } from './model/annotation.ts';

/** What the loopback page names instead of a project when it is at the Project home. */
export const homeKey = 'home';

/**
 * A project that this computer knows of. `key` names its folder for as long as it lies there; the page never sends a path in its place. `id` is the
 * project's own, null where it cannot be read; copies of one project share it. `opened` is ISO 8601, null where it never was; `articles` counts what
 * was imported, null where that is not known. One that is `missing` is not where it was, one that is `unreadable` is there and cannot be read.
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

/** How a project came up: `here` in the page that asked, which goes on with it under its key, or in a window of its own; or the person changed their mind. */
export const OpenedProject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('here'), project: Id }),
  z.strictObject({ kind: z.literal('window') }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type OpenedProject = z.infer<typeof OpenedProject>;

/**
 * What each of `projects` is called where all of them are listed: by its name, and of those that have one name, as a restored backup has beside its
 * origin, with as much of the end of its folder as tells it from the others.
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

/** The most characters of a project's name. */
export const projectNameLimit = 80;
/** The most characters of a folder's name. */
export const folderNameLimit = 80;
/** The most bytes of a backup, or of a file of articles, that go to the host in one piece. */
export const pieceLimit = 4_000_000;

const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?"<>|]/u;
// Names that Windows keeps for devices, with any ending.
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What is wrong with `name` as the name of one new folder on any system, as a sentence; null when nothing is. */
export function folderNameProblem(name: string): string | null {
  if (name.trim() === '') return 'The folder needs a name.';
  if ([...name].length > folderNameLimit) return `A folder’s name has at most ${folderNameLimit} characters.`;
  if (forbidden.test(name)) return 'A folder’s name has no slash, backslash, colon, star, quotation mark, question mark, bracket or bar.';
  if (name.startsWith('.') || /[. ]$/.test(name) || name.startsWith(' '))
    return 'A folder’s name does not begin or end with a dot or a space.';
  return devices.test(name) ? 'Some systems keep this name for a device.' : null;
}

/** A name for the folder of the project `name`, which can be a folder's on every system. */
export function folderNameOf(name: string): string {
  const plain = [...name.normalize('NFC')].map((sign) => (forbidden.test(sign) ? ' ' : sign)).join('');
  const short = [...plain.replace(/\s+/g, ' ')].slice(0, folderNameLimit).join('');
  const trimmed = short.replace(/^[. ]+|[. ]+$/g, '');
  return folderNameProblem(trimmed) === null ? trimmed : 'Project';
}
