import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { expect, it } from 'vitest';
import { spacy, spacyIn } from './spacy.ts';
import { spacyDoc } from './spacy-doc.ts';
import { stringNumber } from './spacy-strings.ts';
import { type CaseInput, CaseInput as CaseSchema, exported, hashOf, sourceOf } from './testing/case.ts';
import { annotation, annotationsOf, project, someWork, sourceFrom as sourceWith } from './testing/project.ts';
import { tokenised } from './tokenised.ts';

const numberOf = (text: string) => {
  const { high, low } = stringNumber(text);
  return (BigInt(high) << 32n) | BigInt(low);
};

const newHash = () => hashOf(createHash('sha256'));
const sourceFrom = (input: CaseInput & { text: string }) => sourceWith(input, newHash);
const root = new URL('../../', import.meta.url);

interface ReadSpan {
  readonly id: string;
  readonly label: string;
  readonly kb: string;
  readonly tokens: [number, number];
  readonly chars: [number, number];
}

interface ReadDoc {
  readonly text: string;
  readonly words: string[];
  readonly sentenceStarts: number[];
  readonly spans: Record<string, ReadSpan[]>;
  readonly user: { document: { doc_id: string }; annotations: { id: string }[] };
}

// Written after spaCy's own reader, apart from the exporter.
function readBin(bytes: Uint8Array): ReadDoc[] {
  const bin = decode(unzlibSync(bytes)) as Record<string, unknown>;
  const known = new Map((bin['strings'] as string[]).map((text) => [numberOf(text), text]));
  known.set(0n, '');
  const view = (part: unknown) => new DataView((part as Uint8Array).buffer, (part as Uint8Array).byteOffset);
  const [tokens, lengths, spaces] = [view(bin['tokens']), view(bin['lengths']), bin['spaces'] as Uint8Array];
  const width = (bin['attrs'] as number[]).length * 8;
  let from = 0;
  return (bin['span_groups'] as Uint8Array[]).map((groups, index) => {
    const length = lengths.getInt32(index * 4, true);
    const at = Array.from({ length }, (_, token) => from + token);
    from += length;
    const words = at.map((token) => known.get(tokens.getBigUint64(token * width, true)) as string);
    const spans = (decode(groups) as Uint8Array[]).map((group) => {
      const { name, spans } = decode(group) as { name: string; spans: Uint8Array[] };
      const read = spans.map((span): ReadSpan => {
        const fields = view(span);
        const [id, kb, label] = [0, 8, 16].map((place) => known.get(fields.getBigUint64(place)) as string) as [string, string, string];
        const [start, end, first, last] = [24, 28, 32, 36].map((place) => fields.getInt32(place)) as [number, number, number, number];
        return { id, label, kb, tokens: [start, end], chars: [first, last] };
      });
      return [name, read];
    });
    return {
      text: at.map((token, place) => `${words[place]}${spaces[token] ? ' ' : ''}`).join(''),
      words,
      sentenceStarts: at.flatMap((token, place) => (tokens.getBigInt64(token * width + 8, true) === 1n ? [place] : [])),
      spans: Object.fromEntries(spans),
      user: decode((bin['user_data'] as Uint8Array[])[index] as Uint8Array) as ReadDoc['user'],
    };
  });
}

async function sample() {
  const input = CaseSchema.parse(JSON.parse(readFileSync(new URL('core/formats/baselines/sample/input.json', root), 'utf8')));
  return exported(
    spacy,
    sourceOf(input, (file) => readFileSync(new URL(file, root), 'utf8'), newHash),
  );
}

it('X80 strings have the numbers that spaCy gives them', () => {
  // Told by spaCy 3.8's StringStore.
  const published = {
    '': 0n,
    IS_ALPHA: 1n,
    FLAG63: 63n,
    ORTH: 65n,
    DEPRECATED276: 379n,
    PERSON: 380n,
    number: 432n,
    _: 456n,
    Number: 5728456177564051517n,
    coffee: 3197928453018144401n,
    QUOTE: 5943739983351478300n,
    '“': 16073121960489476521n,
    '12345678': 9871996032675327904n,
    '💪👩‍👩‍👧 a longer one': 4960753386495192656n,
  };
  for (const [text, number] of Object.entries(published)) expect(numberOf(text), text).toBe(number);
});

it('X81 the shared sample is read back with its text, its overlapping spans and its sentences', async () => {
  const { bytes } = await sample();
  const [doc, ...more] = readBin(bytes.get('docbin/anna/all/0001.spacy') as Uint8Array);
  expect(more).toEqual([]);
  expect(doc?.text.startsWith('“We will fight this tax 💪,” Mayor')).toBe(true);
  expect(doc?.words.slice(5, 11)).toEqual(['tax', '💪', ',', '”', 'Mayor', 'Ana']);
  expect(doc?.words[22]).toBe('\n\n');
  expect(doc?.sentenceStarts.map((at) => doc.words[at])).toEqual(['“', 'The', 'Ruiz']);
  const quote = { id: 'q1', label: 'QUOTE', kb: '' };
  expect(doc?.spans['QUOTE']?.slice(0, 2)).toEqual([
    { ...quote, tokens: [1, 8], chars: [1, 26] },
    { ...quote, tokens: [16, 21], chars: [57, 74] },
  ]);
  expect(doc?.spans['STANCE']).toEqual([{ id: 's1', label: 'STANCE:against', kb: '', tokens: [3, 7], chars: [9, 25] }]);
  expect(doc?.spans['mention']?.find(({ id }) => id === 'm4')).toMatchObject({ label: 'ISSUE', kb: 'tax', chars: [15, 23] });
  expect(doc?.spans['QUOTE.speaker']?.map(({ id, label }) => [id, label])).toEqual([
    ['m1', 'speaker'],
    ['m3', 'speaker'],
  ]);
  expect(doc?.spans['sc']?.map(({ id }) => id)).toEqual(['q1', 's1', 'q1', 'q2', 'f1']);
  expect(doc?.user.document.doc_id).toBe('sample-55f67f1b');
});

