import type { Entity } from '../../core/model/entity.ts';
import { suggest } from '../../core/suggestions/index.ts';
import type { Answer, Question } from './messages.ts';

// What the page has told of the registry so far; it tells only what changed.
const registry = new Map<string, Entity>();

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  for (const entity of data.entities) registry.set(entity.id, entity);
  for (const id of data.gone) registry.delete(id);
  postMessage(answerTo(data));
});

function answerTo({ number, text, experience }: Question): Answer {
  try {
    // A map of its own: what is found out about a registry is remembered by its identity.
    return { number, suggestions: suggest(text, { registry: new Map(registry), experience }) };
  } catch (error) {
    return { number, problem: String(error) };
  }
}
