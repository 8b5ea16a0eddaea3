import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Annotation } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { graphml } from './graphml.ts';
import { gexf, graphMl, type Network } from './network-files.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { table } from './testing/readers.ts';

const text = 'One two.';
type Roles = Annotation['roles'];
const entity = (role: string, id: string): Roles[number] => ({ role, target: { kind: 'entity', id } });
const stance = (id: string, polarity: string, roles: Roles, annotator = 'anna') => ({
  ...annotation(id, text, [{ start: 0, end: 3 }], { layer: 'STANCE', attributes: { polarity, explicitness: 'explicit' }, roles }),
  annotator,
});
const onTax = (id: string, holder: string, polarity: string, annotator = 'anna') =>
  stance(id, polarity, [entity('holder', holder), entity('target', 'tax')], annotator);
const entities = ['ruiz', 'council', 'tax'].map((id) => newEntity(id, 'anna', id === 'tax' ? 'ISSUE' : 'PERSON', `The ${id}`, time));

async function networksOf(annotations: readonly Annotation[], more: Parameters<typeof project>[2] = {}, done: readonly string[] = []) {
  const given = project(text, {}, { entities, ...more });
  const sets = [...new Set([...annotations.map(({ annotator }) => annotator), ...done])].map((annotator) => ({
    annotator,
    set: {
      ...{ article: 'doc', mentions: [], relations: [], decisions: [] },
      completion: done.includes(annotator) ? { article: 'doc', annotator, done: true as const, marked: time } : null,
      annotations: annotations.filter((one) => one.annotator === annotator),
    },
  }));
  const { files, outcome } = await exported(
    graphml,
    sourceFrom({ ...given, sets }, () => hashOf(createHash('sha256'))),
  );
  const lost = Object.fromEntries(outcome.losses.map(({ kind, count }) => [kind, count]));
  return { files, lost, ids: table(files, 'statements.csv').map((row) => row['statement_id']) };
}

describe('the stances of a dataset', () => {
  it('X126 each holder of a stance for or against an entity makes a statement; the edges count them', async () => {
    const both = stance('s3', 'against', [entity('holder', 'ruiz'), entity('holder', 'council'), entity('target', 'tax')]);
    const { files } = await networksOf([onTax('s1', 'ruiz', 'favor'), onTax('s2', 'ruiz', 'favor'), both]);
    expect(
      table(files, 'stances.csv').map(({ source, target, weight, positive, negative }) => [source, target, weight, positive, negative]),
    ).toEqual([
      ['actor:council', 'concept:tax', '-1', '0', '1'],
      ['actor:ruiz', 'concept:tax', '1', '2', '1'],
    ]);
    expect(table(files, 'actors.csv')).toEqual([
      expect.objectContaining({ source: 'actor:council', target: 'actor:ruiz', ignore: '3', congruence: '1', conflict: '2', weight: '-1' }),
    ]);
    expect(table(files, 'nodes.csv').map(({ label, mode, bipartite, kind }) => [label, mode, bipartite, kind])).toEqual([
      ['The council', 'actor', '0', 'PERSON'],
      ['The ruiz', 'actor', '0', 'PERSON'],
      ['The tax', 'concept', '1', 'ISSUE'],
    ]);
  });

  it('X240 a polarity that was renamed is for or against as before, and one that says neither is told', async () => {
    const values = ['support', 'In favour', 'opposed', 'negative', 'mixed', 'unsupported'];
    const codebook = structuredClone(defaultCodebook);
    for (const { attributes } of codebook.layers)
      for (const attribute of attributes) if (attribute.name === 'polarity') Object.assign(attribute, { values });
    const given = values.map((polarity, at) => onTax(`s${at}`, 'ruiz', polarity));
    const { files, lost } = await networksOf(given, { codebook });
    expect(table(files, 'stances.csv').map(({ positive, negative }) => [positive, negative])).toEqual([['2', '2']]);
    expect(lost).toMatchObject({ 'stances that are neither for nor against': 2 });
  });

  it('X127 what an adjudicator decided stands alone; what several found counts as often as by the one who found it most', async () => {
    const annotators = ['anna', 'bo', 'cy'].map((id) => ({
      id,
      name: id,
      role: id === 'cy' ? ('adjudicator' as const) : ('annotator' as const),
    }));
    const found = [
      ...[onTax('a1', 'ruiz', 'favor'), onTax('a2', 'ruiz', 'favor'), onTax('a3', 'council', 'against')],
      ...[onTax('b1', 'ruiz', 'favor', 'bo'), onTax('b2', 'council', 'favor', 'bo')],
    ];
    const open = await networksOf(found, { annotators });
    expect(open.ids).toEqual(['a1', 'a2', 'a3', 'b2']);
    expect(open.lost['stances that another annotator found too']).toBe(1);
    const decided = await networksOf([...found, onTax('c1', 'ruiz', 'against', 'cy')], { annotators });
    expect(decided.ids).toEqual(['c1']);
    expect(decided.lost['stances that an adjudicator has decided on']).toBe(5);
  });

  it('X267 an adjudicator who is done with an article has left out the stances that they did not decide for, be it all of them', async () => {
    const annotators = ['anna', 'cy'].map((id) => ({
      id,
      name: id,
      role: id === 'cy' ? ('adjudicator' as const) : ('annotator' as const),
    }));
    const found = [onTax('a1', 'ruiz', 'favor'), onTax('a2', 'council', 'against')];
    expect((await networksOf(found, { annotators }, ['anna'])).ids).toEqual(['a1', 'a2']);
    const { ids, lost } = await networksOf(found, { annotators }, ['cy']);
    expect([ids, lost['stances that an adjudicator has decided on']]).toEqual([[], 2]);
  });

  it('X128 stances that no network can hold are named with the reason; the author of an article is an actor', async () => {
    const { ids, lost, files } = await networksOf([
      onTax('s1', 'ruiz', 'mixed'),
      stance('s2', 'favor', [entity('holder', 'ruiz')]),
      stance('s3', 'favor', [entity('target', 'tax')]),
      stance('s4', 'favor', [{ role: 'holder', target: { kind: 'author' } }, entity('target', 'tax')]),
      annotation('q', text, [{ start: 0, end: 3 }]),
    ]);
    expect(ids).toEqual(['s4']);
    expect(table(files, 'nodes.csv').map(({ id, label, kind }) => [id, label, kind])[0]).toEqual([
      'actor:author:doc',
      'Author (Title)',
      'AUTHOR',
    ]);
    expect(lost).toMatchObject({
      'stances that are neither for nor against': 1,
      'stances whose target is not linked to an entity': 1,
      'stances whose holder is not linked to an entity': 1,
      'annotations of the layer QUOTE': 1,
    });
  });
});

