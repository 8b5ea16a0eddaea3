import { candidatesAmong } from '../../core/comparison/candidates.ts';
import { comparable } from '../../core/comparison/meanings.ts';
import { eventsOf, piecesOf } from '../../core/comparison/pieces-of-set.ts';
import type { Client, Output } from '../../core/contract.ts';
import { type Annotation, type AnnotationSet, byId, emptySet, type RoleFiller, setToRecord } from '../../core/model/annotation.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { type EntityRecord, newEntity, resolveRegistry } from '../../core/model/entity.ts';
import { spanAt } from '../../core/text/span.ts';

const time = '2026-01-01T00:00:00.000Z';
const entities: EntityRecord[] = [
  newEntity('fire', 'anna', 'EVENT', 'Fire on the Astrid', time),
  newEntity('rehn', 'anna', 'PERSON', 'Jonas Rehn', time),
  newEntity('cook', 'anna', 'PERSON', 'the cook', time),
];
const ground = { codebook: defaultCodebook, registry: resolveRegistry(entities) };

interface Report {
  readonly title: string;
  readonly date: string | null;
  readonly quote: string;
  readonly speaker: string | null;
  readonly fact: string;
  readonly isOfEvent: boolean;
}

const reports: Readonly<Record<string, Report>> = {
  a: {
    ...{ title: 'Herald', date: '2026-03-15', quote: '“We heard a bang on a deck, and the smoke was everywhere,”', speaker: 'cook' },
    ...{ fact: 'Fourteen people were killed', isOfEvent: true },
  },
  b: {
    ...{ title: 'Wire', date: '2026-03-14', quote: '“We heard a bang on the deck, and the smoke was everywhere,”', speaker: 'rehn' },
    ...{ fact: 'At least 12 people were killed on board', isOfEvent: true },
  },
  c: {
    ...{ title: 'Gazette', date: null, quote: '‘We heard a bang on the deck, and the smoke was everywhere.’', speaker: null },
    ...{ fact: 'Nine people were killed on board', isOfEvent: false },
  },
};

const textOf = ({ title, quote, fact }: Report) => `${title}\n${quote} it was said.\n${fact}.`;

function setOf(article: string, report: Report): AnnotationSet {
  const text = textOf(report);
  const annotation = (id: string, layer: string, words: string, roles: RoleFiller[]): Annotation => {
    const start = text.indexOf(words);
    return {
      ...{
        id,
        article,
        annotator: 'anna',
        layer,
        spans: [spanAt(text, { start, end: start + words.length })],
        attributes: {},
        roles,
        note: '',
      },
      ...{ origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
    };
  };
  const entity = (role: string, id: string): RoleFiller => ({ role, target: { kind: 'entity', id } });
  return {
    ...emptySet(article),
    annotations: byId([
      annotation(`${article}-quote`, 'QUOTE', report.quote, report.speaker ? [entity('speaker', report.speaker)] : []),
      annotation(`${article}-fact`, 'FACT', report.fact, report.isOfEvent ? [entity('event', 'fire')] : []),
    ]),
  };
}

/**
 * Three reports of one fire, each with a quote and a fact, as a host would tell of them: `a` and `b` name the event, `c` does not. What the page relates
 * is not known to this host, so it goes on proposing what was judged.
 */
export function comparedArticles(): { workspace: Partial<Output<'openWorkspace'>>; answers: Partial<Client>; text: string } {
  const sets = new Map(Object.entries(reports).map(([id, report]) => [id, setOf(id, report)]));
  const meta = (id: string, { title, date }: Report): ArticleMeta => ({
    ...{ id, title, source: null, date, url: null, language: 'en', originalName: `${id}.txt`, headings: [], words: 9 },
    ...{ textSha256: '0'.repeat(64), originalSha256: '0'.repeat(64), imported: time },
  });
  const plan = comparable(defaultCodebook);
  const answers: Partial<Client> = {
    openArticle: async ({ article }) => ({
      article: { meta: meta(article, reports[article] as Report), text: textOf(reports[article] as Report) },
      set: setToRecord(sets.get(article) as AnnotationSet),
      others: [],
    }),
    listComparable: async () => ({
      articles: [...sets].map(([article, set]) => ({ article, events: eventsOf(set, ground), count: set.annotations.size })),
      next: null,
      searched: sets.size,
    }),
    compareArticles: async ({ articles }) => {
      const pieces = [...sets].flatMap(([id, set]) => (articles === null || articles.includes(id) ? piecesOf(set, ground) : []));
      const search = candidatesAmong(pieces, plan);
      let step = search.next();
      while (!step.done) step = search.next();
      return { pieces, ties: [], candidates: step.value, open: step.value.length, left: 0 };
    },
  };
  return {
    text: textOf(reports['a'] as Report),
    workspace: {
      entities,
      articles: Object.entries(reports).map(([id, report]) => ({
        meta: meta(id, report),
        status: 'in_progress',
        counts: {},
        toComplete: 0,
      })),
    },
    answers,
  };
}
