import type { ImportProblem } from '../import/draft.ts';
import { type ArticleMeta, articleId, headingsOf, lineLimit, normalise, titleOf } from '../model/article.ts';
import { type DetailName, detailProblem, type ResolvedArticle, tidyDetail } from '../model/article-record.ts';
import type { ForeignDocument } from './foreign.ts';

/** An article that an import adds. `raw` is its text as in the file. */
export interface NewArticle {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly raw: string;
  readonly facts: Pick<ArticleMeta, 'title' | 'source' | 'date' | 'url' | 'language' | 'headings'>;
}

/** A document of a file with its article: one of the project, or one that the import adds. */
export interface Placed {
  readonly document: ForeignDocument;
  readonly article: string;
  readonly added: NewArticle | null;
}

/** What documents are matched by: every article that was ever imported, and a SHA-256 in hex. */
export interface PlacingGround {
  readonly articles: readonly ResolvedArticle<ArticleMeta>[];
  readonly sha256: (text: string) => string;
}

/**
 * Finds the article of each document: by the SHA-256 of its text in normalised form, or for a document without text by the SHA-256 or else the id
 * in the file. A document whose text is not in the project becomes a new article. Several documents with the same text become one article.
 */
export function placeDocuments(
  documents: readonly ForeignDocument[],
  { articles, sha256 }: PlacingGround,
): { placed: Placed[]; problems: ImportProblem[] } {
  const byHash = new Map(articles.map((article) => [article.meta.textSha256, article]));
  const byId = new Map(articles.map((article) => [article.meta.id, article]));
  const added = new Map<string, NewArticle>();
  const placed: Placed[] = [];
  const problems: ImportProblem[] = [];
  const refuse = (document: ForeignDocument, code: ImportProblem['code'], reason: string, next: string) =>
    problems.push({ ...placeOf(document), code, message: `${document.file} was not imported: ${reason}.`, next });

  for (const document of documents) {
    const { text: raw, doc_id, text_sha256, name } = document;
    const text = raw === null ? null : normalise(raw).text;
    const hash = text === null ? text_sha256 : sha256(text);
    const known = (hash === null ? undefined : byHash.get(hash)) ?? (hash === null && doc_id !== null ? byId.get(doc_id) : undefined);
    if (known) {
      if (known.supersededBy === null) placed.push({ document, article: known.meta.id, added: null });
      else {
        const next = 'Import the annotations of the corrected version, or take the correction back first.';
        refuse(document, 'unsupported', `“${known.meta.title}” was replaced by a corrected version`, next);
      }
    } else if (text === null || raw === null) {
      const reason = `the text of “${doc_id ?? name}” is not in it, and no article of the project ${hash === null ? 'has its id' : 'has the same text'}`;
      refuse(document, 'empty', reason, 'Import the article first, with exactly this text.');
    } else if (!/\S/.test(text)) {
      refuse(document, 'empty', `“${doc_id ?? name}” holds no text`, 'Check that it is the right file, and that it was saved.');
    } else if (text.split('\n').some((line) => line.length > lineLimit)) {
      const reason = `a paragraph of “${doc_id ?? name}” has more than ${lineLimit} characters`;
      refuse(document, 'too-large', reason, 'Break the text into paragraphs, then import it again.');
    } else {
      const id = articleId(name, hash as string);
      const article = added.get(id) ?? { id, name, text, raw, facts: factsOf(document, text) };
      added.set(id, article);
      placed.push({ document, article: id, added: article });
    }
  }
  return { placed, problems };
}

/** The place that a problem of a document is reported at. */
export function placeOf({ file, line }: ForeignDocument): Pick<ImportProblem, 'file' | 'line' | 'column'> {
  return { file, line, column: null };
}

// The file's facts about the document, as far as an article can store them. Their content may be anything.
function factsOf({ title, source, published, url, language, name, headings }: ForeignDocument, text: string): NewArticle['facts'] {
  const sound = (detail: DetailName, value: string | null) => {
    const tidy = value === null ? null : tidyDetail(detail, value);
    return tidy !== null && detailProblem(detail, tidy) === null ? tidy : null;
  };
  const lines = text.split('\n').length;
  return {
    title: title?.trim() ? title : titleOf(text, name),
    source: source?.trim() ? source : null,
    date: sound('date', published),
    url: sound('url', url),
    language: sound('language', language),
    headings: headings ? [...new Set(headings)].filter((line) => line < lines).sort((a, b) => a - b) : headingsOf(text),
  };
}
