import { describe, expect, test } from 'vitest';
import { newEntity, type Registry, resolveRegistry } from '../model/entity.ts';
import { suggest } from './index.ts';
import { skeleton } from './spelling.ts';

const entities = (text: string, registry?: Registry) =>
  suggest(text, registry ? { registry } : {})
    .flatMap(({ roles }) => roles)
    .filter(({ role }) => role === 'speaker')
    .map(({ entity }) => entity?.canonical ?? null);

describe('canonical names', () => {
  test.each([
    ['the surname alone', 'Volodymyr Zelensky came. “We are ready,” Zelensky said.'],
    ['a title before it', 'Volodymyr Zelensky came. “We are ready,” Mr Zelensky said.'],
    ['another spelling', 'Volodymyr Zelensky came. “We are ready,” Zelenskyy said.'],
    ['a third spelling', 'Volodymyr Zelensky came. “We are ready,” President Zelenskiy said.'],
    ['his office', 'Ukrainian President Volodymyr Zelensky came. “We are ready,” the Ukrainian president said.'],
    ['his office in short', 'Ukrainian President Volodymyr Zelensky came. “We are ready,” the president said.'],
    ['his place', 'Ukrainian President Volodymyr Zelensky came. “We are ready,” the Ukrainian leader said.'],
    ['a name that is given later', '“We are ready,” Zelensky said. Volodymyr Zelensky came late.'],
    ['a description with the name', '“We are ready,” said Ukrainian President Volodymyr Zelensky.'],
  ])('Z11 %s leads to the full name', (_, text) => expect(entities(text)).toContain('Volodymyr Zelensky'));

  test.each([
    ['said', '“We could not pay for it,” its chair, Mona Dahl, said.', ['Mona Dahl'], ['Mona Dahl']],
    ['at the end', '“We have written to them,” said the union’s secretary, Anna Petrova.', ['Anna Petrova'], ['Anna Petrova']],
    ['with a title', 'Her opponent, former Gov. Curtis Hale, said that prices would fall.', ['former Gov. Curtis Hale'], ['Curtis Hale']],
    ['of a firm', 'The manufacturer, Helix Bio, said that prices would fall.', ['Helix Bio'], ['Helix Bio']],
    [
      'but not of its owner',
      'A spokesman for the operator, Nord Lines, said that prices would fall.',
      ['A spokesman for the operator'],
      [null],
    ],
    ['but not in a list', '“We are ready,” said the mayor, Ana Ruiz, and Tom Berg.', ['the mayor'], [null]],
  ])('W93 the name beside a description is who speaks: %s', (_, text, spans, names) => {
    const speakers = suggest(text)
      .filter(({ layer }) => layer === 'QUOTE')
      .flatMap(({ roles }) => roles.filter(({ role }) => role === 'speaker'));
    expect(speakers.map(({ span }) => span.text)).toEqual(spans);
    if (names[0] !== null) expect(speakers.map(({ entity }) => entity?.canonical ?? null)).toEqual(names);
  });

  test('W93 it holds for who is for something and for the source of a fact, and such a speaker is a named one', () => {
    const [stance] = suggest('The mayor, Petra Holm, welcomed the plan for the town.');
    expect(stance?.roles[0]).toMatchObject({ role: 'holder', span: { text: 'Petra Holm' }, entity: { canonical: 'Petra Holm' } });
    const [fact, quote] = suggest('The mayor, Petra Holm, said that the flood destroyed 300 houses.');
    expect(fact?.roles[0]).toMatchObject({ role: 'source', span: { text: 'Petra Holm' } });
    expect(quote?.attributes['speaker_form']).toBe('named');
  });

  test.each([
    ['a spokesman', 'Tom Berg left. A spokesman said that prices would fall. “We are ready,” he added.', null],
    ['a passenger at the head', 'Tom Berg left.\n\nAnother passenger was late. “We are ready,” he said.', null],
    ['who spoke in marks', 'Tom Berg left. “We are ready,” said a spokesman. He added that prices would fall.', null],
    ['a woman, not where it is “he”', 'Tom Berg left. A spokeswoman said that prices would fall. “We are ready,” he said.', 'Tom Berg'],
    ['long before', 'Tom Berg left.\n\nA spokesman came.\n\nThe rain fell.\n\n“We are ready,” he said.', 'Tom Berg'],
  ])('W94 a pronoun right after someone without a name means nobody who has one: %s', (_, text, name) =>
    expect(entities(text).at(-1)).toBe(name),
  );

  test.each([
    ['a ship', 'Tom Berg left.\n\nThe Santa Irena sank. “We are ready,” he said.', 'Tom Berg'],
    ['a club', 'Harbour Rovers manager Claire Donnelly was calm. “We are ready,” she said.', 'Claire Donnelly'],
    ['one of the family', 'Rasmus Ekman smiled. His daughter, Karin, was late. “We are ready,” she said.', 'Karin'],
    ['a husband', 'Joan Pickard waited. Her husband, Ted, did not. “We are ready,” he said.', 'Ted'],
    ['who comes back', 'The mayor, Britta Falk, left.\n\nRasmus Ekman laughs. “We are ready,” he says.', 'Rasmus Ekman'],
  ])('W94 a pronoun means a person whom its words can mean: %s', (_, text, name) => expect(entities(text).at(-1)).toBe(name));

  test('W94 a firm is an organisation, letters behind a name are no part of it, and of several no person is made', () => {
    const who = (text: string) => suggest(text)[0]?.roles[0]?.entity;
    expect(who('“We are ready,” said Helix Bio, a company in Orvel.')).toMatchObject({ canonical: 'Helix Bio', type: 'ORGANISATION' });
    expect(who('“We are ready,” said Imran Aziz KC, his lawyer.')).toMatchObject({ canonical: 'Imran Aziz', type: 'PERSON' });
    expect(who('“We are ready,” said Chief Executive Maria Delgado.')?.canonical).toBe('Maria Delgado');
    expect(who('“We are ready,” Labour MPs said.')?.type).not.toBe('PERSON');
  });

  test('Z11 a group is one that is named: not “some” of it, nor for the capital at the head of a sentence alone', () => {
    expect(entities('US envoys said that prices would fall soon.')).toEqual(['US envoys']);
    expect(entities('Some French officials said that prices would fall soon.')).toEqual([null]);
    expect(entities('Military experts said that prices would fall soon.')).toEqual([null]);
  });

  test('Z11 a knight is called by his first name', () => {
    expect(entities('Sir Keir Starmer came. “We are ready,” Sir Keir said.')).toEqual(['Keir Starmer']);
  });

  test('Z11 an office that two hold, or nobody, leads to no name', () => {
    expect(entities('French President Ann Roy met Polish President Jan Wilk. “We are ready,” the president said.')).toEqual([null]);
    expect(entities('“We are ready,” a spokesman said.')).toEqual([null]);
  });

  test('Z11 two of one family are told apart by their titles', () => {
    const text = 'Tom Berg and Ann Berg came. “We are ready,” Mr. Berg said. “So am I,” Ms. Berg said.';
    expect(entities(text)).toEqual(['Tom Berg', 'Ann Berg']);
  });

  test('Z8 two people who speak are two speakers, an institution with “and” in its name is one', () => {
    expect(entities('“We are ready,” Ana Ruiz and Tom Berg said.')).toEqual(['Ana Ruiz', 'Tom Berg']);
    expect(entities('“We are ready,” the Department of Health and Human Services said.')).toHaveLength(1);
  });

  test('Z11 the registry gives the canonical name and the entity', () => {
    const record = newEntity('e1', 'ann', 'PERSON', 'Volodymyr Zelenskyy', '2026-01-01T00:00:00Z');
    const aliases = { 'Volodymyr Zelensky': { value: true, time: '2026-01-01T00:00:00Z' } };
    const registry = resolveRegistry([{ ...record, aliases }]);
    const [quote] = suggest('“We are ready,” Volodymyr Zelensky said.', { registry });
    expect(quote?.roles[0]?.entity).toEqual({ id: 'e1', canonical: 'Volodymyr Zelenskyy', type: 'PERSON' });
  });

  describe('with a registry', () => {
    const time = '2026-01-01T00:00:00Z';
    const president = { title: 'President', organisation: 'Ukraine', from: null, to: null };
    const zelensky = newEntity('e1', 'ann', 'PERSON', 'Volodymyr Zelenskyy', time);
    const berg = newEntity('e2', 'ann', 'PERSON', 'Tom Berg', time);
    const registry = resolveRegistry([{ ...zelensky, fields: { ...zelensky.fields, roles: { value: [president], time } } }, berg]);
    const speaker = (text: string, names = registry) => suggest(text, { registry: names })[0]?.roles[0]?.entity?.canonical;

    test.each([
      ['another spelling', '“We are ready,” Volodymyr Zelensky said.'],
      ['a surname that one person has', '“We are ready,” Mr Zelensky said.'],
      ['the office of a nation', '“We are ready,” the Ukrainian president said.'],
    ])('Z68 the registry knows who is meant by %s', (_, text) => expect(speaker(text)).toBe('Volodymyr Zelenskyy'));

    test('Z68 it tells nobody where two fit, another is named in full, or the office is another', () => {
      const two = resolveRegistry([berg, newEntity('e3', 'ann', 'PERSON', 'Ann Berg', time)]);
      expect(speaker('“We are ready,” Mr Berg said.', two)).toBe('Berg');
      expect(speaker('Jan Berg came. “We are ready,” Mr Berg said.')).toBe('Jan Berg');
      expect(speaker('“We are ready,” the French president said.')).not.toBe('Volodymyr Zelenskyy');
      expect(speaker('“We are ready,” the president said.')).toBeUndefined();
    });
  });

  test('Z11 spellings that differ in marks, case and a final y are one', () => {
    expect(new Set(['Zelensky', 'Zelenskyy', 'Zelenskiy', 'ZELENSKÝ'].map(skeleton)).size).toBe(1);
    expect(skeleton('Berg')).not.toBe(skeleton('Borg'));
  });
});
