import type { SQLInputValue } from 'node:sqlite';
import { type Condition, plainWords, type Test, type WordForms } from '../../core/search/conditions.ts';
import type { Meaning } from '../../core/search/fields.ts';
import { parted } from '../../core/text/unspaced.ts';

/** A piece of SQL with the values for its question marks, in order. */
export interface Clause {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

const always: Clause = { sql: '1', values: [] };

/** Matches annotations `a` in articles `r` that fulfil every condition; `me` is the annotator who asks. */
export function annotationClause(conditions: readonly Condition[], me: string): Clause {
  return all(
    conditions.map((condition) => {
      const clause =
        condition.kind !== 'field'
          ? { sql: 'a.no in (select rowid from annotation_words where annotation_words match ?)', values: [matchOf(condition)] }
          : any(condition.meanings.flatMap((meaning) => condition.tests.map((test) => clauseOf(meaning, test, me))));
      return condition.not ? negated(clause) : clause;
    }),
  );
}

/**
 * The words that articles must contain, as a full-text query, and the other conditions. The words are separate so that the index is queried once and
 * its ranking can be used. `words` is null if no words are asked for.
 */
export function wordsAndRest(conditions: readonly Condition[]): { words: string | null; rest: readonly Condition[] } {
  const isWords = (condition: Condition) => condition.kind !== 'field' && !condition.not;
  const matches = conditions.flatMap((condition) => (condition.kind !== 'field' && !condition.not ? [matchOf(condition)] : []));
  return {
    words: matches.length > 0 ? matches.map((match) => `(${match})`).join(' AND ') : null,
    rest: conditions.filter((condition) => !isWords(condition)),
  };
}

/**
 * Matches articles `r`. Words must be in the title or the text. If conditions are about annotations, one annotation must fulfil all of them. If a
 * field has two meanings, the one for articles counts.
 */
export function articleClause(conditions: readonly Condition[], me: string): Clause {
  const ofAnnotation: Condition[] = [];
  const clauses: Clause[] = [];
  for (const condition of conditions) {
    if (condition.kind !== 'field') {
      const clause = { sql: 'r.no in (select rowid from texts where texts match ?)', values: [matchOf(condition)] };
      clauses.push(condition.not ? negated(clause) : clause);
      continue;
    }
    const meanings = condition.meanings.filter((meaning) => meaning.of === 'article');
    if (meanings.length === 0) {
      ofAnnotation.push(condition);
      continue;
    }
    const clause = any(meanings.flatMap((meaning) => condition.tests.map((test) => clauseOf(meaning, test, me))));
    clauses.push(condition.not ? negated(clause) : clause);
  }
  if (ofAnnotation.length > 0) {
    const { sql, values } = annotationClause(ofAnnotation, me);
    clauses.push({ sql: `exists (select 1 from annotations a where a.article_no = r.no and ${sql})`, values });
  }
  return all(clauses);
}

type Words =
  | { readonly kind: 'words'; readonly words: string; readonly exact: boolean }
  | { readonly kind: 'lemma'; readonly words: readonly string[]; readonly forms: WordForms };

/** A full-text query for words: all of them, the last as a beginning of a word; exact ones as a phrase; or in any of their forms. */
export function matchOf(sought: Words): string {
  if (sought.kind === 'lemma') return sought.words.map((words) => formsMatch(words, sought.forms)).join(' OR ');
  const { words, exact } = sought;
  const parts = exact ? [words] : words.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');
  // A phrase without a letter or digit would be a syntax error, so it finds nothing.
  const known = parts.filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (known.length === 0) return nothing;
  // A quotation mark or NUL would end the phrase.
  const quoted = known.map((part) => `"${parted(part.replaceAll('"', ' ').replaceAll('\0', ' '))}"`);
  return exact ? quoted.join(' ') : `${quoted.join(' + ')} *`;
}

// A character that is in no text.
const nothing = '"\u{10fffd}"';

function formsMatch(words: string, forms: WordForms): string {
  const groups = plainWords(words).map((word) => `(${(forms.get(word) ?? [word]).map((form) => `"${parted(form)}"`).join(' OR ')})`);
  return groups.length === 0 ? nothing : `(${groups.join(' AND ')})`;
}

function clauseOf(meaning: Meaning, test: Test, me: string): Clause {
  switch (meaning.what) {
    case 'lemma':
      throw new TypeError('words are looked up in the full-text index');
    case 'article':
    case 'title':
      return compared(meaning.what === 'title' ? 'r.folded_title' : 'r.named', test);
    case 'source':
      return compared('r.folded_source', test);
    case 'url':
    case 'language':
      return compared(`lower(coalesce(r.${meaning.what}, ''))`, test);
    case 'date':
      return dated("coalesce(r.date, '')", test);
    case 'status':
      return statusClause(test);
    case 'done':
    case 'begun': {
      const { sql, values } = annotatorIn(test);
      return {
        sql: `r.no in (select w.article_no from ${meaning.what === 'done' ? 'completions' : 'annotations'} w where w.annotator ${sql})`,
        values,
      };
    }
    case 'length':
      return bounded('a.length', test);
    case 'layer':
      return compared('lower(a.layer)', test);
    case 'annotator': {
      const { sql, values } = annotatorIn(test);
      return { sql: `a.annotator ${sql}`, values };
    }
    case 'note':
      return compared('a.folded_note', test);
    case 'origin':
      return compared('a.origin', test);
    case 'rule':
      return compared("lower(coalesce(a.rule, ''))", test);
    case 'entity':
      return roleClause(null, test);
    case 'role':
      return roleClause(meaning.name, test);
    case 'attribute':
      return attributeClause(meaning.name, test);
    case 'relation':
      return { sql: relationClause('and lower(type) = ?'), values: [textOf(test)] };
    case 'is':
      return isClause(textOf(test), me);
    case 'has':
      return hasClause(textOf(test));
  }
}

function annotatorIn(test: Test): Clause {
  const { sql, values } = compared('n.folded', test);
  const byId = compared('lower(n.id)', test);
  return { sql: `in (select id from annotators n where ${sql} or ${byId.sql})`, values: [...values, ...byId.values] };
}

function statusClause(test: Test): Clause {
  const done = 'r.no in (select article_no from completions)';
  const begun = 'r.no in (select article_no from annotations)';
  const sql = { done, 'in-progress': `(${begun} and not ${done})`, 'not-started': `not (${begun} or ${done})` }[textOf(test)];
  return sql ? { sql, values: [] } : { sql: '0', values: [] };
}

function isClause(state: string, me: string): Clause {
  if (state === 'mine') return { sql: 'a.annotator = ?', values: [me] };
  return { sql: state === 'draft' ? 'a.draft = 1' : 'a.draft = 0', values: [] };
}

function hasClause(what: string): Clause {
  if (what === 'note') return { sql: "a.note <> ''", values: [] };
  if (what === 'fragments') return { sql: 'a.fragments > 1', values: [] };
  if (what === 'article-source' || what === 'article-date') return { sql: `coalesce(r.${what.slice(8)}, '') <> ''`, values: [] };
  if (what === 'relation') return { sql: relationClause(''), values: [] };
  return {
    sql: '(exists (select 1 from attributes t where t.annotation_no = a.no and lower(t.name) = ?) or exists (select 1 from roles o where o.annotation_no = a.no and lower(o.role) = ?))',
    values: [what, what],
  };
}

const relationClause = (more: string) => `exists (select 1 from relations l where (l.one = a.id or l.other = a.id) ${more})`;

// What fills a role: compares the words in the text, or any name of the entity.
function roleClause(role: string | null, test: Test): Clause {
  const words = compared('o.folded', test);
  // The names are stored one per line.
  const named =
    test.kind === 'is'
      ? { sql: 'instr(char(10) || e.folded || char(10), char(10) || ? || char(10)) > 0', values: [test.text] }
      : { sql: 'instr(e.folded, ?) > 0', values: [textOf(test)] };
  const own = role === null ? '' : 'lower(o.role) = ? and ';
  return {
    sql: `exists (select 1 from roles o where o.annotation_no = a.no and ${own}(${words.sql} or o.entity in (select id from entities e where ${named.sql})))`,
    values: [...(role === null ? [] : [role.toLowerCase()]), ...words.values, ...named.values],
  };
}

function attributeClause(name: string, test: Test): Clause {
  const { sql, values } = test.kind === 'is' || test.kind === 'holds' ? compared('t.folded', test) : boundAttribute(test);
  return {
    sql: `exists (select 1 from attributes t where t.annotation_no = a.no and t.name = ? and ${sql})`,
    values: [name, ...values],
  };
}

function boundAttribute(test: Exclude<Test, { kind: 'is' } | { kind: 'holds' }>): Clause {
  const bounds = test.kind === 'between' ? [test.from, test.to] : [test.bound];
  const isNumeric = bounds.every((bound) => Number.isFinite(Number(bound)));
  return isNumeric ? bounded('t.number', test) : dated('t.value', test);
}

function bounded(column: string, test: Test): Clause {
  if (test.kind === 'between') return { sql: `${column} between ? and ?`, values: [Number(test.from), Number(test.to)] };
  if (test.kind === 'is' || test.kind === 'holds') return { sql: `${column} = ?`, values: [Number(test.text)] };
  const sign = `${test.kind === 'from' ? '>' : '<'}${test.open ? '' : '='}`;
  return { sql: `${column} ${sign} ?`, values: [Number(test.bound)] };
}

function compared(column: string, test: Test): Clause {
  if (test.kind === 'is') return { sql: `${column} = ?`, values: [test.text] };
  if (test.kind === 'holds') return { sql: `instr(${column}, ?) > 0`, values: [test.text] };
  return dated(column, test);
}

// EDTF dates begin with the year, so a shorter date covers all dates that begin with it. `~` sorts after every digit.
function dated(column: string, test: Test): Clause {
  switch (test.kind) {
    case 'is':
    case 'holds':
      return { sql: `${column} >= ? and ${column} < ?`, values: [test.text, `${test.text}~`] };
    case 'from':
      return { sql: `${column} ${test.open ? '>' : '>='} ?`, values: [test.open ? `${test.bound}~` : test.bound] };
    case 'to':
      return { sql: `(${column} <> '' and ${column} < ?)`, values: [test.open ? test.bound : `${test.bound}~`] };
    case 'between':
      return { sql: `${column} >= ? and ${column} < ?`, values: [test.from, `${test.to}~`] };
  }
}

const textOf = (test: Test): string => (test.kind === 'is' || test.kind === 'holds' ? test.text : '');

function all(clauses: readonly Clause[]): Clause {
  return joined(clauses, ' and ') ?? always;
}

function any(clauses: readonly Clause[]): Clause {
  return joined(clauses, ' or ') ?? { sql: '0', values: [] };
}

function joined(clauses: readonly Clause[], word: string): Clause | null {
  if (clauses.length === 0) return null;
  return { sql: clauses.map(({ sql }) => `(${sql})`).join(word), values: clauses.flatMap(({ values }) => values) };
}

function negated({ sql, values }: Clause): Clause {
  return { sql: `not coalesce((${sql}), 0)`, values };
}
