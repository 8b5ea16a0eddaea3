import { type Span, spanAt } from '../text/span.ts';
import { cueKind } from './cues.ts';
import type { Names } from './names.ts';
import type { QuotedRun } from './quoted-run.ts';
import { addresseeRoles, cueEnd, personRoles, phraseSpan, speakerForm } from './roles.ts';
import { ruleReasons, type SuggestionRule } from './rules.ts';
import { rulesVersion, type SuggestedRole, type Suggestion } from './suggestion.ts';

type TermRule = Extract<SuggestionRule, `term.${string}`>;

/** Suggestions of QUOTE and QUOTED_TERM from the marked `runs` of a text, one for the fragments of one utterance. */
export function quoteSuggestions(text: string, runs: readonly QuotedRun[], names: Names): Suggestion[] {
  const suggestions: Suggestion[] = [];
  const groups = new Map<QuotedRun, { spans: Span[]; run: QuotedRun }>();
  const byCue = new Map<string, QuotedRun>();
  for (const run of runs) {
    const span = spanAt(text, run.span);
    const cue = run.cue?.sentence.words[run.cue.from];
    const key = !run.isTerm && cue ? `${cue.start}` : null;
    const head = run.isTerm
      ? undefined
      : run.continues && groups.has(run.continues)
        ? run.continues
        : key !== null
          ? byCue.get(key)
          : undefined;
    const group = head && groups.get(head);
    if (group) group.spans.push(span);
    else {
      groups.set(run, { spans: [span], run });
      if (key !== null) byCue.set(key, run);
    }
  }
  for (const { spans, run } of groups.values()) suggestions.push(fromRun(text, run, spans, names));
  return suggestions;
}

function fromRun(text: string, run: QuotedRun, spans: readonly Span[], names: Names): Suggestion {
  const roles: SuggestedRole[] = [];
  let form: string = 'implicit';
  if (run.speaker) {
    const { sentence, phrase } = run.speaker;
    form = speakerForm(text, sentence, phrase);
    roles.push(...personRoles(text, 'speaker', sentence, phrase, names, run.certainty));
  }
  if (run.isTerm) return fromTerm(run, spans, roles);
  const cue = run.cue && phraseSpan(text, run.cue.sentence, { from: run.cue.from, to: cueEnd(run.cue.sentence.words, run.cue) });
  if (cue && run.cue) {
    roles.push({ role: 'cue', span: cue, entity: null, confidence: run.certainty });
    roles.push(...addresseeRoles(text, run.cue.sentence, run.cue, names, run.certainty));
  }
  const kind = cue && cueKind(run.cue?.sentence.words[run.cue.from]?.lower ?? '');
  const medium = kind === 'write' ? 'writing' : kind === 'think' ? 'thought' : 'speech';
  return {
    layer: 'QUOTE',
    spans,
    attributes: { type: run.type, medium, speaker_form: form },
    roles,
    rule: run.rule,
    version: rulesVersion,
    why: ruleReasons[run.rule],
    confidence: run.confidence,
  };
}

function fromTerm(run: QuotedRun, spans: readonly Span[], roles: readonly SuggestedRole[]): Suggestion {
  const kind = run.term ?? (roles.length > 0 ? 'attributed_term' : 'scare');
  const rule: TermRule = `term.${kind === 'attributed_term' ? 'attributed' : kind}`;
  return {
    layer: 'QUOTED_TERM',
    spans,
    attributes: { kind },
    roles: kind === 'attributed_term' ? roles.slice(0, 1) : [],
    rule,
    version: rulesVersion,
    why: ruleReasons[rule],
    confidence: run.confidence,
  };
}
