import type { ArticleStore } from './article-store.ts';

const kept = 8;

/** The texts that gestures were last checked against, so that the few articles a person moves between are not read each time. */
export class RecentTexts {
  #texts = new Map<string, string>();

  /** The text of an article; null if `articles` has none with this id. @throws AppError `corrupt` */
  async of(articles: ArticleStore, id: string): Promise<string | null> {
    const recent = this.#texts.get(id);
    if (recent !== undefined) return recent;
    if (!articles.has(id)) return null;
    const { text } = await articles.read(id);
    this.#texts = new Map([...[...this.#texts].slice(1 - kept), [id, text]]);
    return text;
  }

  clear(): void {
    this.#texts.clear();
  }
}
