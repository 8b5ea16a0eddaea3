import type { Desk } from './desk.ts';

const nominal = { speaker_form: 'nominal' };
const mixed = { type: 'mixed' };
const indirect = { type: 'indirect' };
const suggested = (rule: string, confidence: number) => ({ kind: 'suggestion' as const, rule, version: '1', confidence });
const numerical = { claim_type: 'numerical' };

/** The ids of annotations at the ends of relations, by a name used only here. */
export type Ids = Record<string, string>;

/** The first annotator's work on 000: all of its quotes, terms, stances and facts. */
export function annotate000(desk: Desk, ids: Ids): void {
  const tag = (layer: string, fragments: string | readonly string[], saying: Parameters<Desk['tag']>[3] = {}) =>
    desk.tag('000', layer, fragments, saying);
  tag('QUOTE', 'that Western allies have yet to provide legally binding guarantees to protect his country from future Russian aggression', {
    attributes: { ...indirect, wording: 'likely_translated' },
    roles: { speaker: [['Ukrainian President Volodymyr Zelensky', 'zelensky']], cue: ['has [warned] that'] },
    origin: suggested('indirect.verb', 0.71),
  });
  tag('QUOTE', '“90% ready.”', {
    attributes: mixed,
    roles: { speaker: [['in which [he] claimed', 'zelensky']], cue: ['he [claimed] a peace'] },
    origin: suggested('quote.before', 0.9),
  });
  ids['asking'] = tag(
    'QUOTE',
    '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”',
    {
      roles: { speaker: [['yet,” [he] said', 'zelensky']], cue: ['he [said].\nA'] },
      origin: suggested('quote.after', 0.97),
    },
  );
  desk.reject('000', 'QUOTE', '“Coalition of the Willing”', 'quote.unattributed');
  tag('QUOTED_TERM', '‘Coalition of the Willing’', { attributes: { kind: 'name' } });
  tag('QUOTED_TERM', '“Coalition of the Willing”', { attributes: { kind: 'name' } });
  tag('QUOTE', 'the plan involved establishing “military hubs” across the country to deter any future Russian invasion', {
    attributes: mixed,
    roles: { speaker: [['[Sir Keir] said the plan', 'starmer']], cue: ['Sir Keir [said] the plan'] },
  });
  tag('QUOTED_TERM', '“military hubs”', { roles: { speaker: [['[Sir Keir] said the plan', 'starmer']] } });
  tag('QUOTED_TERM', '‘Legal’', { attributes: { kind: 'scare' } });
  tag('QUOTED_TERM', '“thorny”', { attributes: { kind: 'scare', unsure: true }, note: 'Whose word is it? "Negotiators"; or the desk’s.' });
  ids['step'] = tag('QUOTE', '“huge step forward,”', {
    attributes: mixed,
    roles: { speaker: [['While [Mr Zelensky] described', 'zelensky']], cue: ['[described] the UK-French'] },
  });
  ids['long'] = tag(
    'QUOTE',
    [
      '“As long as we don’t have such security guarantees—legally binding, supported by parliaments, supported by the United States Congress—this question cannot be answered,”',
      '“Even if they do, you still have to rely primarily on your own strength.”',
    ],
    { roles: { speaker: [['answered,” [he] said', 'zelensky']], cue: ['he [said]. “Even'] } },
  );
  tag('QUOTE', '“largely finished,”', {
    attributes: { ...mixed, ...nominal },
    roles: { speaker: [['US envoys', 'envoys']], cue: ['US envoys [said] work'] },
    origin: suggested('quote.before', 0.9),
  });
  tag('QUOTE', '“paves the way for the legal framework”', {
    attributes: mixed,
    roles: { speaker: [['[Sir Keir Starmer] maintained', 'starmer']], cue: ['[maintained] that'] },
  });
  ids['favor'] = tag('STANCE', 'described the UK-French commitment as a “huge step forward,”', {
    attributes: { polarity: 'favor', intensity: 'high' },
    roles: { holder: [['While [Mr Zelensky] described', 'zelensky']], target: ['the UK-French commitment'] },
  });
  ids['binding'] = tag('STANCE', 'political will is not the same as a legal safeguard', {
    attributes: { polarity: 'favor' },
    roles: { holder: [['“huge step forward,” [he] noted', 'zelensky']], target: [{ entity: 'binding' }] },
  });
  tag('STANCE', 'signed a declaration of intent to deploy troops to Ukraine if a peace deal is reached', {
    attributes: { polarity: 'favor', conditional: true },
    roles: {
      holder: [
        ['UK Prime Minister Sir Keir Starmer', 'starmer'],
        ['French President Emmanuel Macron', 'macron'],
      ],
      target: [{ entity: 'troops' }],
    },
  });
  ids['demand'] = tag('STANCE', 'continues to demand a total Ukrainian withdrawal from the east', {
    attributes: { polarity: 'favor', intensity: 'high' },
    roles: { holder: [['Vladimir Putin', 'putin']], target: [{ entity: 'withdrawal' }] },
  });
  ids['refusal'] = tag('STANCE', 'a condition Mr. Zelensky has so far rejected', {
    attributes: { polarity: 'against' },
    roles: { holder: [['Mr. Zelensky', 'zelensky']], target: [{ entity: 'withdrawal' }] },
  });
  ids['thirty'] = tag('FACT', 'a “Coalition of the Willing” comprising 30 nations', {
    attributes: numerical,
    quantities: [['30 nations', 30, 'exact', 'nations', 'nations in the coalition']],
    roles: { event: [{ entity: 'summit' }] },
    note: '=1+1; "quoted", and\na second line',
  });
  ids['pledge'] = tag('FACT', ['[the United States]—represented', 'did not sign the pledge'], {
    attributes: { fact_polarity: 'negative' },
    roles: { event: [{ entity: 'summit' }] },
  });
  ids['twenty'] = tag('FACT', 'Russia currently occupies roughly 20% of Ukraine', {
    attributes: {
      ...numerical,
      verdict: 'supported',
      evidence: [
        {
          url: 'https://example.org/control-map?day=2026-01-07&of="Ukraine"',
          accessed: '2026-01-08',
          says: 'supports',
          note: 'area, 19.2 %',
        },
      ],
      justification: 'The map of that day gives 19.2 %. “Roughly 20%” is fair.',
    },
    quantities: [['20%', 20, 'approx', '%', 'of the territory of Ukraine']],
    roles: { event: [{ entity: 'occupation' }] },
  });
  tag('FACT', 'Russia continues to launch daily strikes against Ukrainian energy infrastructure and residential areas', {});
  tag('FACT', 'Washington has not yet committed to a boots-on-the-ground presence', {
    attributes: { fact_polarity: 'negative', checkworthiness: 'unimportant' },
    roles: { event: [{ entity: 'summit' }] },
  });
  desk.relate('evidence_for', ids['step'], ids['favor']);
  desk.relate('evidence_for', ids['long'], ids['binding'], { note: 'the second fragment less so' });
  desk.relate('contradicts', ids['demand'], ids['refusal'], { attributes: { basis: 'other' } });
}

