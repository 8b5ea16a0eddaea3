import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Suggestion, suggest } from '../core/suggestions/index.ts';
import type { Range } from '../core/text/span.ts';

/*
 * Scores suggestions of quotes and speakers on articles with known ones, as bench/suggestions.md says.
 * node bench/suggestions.bench.ts [FILE] [--part tune|unseen|all] [--every N] [--errors CAUSE]
 */

/** A quoted span of the gold data; offsets count code points, half-open. */
interface GoldQuote extends Range {
  readonly speaker_start: number | null;
  readonly speaker_end: number | null;
  readonly type: 'direct' | 'mixed';
  readonly words: number;
}

interface GoldArticle {
  readonly id: string;
  readonly text: string;
  readonly quotes: readonly GoldQuote[];
  readonly other_quoted: readonly Range[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: 'string', default: 'both' }, every: { type: 'string', default: '1' }, errors: { type: 'string' } },
});
const file = positionals[0] ?? process.env['PRESSMARK_QUOTES'];
if (!file) {
  console.error('Name the file of articles with known quotes, or set PRESSMARK_QUOTES to its path.');
  process.exit(2);
}

/** Three articles of ten, by their ids alone, are kept unseen while rules are tuned. */
const isUnseen = (id: string) => Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 8), 16) % 10 < 3;

const articles = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as GoldArticle)
  // Where offsets of both units agree; the others are too few to matter.
  .filter(({ text }) => [...text].length === text.length);

const overlap = (a: Range, b: Range) => a.start < b.end && b.start < a.end;
const share = (part: number, whole: number) => `${whole === 0 ? '-' : (part / whole).toFixed(4)} (${part}/${whole})`;

function score(part: readonly GoldArticle[], errors: Map<string, string[]>) {
  const counts = {
    core: 0,
    found: 0,
    exact: 0,
    proposed: 0,
    right: 0,
    others: 0,
    keptOut: 0,
    speakers: 0,
    overlapping: 0,
    given: 0,
    direct: 0,
    directOverlapping: 0,
  };
  let words = 0;
  let cpu = 0;
  const note = (cause: string, text: string) => errors.set(cause, [...(errors.get(cause) ?? []), text]);
  for (const { id, text, quotes, other_quoted } of part) {
    words += text.split(/\s+/).length;
    const before = process.cpuUsage();
    const suggestions = suggest(text);
    const used = process.cpuUsage(before);
    cpu += (used.user + used.system) / 1000;
    const show = ({ start, end }: Range) =>
      `${id}: ${text.slice(Math.max(0, start - 160), start)} >>${end - start > 160 ? `${text.slice(start, start + 80)} … ${text.slice(end - 60, end)}` : text.slice(start, end)}<< ${text.slice(end, end + 120)}`.replaceAll(
        '\n',
        '/',
      );
    const fragments = suggestions.flatMap((suggestion) => suggestion.spans.map((span) => ({ suggestion, span })));
    const proposed = fragments.filter(({ suggestion: { layer, attributes } }) => layer === 'QUOTE' && attributes['type'] !== 'indirect');
    for (const { suggestion, span } of proposed) {
      counts.proposed++;
      if (quotes.some((quote) => overlap(quote, span))) counts.right++;
      else note(`no quote: ${suggestion.rule}`, show(span));
    }
    for (const other of other_quoted) {
      counts.others++;
      if (!proposed.some(({ span }) => overlap(span, other))) counts.keptOut++;
    }
    for (const quote of quotes) {
      if (quote.type !== 'direct' && quote.words < 3) continue;
      counts.core++;
      const hits = proposed.filter(({ span }) => overlap(span, quote));
      if (hits.length > 0) counts.found++;
      else note(`missed: ${fragments.find(({ span }) => overlap(span, quote))?.suggestion.rule ?? 'not marked'}`, show(quote));
      if (hits.some(({ span }) => span.start === quote.start && span.end === quote.end)) counts.exact++;
      if (quote.speaker_start === null || quote.speaker_end === null) continue;
      const gold = { start: quote.speaker_start, end: quote.speaker_end };
      const speakers = hits.flatMap(({ suggestion }) => speakersOf(suggestion));
      const right = speakers.some((speaker) => overlap(speaker, gold));
      counts.speakers++;
      if (speakers.length > 0) counts.given++;
      if (right) counts.overlapping++;
      if (quote.type === 'direct') {
        counts.direct++;
        if (right) counts.directOverlapping++;
      }
      if (!right) {
        const given = speakers.map((speaker) => text.slice(speaker.start, speaker.end)).join(' | ') || 'none';
        note(
          `${speakers.length === 0 ? 'no' : 'wrong'} speaker, ${quote.type}: ${hits[0]?.suggestion.rule ?? 'not found'}`,
          `[gold: ${text.slice(gold.start, gold.end)}; given: ${given}] ${show(quote)}`,
        );
      }
    }
  }
  return {
    articles: part.length,
    precision: share(counts.right, counts.proposed),
    'core recall': share(counts.found, counts.core),
    'exact boundaries': share(counts.exact, counts.core),
    'terms kept out': share(counts.keptOut, counts.others),
    'speaker overlap': share(counts.overlapping, counts.speakers),
    'speaker overlap, direct': share(counts.directOverlapping, counts.direct),
    'speaker coverage': share(counts.given, counts.speakers),
    'speaker precision': share(counts.overlapping, counts.given),
    'ms CPU per 1,000 words': ((cpu / words) * 1000).toFixed(2),
  };
}

const speakersOf = ({ roles }: Suggestion) => roles.filter(({ role }) => role === 'speaker').map(({ span }) => span);

suggest('“Ready,” she said.');
const parts = values.part === 'both' ? ['tune', 'unseen'] : [values.part];
for (const part of parts) {
  const chosen = articles
    .filter(({ id }) => part === 'all' || isUnseen(id) === (part === 'unseen'))
    .filter((_, index) => index % Number(values.every) === 0);
  const errors = new Map<string, string[]>();
  console.log(`\n${part}`);
  for (const [name, value] of Object.entries(score(chosen, errors))) console.log(`  ${name.padEnd(26)} ${value}`);
  const byCount = [...errors].sort(([, a], [, b]) => b.length - a.length);
  if (values.errors === undefined) for (const [cause, list] of byCount) console.log(`    ${String(list.length).padStart(4)}  ${cause}`);
  // The texts of unseen articles are shown to nobody.
  else if (part !== 'unseen')
    for (const [cause, list] of byCount)
      if (cause.includes(values.errors)) console.log(list.map((text) => `${cause}\n    ${text}`).join('\n'));
}
