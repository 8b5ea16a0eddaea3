import { type GroupBy, SplitName, type SplitOptions } from './options.ts';
import type { CrossingKey, SplitReport, Tie } from './report.ts';

/**
 * One finding of a report, in words for the user. `leak`: what is learnt in one split would help in another; `note`: worth knowing; `fine`: all is
 * well. `advice` says what to do, null if nothing. `examples` are shorter lines about single cases.
 */
export interface Finding {
  readonly severity: 'leak' | 'note' | 'fine';
  readonly text: string;
  readonly advice: string | null;
  readonly examples: readonly string[];
}

/** How to name documents and entities. */
export interface SplitNames {
  document(id: string): string;
  entity(id: string): string;
}

/** Names documents by title, followed by the id if several share the title, and entities by canonical name. */
export function splitNames(
  documents: Iterable<{ readonly id: string; readonly title: string }>,
  registry: ReadonlyMap<string, { readonly canonical: string }>,
): SplitNames {
  const titles = new Map<string, string>();
  const holders = new Map<string, number>();
  for (const { id, title } of documents) {
    titles.set(id, title);
    holders.set(title, (holders.get(title) ?? 0) + 1);
  }
  return {
    document(id) {
      const title = titles.get(id);
      if (title === undefined) return id;
      return holders.get(title) === 1 ? title : `${title} (${id})`;
    },
    entity: (id) => registry.get(id)?.canonical ?? id,
  };
}

/** What ties documents together, in words for the user. */
export const groupingTitles: Readonly<Record<GroupBy, string>> = {
  event: 'the same main event',
  'near-duplicate': 'nearly the same text',
  quote: 'a long quote in common',
  speaker: 'somebody in common who speaks',
};

const small = 200;

/** The findings of a report in words, leaks first. `isPublished` says whether the splits are published. */
export function findingsOf(report: SplitReport, options: SplitOptions, names: SplitNames, isPublished: boolean): Finding[] {
  const { nearDuplicates, alike, quotes, events, entities, largeGroups, divided, groups } = report;
  const found: Finding[] = [];
  const add = (severity: Finding['severity'], text: string, advice: string | null, examples: readonly string[] = []) =>
    found.push({ severity, text, advice, examples });
  const isBy = (by: GroupBy) => options.group.includes(by);
  const advise = (by: GroupBy) => (isPublished ? replace : isBy(by) ? null : `Group by ${groupingTitles[by]} as well.`);
  const titled = (ids: readonly string[], count: number) => {
    const more = count > ids.length ? ` and ${counted(count - ids.length, 'other')}` : '';
    return ids.map((id) => `“${names.document(id)}”`).join(', ') + more;
  };
  const holders = (what: (key: string) => string) => (list: readonly CrossingKey[]) =>
    list.map(({ key, documents, count }) => `“${what(key)}” in ${titled(documents, count)}`);
  if (divided.length > 0) {
    const examples = divided.map(({ documents, count, splits }) => `${titled(documents, count)}, in ${splits.join(' and ')}`);
    add(
      'leak',
      `${counted(divided.length, 'group')} of articles ${divided.length === 1 ? 'is' : 'are'} divided by the published splits.`,
      replace,
      examples,
    );
  }
  if (nearDuplicates.count > 0) {
    const examples = nearDuplicates.examples.map(pairInWords(names));
    const text = `${counted(nearDuplicates.count, 'pair')} of articles in different splits ${isOrAre(nearDuplicates.count)} nearly the same.`;
    add('leak', text, advise('near-duplicate'), examples);
  }
  if (quotes.count > 0) {
    const text = `${counted(quotes.count, 'quote')} of four words or more ${stands(quotes.count)} in articles of different splits.`;
    add('leak', text, advise('quote'), holders(cut)(quotes.examples));
  }
  if (events.count > 0) {
    const text = `${counted(events.count, 'event')} ${isOrAre(events.count)} named in annotations of different splits.`;
    const advice = isBy('event') ? 'They are background to some of the articles.' : advise('event');
    add(isBy('event') ? 'note' : 'leak', text, advice, holders(names.entity)(events.examples));
  }
  if (!found.some(({ severity }) => severity === 'leak')) add('fine', 'No leak between the splits was found.', null);
  if (alike.count > 0) {
    const text = `${counted(alike.count, 'pair')} of articles in different splits ${isOrAre(alike.count)} alike, short of being nearly the same.`;
    add('note', text, 'Look at them; nothing groups them.', alike.examples.map(pairInWords(names)));
  }
  for (const { group, documents, ties } of largeGroups) {
    const text = `One group has ${documents} of ${counted(report.documents, 'article')}, “${names.document(group)}” and others; all are in one split.`;
    const because = ties.map((tie) => tieInWords(tie, names));
    const isLoose = ties.some(({ by }) => by !== 'near-duplicate') && !isPublished;
    add('note', text, isLoose ? 'Group by less, or annotate events more finely.' : null, because);
  }
  const empty = SplitName.options.filter(
    (name) => options.fractions[name] > 0 && report.splits.find(({ split }) => split === name)?.documents === 0,
  );
  if (empty.length > 0 && report.documents > 0) {
    const advice = options.stratify || isPublished ? 'There are too few groups.' : 'With so few groups, balance the layers instead.';
    add('note', `No article is in ${empty.join(' or ')}.`, advice);
  } else if (!options.stratify && groups < small && groups > 0 && !isPublished) {
    add(
      'note',
      `With ${counted(groups, 'group')} the parts come out roughly.`,
      'Balance the layers for a small dataset, then publish the splits.',
    );
  }
  for (const { split, entities: named, inTrain } of entities) {
    if (named === 0) continue;
    add('note', `Of ${counted(named, 'entity', 'entities')} named in ${split}, train names ${inTrain} too.`, null);
  }
  if (report.isCutShort) add('note', 'More than a million pairs of articles are alike; the rest was not looked at.', null);
  return found;
}

/** "1 article", "2 articles". */
function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

const replace = 'Published splits stay as they are until they are replaced.';
const isOrAre = (count: number) => (count === 1 ? 'is' : 'are');
const stands = (count: number) => (count === 1 ? 'stands' : 'stand');
const cut = (quote: string) => (quote.length > 80 ? `${quote.slice(0, 80).toWellFormed()}…` : quote);

function pairInWords(names: SplitNames) {
  return ({ documents: [one, other], jaccard, containment }: SplitReport['alike']['examples'][number]) => {
    const whole = Math.floor(jaccard * 100);
    const part = Math.floor(containment * 100);
    return `“${names.document(one)}” and “${names.document(other)}”: ${whole} % in common, ${part} % of the shorter`;
  };
}

function tieInWords({ by, key, documents }: Tie, names: SplitNames): string {
  const what = by === 'near-duplicate' ? groupingTitles[by] : by === 'quote' ? `the quote “${cut(key)}”` : `“${names.entity(key)}”`;
  return `${counted(documents, 'article')} by ${what}`;
}
