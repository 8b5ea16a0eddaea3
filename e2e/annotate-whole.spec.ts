import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, expect, test } from './app.ts';
import { root } from './host-process.ts';
import { Person } from './person.ts';

/** Words to find in an article: those within a longer run that occurs once. */
type Words = string | readonly [words: string, context: string];

/** One annotation as an analyst would make it. */
interface Planned {
  readonly layer: 'QUOTE' | 'QUOTED_TERM' | 'STANCE' | 'FACT';
  readonly fragments: readonly Words[];
  readonly roles?: readonly (readonly [role: string, words: Words])[];
  /** The value to choose for the layer's first attribute; null leaves the default. */
  readonly value?: string;
}

const layers = {
  QUOTE: { key: 'q', title: 'Quote', attribute: 'type', values: ['direct', 'mixed', 'indirect'] },
  QUOTED_TERM: { key: 't', title: 'Quoted term', attribute: 'kind', values: ['name', 'scare', 'document', 'attributed_term'] },
  STANCE: { key: 's', title: 'Stance', attribute: 'polarity', values: ['favor', 'against', 'mixed', 'neutral'] },
  FACT: { key: 'f', title: 'Fact', attribute: 'claim_type', values: ['event_property', 'numerical', 'causal', 'quote_verification'] },
} as const;
const roleKeys: Readonly<Record<string, string>> = { speaker: 'p', holder: 'p', source: 'p', cue: 'c', target: 'g', event: 'e' };

const first: readonly Planned[] = [
  {
    layer: 'QUOTE',
    fragments: ['Western allies have yet to provide legally binding guarantees to protect his country from future Russian aggression'],
    roles: [
      ['speaker', 'Ukrainian President Volodymyr Zelensky'],
      ['cue', ['warned', 'has warned']],
    ],
    value: 'indirect',
  },
  {
    layer: 'QUOTE',
    fragments: ['a peace deal was “90% ready.”'],
    roles: [
      ['speaker', ['he', 'he claimed']],
      ['cue', 'claimed'],
    ],
    value: 'mixed',
  },
  {
    layer: 'QUOTE',
    fragments: ['“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”'],
    roles: [
      ['speaker', ['he', 'he said']],
      ['cue', ['said', 'he said']],
    ],
  },
  {
    layer: 'QUOTE',
    fragments: ['the plan involved establishing “military hubs” across the country to deter any future Russian invasion'],
    roles: [
      ['speaker', ['Sir Keir', 'Sir Keir said']],
      ['cue', ['said', 'Keir said']],
    ],
    value: 'mixed',
  },
  { layer: 'QUOTED_TERM', fragments: ['“military hubs”'] },
  {
    layer: 'QUOTE',
    fragments: ['political will is not the same as a legal safeguard'],
    roles: [
      ['speaker', ['he', 'he noted']],
      ['cue', 'noted'],
    ],
    value: 'indirect',
  },
  {
    layer: 'QUOTE',
    fragments: [
      '“As long as we don’t have such security guarantees—legally binding, supported by parliaments, supported by the United States Congress—this question cannot be answered,”',
      '“Even if they do, you still have to rely primarily on your own strength.”',
    ],
    roles: [
      ['speaker', ['he', 'he said. “Even']],
      ['cue', ['said', 'said. “Even']],
    ],
  },
  {
    layer: 'QUOTE',
    fragments: ['work on security protocols was “largely finished,”'],
    roles: [
      ['speaker', 'US envoys'],
      ['cue', ['said', 'envoys said']],
    ],
    value: 'mixed',
  },
  {
    layer: 'QUOTE',
    fragments: ['the agreement “paves the way for the legal framework” to secure Ukraine’s skies and seas for the long term'],
    roles: [
      ['speaker', ['Sir Keir Starmer', 'Sir Keir Starmer maintained']],
      ['cue', 'maintained'],
    ],
    value: 'mixed',
  },
  {
    layer: 'STANCE',
    fragments: ['described the UK-French commitment as a “huge step forward,”'],
    roles: [
      ['holder', ['Mr Zelensky', 'While Mr Zelensky']],
      ['target', 'the UK-French commitment'],
    ],
    value: 'favor',
  },
  {
    layer: 'STANCE',
    fragments: ['a condition Mr. Zelensky has so far rejected'],
    roles: [
      ['holder', 'Mr. Zelensky'],
      ['target', 'a total Ukrainian withdrawal from the east'],
    ],
    value: 'against',
  },
  {
    layer: 'STANCE',
    fragments: ['did not sign the pledge'],
    roles: [
      ['holder', ['the United States', 'remains: the United States']],
      ['target', ['the pledge', 'sign the pledge']],
    ],
    value: 'against',
  },
  {
    layer: 'FACT',
    fragments: ['a “Coalition of the Willing” comprising 30 nations'],
    roles: [['event', 'a high-stakes summit in Paris on Tuesday']],
    value: 'numerical',
  },
  {
    layer: 'FACT',
    fragments: [
      'UK Prime Minister Sir Keir Starmer and French President Emmanuel Macron signed a declaration of intent to deploy troops to Ukraine',
    ],
    roles: [['event', 'a high-stakes summit in Paris on Tuesday']],
  },
  { layer: 'FACT', fragments: ['Washington has not yet committed to a boots-on-the-ground presence'] },
  { layer: 'FACT', fragments: ['Russia currently occupies roughly 20% of Ukraine'], value: 'numerical' },
  { layer: 'FACT', fragments: ['Russia continues to launch daily strikes against Ukrainian energy infrastructure and residential areas'] },
];

