import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../failure.ts';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { spanAt } from '../text/span.ts';
import { csv } from './csv.ts';
import { formats } from './index.ts';
import { jsonl } from './jsonl.ts';
import { type CaseInput, exported, hashOf } from './testing/case.ts';
import { annotation, annotationsOf, project, someWork, sourceFrom as sourceWith, time } from './testing/project.ts';
import { schemaProblems } from './testing/readers.ts';

const sourceFrom = (input: CaseInput & { text: string }) => sourceWith(input, () => hashOf(createHash('sha256')));

describe.each(formats.map((format) => ({ name: format.name, format })))('every format: $name', ({ format }) => {
  it('X16 the same project gives the same bytes, in whatever order its records were made', async () => {
    await fc.assert(
      fc.asyncProperty(someWork, async (work) => {
        const annotations = annotationsOf(work).map((one) => ({ ...one, attributes: { type: 'direct', speaker_form: 'named' } }));
        const turned = annotations.map((one) => ({ ...one, attributes: { speaker_form: 'named', type: 'direct' } })).reverse();
        const one = await exported(format, sourceFrom(project(work.text, { annotations })));
        const other = await exported(format, sourceFrom(project(work.text, { annotations: turned })));
        expect([...other.files]).toEqual([...one.files]);
      }),
      { numRuns: 20 },
    );
  });

  it('X19 a layer with the id of mentions is refused', async () => {
    const codebook: Codebook = structuredClone(defaultCodebook);
    const [layer] = codebook.layers;
    if (layer) layer.id = 'mention';
    await expect(exported(format, sourceFrom(project('Words.', {}, { codebook })))).rejects.toThrow(AppError);
  });

  it('X20 a project without articles is exported without a loss, with its manifest and its card', async () => {
    const { files, outcome } = await exported(format, sourceFrom({ ...project('x'), articles: [] }));
    expect(outcome.losses).toEqual([]);
    expect(files.get('README.md')).toContain('Project');
    const manifest = JSON.parse(files.get('manifest.json') ?? '');
    expect(manifest).toMatchObject({ format: format.name, offset_unit: format.offsetUnit, tokeniser: format.tokeniser, icu: '78.3' });
    const named = manifest.files.map(({ path }: { path: string }) => path);
    expect([...named, 'manifest.json'].sort()).toEqual([...files.keys()].sort());
  });

  it('X31 without text no word of the article is in any file, or the format refuses by name', async () => {
    const text = 'Unmistakable xylophones; “wondrous zithers”.';
    const given = project(text, { annotations: [annotation('a', text, [{ start: 0, end: 12 }])] });
    const run = exported(format, { ...sourceFrom(given), withText: false });
    if (!format.canLeaveTextOut) return expect(run).rejects.toThrow('without the articles’ text');
    const { files } = await run;
    for (const [path, content] of files) expect(content, path).not.toMatch(/Unmistakable|xylophones|zithers/);
    expect(JSON.parse(files.get('manifest.json') ?? '').text).toBe('left out');
  });

  it('X256 C43 what can be read back brings its codebook, without examples where the text is left out, in the card either', async () => {
    const [first, ...others] = defaultCodebook.layers;
    const examples = [{ text: 'wondrous zithers', note: 'what somebody said' }];
    const codebook = { ...defaultCodebook, layers: [{ ...(first as Codebook['layers'][number]), examples }, ...others] };
    const given = sourceFrom(project('Words.', {}, { codebook }));
    const { files } = await exported(format, given);
    const told = files.get('codebook.json');
    expect(told && JSON.parse(told)).toEqual(format.read ? codebook : undefined);
    expect(files.get('README.md')).toContain('wondrous zithers');
    if (!format.canLeaveTextOut) return;
    const bare = await exported(format, { ...given, withText: false });
    for (const [path, content] of bare.files) expect(content, path).not.toContain('zithers');
    expect(bare.files.has('codebook.json')).toBe(format.read !== undefined);
  });

  it('X21 the rows of the pieces add up to those that the manifest tells of each file', async () => {
    const text = 'One two.';
    const { chunks, files } = await exported(
      format,
      sourceFrom(project(text, { annotations: [annotation('a', text, [{ start: 0, end: 3 }])] })),
    );
    const rows = new Map<string, number>();
    for (const chunk of chunks) rows.set(chunk.path, (rows.get(chunk.path) ?? 0) + chunk.rows);
    const told: { path: string; rows: number }[] = JSON.parse(files.get('manifest.json') ?? '').files;
    expect(told.map((file) => [file.path, file.rows])).toEqual(told.map((file) => [file.path, rows.get(file.path)]));
  });
});

