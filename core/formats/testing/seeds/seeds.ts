import { setToRecord } from '../../../model/annotation.ts';
import { articleId, countWords, headingsOf, titleOf } from '../../../model/article.ts';
import type { CaseInput } from '../case.ts';
import { annotate000, annotate001, annotate002, type Ids } from './anna.ts';
import { annotate003, annotate004, relateAcross } from './anna-later.ts';
import { Desk, entityRecords, type Newsroom } from './desk.ts';
import { adjudicate, annotateSecond } from './others.ts';
import { addDoubles, fillRegistry, mergeDoubles } from './registry.ts';

const imported = '2026-01-08T08:00:00.000Z';
const annotators: CaseInput['annotators'] = [
  { id: 'anna', name: 'Anna', role: 'annotator' },
  { id: 'bela', name: 'Béla, "B"', role: 'annotator' },
  { id: 'cleo', name: 'Cleo', role: 'adjudicator' },
];
// The publisher is unknown. The rest is what a user would enter, so that every field of a dataset has a value.
const details: Readonly<Record<string, { readonly date: string; readonly url: string | null; readonly source: string | null }>> = {
  '000': { date: '2026-01-07', url: 'https://example.org/zelensky-guarantees', source: 'The Example' },
  '001': { date: '2026-01-07', url: null, source: null },
  '002': { date: '2026-01-07', url: 'https://example.com/allies?id=2&lang=en', source: 'Example, "Daily"; late edition' },
  '003': { date: '2025-09-04', url: null, source: null },
  '004': { date: '2026-01-06', url: 'https://example.net/paris-talks', source: 'Example News' },
};

/**
 * The five seed articles, annotated by three people with the gestures of the workbench: every quote and quoted term, stances, facts, relations
 * within and across articles, and a registry with a merged duplicate. `files` maps the name of a seed to its text. `sha256` returns hex.
 */
export function seedsCase(files: ReadonlyMap<string, string>, sha256: (text: string) => string): CaseInput {
  const articles = [...files].sort().map(([name, text]) => ({ number: name.slice(0, 3), name, text, id: articleId(name, sha256(text)) }));
  const room: Newsroom = { articles: new Map(articles.map((article) => [article.number, article])), entities: new Map(), desks: [] };
  const anna = new Desk(room, 'anna', '2026-01-08T09:00:00.000Z');
  const bela = new Desk(room, 'bela', '2026-01-09T09:00:00.000Z');
  const cleo = new Desk(room, 'cleo', '2026-01-12T09:00:00.000Z');
  const ids: Ids = {};
  fillRegistry(room, anna);
  addDoubles(room, bela);
  annotate000(anna, ids);
  annotate001(anna, ids);
  annotate002(anna, ids);
  annotate003(anna, ids);
  annotate004(anna, ids);
  relateAcross(anna, ids);
  anna.done('000', '001', '004');
  annotateSecond(bela);
  adjudicate(cleo);
  mergeDoubles(room, anna);
  return {
    project: { id: 'seeds', name: 'Paris summit, “seeds”' },
    changed: cleo.now,
    codebookVersion: 1,
    annotators,
    articles: articles.map(({ number, name, text, id }) => {
      const digest = sha256(text);
      const headings = headingsOf(text);
      const { date, url, source } = details[number] as (typeof details)[string];
      return {
        meta: {
          ...{ id, title: titleOf(text, name), source, date, url, language: 'en', originalName: name, headings },
          ...{ words: countWords(text), textSha256: digest, originalSha256: digest, imported },
        },
        textFile: `seeds/${name}`,
      };
    }),
    sets: room.desks.flatMap(({ annotator, work }) =>
      [...work.sets.values()].map((set) => ({ annotator, set: setToRecord(set) })).sort((a, b) => (a.set.article < b.set.article ? -1 : 1)),
    ),
    entities: entityRecords(room),
    links: room.desks.flatMap(({ work }) => [...work.links.values()]),
  };
}
