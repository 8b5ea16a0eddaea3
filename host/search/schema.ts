import { DatabaseSync } from 'node:sqlite';

// Must change whenever the tables or what is written to them does. An index of another version is rebuilt.
const version = 3;

// Numbers (`no`) are SQLite's own row ids; all offsets are UTF-16 code units. Values that are compared are stored folded (core/search/conditions.ts).
const tables = `
create table state (key text primary key, value text not null) without rowid;
create table annotators (id text primary key, folded text not null) without rowid;
create table articles (
  no integer primary key, id text not null unique, title text not null, source text, date text, url text, language text,
  words integer not null, named text not null, folded_title text not null, folded_source text not null, stamp text not null
);
create virtual table texts using fts5 (title, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3');
create table completions (article_no integer not null, annotator text not null);
create index completions_article on completions (article_no);
create table annotations (
  no integer primary key, id text not null, article_no integer not null, annotator text not null, layer text not null,
  start integer not null, length integer not null, fragments integer not null, text text not null, who text, note text not null,
  folded_note text not null, origin text not null, rule text, draft integer not null
);
create index annotations_article on annotations (article_no, annotator, draft);
create index annotations_id on annotations (id);
create virtual table annotation_words using fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
create table attributes (annotation_no integer not null, name text not null, value text not null, folded text not null, number real);
create index attributes_annotation on attributes (annotation_no);
create table roles (
  annotation_no integer not null, role text not null, entity text, named text, value text not null, folded text not null
);
create index roles_annotation on roles (annotation_no);
create index roles_entity on roles (entity);
create table mentions (
  article_no integer not null, annotator text not null, start integer not null, finish integer not null, entity text, named text
);
create index mentions_article on mentions (article_no);
create index mentions_entity on mentions (entity);
create table relations (article_no integer, type text not null, one text not null, other text not null);
create index relations_article on relations (article_no);
create index relations_one on relations (one);
create index relations_other on relations (other);
create table entities (id text primary key, type text not null, canonical text not null, folded text not null, ties text not null) without rowid;
`;

/**
 * Opens the index at `path`, or one in memory for null. If the file is not an index, or is one of another version or for another `ground`, it is
 * rebuilt, because it holds nothing that is not in the project. If the file cannot be used, the index is kept in memory.
 */
export function openDatabase(path: string | null, ground: string): DatabaseSync {
  const wanted = `${version} ${ground}`;
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path ?? ':memory:');
    // A second program on the same project keeps its own index in memory, because two would interfere with each other's transactions. With
    // `synchronous` off a power cut can lose writes, which costs a rebuild of the index, never an edit.
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; begin immediate; commit');
    database.exec('pragma synchronous = off; pragma cache_size = -32000; pragma temp_store = memory');
    if (groundOf(database) === wanted) return database;
    clear(database);
  } catch {
    database?.close();
    database = new DatabaseSync(':memory:');
  }
  database.exec(tables);
  database.prepare('insert into state values (?, ?)').run('ground', wanted);
  return database;
}

function groundOf(database: DatabaseSync): string | null {
  const has = database.prepare("select 1 from sqlite_master where name = 'state'").get();
  if (!has) return null;
  const row = database.prepare("select value from state where key = 'ground'").get();
  return typeof row?.['value'] === 'string' ? row['value'] : null;
}

function clear(database: DatabaseSync): void {
  const names = database.prepare("select name, type from sqlite_master where type in ('table') and name not like 'sqlite_%'").all();
  // Dropping a full-text table also drops its shadow tables.
  const shadows = /_(data|idx|content|docsize|config)$/;
  for (const { name } of names) if (!shadows.test(String(name))) database.exec(`drop table if exists "${name}"`);
}
