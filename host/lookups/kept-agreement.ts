import type { ArticleAgreement } from '../../core/agreement/article-agreement.ts';
import type { Reading } from '../../core/agreement/meaning.ts';
import type { Entity, Registry } from '../../core/model/entity.ts';
import { type Histories, type Seen, seenOf, touchedSince } from './touched.ts';

/**
 * How annotators agree on articles, as it was computed, for as long as nothing that it depends on changes: work on the article, who its mentions are
 * linked to, and the ground that all articles share.
 */
export class KeptAgreement {
  readonly #articles = new Map<string, ArticleAgreement | null>();
  // The articles in which something is linked to an entity.
  readonly #linked = new Map<string, Set<string>>();
  #ground = '';
  #seen: Seen = {};
  #registry: Registry = new Map();
  #turn = 0;

  /** Drops what no longer holds. `ground` is what the agreement on every article depends on. */
  follow(ground: string, histories: Histories, registry: Registry): void {
    if (ground !== this.#ground) this.#forget(null);
    this.#ground = ground;
    const touched = touchedSince(this.#seen, histories);
    this.#forget(touched === 'all' ? null : touched);
    this.#seen = seenOf(histories);
    if (registry !== this.#registry) this.#forgetLinked(changedTies(this.#registry, registry), registry);
    this.#registry = registry;
  }

  /** What is kept of an article; undefined if nothing is, null if nobody is to be compared there. */
  of(article: string): ArticleAgreement | null | undefined {
    return this.#articles.get(article);
  }

  /** Keeps what `compute` gives for an article, unless something changes meanwhile. */
  async keep(
    article: string,
    compute: () => Promise<{ found: ArticleAgreement | null; readings: readonly Reading[] }>,
  ): Promise<ArticleAgreement | null> {
    const turn = this.#turn;
    const { found, readings } = await compute();
    if (turn !== this.#turn) return found;
    this.#articles.set(article, found);
    for (const entity of readings.flatMap(entitiesIn)) {
      const articles = this.#linked.get(entity) ?? new Set();
      this.#linked.set(entity, articles.add(article));
    }
    return found;
  }

  // Drops what is kept of these articles, or of all if null.
  #forget(articles: Iterable<string> | null): void {
    if (articles === null) {
      this.#articles.clear();
      this.#linked.clear();
      this.#turn++;
    } else {
      for (const article of articles) {
        this.#articles.delete(article);
        this.#turn++;
      }
    }
  }

  // What is linked to an entity means whatever its merges and splits lead to.
  #forgetLinked(changed: ReadonlySet<string>, registry: Registry): void {
    if (changed.size === 0) return;
    for (const [entity, articles] of this.#linked) if (leadsTo(registry, entity, changed)) this.#forget(articles);
  }
}

// Entities that are new or gone, or lead elsewhere than before.
function changedTies(before: Registry, now: Registry): ReadonlySet<string> {
  const isSame = (one: Entity | undefined, other: Entity | undefined) => one === other || (one && other && tiesOf(one) === tiesOf(other));
  return new Set([...new Set([...before.keys(), ...now.keys()])].filter((id) => !isSame(before.get(id), now.get(id))));
}

const tiesOf = ({ mergedInto, redirect, moved, removed }: Entity) => JSON.stringify([mergedInto, redirect, moved, removed]);

function leadsTo(registry: Registry, from: string, to: ReadonlySet<string>): boolean {
  const walked = new Set([from]);
  for (const id of walked) {
    if (to.has(id)) return true;
    const entity = registry.get(id);
    for (const next of entity ? [entity.redirect, ...Object.values(entity.moved)] : []) if (next) walked.add(next);
  }
  return false;
}

function entitiesIn({ set }: Reading): string[] {
  const inMentions = [...set.mentions.values()].flatMap(({ entity }) => entity ?? []);
  const inRoles = [...set.annotations.values()].flatMap(({ roles }) =>
    roles.flatMap(({ target }) => (target.kind === 'entity' ? [target.id] : [])),
  );
  return [...inMentions, ...inRoles];
}
