/** A record of a delimited table: the line on which it begins, counted from 1, and its cells. */
export interface DelimitedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Parses `text` by RFC 4180, with any delimiter and with CRLF or LF between records. Available libraries do not report line numbers, which the
 * user needs to fix a file. Blank lines are skipped. A fault is reported with its line.
 */
export function delimitedRecords(
  text: string,
  delimiter: string,
): { records: DelimitedRecord[]; fault: { line: number; message: string } | null } {
  const records: DelimitedRecord[] = [];
  const plainEnd = new RegExp(`[${delimiter === '\t' ? '\\t' : delimiter}\n]`, 'g');
  let [at, line] = [0, 1];
  while (at < text.length) {
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        const cell = quotedCell(text, at + 1);
        if (!cell) return { records, fault: { line: begins, message: 'A quotation mark is opened in this record and not closed.' } };
        cells.push(cell.value);
        line += cell.value.split('\n').length - 1;
        at = cell.end;
        if (text[at] === '\r' && text[at + 1] === '\n') at++;
        if (at < text.length && text[at] !== delimiter && text[at] !== '\n')
          return { records, fault: { line, message: 'Something follows the closing quote of a cell.' } };
      } else {
        plainEnd.lastIndex = at;
        const end = plainEnd.exec(text)?.index ?? text.length;
        const isLast = text[end] !== delimiter;
        cells.push(text.slice(at, isLast && text[end - 1] === '\r' && end > at ? end - 1 : end));
        at = end;
      }
      if (text[at] !== delimiter) break;
      at++;
    }
    at++;
    line++;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begins, cells });
  }
  return { records, fault: null };
}

/** The delimiter of a table: whichever of comma, semicolon and tab is most frequent in its first line. */
export function delimiterOf(text: string): string {
  const first = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'));
  const count = (sign: string) => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function quotedCell(text: string, from: number): { value: string; end: number } | null {
  let [value, at] = ['', from];
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}
