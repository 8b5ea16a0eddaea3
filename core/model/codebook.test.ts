import { describe, expect, test } from 'vitest';
import { CodebookFile, currentCodebook, type MigrationStep } from '../codebook/codebook-file.ts';
import { migrate } from '../codebook/codebook-migration.ts';
import { fixedCommands } from '../commands.ts';
import type { Annotation, AttributeValue, RoleFiller } from './annotation.ts';
import {
  type Attribute,
  Codebook,
  codebookProblems,
  defaultsOf,
  entityTypesOf,
  fits,
  hueOf,
  type Layer,
  layerOf,
  openFields,
  takes,
  valuesOf,
} from './codebook.ts';
import { defaultCodebook } from './default-codebook.ts';

const layer = (id: string): Layer => {
  const found = layerOf(defaultCodebook, id);
  if (!found) throw new RangeError(`no layer ${id}`);
  return found;
};
const role = (of: string, name: string) => {
  const found = layer(of).roles.find((candidate) => candidate.name === name);
  if (!found) throw new RangeError(`no role ${name}`);
  return found;
};
const annotation = (of: string, attributes: Record<string, AttributeValue> = {}, roles: RoleFiller[] = [], codebook = 1): Annotation => ({
  ...{
    id: 'x',
    article: 'a',
    annotator: 'anna',
    layer: of,
    spans: [{ start: 0, end: 3, text: 'one' }],
    note: '',
    origin: { kind: 'person' },
  },
  ...{ created: '', modified: '', attributes, roles, codebook },
});
const filler = (name: string, id = 'm'): RoleFiller => ({ role: name, target: { kind: 'mention', id } });

// `name*` is required, `=` gives the default; what stands for the values of anything but an enumeration is its type.
const written = ({ name, required, type, default: value, ...rest }: Attribute) =>
  `${name}${required ? '*' : ''} ${'values' in rest ? rest.values.join('|') : type}${value === null ? '' : ` = ${value}`}`;

