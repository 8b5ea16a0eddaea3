import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { setFromRecord, setProblems } from '../model/annotation.ts';
import { codebookProblems } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { resolveRegistry } from '../model/entity.ts';
import { seedQuotes, seedTerms } from '../suggestions/testing/seed-labels.ts';
import { CaseInput } from './testing/case.ts';
import { seedsCase } from './testing/seeds/seeds.ts';

const here = dirname(fileURLToPath(import.meta.url));
const seeds = join(here, '../../seeds');
const golden = join(here, 'baselines/seeds/input.json');
const files = new Map(readdirSync(seeds).map((name) => [name, readFileSync(join(seeds, name), 'utf8')]));
const made = seedsCase(files, (text) => createHash('sha256').update(text).digest('hex'));
const bare = (text: string) => text.replace(/^[“‘«]|[,.]?[”’»]$/g, '');

it('X60 the golden seeds are what the gestures of the workbench make of the five articles', () => {
  if (process.env['UPDATE_SEEDS'] === '1') writeFileSync(golden, `${JSON.stringify(made, null, 1)}\n`);
  expect(CaseInput.parse(JSON.parse(readFileSync(golden, 'utf8')))).toEqual(CaseInput.parse(JSON.parse(JSON.stringify(made))));
});

it('X60 they are sound: every span covers its words, every reference is there, the codebook allows every value', () => {
  const registry = resolveRegistry(made.entities);
  const everyId = new Set(made.sets.flatMap(({ set }) => set.annotations.map(({ id }) => id)));
  for (const { set } of made.sets) {
    const article = made.articles.find(({ meta }) => meta.id === set.article);
    const text = files.get(article?.meta.originalName ?? '') ?? '';
    const problems = setProblems(
      setFromRecord(set),
      text,
      (id) => registry.has(id),
      (id) => everyId.has(id),
    );
    expect([...problems, ...set.annotations.flatMap((annotation) => codebookProblems(annotation, defaultCodebook))]).toEqual([]);
  }
});

it('X60 they are annotated in full: each quote with its speaker, each term, each layer, role, attribute and type of relation', () => {
  const registry = resolveRegistry(made.entities);
  for (const { meta } of made.articles) {
    const number = meta.originalName.slice(0, 3);
    const set = made.sets.find(({ annotator, set }) => annotator === 'anna' && set.article === meta.id)?.set;
    const quotes = (set?.annotations ?? []).filter(({ layer }) => layer === 'QUOTE');
    for (const { begins, speaker } of seedQuotes[number] ?? []) {
      const quote = quotes.find(({ spans }) => bare(spans[0]?.text ?? '').startsWith(begins));
      const target = quote?.roles.find(({ role }) => role === 'speaker')?.target;
      const mention = set?.mentions.find(({ id }) => target?.kind === 'mention' && id === target.id);
      expect([begins, registry.get(mention?.entity ?? '')?.canonical]).toEqual([begins, speaker]);
    }
    const terms = (set?.annotations ?? []).filter(({ layer }) => layer === 'QUOTED_TERM').map(({ spans }) => spans[0]?.text.slice(1, -1));
    expect(terms.sort()).toEqual([...(seedTerms[number] ?? [])].sort());
  }
  const annotations = made.sets.flatMap(({ set }) => set.annotations);
  for (const layer of defaultCodebook.layers) {
    const its = annotations.filter((annotation) => annotation.layer === layer.id);
    for (const { name } of layer.attributes)
      expect(
        its.some(({ attributes }) => Object.hasOwn(attributes, name)),
        name,
      ).toBe(true);
    for (const { name } of layer.roles)
      expect(
        its.some(({ roles }) => roles.some(({ role }) => role === name)),
        name,
      ).toBe(true);
  }
  const related = new Set([...made.links, ...made.sets.flatMap(({ set }) => set.relations)].map(({ type }) => type));
  expect([...related].sort()).toEqual(defaultCodebook.relations.map(({ id }) => id).sort());
});