describe.each([jsonl, csv].map((format) => ({ name: format.name, format })))('every format that carries all: $name', ({ format }) => {
  it('Q10 a relation keeps the reason for which it was made against the rule; one without a reason has none', async () => {
    const text = 'One two three.';
    const end = (id: string) => ({ article: 'doc', annotation: id });
    const relation = {
      ...{ type: 'not_same', annotator: 'anna', from: end('a'), to: end('b'), attributes: {}, note: '' },
      ...{ origin: { kind: 'person' as const }, codebook: 1, created: time, modified: time },
    };
    const given = project(text, {
      annotations: [annotation('a', text, [{ start: 0, end: 3 }]), annotation('b', text, [{ start: 4, end: 7 }])],
      relations: [
        { ...relation, id: 'r1', override: 'Same day, "same" hall' },
        { ...relation, id: 'r2' },
      ],
    });
    const { files } = await exported(format, sourceFrom(given));
    if (format === jsonl) {
      const { relations } = JSON.parse(files.get('documents.jsonl') ?? '');
      expect(relations.map(({ override }: { override?: string }) => override)).toEqual(['Same day, "same" hall', undefined]);
    } else {
      const [head, first, second] = (files.get('relations.csv') ?? '').split('\r\n');
      expect(head?.split(',')).toContain('override');
      expect([first?.includes('"Same day, ""same"" hall"'), second?.includes('hall')]).toEqual([true, false]);
    }
  });

  it('X17 what the codebook or a reference does not cover is left out and named with its count', async () => {
    const text = 'One two three.';
    const end = (id: string) => ({ article: 'doc', annotation: id });
    const relation = {
      annotator: 'anna',
      attributes: {},
      note: '',
      origin: { kind: 'person' as const },
      codebook: 1,
      created: time,
      modified: time,
    };
    const given = project(
      text,
      {
        annotations: [
          annotation('a', text, [{ start: 0, end: 3 }], {
            attributes: { type: 'shouted', speaker_form: 'named', mood: 'bad' },
            roles: [
              { role: 'speaker', target: { kind: 'mention', id: 'gone' } },
              { role: 'speaker', target: { kind: 'entity', id: 'nobody' } },
              { role: 'cue', target: { kind: 'annotation', id: 'b' } },
              { role: 'chorus', target: { kind: 'author' } },
            ],
            origin: { kind: 'suggestion', rule: 'r', version: '1', confidence: 7 },
          }),
          annotation('b', text, [{ start: 4, end: 7 }], { layer: 'SONG' }),
          { ...annotation('c', text, [{ start: 4, end: 7 }]), spans: [{ start: 4, end: 7, text: 'six' }] },
          annotation('f', text, [{ start: 0, end: 3 }], {
            layer: 'FACT',
            attributes: { quantity: [{ value: 1, value_max: null, modifier: 'exact', unit: '', counts: '', mention: 'gone' }] },
          }),
        ],
        relations: [
          { ...relation, id: 'r1', type: 'continues', from: end('a'), to: end('b') },
          { ...relation, id: 'r2', type: 'rhymes', from: end('a'), to: end('a') },
        ],
        decisions: [
          {
            id: 'd',
            article: 'doc',
            annotator: 'anna',
            verdict: 'rejected',
            layer: 'SONG',
            spans: [spanAt(text, { start: 0, end: 3 })],
            rule: 'r',
            version: '1',
            decided: time,
          },
        ],
      },
      { links: [{ ...relation, id: 'l', type: 'same_quote', from: end('a'), to: { article: 'other', annotation: 'z' } }] },
    );
    const { files, outcome } = await exported(format, sourceFrom(given));
    expect(outcome.losses).toEqual([
      { kind: 'annotations of the layer SONG, which the codebook does not have', count: 1 },
      { kind: 'confidences outside 0 to 1', count: 1 },
      { kind: 'links to an entity that the registry does not have', count: 1 },
      { kind: 'quantities whose mention is not in the dataset (kept without it)', count: 1 },
      { kind: 'records whose spans do not fit the text', count: 1 },
      { kind: 'rejections of the layer SONG, which the codebook does not have', count: 1 },
      { kind: 'relations of type rhymes, which the codebook does not have', count: 1 },
      { kind: 'relations with an end that is not in the dataset', count: 2 },
      { kind: 'roles QUOTE.chorus, which the codebook does not have', count: 1 },
      { kind: 'roles QUOTE.cue whose annotation is not in the dataset', count: 1 },
      { kind: 'roles QUOTE.speaker whose mention is not in the dataset', count: 1 },
      { kind: 'values of QUOTE.mood, which the codebook does not have', count: 1 },
      { kind: 'values of QUOTE.type that the codebook does not allow', count: 1 },
    ]);
    expect(outcome.counts).toMatchObject({ annotations: 2, drafts: 2, 'layers.QUOTE': 1, 'layers.FACT': 1, rejected: 0, relations: 0 });
    if (format === jsonl) {
      expect(schemaProblems(files)).toEqual([]);
      expect((JSON.parse(files.get('manifest.json') ?? '') as { losses: unknown }).losses).toEqual(outcome.losses);
    }
  });

  it('X18 half a surrogate pair in a label is replaced and named, so that the file is UTF-8', async () => {
    const annotations = [annotation('a', 'Words.', [{ start: 0, end: 5 }], { note: 'half \ud83d pair' })];
    const { files, outcome } = await exported(format, sourceFrom(project('Words.', { annotations })));
    for (const [path, text] of files) expect(text.isWellFormed() && !/\\ud83d/.test(text), path).toBe(true);
    expect(outcome.losses).toEqual([{ kind: 'texts with half a surrogate pair, which UTF-8 cannot hold (replaced by U+FFFD)', count: 1 }]);
  });

  it('X20 a project without articles gives files with headers or schema only', async () => {
    const { files } = await exported(format, sourceFrom({ ...project('x'), articles: [] }));
    expect(files.get(format === jsonl ? 'documents.jsonl' : 'documents.csv')).toMatch(format === jsonl ? /^$/ : /^doc_id,.*\r\n$/);
    expect(files.size).toBe(format === jsonl ? 8 : 18);
  });

  it('X21 the rows of a file are its records', async () => {
    const text = 'One two.';
    const ranges = [
      { start: 0, end: 3 },
      { start: 4, end: 7 },
    ];
    const { chunks } = await exported(format, sourceFrom(project(text, { annotations: [annotation('a', text, ranges)] })));
    const rowsOf = (path: string) => chunks.filter((chunk) => chunk.path === path).reduce((sum, chunk) => sum + chunk.rows, 0);
    if (format !== jsonl) expect(rowsOf('annotations.csv')).toBe(2);
    else expect(rowsOf('documents.jsonl')).toBe(1);
  });
});