describe('the default codebook', () => {
  test('K1 it is a sound codebook', () => {
    expect(Codebook.parse(defaultCodebook)).toEqual(defaultCodebook);
    expect(defaultCodebook).toMatchObject({ name: 'news-quote-stance-fact', language: 'en' });
    expect(defaultCodebook.layers.map(({ id, key }) => `${id} ${key}`)).toEqual(['QUOTE q', 'QUOTED_TERM t', 'STANCE s', 'FACT f']);
    expect(defaultCodebook.entityTypes.map(({ id }) => id)).toEqual(['PERSON', 'ORGANISATION', 'PLACE', 'EVENT', 'ISSUE', 'DOCUMENT']);
  });

  test.each([
    [
      'QUOTE',
      [
        'type* direct|mixed|indirect = direct',
        'medium speech|writing|thought = speech',
        'speaker_form* named|pronoun|nominal|implicit = named',
        'wording as_published|likely_translated = as_published',
        'unsure boolean = false',
      ],
    ],
    ['QUOTED_TERM', ['kind* name|scare|document|attributed_term = attributed_term', 'unsure boolean = false']],
    [
      'STANCE',
      [
        'polarity* favor|against|mixed|neutral',
        'explicitness* explicit|implicit = explicit',
        'intensity low|medium|high = medium',
        'conditional boolean = false',
        'unsure boolean = false',
      ],
    ],
    [
      'FACT',
      [
        'claim_type* event_property|numerical|causal|quote_verification = event_property',
        'attribution* asserted|attributed = asserted',
        'certainty* certain|probable|possible|underspecified = certain',
        'fact_polarity* positive|negative = positive',
        'checkworthiness check_worthy|unimportant = check_worthy',
        'quantity quantity',
        'verdict supported|refuted|not_enough_evidence|conflicting_evidence',
        'evidence evidence',
        'justification text',
        'unsure boolean = false',
      ],
    ],
  ])('K2 a %s has the attributes, values and defaults of the scheme', (id, attributes) => {
    expect(layer(id).attributes.map(written)).toEqual(attributes);
  });

  test('K3 the roles have the keys, fillers and numbers of the scheme', () => {
    const roles = defaultCodebook.layers.flatMap((of) =>
      of.roles.map(({ name, key, targets, min, max }) => `${of.id} ${name} ${key} ${targets.join('|')} ${min}-${max}`),
    );
    expect(roles).toEqual([
      'QUOTE speaker p mention|ENTITY 0-3',
      'QUOTE cue c mention 0-2',
      'QUOTE addressee d mention|ENTITY 0-3',
      'QUOTED_TERM speaker p mention|ENTITY 0-1',
      'STANCE holder p mention|ENTITY|AUTHOR 1-3',
      'STANCE target g mention|ENTITY|ISSUE 1-1',
      'FACT source p mention|ENTITY 0-3',
      'FACT event e EVENT 0-1',
    ]);
  });

  test('K4 the relations join the layers of the scheme', () => {
    const relations = defaultCodebook.relations.map(
      ({ id, scope, from, to, symmetric, attributes }) =>
        `${id} ${scope} ${from.join('|')} ${symmetric ? '--' : '->'} ${to.join('|')}${attributes.map((one) => ` (${written(one)})`).join('')}`,
    );
    expect(relations).toEqual([
      'continues article QUOTE -> QUOTE',
      'nested_in article QUOTE -> QUOTE',
      'evidence_for article QUOTE -> STANCE|FACT',
      'same_quote any QUOTE -- QUOTE (match verbatim|near_verbatim|paraphrase)',
      'same_claim any FACT -- FACT',
      'corroborates any FACT -- FACT',
      'contradicts any FACT|STANCE -- FACT|STANCE (basis number|date|identity|status|attribution|other)',
      'refines any FACT -> FACT',
      'not_same any QUOTE|QUOTED_TERM|FACT -- QUOTE|QUOTED_TERM|FACT (why different_event|different_utterance|different_measure|name_only)',
    ]);
  });

  test('K5 the keys of layers, roles, relations and fixed commands never meet where they act together', () => {
    const fixed: string[] = fixedCommands.flatMap(({ keys }) => [...keys]);
    const layers = defaultCodebook.layers.map(({ key }) => key);
    const relations = defaultCodebook.relations.flatMap(({ key }) => key ?? []);
    for (const { roles } of defaultCodebook.layers) {
      const reach = [...fixed, ...layers, ...relations, ...roles.map(({ key }) => key)];
      const plain = reach.filter((key) => key.length === 1);
      expect(new Set(plain).size).toBe(plain.length);
      // With Shift, layers and roles have a second meaning.
      const shifted = [...fixed, ...[...layers, ...roles.map(({ key }) => key)].map((key) => `Shift-${key}`)];
      expect(new Set(shifted).size).toBe(shifted.length);
    }
  });

  test('K6 every default and every hue belongs to an attribute that has it', () => {
    for (const of of defaultCodebook.layers) {
      for (const [name, value] of Object.entries(defaultsOf(of))) {
        const attribute = of.attributes.find((candidate) => candidate.name === name);
        expect(attribute && fits(attribute, value), `${of.id} ${name}`).toBe(true);
      }
      const by = of.attributes.find(({ name }) => name === of.hueBy?.attribute);
      if (of.hueBy) expect(by?.type === 'enum' && Object.keys(of.hueBy.hues)).toEqual(by?.type === 'enum' && by.values);
    }
  });

  test('K7 a stance is coloured by its polarity, and by its layer while that is open', () => {
    expect(hueOf(layer('STANCE'), annotation('STANCE', { polarity: 'against' }))).toBe('red');
    expect(hueOf(layer('STANCE'), annotation('STANCE'))).toBe('grey');
    expect(hueOf(layer('QUOTE'), annotation('QUOTE', { polarity: 'against' }))).toBe('yellow');
  });
});