const second: readonly Planned[] = [
  {
    layer: 'QUOTE',
    fragments: ['he continues to seek unambiguous commitments from international partners without receiving satisfactory responses'],
    roles: [
      ['speaker', ['Zelensky', 'Zelensky revealed']],
      ['cue', 'revealed'],
    ],
    value: 'indirect',
  },
  {
    layer: 'QUOTE',
    fragments: ['the joint statement as ‘a vital part of our commitment to stand with Ukraine for the long-term,’'],
    roles: [
      ['speaker', 'Sir Keir Starmer'],
      ['cue', 'characterized'],
    ],
    value: 'mixed',
  },
  {
    layer: 'QUOTE',
    fragments: ['the potential deployment of thousands of troops under appropriate circumstances'],
    roles: [
      ['speaker', 'French President Emmanuel Macron'],
      ['cue', 'suggested'],
    ],
    value: 'indirect',
  },
  {
    layer: 'QUOTE',
    fragments: ['security protocols were ‘largely finished,’'],
    roles: [
      ['speaker', ['Witkoff', 'Witkoff reported']],
      ['cue', 'reported'],
    ],
    value: 'mixed',
  },
  {
    layer: 'QUOTE',
    fragments: ['a peace deal was ‘90% ready,’'],
    roles: [
      ['speaker', ['Zelensky’s', 'Zelensky’s previous']],
      ['cue', 'assertion'],
    ],
    value: 'mixed',
  },
  { layer: 'QUOTED_TERM', fragments: ['‘Coalition of the Willing,’'], value: 'name' },
  {
    layer: 'STANCE',
    fragments: ['questioned the reliability of European security assurances'],
    roles: [
      ['holder', 'President Volodymyr Zelensky'],
      ['target', 'European security assurances'],
    ],
    value: 'against',
  },
  {
    layer: 'STANCE',
    fragments: ['demands complete Ukrainian withdrawal from Donbas'],
    roles: [
      ['holder', ['Putin', 'Putin demands']],
      ['target', 'complete Ukrainian withdrawal from Donbas'],
    ],
    value: 'favor',
  },
  {
    layer: 'STANCE',
    fragments: ['remains unwilling to cede territory'],
    roles: [
      ['holder', ['Zelensky', 'Zelensky remains']],
      ['target', 'cede territory'],
    ],
    value: 'against',
  },
  { layer: 'FACT', fragments: ['approximately 30 nations'], roles: [['event', 'The Paris talks']], value: 'numerical' },
  {
    layer: 'FACT',
    fragments: ['the United Kingdom and France signed a declaration of intent'],
    roles: [['event', 'Tuesday’s significant development in Paris']],
  },
  { layer: 'FACT', fragments: ['Moscow maintains control over approximately 20% of Ukrainian territory'], value: 'numerical' },
  {
    layer: 'FACT',
    fragments: [
      'Russia continues daily strikes against Ukrainian cities and critical infrastructure',
      'making gradual territorial advances',
    ],
  },
  { layer: 'FACT', fragments: ['Steve Witkoff and Jared Kushner, who participated in the Paris discussions'] },
];

const wordsOf = (words: Words): [words: string, context: string] => (typeof words === 'string' ? [words, words] : [words[0], words[1]]);

