import { type Suggestion, suggest } from '../index.ts';

/** A suggestion in short: what it covers and its roles by name; an entity of another name follows “=”. */
export interface Found {
  readonly spans: readonly string[];
  readonly roles: Readonly<Record<string, string>>;
  readonly attributes: Suggestion['attributes'];
  readonly rule: string;
}

/** The suggestions of `layer` in `text`, in short, in the order of the text. */
export function found(layer: string, text: string): Found[] {
  return suggest(text)
    .filter((suggestion) => suggestion.layer === layer)
    .map(({ spans, roles, attributes, rule }) => ({
      spans: spans.map((span) => span.text),
      roles: Object.fromEntries(
        roles.map(({ role, span, entity }) => [
          role,
          entity && entity.canonical !== span.text ? `${span.text}=${entity.canonical}` : span.text,
        ]),
      ),
      attributes,
      rule,
    }));
}

/** The quotes with marks in `text`: their fragments and their speaker, null where none is proposed. */
export function quotes(text: string): [spans: readonly string[], speaker: string | null][] {
  return found('QUOTE', text)
    .filter(({ attributes }) => attributes['type'] !== 'indirect')
    .map(({ spans, roles }) => [spans, roles['speaker'] ?? null]);
}

/** The quoted terms in `text` with their kind. */
export function terms(text: string): [term: string, kind: unknown][] {
  return found('QUOTED_TERM', text).map(({ spans, attributes }) => [spans.join(' '), attributes['kind']]);
}