describe('what an annotation lacks and breaks', () => {
  test('K8 a fresh stance lacks its polarity, holder and target; a fresh quote lacks nothing', () => {
    const open = (id: string, more: Record<string, AttributeValue> = {}, roles: RoleFiller[] = []) => {
      const { attributes, roles: missing } = openFields(layer(id), annotation(id, { ...defaultsOf(layer(id)), ...more }, roles));
      return [...attributes, ...missing].map(({ name }) => name);
    };
    expect(open('STANCE')).toEqual(['polarity', 'holder', 'target']);
    expect(open('STANCE', { polarity: 'favor' }, [filler('holder')])).toEqual(['target']);
    expect(open('QUOTE')).toEqual([]);
  });

  test('K9 what an annotation breaks is said in words; what is open is no break', () => {
    expect(codebookProblems(annotation('STANCE'), defaultCodebook)).toEqual([]);
    expect(codebookProblems(annotation('STANCE', {}, [filler('target')]), defaultCodebook)).toEqual([]);
    expect(codebookProblems(annotation('RUMOUR'), defaultCodebook)).toEqual(['its layer RUMOUR is not in the codebook']);
    const broken = annotation('STANCE', { polarity: 'maybe', mood: 'bad', unsure: true }, [
      filler('target', 'm'),
      filler('target', 'n'),
      filler('cue'),
    ]);
    expect(codebookProblems(broken, defaultCodebook)).toEqual([
      'polarity cannot be "maybe"',
      'STANCE has no attribute mood',
      'target holds 2, at most 1 are allowed',
      'STANCE has no role cue',
    ]);
  });

  const common = { name: 'x', title: 'X', required: false, help: '' };
  const quantity = { value: 1, value_max: null, modifier: 'exact' as const, unit: '', counts: '', mention: null };
  const proof = { url: '', accessed: '', says: 'context' as const, note: '' };
  const values: AttributeValue[] = ['a', 1, true, ['a'], [quantity], [proof]];
  test.each<[Attribute, AttributeValue[]]>([
    [{ ...common, type: 'enum', values: ['a', 'b'], default: null }, ['a']],
    [{ ...common, type: 'enum', values: ['b'], default: null }, []],
    [{ ...common, type: 'boolean', default: null }, [true]],
    [{ ...common, type: 'number', default: null }, [1]],
    [{ ...common, type: 'text', default: null }, ['a']],
    [{ ...common, type: 'date', default: null }, ['a']],
    [{ ...common, type: 'list', default: null }, [['a']]],
    [{ ...common, type: 'quantity', default: null }, [[quantity]]],
    [{ ...common, type: 'evidence', default: null }, [[proof]]],
  ])('K10 an attribute takes only values of its form: $type', (attribute, fitting) => {
    expect(values.filter((value) => fits(attribute, value))).toEqual(fitting);
    expect(fits({ ...common, type: 'number', default: null }, Number.NaN)).toBe(false);
    // A list whose items are not all of the form is none.
    for (const mixed of [
      ['a', 1],
      [quantity, 'a'],
      [proof, 'a'],
      [quantity, proof],
    ] as never[]) {
      expect((['list', 'quantity', 'evidence'] as const).filter((type) => fits({ ...common, type, default: null }, mixed))).toEqual([]);
    }
  });

  test('K10 of the values of a choice those that are retired are offered only where they are held', () => {
    const choice = { ...common, type: 'enum', values: ['a', 'b', 'c'], default: null } as const;
    expect(valuesOf({ ...choice, values: [...choice.values] })).toEqual(['a', 'b', 'c']);
    const retired = { ...choice, values: [...choice.values], retiredValues: ['b', 'c'] };
    expect([valuesOf(retired), valuesOf(retired, 'c'), valuesOf(retired, null)]).toEqual([['a'], ['a', 'c'], ['a']]);
  });

  test('K11 a role takes mentions, annotations, the author or entities of its types, as its targets say', () => {
    const typeOf = (id: string) => ({ ana: 'PERSON', summit: 'EVENT' })[id];
    const takers = (target: RoleFiller['target']) =>
      defaultCodebook.layers.flatMap((of) => of.roles.filter((one) => takes(one, target, defaultCodebook, typeOf)).map(({ name }) => name));
    expect(takers({ kind: 'author' })).toEqual(['holder']);
    expect(takers({ kind: 'annotation', id: 'q' })).toEqual([]);
    expect(takers({ kind: 'mention', id: 'm' })).toEqual(['speaker', 'cue', 'addressee', 'speaker', 'holder', 'target', 'source']);
    expect(takers({ kind: 'entity', id: 'ana' })).toEqual(['speaker', 'addressee', 'speaker', 'holder', 'target', 'source']);
    expect(takers({ kind: 'entity', id: 'summit' })).toEqual(['speaker', 'addressee', 'speaker', 'holder', 'target', 'source', 'event']);
    expect(takers({ kind: 'entity', id: 'nobody' })).toEqual([]);
    expect(entityTypesOf(role('FACT', 'event'), defaultCodebook)).toEqual(['EVENT']);
    expect(entityTypesOf(role('QUOTE', 'cue'), defaultCodebook)).toEqual([]);
    expect(entityTypesOf(role('QUOTE', 'speaker'), defaultCodebook)).toHaveLength(6);
  });
});

