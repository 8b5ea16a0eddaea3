import { Codebook } from '../model/codebook.ts';
import { jsonDepth, tooDeepAt } from '../text/json-depth.ts';
import { faultLine, lineAt, valuePlaces } from '../text/json-places.ts';
import { misfit, safeParsed } from '../text/misfit.ts';
import { codebookFaults } from './codebook-soundness.ts';

/** The codebook that `text` (JSON) describes, or what is wrong with it, one sentence each, with the line if known. */
export function readCodebook(text: string): Codebook | string[] {
  const deep = tooDeepAt(text);
  if (deep !== null) return [`Line ${lineAt(text, deep)}: the JSON is nested more than ${jsonDepth} levels deep`];
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [`Line ${faultLine(text, error)}: this is not JSON (${error.message.replace(/ in JSON.*| \(line.*/s, '')})`];
  }
  const read = safeParsed(Codebook, data);
  if (!read.success) {
    const places = valuePlaces(text);
    return read.error.issues.slice(0, 20).map((issue) => {
      const { path } = issue;
      const name = path.map(String).join('.');
      const at = places.get(name) ?? places.get(path.slice(0, -1).map(String).join('.')) ?? 0;
      return `Line ${lineAt(text, at)}: ${misfit(data, issue)}`;
    });
  }
  const faults = codebookFaults(read.data);
  return faults.length > 0 ? faults.map((fault) => `${fault.charAt(0).toUpperCase()}${fault.slice(1)}`) : read.data;
}

/** `codebook` as text that `readCodebook` can read. */
export function codebookText(codebook: Codebook): string {
  return `${JSON.stringify(codebook, null, 2)}\n`;
}
