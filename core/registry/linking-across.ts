import { entityFrom } from '../model/entity.ts';
import { applyEdits, type Edit } from '../steps/edit.ts';
import { Refusal, type Scene } from '../steps/gestures.ts';
import { type LinkTarget, linkMention } from './linking.ts';

/**
 * Links mentions in several articles to one entity, known or new, as one step. With `learn`, the words of the first mention are learnt as in
 * linkMention. `sceneOf` gives the scene of an article. @throws Refusal if `mentions` is empty, and as linkMention
 */
export function linkAcross(
  sceneOf: (article: string) => Scene,
  mentions: readonly { readonly article: string; readonly id: string }[],
  target: LinkTarget,
  learn: boolean,
): Edit[] {
  const [first] = mentions;
  if (!first) throw new Refusal('Choose at least one mention to link');
  const all: Edit[] = [];
  const begin = sceneOf(first.article);
  let { work, registry } = begin;
  let entity = target;
  for (const { article, id } of mentions) {
    const scene = { ...(article === first.article ? begin : sceneOf(article)), work, registry };
    const edits = linkMention(scene, id, entity, learn && entity === target && all.length === 0);
    work = applyEdits(work, edits);
    all.push(...edits);
    const made = edits.find(({ record, before }) => record === 'entity' && before === null);
    if (typeof entity !== 'string' && made?.record === 'entity' && made.after) {
      entity = made.id;
      registry = new Map(registry).set(made.id, entityFrom(made.id, [made.after]));
    }
  }
  return all;
}
