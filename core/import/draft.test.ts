import { expect, test } from 'vitest';
import { problemInWords } from './draft.ts';

const problem = { file: 'a.ann', line: 3, column: null, code: 'damaged', next: '' } as const;

test.each([
  [{}, '“5 5” are not offsets.', 'a.ann, line 3: “5 5” are not offsets.'],
  [{ column: 12 }, 'This is no JSON.', 'a.ann, line 3, column 12: This is no JSON.'],
  [{}, 'Its line 3 has two cells.', 'a.ann: Its line 3 has two cells.'],
  [{ line: null }, 'It is too large.', 'a.ann: It is too large.'],
  [{}, 'a.ann was not imported: its offsets do not fit.', 'a.ann was not imported: its offsets do not fit. (line 3)'],
  [{ line: null }, 'a.ann was not imported: it is empty.', 'a.ann was not imported: it is empty.'],
  [{}, 'a.ann was not imported: its line 3 is no JSON.', 'a.ann was not imported: its line 3 is no JSON.'],
])('I80 a problem of a file is told with the file and the line, each once: %j %s', (given, message, words) => {
  expect(problemInWords({ ...problem, ...given, message })).toBe(words);
});