/** The first annotator's work on 001. */
export function annotate001(desk: Desk, ids: Ids): void {
  const tag = (layer: string, fragments: string, saying: Parameters<Desk['tag']>[3] = {}) => desk.tag('001', layer, fragments, saying);
  tag('QUOTE', 'he continues to seek unambiguous commitments from international partners without receiving satisfactory responses', {
    attributes: indirect,
    roles: {
      speaker: [['Wednesday, [Zelensky] revealed', 'zelensky']],
      cue: ['revealed'],
      addressee: ['Speaking to [journalists]'],
    },
  });
  tag('QUOTED_TERM', '‘Coalition of the Willing,’', { attributes: { kind: 'name' } });
  tag('QUOTE', '‘a vital part of our commitment to stand with Ukraine for the long-term,’', {
    attributes: { ...mixed, medium: 'writing' },
    roles: { speaker: [['UK Prime Minister Sir Keir Starmer', 'starmer']], cue: ['characterized'] },
    note: 'From the joint statement, so in writing.',
  });
  ids['finished'] = tag('QUOTE', '‘largely finished,’', {
    attributes: mixed,
    roles: { speaker: [['[Witkoff] reported', 'witkoff']], cue: ['reported'] },
  });
  tag('QUOTE', '‘90% ready,’', {
    attributes: { ...mixed, unsure: true },
    roles: { speaker: [['Despite [Zelensky]’s previous', 'zelensky']], cue: ['assertion'] },
  });
  tag('STANCE', 'Putin demands complete Ukrainian withdrawal from Donbas', {
    attributes: { polarity: 'favor' },
    roles: { holder: [['[Putin] demands', 'putin']], target: [{ entity: 'withdrawal' }] },
  });
  tag('STANCE', 'Zelensky remains unwilling to cede territory', {
    attributes: { polarity: 'against' },
    roles: { holder: [['while [Zelensky] remains', 'zelensky']], target: [{ entity: 'withdrawal' }] },
  });
  ids['signed'] = tag(
    'FACT',
    'the United Kingdom and France signed a declaration of intent regarding potential troop deployments to Ukraine should a peace agreement with Russia materialize',
    { roles: { event: [{ entity: 'summit' }] } },
  );
  ids['about30'] = tag('FACT', 'The Paris talks, involving approximately 30 nations', {
    attributes: numerical,
    quantities: [['approximately 30 nations', 30, 'approx', 'nations', 'nations in the coalition']],
    roles: { event: [{ entity: 'summit' }] },
  });
  ids['control'] = tag(
    'FACT',
    'Moscow maintains control over approximately 20% of Ukrainian territory, including 75% of the Donetsk region',
    {
      attributes: numerical,
      quantities: [
        ['approximately 20%', 20, 'approx', '%', 'of the territory of Ukraine'],
        ['75%', 75, 'exact', '%', 'of the Donetsk region'],
      ],
      roles: { event: [{ entity: 'occupation' }] },
    },
  );
}

