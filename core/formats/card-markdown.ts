/** `text` as one line of Markdown that displays it literally. Nothing in it acts as markup, HTML, a table cell or a change of writing direction. */
export function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase()}⟩`)
    .replace(/[\\`*_{}[\]<>|~#$&!]/g, (sign) => `\\${sign}`)
    .replace(/^([-+=]|\d+[.)](?=\s|$))/, (sign) => `${sign.slice(0, -1)}\\${sign.slice(-1)}`);
}

/** `text` cut after `length` code points, with an ellipsis if it was cut. */
export function cut(text: string, length: number): string {
  const points = [...text];
  return points.length <= length
    ? text
    : `${points
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** A whole number in display form: 12,345. */
export function figure(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `count` with its noun: 1 article, 12,345 articles. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : several}`;
}

/** A table whose cells are already Markdown; empty without rows. Columns whose head ends in `:` are right-aligned. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell || ' ').join(' | ')} |`;
  const rule = head.map((name) => (name.endsWith(':') ? '---:' : '---'));
  return [[line(head.map((name) => name.replace(/:$/, ''))), line(rule), ...rows.map(line)].join('\n')];
}

/** Lines as a list. */
export function listOf(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')];
}
