import type { Quantity } from '../annotation.ts';
import { hedgeIn } from '../hedges.ts';
import { quantitiesIn } from '../quantities.ts';
import { spanAt } from '../span.ts';
import { clauseAround, isEmptySubject, isNegated, isPassive, isProse } from './clauses.ts';
import { reportIn } from './indirect.ts';
import type { Names } from './names.ts';
import { phraseSpan } from './roles.ts';
import { canSpeak, isVerb, subjectOf } from './speakers.ts';
import { rulesVersion, type SuggestedRole, type Suggestion } from './suggestion.ts';
import type { Sentence, Word } from './words.ts';

const numerals =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens?|hundreds?|thousands?|millions?|billions?|half|third|quarter|percent)\b/i;

const events =
  /^(?:signed|signs|agreed|agrees|occupied|occupies|attacked|attacks|killed|kills|wounded|injured|launched|launches|deployed|approved|adopted|ratified|elected|arrested|captured|seized|annexed|invaded|bombed|withdrew|imposed|lifted|appointed|resigned|died|fired|won|lost|passed|voted|met|meets|visited|acquired|founded|opened|closed|released|detained|convicted|sentenced|sued|destroyed|shot|penned)$/;

/** Suggestions of FACT: clauses with a number and what it counts, and events that someone brought about. Nothing inside quotation marks is read. */
export function factSuggestions(text: string, sentences: readonly Sentence[], names: Names): Suggestion[] {
  return sentences.flatMap((sentence) => {
    if (!isProse(sentence)) return [];
    const taken: { from: number; to: number }[] = [];
    const free = ({ from, to }: { from: number; to: number }) => {
      if (taken.some((other) => from < other.to && other.from < to)) return false;
      taken.push({ from, to });
      return true;
    };
    return [...numberFacts(text, sentence, names, free), ...eventFacts(text, sentence, names, free)];
  });
}

type Free = (clause: { from: number; to: number }) => boolean;

function numberFacts(text: string, sentence: Sentence, names: Names, free: Free): Suggestion[] {
  const { words } = sentence;
  const runs = words.flatMap((word, index) => (!word.quote && numerals.test(word.text) ? [index] : []));
  const facts: Suggestion[] = [];
  let done = -1;
  for (const index of runs) {
    if (index < done) continue;
    const clause = clauseAround(words, index);
    done = clause.to;
    if (clause.to - clause.from > 60 || words.slice(clause.from, clause.to).some(({ quote }) => quote && quote.end - quote.start > 40))
      continue;
    const { start, end } = phraseSpan(text, sentence, clause);
    const quantities = quantitiesIn(text.slice(start, end)).map(({ quantity }) => quantity);
    const counted = quantities.filter(({ unit, counts }) => unit !== '' || counts !== '');
    if (counted.length === 0 || !words.slice(clause.from, clause.to).some((word) => isVerb(word)) || !free(clause)) continue;
    facts.push(fact(text, sentence, clause, names, 'numerical', counted, 0.7));
  }
  return facts;
}

function eventFacts(text: string, sentence: Sentence, names: Names, free: Free): Suggestion[] {
  const { words } = sentence;
  return words.flatMap((word, at) => {
    if (word.pos !== 'VERB' || !events.test(word.lower)) return [];
    const before = words[at - 1];
    // “to agreed positions”, “to be deployed”
    if (before && /^(?:ADP|DET|ADJ)$/.test(before.pos)) return [];
    if (before?.lower === 'be' || before?.lower === 'to') return [];
    const subject = subjectOf(words, at, 0, 0);
    if (!subject || !canSpeak(words, subject) || isEmptySubject(words, subject)) return [];
    const isKnown = subject.pronoun || words.slice(subject.from, subject.to).some((part) => part.pos === 'PROPN' || /s$/.test(part.lower));
    const { to } = clauseAround(words, at);
    const clause = { from: subject.from, to };
    const inMarks = words.slice(clause.from, to).some(({ quote }) => quote);
    if (!isKnown || inMarks || to - clause.from > 45 || to - at < (isPassive(words, at) ? 1 : 2) || !free(clause)) return [];
    return [fact(text, sentence, clause, names, 'event_property', [], 0.65, isNegated(words, at, 0))];
  });
}

function fact(
  text: string,
  sentence: Sentence,
  clause: { from: number; to: number },
  names: Names,
  type: 'numerical' | 'event_property',
  quantity: readonly Quantity[],
  confidence: number,
  negative = sentence.words.slice(clause.from, clause.to).some(({ lower }) => /^(?:not|n't|never)$/.test(lower)),
): Suggestion {
  const span = phraseSpan(text, sentence, clause);
  const report = reportIn(sentence);
  const attributed = report !== null && report.content.from <= clause.from && clause.to <= report.content.to;
  const roles: SuggestedRole[] = attributed
    ? [
        {
          role: 'source',
          span: phraseSpan(text, sentence, report.speaker),
          entity: names.entityOf(sentence, report.speaker),
          confidence: 0.8,
        },
      ]
    : [];
  const reportedly = sentence.words.slice(clause.from, clause.to).some(({ lower }: Word) => lower === 'reportedly');
  return {
    layer: 'FACT',
    spans: [spanAt(text, span)],
    attributes: {
      claim_type: type,
      attribution: attributed || reportedly ? 'attributed' : 'asserted',
      certainty: hedgeIn(span.text)?.certainty ?? 'certain',
      fact_polarity: negative ? 'negative' : 'positive',
      ...(quantity.length > 0 ? { quantity: [...quantity] } : {}),
    },
    roles,
    rule: type === 'numerical' ? 'fact.number' : 'fact.event',
    version: rulesVersion,
    why: type === 'numerical' ? 'A clause with a number and what it counts.' : 'A verb for something that happened, with who did it.',
    confidence,
  };
}