/** The first annotator's work on 002. */
export function annotate002(desk: Desk, ids: Ids): void {
  const tag = (layer: string, fragments: string, saying: Parameters<Desk['tag']>[3] = {}) => desk.tag('002', layer, fragments, saying);
  ids['again'] = tag(
    'QUOTE',
    '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”',
    {
      roles: { speaker: [['yet,” [Zelensky] said', 'zelensky']], cue: ['Zelensky [said], underscoring'] },
      origin: suggested('quote.after', 0.97),
    },
  );
  tag('QUOTE', 'the document outlines political intent rather than a formal defence obligation', {
    attributes: { ...indirect, ...nominal },
    roles: { speaker: ['Officials familiar with the talks'], cue: ['the talks [said] the document'] },
  });
  tag('QUOTE', 'the hesitation reflects political sensitivities in Western capitals', {
    attributes: { ...indirect, ...nominal },
    roles: { speaker: ['Analysts'], cue: ['Analysts [say]'] },
  });
  tag('STANCE', 'welcomed the gesture from London and Paris', {
    attributes: { polarity: 'favor', intensity: 'low' },
    roles: { holder: [['[Zelensky] welcomed', 'zelensky']], target: [{ entity: 'troops' }] },
  });
  tag('STANCE', 'Ukraine needs more than symbolic assurances', {
    attributes: { polarity: 'favor' },
    roles: { holder: [['[Zelensky] welcomed', 'zelensky']], target: [{ entity: 'binding' }] },
  });
  tag('STANCE', 'ending the war without clear security guarantees risks repeating the past', {
    attributes: { polarity: 'favor', explicitness: 'implicit', unsure: true },
    roles: { holder: ['AUTHOR'], target: [{ entity: 'binding' }] },
  });
  ids['signed2'] = tag(
    'FACT',
    'the United Kingdom and France signed a declaration of intent signalling their willingness to deploy troops to Ukraine',
    { roles: { event: [{ entity: 'summit' }] } },
  );
  ids['absent'] = tag(
    'FACT',
    'Washington, which has led diplomatic and military support efforts since the war began, reportedly did not sign onto a collective security guarantee',
    {
      attributes: { fact_polarity: 'negative', certainty: 'probable' },
      roles: { event: [{ entity: 'summit' }] },
    },
  );
  tag('FACT', 'past agreements and memorandums failed to prevent Russia’s invasion', {
    attributes: { claim_type: 'causal', attribution: 'attributed' },
    roles: { source: [['Ukrainian officials', 'ukraine']] },
  });
}
