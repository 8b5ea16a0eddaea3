import { expect, test } from 'vitest';
import type { DatasetLook } from '../../core/formats/dataset-look.ts';
import { labelsOf } from '../../core/formats/labels.ts';
import { proposeMap } from '../../core/formats/map-proposal.ts';
import { inArticle } from '../../core/formats/testing/foreign-values.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { leaveOut, mapRows } from './dataset-preview.ts';

const foreign = inArticle('One.', {
  annotations: [
    {
      ...{ id: '1', layer: 'Quotation', spans: [{ start: 0, end: 3, text: 'One' }], annotator: null, status: null },
      attributes: { type: 'Direct', kind: 'loud', mood: 'bad' },
      args: [{ role: 'who', author: true }],
    },
    { id: '2', layer: 'PER', spans: [{ start: 0, end: 3, text: 'One' }], attributes: {}, args: [], annotator: null, status: null },
  ],
  relations: [{ id: 'r', type: 'rhymes', from: '1', to: '2', attributes: {}, annotator: null }],
});
const labels = labelsOf(foreign);
const look: DatasetLook = {
  ...{
    title: 'brat',
    articles: { fresh: 1, known: 0 },
    layers: {},
    others: {},
    losses: [],
    problems: [],
    remarks: [],
    annotators: [],
    shared: null,
    edits: 1,
  },
  map: proposeMap(labels, defaultCodebook),
  labels: {
    layers: [
      {
        ...{ name: 'Quotation', count: 1, rejected: 0, roles: [{ name: 'who', count: 1 }] },
        attributes: [
          {
            name: 'type',
            count: 1,
            values: [
              { name: 'Direct', count: 1 },
              { name: 'direct', count: 1 },
            ],
          },
          { name: 'mood', count: 1, values: [{ name: 'bad', count: 1 }] },
        ],
      },
      { name: 'PER', count: 1, rejected: 0, attributes: [], roles: [] },
    ],
    relations: [{ name: 'rhymes', count: 1, attributes: [] }],
    entityTypes: [{ name: 'vegetable', count: 1 }],
  },
};

test('I41 each label is a row with what it may become: of the codebook, a mention or a role, or left out; values where they differ', () => {
  const rows = mapRows(look, defaultCodebook);
  expect(rows.map(({ what, name, level, chosen }) => [what, name, level, chosen])).toEqual([
    ['layer', 'Quotation', 0, 'QUOTE'],
    ['attribute', 'type', 1, 'type'],
    ['value', 'Direct', 2, 'direct'],
    ['value', 'direct', 2, leaveOut],
    ['attribute', 'mood', 1, leaveOut],
    ['role', 'who', 1, leaveOut],
    ['layer', 'PER', 0, 'mention:PERSON'],
    ['relation', 'rhymes', 0, leaveOut],
    ['entity type', 'vegetable', 0, leaveOut],
  ]);
  const [layer, , , , , role, , relation] = rows;
  expect(Object.keys(layer?.options ?? {})).toEqual(expect.arrayContaining([leaveOut, 'QUOTE', 'FACT', 'mention', 'mention:PERSON']));
  expect(Object.keys(role?.options ?? {})).toEqual([leaveOut, 'speaker', 'cue', 'addressee']);
  expect(Object.keys(relation?.options ?? {})).toEqual(expect.arrayContaining([leaveOut, 'same_quote', 'role:speaker', 'role:holder']));
});

test('I41 another choice is the map with it; what hangs on it is left to be proposed anew', () => {
  const rows = mapRows(look, defaultCodebook);
  const mapWith = (name: string, chosen: string) => rows.find((row) => row.name === name)?.mapWith(chosen);
  expect(mapWith('Quotation', 'FACT')?.layers['Quotation']).toEqual({ to: 'FACT', attributes: {}, roles: {} });
  expect(mapWith('Quotation', leaveOut)?.layers['Quotation']?.to).toBeNull();
  expect(mapWith('type', 'medium')?.layers['Quotation']?.attributes['type']).toEqual({ to: 'medium' });
  expect(mapWith('Direct', 'mixed')?.layers['Quotation']?.attributes['type']).toEqual({ to: 'type', values: { Direct: 'mixed' } });
  expect(mapWith('who', 'speaker')?.layers['Quotation']?.roles).toEqual({ who: 'speaker' });
  expect(mapWith('rhymes', 'role:speaker')?.relations['rhymes']?.to).toBe('role:speaker');
  expect(mapWith('vegetable', 'ISSUE')?.entityTypes).toEqual({ vegetable: 'ISSUE' });
});
