import { basename } from 'node:path';
import { AppError, type Notice } from '../core/failure.ts';
import type { Project } from '../host/storage/project.ts';

/**
 * `text` made safe for a terminal. Characters that a stranger may have put into the name of a file or project and that a terminal would act on are
 * replaced: control characters other than new lines and tabs, and characters that change the direction of writing.
 */
export function shown(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** `name` as `shown`, on one line. */
export const shownName = (name: string): string => shown(name.replace(/[\n\t]/g, '\ufffd'));

/**
 * Prints a failure on stderr: what happened, what is safe, what to do. `about` is the file that it concerns, if there are several. A defect of
 * Pressmark itself is printed with its stack.
 */
export function explain(error: unknown, about?: string): void {
  const before = about === undefined ? 'pressmark: ' : `${shownName(about)}: `;
  if (error instanceof AppError) {
    const { message, safe, next } = error.failure;
    const isNamed = about !== undefined && [about, basename(about)].some((name) => message.startsWith(name));
    console.error(shown(`${isNamed ? '' : before}${message}\n  ${safe} ${next}`));
  } else if (isSystemError(error))
    console.error(shown(`${before}${error.message}.\n  Nothing was changed. Check the path and your permissions there.`));
  else console.error(`${before}Pressmark ran into a defect of its own.\n${error instanceof Error ? error.stack : String(error)}`);
}

/** Prints a notice on stderr: what happened, what to do. */
export function tell({ message, next }: Pick<Notice, 'message' | 'next'>): void {
  console.error(shown(next === '' ? message : `${message}\n  ${next}`));
}

/** Prints the notices of `project` on stderr, including those to come, each once. */
export function tellNotices(project: Pick<Project, 'notices' | 'onNotice'>): void {
  const told = new Set<string>();
  const tellOnce = (notice: Notice) => {
    if (told.has(notice.message)) return;
    told.add(notice.message);
    tell(notice);
  };
  for (const notice of project.notices) tellOnce(notice);
  project.onNotice(tellOnce);
}

/** Whether the system refused something, for example because of a missing folder or a full disk. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** "1 article", "2 articles". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A progress line on stderr that is rewritten as work goes on. It appears only on a terminal, and only once the work has taken a second. */
export function startProgress(stream: NodeJS.WriteStream = process.stderr): { show(text: string): void; end(): void } {
  const begin = Date.now();
  let shown = false;
  return {
    show(text) {
      if (!stream.isTTY || Date.now() - begin < 1000) return;
      shown = true;
      stream.write(`\r\x1b[K${text}`);
    },
    end() {
      if (shown) stream.write('\r\x1b[K');
    },
  };
}
