import type { Foreign, ForeignDocument } from '../foreign.ts';

/** What a reader returns for one document with this text: `a.ann` of a program that knows nothing about the project. `more` adds to the document. */
export function inArticle(text: string, more: Partial<ForeignDocument> = {}): Foreign {
  const document: ForeignDocument = {
    ...{
      file: 'a.ann',
      line: null,
      doc_id: null,
      text,
      text_sha256: null,
      unit: null,
      name: 'a',
      language: null,
      title: null,
      source: null,
    },
    ...{ url: null, published: null, annotations: [], relations: [], completions: [] },
    ...more,
  };
  return { documents: [document], entities: [], links: [], annotators: [], problems: [] };
}
