import type { Entity } from '../../core/model/entity.ts';
import { suggest } from '../../core/suggestions/index.ts';
import type { Answer, Question } from './messages.ts';

// The registry as the page has sent it so far. The page only sends changes.
const registry = new Map<string, Entity>();

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  for (const entity of data.entities) registry.set(entity.id, entity);
  for (const id of data.gone) registry.delete(id);
  postMessage(answerTo(data));
});

function answerTo({ number, text, experience }: Question): Answer {
  try {
    // Pass a copy, because results about a registry are cached by its identity.
    return { number, suggestions: suggest(text, { registry: new Map(registry), experience }) };
  } catch (error) {
    return { number, problem: String(error) };
  }
}
