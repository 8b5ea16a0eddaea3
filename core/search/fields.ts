import { WorkStatus } from '../formats/export-request.ts';
import type { Attribute, Codebook } from '../model/codebook.ts';

/** What a field can refer to. One field may have several meanings: `source:` is both the publisher of an article and the source of a fact. */
export type Meaning =
  | { readonly of: 'words'; readonly what: 'lemma' }
  | { readonly of: 'article'; readonly what: 'article' | 'title' | 'source' | 'date' | 'url' | 'language' | 'status' | 'done' | 'begun' }
  | {
      readonly of: 'annotation';
      readonly what: 'layer' | 'length' | 'annotator' | 'note' | 'entity' | 'origin' | 'rule' | 'has' | 'is' | 'relation';
    }
  | { readonly of: 'annotation'; readonly what: 'attribute'; readonly name: string }
  | { readonly of: 'annotation'; readonly what: 'role'; readonly name: string };

/** The type by which the values of a field are compared. */
export type FieldKind = 'choice' | 'text' | 'number' | 'date';

/** A field of the query language under this codebook. `values` lists all values of a choice; `title` is for display. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly kind: FieldKind;
  readonly meanings: readonly Meaning[];
  readonly values: readonly FieldValue[];
}

export interface FieldValue {
  /** As the user types it. */
  readonly name: string;
  readonly title: string;
}

const kinds: Readonly<Record<Attribute['type'], FieldKind>> = {
  ...{ enum: 'choice', boolean: 'choice', number: 'number', date: 'date' },
  ...{ text: 'text', list: 'text', quantity: 'text', evidence: 'text' },
};

const titled = (names: readonly string[]): FieldValue[] => names.map((name) => ({ name, title: name.replaceAll('_', ' ') }));

/**
 * All fields by name: those of articles and annotations, and one for each attribute and role of the codebook, including retired ones, which can
 * still be searched. If several share a name, the field means all of them, and a longer name selects each one: `article-source`, `role-source`.
 */
export function fieldsOf(codebook: Codebook): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  const add = (name: string, title: string, kind: FieldKind, meaning: Meaning, values: readonly FieldValue[] = []) => {
    const key = name.toLowerCase();
    const known = fields.get(key);
    if (!known) {
      fields.set(key, { name: key, title, kind, meanings: [meaning], values });
      return;
    }
    const isNew = !known.meanings.some((one) => JSON.stringify(one) === JSON.stringify(meaning));
    fields.set(key, {
      ...known,
      // Comparing as text also works for numbers and choices.
      kind: known.kind === kind ? kind : 'text',
      meanings: isNew ? [...known.meanings, meaning] : known.meanings,
      values: [...known.values, ...values.filter(({ name: value }) => !known.values.some((other) => other.name === value))],
    });
  };
  add('lemma', 'All forms of a word', 'text', { of: 'words', what: 'lemma' });
  add('article', 'Article, by number, name or title', 'text', { of: 'article', what: 'article' });
  add('title', 'Title of the article', 'text', { of: 'article', what: 'title' });
  add('source', 'Who published the article', 'text', { of: 'article', what: 'source' });
  add('date', 'When it was published', 'date', { of: 'article', what: 'date' });
  add('url', 'Address of the article', 'text', { of: 'article', what: 'url' });
  add('language', 'Language of the article', 'text', { of: 'article', what: 'language' });
  add('status', 'Work on the article', 'choice', { of: 'article', what: 'status' }, titled(WorkStatus.options));
  add('done', 'Annotator who has done the article', 'text', { of: 'article', what: 'done' });
  add('begun', 'Annotator who annotated something in the article', 'text', { of: 'article', what: 'begun' });
  const layers = codebook.layers.map(({ id, title }) => ({ name: id.toLowerCase(), title }));
  add('layer', 'Layer', 'choice', { of: 'annotation', what: 'layer' }, layers);
  add('length', 'Length in characters', 'number', { of: 'annotation', what: 'length' });
  add('annotator', 'Who annotated', 'text', { of: 'annotation', what: 'annotator' });
  add('note', 'Words of the note', 'text', { of: 'annotation', what: 'note' });
  add('entity', 'Who or what fills any role', 'text', { of: 'annotation', what: 'entity' });
  add('origin', 'How it was made', 'choice', { of: 'annotation', what: 'origin' }, titled(['person', 'suggestion', 'import', 'adoption']));
  add('rule', 'Rule that suggested it', 'text', { of: 'annotation', what: 'rule' });
  add('is', 'State of the annotation', 'choice', { of: 'annotation', what: 'is' }, titled(['draft', 'complete', 'mine']));
  const relations = codebook.relations.map(({ id, title }) => ({ name: id.toLowerCase(), title }));
  add('relation', 'Has a relation', 'choice', { of: 'annotation', what: 'relation' }, relations);
  for (const { attributes, roles } of codebook.layers) {
    for (const attribute of attributes) {
      const meaning = { of: 'annotation', what: 'attribute', name: attribute.name } as const;
      const { type } = attribute;
      const values = type === 'enum' ? titled(attribute.values) : type === 'boolean' ? titled(['yes', 'no']) : [];
      add(attribute.name, attribute.title, kinds[type], meaning, values);
    }
    for (const { name, title } of roles) add(name, title, 'text', { of: 'annotation', what: 'role', name });
  }
  const held = [
    ...new Set(codebook.layers.flatMap((layer) => [...layer.attributes, ...layer.roles].map(({ name }) => name.toLowerCase()))),
  ];
  add(
    'has',
    'Has something in it',
    'choice',
    { of: 'annotation', what: 'has' },
    titled(['note', 'relation', 'fragments', 'article-source', 'article-date', ...held]),
  );
  for (const { name, title, kind, meanings, values } of [...fields.values()]) {
    if (meanings.length > 1) for (const meaning of meanings) add(`${roomOf(meaning)}-${name}`, title, kind, meaning, values);
  }
  return fields;
}

// A word for what a field belongs to, for cases where its name alone does not say it.
const roomOf = (meaning: Meaning): string => (meaning.what === 'attribute' || meaning.what === 'role' ? meaning.what : meaning.of);

/** The name of the field that means only `meaning`; null if there is none. */
export function fieldFor(meaning: Meaning, name: string, fields: ReadonlyMap<string, Field>): string | null {
  const plain = fields.get(name.toLowerCase());
  if (!plain) return null;
  if (plain.meanings.length === 1) return plain.name;
  const own = `${roomOf(meaning)}-${plain.name}`;
  return fields.has(own) ? own : null;
}
