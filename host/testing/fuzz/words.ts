import { strToU8 } from 'fflate';
import { readArticleTable } from '../../../core/articles/article-table.ts';
import { codebookText, readCodebook } from '../../../core/codebook/codebook-text.ts';
import { commandsOf } from '../../../core/commands.ts';
import { mapProblems } from '../../../core/formats/mapping.ts';
import { readLabelMap } from '../../../core/formats/mapping-file.ts';
import { publishedDate } from '../../../core/import/published-date.ts';
import { effectiveCommands, keyProblem, rebind } from '../../../core/key-bindings.ts';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { edtfProblem } from '../../../core/model/edtf.ts';
import { completionsOf } from '../../../core/search/completion.ts';
import { understand } from '../../../core/search/conditions.ts';
import { fieldsOf } from '../../../core/search/fields.ts';
import { parseQuery, printQuery } from '../../../core/search/query.ts';
import { Settings } from '../../../core/settings.ts';
import { readKeptEdits } from '../../../core/steps/kept-edits.ts';
import { openDatabase } from '../../search/schema.ts';
import { findAnnotations, findArticles } from '../../search/search.ts';
import { spoiltJson, spoiltText } from './mutation.ts';
import type { Parser } from './run.ts';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

function parser(name: string, seeds: readonly string[], spoil: Parser['spoil'], read: (content: string) => boolean): Parser {
  return { name, seeds: seeds.map((seed) => [{ path: name, bytes: strToU8(seed) }]), spoil, read: ([file]) => read(text(file?.bytes)) };
}

function expectSentence(sentence: string): void {
  if (!/\p{L}/u.test(sentence) || sentence.length > 20_000) throw new Error(`no sentence: ${sentence.slice(0, 300)}`);
}

const meta = { id: 'a-12345678', title: 'One', source: null, date: '2026', url: null, language: 'en', originalName: 'a.txt' };
const article = {
  ...meta,
  headings: [],
  words: 3,
  textSha256: '0'.repeat(64),
  originalSha256: '0'.repeat(64),
  imported: '2026-01-01T00:00:00.000Z',
};

const labels = JSON.stringify({
  format: 'pressmark-labels',
  version: 1,
  layers: {
    PER: { to: 'mention:PERSON', attributes: {}, roles: {} },
    Claim: { to: 'FACT', attributes: { kind: { to: 'type', values: { a: null } } } },
  },
  relations: { by: { to: 'role:speaker', attributes: {} } },
  entityTypes: { ORG: 'ORGANISATION' },
});

const gesture = {
  ...{
    id: 'g1',
    annotator: 'anna',
    time: '2026-01-01T00:00:00.000Z',
    command: 'article.done',
    title: 'Mark done',
    undoes: null,
    redoes: null,
  },
  edits: [
    {
      record: 'completion',
      article: 'a',
      id: 'a',
      before: null,
      after: { article: 'a', annotator: 'anna', done: true, marked: '2026-01-01T00:00:00.000Z' },
    },
  ],
};

const queries = [
  'speaker:zelensky layer:stance polarity:against has:note article:004 "military hubs" -done',
  'date:2025..2026-03 length:>50 -is:draft “tax 12 %” source:"Daily News",bbc',
  // Its phrase would have no end.
  '"a\0b"',
];

/** What a query finds in an index without articles. What may go wrong is the SQL that SQLite is given. */
function queryParser(): Parser {
  const fields = fieldsOf(defaultCodebook);
  const index = openDatabase(null, 'fuzz');
  return parser('a query', queries, spoiltText, (input) => {
    const { terms } = parseQuery(input);
    const printed = printQuery(terms);
    if (printQuery(parseQuery(printed).terms) !== printed) throw new Error(`printed, it reads differently: ${printed}`);
    const { conditions, problems } = understand(input, fields);
    for (const { message, next, place } of problems) {
      expectSentence(message);
      expectSentence(next);
      if (place.start < 0 || place.end > input.length || place.end < place.start) throw new Error('a problem outside the query');
    }
    completionsOf(input, input.length, fields, () => []);
    findArticles(index, conditions, 'anna', { skip: 0, limit: 5 });
    findAnnotations(index, conditions, 'anna', { skip: 0, limit: 5 }, 'article');
    return problems.length === 0;
  });
}

const commands = commandsOf(defaultCodebook);

/** Everything that reads a few words or a small file, without a disk. */
export const wordParsers: readonly Parser[] = [
  queryParser(),
  parser('a date in EDTF', ['2026-01-07', '2026-01/..', 'Y-17000', '19XX', '2026-21~', '/2026-02-29?'], spoiltText, (input) => {
    const problem = edtfProblem(input);
    if (problem !== null) expectSentence(problem);
    return problem === null || input === '/2026-02-29?';
  }),
  parser(
    'a date in words',
    ['7 January 2026', 'Wed, 7 Jan 2026 23:30:00 -0500', '2026-01-07T10:00:00+01:00', 'January 7th, 2026'],
    spoiltText,
    (input) => {
      const date = publishedDate(input);
      if (date !== null && edtfProblem(date) !== null) throw new Error(`no date: ${date}`);
      return date !== null;
    },
  ),
  parser(
    'a codebook',
    [codebookText({ ...defaultCodebook, layers: defaultCodebook.layers.slice(0, 2), relations: [] })],
    spoiltJson,
    (input) => {
      const read = readCodebook(input);
      if (Array.isArray(read)) for (const sentence of read) expectSentence(sentence);
      return !Array.isArray(read);
    },
  ),
  parser('a map of labels', [labels], spoiltJson, (input) => {
    const read = readLabelMap(input);
    for (const sentence of typeof read === 'string' ? [read] : mapProblems(read, defaultCodebook)) expectSentence(sentence);
    return typeof read !== 'string';
  }),
  parser('kept edits', [JSON.stringify({ format: 1, project: { id: 'p', name: 'P' }, gestures: [gesture] })], spoiltJson, (input) => {
    const read = readKeptEdits(input, 'p');
    if (typeof read === 'string') expectSentence(read);
    return typeof read !== 'string';
  }),
  parser(
    'the table of articles',
    ['\ufeffid,original_name,title,source,date,url,language\r\na-12345678,a.txt,"One ""two""",\'=1+1,2026,,en\r\n'],
    spoiltText,
    (input) => {
      const { changes, problems } = readArticleTable(input, [article]);
      for (const { message } of problems) expectSentence(message);
      if (problems.length > 0 && changes.length > 0) throw new Error('it was refused and taken all the same');
      return problems.length === 0;
    },
  ),
  parser(
    'key bindings',
    [JSON.stringify({ keys: { 'tag.QUOTE': ['q', 'Mod-Shift-q'], 'edit.undo': [] }, letterKeys: false, theme: 'dark' })],
    spoiltJson,
    (input) => {
      let data: unknown;
      try {
        data = JSON.parse(input);
      } catch {
        return false;
      }
      const read = Settings.safeParse(data);
      if (!read.success) return false;
      const acting = effectiveCommands(commands, read.data);
      for (const keys of Object.values(read.data.keys)) {
        for (const key of keys) keyProblem('article', key);
        rebind(acting, read.data.keys, 'tag.QUOTE', keys);
      }
      return true;
    },
  ),
];