describe('the files of a network', () => {
  const network: Network = {
    nodeColumns: [
      { name: 'label', type: 'string' },
      { name: 'kind', type: 'string' },
    ],
    edgeColumns: [
      { name: 'weight', type: 'double' },
      { name: 'positive', type: 'int' },
    ],
    nodes: [
      { id: 'a"<', label: '=“A” & <b>\u0007\n', kind: null },
      { id: 'b', label: 'שלום 💪', kind: 'PERSON' },
    ],
    edges: [{ source: 'a"<', target: 'b', weight: -1.5, positive: 0 }],
  };
  const parsed = (xml: string) => {
    const tags: { name: string; attributes: Record<string, unknown>; text: string }[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes, text: '' }));
    parser.on('text', (text) => {
      const tag = tags.at(-1);
      if (tag) tag.text += text;
    });
    parser.write(xml).close();
    return (name: string) => tags.filter((tag) => tag.name === name);
  };

  it('X128 GraphML keeps signs; GEXF has weights without them and the sign beside; any name is well-formed XML', () => {
    const ml = parsed(graphMl(network));
    expect(ml('node').map(({ attributes }) => attributes['id'])).toEqual(['a"<', 'b']);
    expect(ml('data').map(({ attributes, text: value }) => [attributes['key'], value.trimEnd()])).toEqual([
      ['n_label', '=“A” & <b>\ufffd'],
      ['n_label', 'שלום 💪'],
      ['n_kind', 'PERSON'],
      ['e_weight', '-1.5'],
      ['e_positive', '0'],
    ]);
    const drawn = parsed(gexf(network, '2026-11-20'));
    expect(drawn('edge')[0]?.attributes).toMatchObject({ source: 'a"<', target: 'b', weight: '1.5' });
    expect(drawn('attvalue').map(({ attributes }) => [attributes['for'], attributes['value']])).toEqual([
      ['kind', 'PERSON'],
      ['sign', '-1'],
      ['positive', '0'],
    ]);
    expect(drawn('node')[0]?.attributes['label']).toBe('=“A” & <b>\ufffd\n');
  });
});