async function byKeyboard(person: Person, { layer, fragments, roles = [], value }: Planned, way: 'arrows' | 'finding'): Promise<void> {
  const select = (words: Words) => person[way === 'arrows' ? 'selectByKeyboard' : 'selectByFinding'](...wordsOf(words));
  const { key, values } = layers[layer];
  for (const [index, words] of fragments.entries()) {
    await select(words);
    await person.press(index === 0 ? key : 'u');
  }
  for (const [role, words] of roles) {
    await select(words);
    await person.press(roleKeys[role] as string);
  }
  if (value) await person.press(String((values as readonly string[]).indexOf(value) + 1));
}

async function byMouse(person: Person, { layer, fragments, roles = [], value }: Planned): Promise<void> {
  const toolbar = person.page.getByRole('toolbar', { name: 'Tag the selection' });
  const choose = (title: string, key: string) => toolbar.getByRole('button', { name: `${title} ${key}`, exact: true }).click();
  for (const [index, words] of fragments.entries()) {
    await person.selectByMouse(...wordsOf(words));
    if (index === 0) await choose(layers[layer].title, layers[layer].key);
    else await choose('Fragment', 'u');
  }
  for (const [role, words] of roles) {
    await person.selectByMouse(...wordsOf(words));
    await choose(`${role.slice(0, 1).toUpperCase()}${role.slice(1)}`, roleKeys[role] as string);
  }
  if (value) await person.inspector.getByRole('radio', { name: value.replaceAll('_', ' '), exact: true }).click();
}

/** Where `words` stand in `text`, in code points, which is what exports count. */
function place(text: string, words: Words): { start: number; end: number; text: string } {
  const [wanted, context] = wordsOf(words);
  const at = text.indexOf(context) + context.indexOf(wanted);
  const start = [...text.slice(0, at)].length;
  return { start, end: start + [...wanted].length, text: wanted };
}

interface Exported {
  readonly id: string;
  readonly layer: string;
  readonly spans: readonly object[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly args?: readonly { readonly role: string; readonly annotation?: string; readonly entity?: string }[];
}

const byPlace = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function expected(plan: readonly Planned[], text: string): unknown[] {
  return plan
    .map(({ layer, fragments, roles = [], value }) => ({
      layer,
      spans: fragments.map((words) => place(text, words)),
      value: value ?? (layer === 'QUOTED_TERM' ? 'attributed_term' : layers[layer].values[0]),
      roles: roles.map(([role, words]) => ({ role, of: role === 'event' ? place(text, words).text : place(text, words) })).sort(byPlace),
    }))
    .sort(byPlace);
}

async function exported(app: App, text: string): Promise<unknown[]> {
  await app.page.getByRole('button', { name: 'Dataset', exact: true }).click();
  const files = await app.exportDataset();
  const records = (path: string) =>
    (files.get(path) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const entities = new Map(records('entities.jsonl').map((entity) => [entity['id'], entity['canonical']]));
  const annotations = records('documents.jsonl').find((document) => document['text'] === text)?.['annotations'] as readonly Exported[];
  const mentions = new Map(annotations.filter(({ layer }) => layer === 'mention').map(({ id, spans }) => [id, spans[0]]));
  return annotations
    .filter(({ layer }) => layer !== 'mention')
    .map(({ layer, spans, attributes, args = [] }) => ({
      layer,
      spans,
      value: attributes[layers[layer as keyof typeof layers].attribute],
      roles: args
        .map(({ role, annotation, entity }) => ({ role, of: annotation ? mentions.get(annotation) : entities.get(entity) }))
        .sort(byPlace),
    }))
    .sort(byPlace);
}

const seed = (name: string) => readFileSync(join(root, 'seeds', name), 'utf8');

test('W14 a whole article is annotated by keyboard alone, and the export is what was meant', async ({ app }) => {
  test.setTimeout(180_000);
  const person = new Person(app.page);
  const text = seed('000_2c23301dd0a18933.txt');
  // To a place by paragraphs, words and letters, and, once that is shown, by the bar that finds.
  for (const [index, planned] of first.entries()) await byKeyboard(person, planned, index < 4 ? 'arrows' : 'finding');
  await person.expectSaved();
  expect(await exported(app, text)).toEqual(expected(first, text));
});

test('W15 a whole article is annotated by mouse alone, and the export is what was meant', async ({ app }) => {
  test.setTimeout(180_000);
  const person = new Person(app.page);
  const text = seed('001_37fe686bc9046649.txt');
  await person.open('001');
  for (const planned of second) await byMouse(person, planned);
  await person.expectSaved();
  expect(await exported(app, text)).toEqual(expected(second, text));
});
