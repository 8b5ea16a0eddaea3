import fc from 'fast-check';
import { expect, it } from 'vitest';
import { setFromRecord, setProblems } from '../../model/annotation.ts';
import { codebookProblems } from '../../model/codebook.ts';
import type { Foreign } from '../foreign.ts';
import type { Format } from '../format.ts';
import { expectRoundTrip, foreignOf, roundTrip, sourceOfWhole, wholeDataset } from './round-trip.ts';
import { someProject, type WholeProject, wideCodebook } from './whole-project.ts';

// Writes what it is given as one file and reads it again; `spoil` is what it gets wrong.
function echo(spoil: (foreign: Foreign) => Foreign = (foreign) => foreign, losses: readonly string[] = []): Format {
  return {
    ...{ name: 'jsonl', title: 'Echo', about: '', offsetUnit: 'unicode_code_point', canLeaveTextOut: true, tokeniser: null },
    async *write(run) {
      const documents = [];
      for await (const document of run.documents()) documents.push(document);
      const foreign = foreignOf({ documents, links: run.links(), entities: run.entities(), annotators: run.annotators });
      for (const kind of losses) run.ledger.lose(kind);
      yield run.ledger.whole('all.json', JSON.stringify(foreign), 1);
      return undefined;
    },
    read: (files) => {
      const file = files.find(({ path }) => path === 'all.json');
      return spoil(JSON.parse(new TextDecoder().decode(file?.bytes)) as Foreign);
    },
  };
}

roundTrip(echo(), { rule: 'X150', runs: 50 });
roundTrip(echo(), { rule: 'X150', keepsIds: false, runs: 20 });

const sample = (): WholeProject =>
  fc.sample(someProject, { numRuns: 200, seed: 7 }).find(({ input }) => richest(input.sets)) as WholeProject;
const richest = (sets: WholeProject['input']['sets']) =>
  sets.some(({ set }) => set.annotations.some(({ note }) => note !== '')) && sets.some(({ set }) => set.relations.length > 0);

it('X150 a round trip fails where a format loses, changes or invents something, or declares a loss that is none', async () => {
  const project = sample();
  const inAnnotations = (change: (one: Foreign['documents'][number]['annotations'][number]) => object) => (foreign: Foreign) => ({
    ...foreign,
    documents: foreign.documents.map((document) => ({
      ...document,
      annotations: document.annotations.map((one) => ({ ...one, ...change(one) })),
    })),
  });
  await expect(expectRoundTrip(echo(), project)).resolves.toBeUndefined();
  const spoiled = [
    echo(inAnnotations(() => ({ note: '' }))),
    echo(inAnnotations(({ spans }) => ({ spans: spans.map(({ start, end, text }) => ({ start: start + 1, end: end + 1, text })) }))),
    echo(inAnnotations(() => ({ confidence: 0.5 }))),
    echo((foreign) => ({ ...foreign, documents: foreign.documents.map((document) => ({ ...document, relations: [] })) })),
    echo(undefined, ['notes']),
  ];
  for (const format of spoiled) await expect(expectRoundTrip(format, project)).rejects.toThrow();
  const carried = (all: Foreign, lose: (kind: string, count?: number) => void): Foreign => {
    lose('relations', all.documents.flatMap(({ relations }) => relations).length);
    return { ...all, documents: all.documents.map((document) => ({ ...document, relations: [] })) };
  };
  await expect(expectRoundTrip(spoiled[3] as Format, project, { carried })).rejects.toThrow();
  await expect(expectRoundTrip(echo(), project, { carried })).rejects.toThrow();
});

it('X150 the projects of round trips keep the invariants of projects, and hold every sort of thing', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(someProject, async (project) => {
      const known = new Set(project.input.entities.map(({ id }) => id));
      for (const { set } of project.input.sets) {
        const text = project.texts.get(set.article) as string;
        expect(setProblems(setFromRecord(set), text, (id) => known.has(id))).toEqual([]);
        for (const annotation of set.annotations) {
          expect(codebookProblems(annotation, wideCodebook)).toEqual([]);
          for (const { role, target } of annotation.roles) seen.add(`filler ${target.kind} ${role === 'part'}`);
          if (annotation.layer === 'THING') for (const name of Object.keys(annotation.attributes)) seen.add(name);
          if (annotation.spans.length > 1) seen.add('fragments');
          seen.add(annotation.origin.kind);
        }
        if (set.relations.length > 0) seen.add('relation');
        if (set.decisions.length > 0) seen.add('rejection');
        if (set.completion) seen.add('completion');
      }
      if (project.input.links.length > 0) seen.add('link');
      if (project.input.entities.some(({ fields }) => fields.mergedInto)) seen.add('merge');
      const { documents } = await wholeDataset(sourceOfWhole(project));
      expect(documents.length).toBe(project.texts.size);
    }),
    { numRuns: 150, seed: 3 },
  );
  const kinds = ['author', 'entity', 'mention', 'annotation'].map((kind) => `filler ${kind} true`);
  const names = ['choice', 'flag', 'amount', 'words', 'day', 'tags', 'counted', 'proof'];
  const rest = ['fragments', 'person', 'suggestion', 'import', 'relation', 'rejection', 'completion', 'link', 'merge'];
  expect([...kinds, ...names, ...rest].filter((kind) => !seen.has(kind))).toEqual([]);
});
