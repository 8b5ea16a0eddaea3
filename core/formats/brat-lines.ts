import { FileFault } from './given-text.ts';

/** A text-bound annotation (T): its half-open fragments in the order of the line, and the text column if there is one. */
export interface TextBound {
  readonly id: string;
  readonly type: string;
  readonly offsets: string;
  readonly fragments: readonly { readonly start: number; readonly end: number }[];
  readonly text: string | null;
  readonly line: number;
}

/** Something tied to others by roles: an event (E), whose first argument is its trigger, or a relation (R). */
export interface Tie {
  readonly id: string;
  readonly type: string;
  readonly args: readonly { readonly role: string; readonly target: string }[];
  readonly line: number;
}

/** Something said about another annotation: an attribute (A, M; null for a flag), a normalisation (N) or a comment (#). */
export interface Said {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly value: string | null;
  /** For a normalisation, the name of what it refers to. */
  readonly label: string | null;
  readonly line: number;
}

/** The lines of an .ann file by kind, in file order. Ids are unique, and everything they refer to exists. */
export interface BratLines {
  readonly textBounds: ReadonlyMap<string, TextBound>;
  readonly events: ReadonlyMap<string, Tie>;
  readonly relations: readonly Tie[];
  readonly attributes: readonly Said[];
  readonly normalisations: readonly Said[];
  readonly comments: readonly Said[];
}

const longestId = 100;

/** Parses `content`, standoff as brat writes it. @throws FileFault at the first invalid line */
export function bratLines(content: string): BratLines {
  const textBounds = new Map<string, TextBound>();
  const events = new Map<string, Tie>();
  const ties: Tie[] = [];
  const said: Readonly<Record<'A' | 'N' | '#', Said[]>> = { A: [], N: [], '#': [] };
  const ids = new Set<string>();
  let equivalences = 0;
  for (const [index, raw] of content.split('\n').entries()) {
    const line = index + 1;
    const text = raw.replace(/\r$/, '');
    if (text.trim() === '') continue;
    const [, id = '', data = '', tail = null] = /^([^\t]+)\t([^\t]*)(?:\t(.*))?$/su.exec(text) ?? [];
    if (id.length > longestId || !/^(?:\*|#?[A-Za-z]*\d\S*)$/.test(id))
      throw new FileFault(line, 'The line does not begin with an id such as T1 and a tab.');
    if (id !== '*' && ids.has(id)) throw new FileFault(line, `There are two lines with the id ${id}.`);
    ids.add(id);
    const kind = id.charAt(0);
    if (kind === 'T') textBounds.set(id, textBound(id, data, tail, line));
    else if (kind === 'E') events.set(id, tie(id, data, line, false));
    else if (kind === 'R') ties.push(tie(id, data, line, true));
    else if (kind === '*') {
      const [type = '', ...members] = data.split(/\s+/).filter((word) => word !== '');
      if (members.length < 2) throw new FileFault(line, 'A line that begins with * needs a type and at least two ids.');
      for (const [at, target] of members.slice(1).entries()) {
        const args = [
          { role: 'Arg1', target: members[at] as string },
          { role: 'Arg2', target },
        ];
        ties.push({ id: `*${++equivalences}`, type, args, line });
      }
    } else if (kind === 'A' || kind === 'M') {
      const [, type, target, value] = /^(\S+) (\S+)(?: (.+))?$/u.exec(data.trimEnd()) ?? [];
      if (!type || !target) throw new FileFault(line, `An attribute is “${id}”, a tab, its name, an id and maybe a value.`);
      said.A.push({ id, type, target, value: value ?? null, label: null, line });
    } else if (kind === 'N') {
      const [, type, target, value] = /^(\S+) (\S+) (\S+)$/u.exec(data.trimEnd()) ?? [];
      if (!type || !target || !value || !/.:./u.test(value))
        throw new FileFault(line, `A normalisation is “${id}”, a tab, its type, an id and DATABASE:ENTRY.`);
      said.N.push({ id, type, target, value, label: tail, line });
    } else if (kind === '#') {
      const [type, target, ...more] = data.split(/\s+/).filter((word) => word !== '');
      if (!type || !target || more.length > 0)
        throw new FileFault(line, `A comment is “${id}”, a tab, its type, an id, a tab and its text.`);
      said['#'].push({ id, type, target, value: tail ?? '', label: null, line });
    } else throw new FileFault(line, `There is no kind of annotation with ids such as ${id}.`);
  }
  const lines = { textBounds, events, relations: ties, attributes: said.A, normalisations: said.N, comments: said['#'] };
  expectTargets(lines, ids);
  return lines;
}

function textBound(id: string, data: string, text: string | null, line: number): TextBound {
  const [, type, offsets = ''] = /^(\S+) (.+)$/u.exec(data.trimEnd()) ?? [];
  if (type === undefined) throw new FileFault(line, `After “${id}” and a tab come a type and offsets.`);
  const fragments = offsets.split(';').map((pair) => {
    const [, start, end] = /^(\d{1,9}) (\d{1,9})$/.exec(pair) ?? [];
    if (start === undefined || Number(start) >= Number(end))
      throw new FileFault(line, `“${offsets}” are not offsets such as “0 5” or “0 5;8 12”.`);
    return { start: Number(start), end: Number(end) };
  });
  const inOrder = [...fragments].sort((a, b) => a.start - b.start);
  if (inOrder.some(({ start }, index) => start < (inOrder[index - 1]?.end ?? 0)))
    throw new FileFault(line, `The fragments of ${id} overlap.`);
  return { id, type, offsets, fragments, text: text === '' ? null : text, line };
}

function tie(id: string, data: string, line: number, isBinary: boolean): Tie {
  const [head = '', ...rest] = data.split(/\s+/).filter((word) => word !== '');
  const pairs = (isBinary ? rest : [head, ...rest]).map((pair) => {
    const [role, target, ...more] = pair.split(':');
    if (!role || !target || more.length > 0) throw new FileFault(line, `“${pair}” is not a role, a colon and an id.`);
    return { role, target };
  });
  if (isBinary && (pairs.length !== 2 || pairs[0]?.role === pairs[1]?.role)) {
    throw new FileFault(line, 'A relation has two arguments of different names.');
  }
  return { id, type: isBinary ? head : (pairs[0]?.role ?? ''), args: pairs, line };
}

function expectTargets({ events, relations, attributes, normalisations, comments }: BratLines, ids: ReadonlySet<string>): void {
  const ties = [...events.values(), ...relations].flatMap(({ args, line }) => args.map(({ target }) => ({ target, line })));
  const named = [...ties, ...attributes, ...normalisations, ...comments];
  const missing = named.find(({ target }) => !ids.has(target));
  if (missing) throw new FileFault(missing.line, `The line names ${missing.target}, which is not in the file.`);
}