it('X82 tokens with their spaces are the text, and every span lies in the characters that it says, in any text', async () => {
  await fc.assert(
    fc.asyncProperty(someWork, async (work) => {
      const annotations = annotationsOf(work);
      const { bytes } = await exported(spacy, sourceFrom(project(work.text, { annotations })));
      const [doc] = readBin(bytes.get('docbin/anna/all/0001.spacy') as Uint8Array);
      expect(doc?.text).toBe(work.text);
      const points = [...work.text];
      const trimmed = (text: string) => text.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '');
      const covered = (doc?.spans['QUOTE'] ?? []).map(({ id, chars }) => [id, points.slice(...chars).join('')]);
      const pieces = annotations.flatMap(({ id, spans }) => spans.map(({ text }) => [id, trimmed(text)])).filter(([, text]) => text !== '');
      expect(covered.sort()).toEqual(pieces.sort());
    }),
    { numRuns: 40 },
  );
});

it('X82 white space is a flag where it is one space, a token where it is more', () => {
  const document = (text: string) => ({ text, language: 'en', annotations: [] }) as unknown as Parameters<typeof tokenised>[0];
  const tokens = (text: string) => spacyDoc(tokenised(document(text))).tokens.map(({ text: word, space }) => `${word}${space ? '_' : ''}`);
  expect(tokens('One two')).toEqual(['One_', 'two']);
  expect(tokens(' One  two\n\nthree\t ')).toEqual([' ', 'One_', ' ', 'two', '\n\n', 'three', '\t ']);
});

it('X83 files have the splits that spaCy’s configuration asks for, and go on in a further one before they are large', async () => {
  const given = project('word '.repeat(6), { annotations: [annotation('a', 'word', [{ start: 0, end: 4 }])] });
  const twice = (id: string) => ({ ...given.articles[0], meta: { ...given.articles[0]?.meta, id } }) as CaseInput['articles'][number];
  const articles = ['one', 'two', 'three'].map(twice);
  const sets = articles.map(
    ({ meta }) => ({ ...given.sets[0], set: { ...given.sets[0]?.set, article: meta.id } }) as CaseInput['sets'][number],
  );
  const split = (name: 'train' | 'validation') => ({ group: name, split: name });
  const assignments = new Map([
    ['one', split('train')],
    ['three', split('validation')],
    ['two', split('train')],
  ]);
  const { files, outcome } = await exported(spacy, { ...sourceFrom({ ...given, articles, sets }), splits: { method: {}, assignments } });
  expect(outcome.losses).toEqual([]);
  expect([...files.keys()].sort()).toEqual([
    'README.md',
    'docbin/anna/dev/0001.spacy',
    'docbin/anna/train/0001.spacy',
    'manifest.json',
    'prodigy/anna/dev.jsonl',
    'prodigy/anna/train.jsonl',
  ]);
  const more = { ...twice('zwei'), textFile: 'doc' };
  const again = { ...sets[0], set: { ...sets[0]?.set, article: 'zwei' } } as CaseInput['sets'][number];
  const larger = await exported(spacyIn(10), sourceFrom({ ...given, articles: [...articles, more], sets: [...sets, again] }));
  const bins = [...larger.bytes].filter(([path]) => path.startsWith('docbin')).map(([path, bytes]) => [path, readBin(bytes).length]);
  expect(bins).toEqual([
    ['docbin/anna/all/0001.spacy', 2],
    ['docbin/anna/all/0002.spacy', 2],
  ]);
});

it('X84 a task of Prodigy has spans on tokens in code points, and roles and relations between them', async () => {
  const { files } = await sample();
  const task = JSON.parse(files.get('prodigy/anna/all.jsonl') ?? '');
  const text = [...task.text];
  for (const { text: word, start, end } of task.tokens) expect(text.slice(start, end).join('')).toBe(word);
  for (const { start, end, token_start, token_end } of task.spans) {
    expect([task.tokens[token_start].start, task.tokens[token_end].end]).toEqual([start, end]);
  }
  expect(task.spans.map(({ id, label }: { id: string; label: string }) => `${id} ${label}`)).toContain('q1 QUOTE');
  const said = task.relations.map((relation: Record<string, Record<string, number>>) => {
    const words = (span: Record<string, number> | undefined) => text.slice(span?.['start'], span?.['end']).join('');
    return `${words(relation['head_span'])} → ${relation['label']} → ${words(relation['child_span'])}`;
  });
  expect(said).toContain('We will fight this tax 💪, → speaker → Mayor Ana Ruiz');
});