describe('changing a codebook', () => {
  const file = (...versions: MigrationStep[][]): CodebookFile =>
    CodebookFile.parse({
      format: 1,
      versions: [[], ...versions].map((steps) => ({ codebook: defaultCodebook, steps, changed: '2026-01-01' })),
    });

  test('K12 an annotation is brought through every version since its own, in order, and names the newest', () => {
    const steps = file(
      [{ step: 'rename-layer', from: 'CLAIM', to: 'FACT' }],
      [
        { step: 'rename-attribute', layer: 'FACT', from: 'kind', to: 'claim_type' },
        { step: 'rename-value', layer: 'FACT', attribute: 'claim_type', from: 'number', to: 'numerical' },
      ],
      [
        { step: 'set-default', layer: 'FACT', attribute: 'certainty', value: 'certain' },
        { step: 'rename-role', layer: 'FACT', from: 'speaker', to: 'source' },
      ],
    );
    const old = annotation('CLAIM', { kind: 'number', note: 'number' }, [filler('speaker'), filler('event')]);
    const now = migrate(old, steps);
    expect(now).toEqual({
      ...annotation('FACT', { claim_type: 'numerical', note: 'number', certainty: 'certain' }, [filler('source'), filler('event')]),
      codebook: 4,
      was: [
        {
          version: 4,
          layer: { now: 'FACT', was: 'FACT' },
          attributes: { certainty: { now: 'certain', was: null } },
          roles: null,
        },
      ],
    });
    expect(old).toEqual(annotation('CLAIM', { kind: 'number', note: 'number' }, [filler('speaker'), filler('event')]));
    expect(migrate(migrate(old, file(...steps.versions.slice(1, 3).map((version) => version.steps))), steps)).toEqual(now);
    expect(currentCodebook(steps)).toEqual({ version: 4, codebook: defaultCodebook });
  });

  test('K13 a step touches only its own layer, sets a default only where there is no value, and leaves the current version alone', () => {
    const steps = file([
      { step: 'set-default', layer: 'FACT', attribute: 'certainty', value: 'certain' },
      { step: 'rename-attribute', layer: 'FACT', from: 'unsure', to: 'doubtful' },
      { step: 'rename-value', layer: 'FACT', attribute: 'verdict', from: 'supported', to: 'true' },
      { step: 'rename-role', layer: 'FACT', from: 'source', to: 'speaker' },
    ]);
    const quote = annotation('QUOTE', { unsure: true, verdict: 'supported' }, [filler('source')]);
    expect(migrate(quote, steps)).toEqual({ ...quote, codebook: 2 });
    const fact = annotation('FACT', { certainty: 'possible', verdict: 'refuted' });
    expect(migrate(fact, steps)).toEqual({ ...fact, codebook: 2 });
    const current = annotation('FACT', { unsure: true }, [], 2);
    expect(migrate(current, steps)).toBe(current);
  });

  test('K14 an annotation of a version that this codebook does not have yet is refused, not guessed at', () => {
    expect(() => migrate(annotation('FACT', {}, [], 3), file([]))).toThrow(RangeError);
  });

  test('K15 a key is one letter, not a capital; names of layers and attributes are plain', () => {
    const [first, ...rest] = defaultCodebook.layers;
    const accepts = (change: Partial<Layer>) =>
      Codebook.safeParse({ ...defaultCodebook, layers: [{ ...first, ...change }, ...rest] }).success;
    expect([accepts({ key: 'ö' }), accepts({ key: 'ж' }), accepts({ id: 'RUMOUR_2' })]).toEqual([true, true, true]);
    for (const key of ['Q', '', 'qq', '1', '-', ' ']) expect(accepts({ key }), key).toBe(false);
    for (const id of ['', '2ND', 'A B', 'A-B', 'Ä', '../x', 'constructor', 'toString']) expect(accepts({ id }), id).toBe(false);
  });
});
