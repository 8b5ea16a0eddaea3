import type { Ids } from './anna.ts';
import type { Desk } from './desk.ts';

const mixed = { type: 'mixed' };
const indirect = { type: 'indirect' };
const numerical = { claim_type: 'numerical' };

/** The first annotator's work on 003. */
export function annotate003(desk: Desk, ids: Ids): void {
  const tag = (layer: string, fragments: string, saying: Parameters<Desk['tag']>[3] = {}) => desk.tag('003', layer, fragments, saying);
  tag('QUOTED_TERM', '“coalition of the willing,”', { attributes: { kind: 'name' } });
  tag('QUOTE', '“if common sense prevails,”', {
    attributes: mixed,
    roles: { speaker: [['[Russian President Vladimir Putin] has indicated', 'putin']], cue: ['has [indicated] a willingness'] },
  });
  tag('QUOTE', 'Europe is prepared to guarantee Ukraine’s security when the moment for peace arrives', {
    attributes: indirect,
    roles: { speaker: [['According to [Macron]', 'macron']], cue: ['[According to] Macron'] },
  });
  tag('QUOTE', 'Ukraine should fully understand what allies are offering before committing to any path forward', {
    attributes: indirect,
    roles: { speaker: [['John Foreman', 'foreman']], cue: ['Moscow, [stressed] that'] },
  });
  tag('QUOTE', 'Ukraine cannot count on allies to intervene militarily if Russia were to launch a renewed offensive', {
    attributes: { ...indirect, medium: 'thought', unsure: true },
    roles: { speaker: [['However, [he] also', 'foreman']], cue: ['also [noted] that'] },
  });
  tag('STANCE', 'Russia has consistently rejected any possibility of foreign deployments within Ukraine’s borders', {
    attributes: { polarity: 'against', intensity: 'high' },
    roles: { holder: [['[Russia] has consistently', 'russia']], target: [{ entity: 'troops' }] },
  });
  // Its polarity is still open, so it is a draft.
  tag('STANCE', 'Some nations are more cautious, worried about the risks of open-ended commitments', {
    attributes: { explicitness: 'implicit' },
    roles: { holder: ['Some nations'], target: [{ entity: 'troops' }] },
  });
  ids['leaders'] = tag('FACT', 'nearly 30 leaders from Europe, Canada, Japan, and Australia took part in the summit', {
    attributes: numerical,
    quantities: [['nearly 30 leaders', 30, 'approx', 'leaders', 'leaders at the summit']],
    roles: { event: [{ entity: 'september' }] },
  });
  tag('FACT', 'momentum has slowed largely due to hesitation over the U.S. role', {
    attributes: { claim_type: 'causal', certainty: 'probable' },
  });
  tag('FACT', 'technical security plans had been finalized by military leaders', {
    attributes: { attribution: 'attributed' },
    roles: { source: [['French President Emmanuel Macron', 'macron']], event: [{ entity: 'september' }] },
  });
}

/** The first annotator's work on 004, which has the most quotes. */
export function annotate004(desk: Desk, ids: Ids): void {
  const tag = (layer: string, fragments: string | readonly string[], saying: Parameters<Desk['tag']>[3] = {}) =>
    desk.tag('004', layer, fragments, saying);
  const quote = (fragments: string | readonly string[], speaker: readonly [string, string], cue: readonly string[], attributes = {}) =>
    tag('QUOTE', fragments, { attributes, roles: { speaker: [speaker], cue } });
  quote('«strong security guarantees that foster solid and enduring peace,»', ['[He] later stated', 'macron'], ['later [stated]'], mixed);
  quote(
    '«the key to ensuring that a peace agreement will never equate to Ukraine’s surrender and will not pose a renewed threat from Russia.»',
    ['According to [Macron], the', 'macron'],
    ['[According to] Macron, the'],
    mixed,
  );
  ids['completed'] = quote(
    '«We have largely completed the agreement on security guarantees for Ukraine, ensuring that when this ends, it ends for good,»',
    ['[he] said, accompanied', 'witkoff'],
    ['he [said], accompanied'],
  );
  quote('«critical issue»', ['[Witkoff] highlighted', 'witkoff'], ['highlighted'], { ...mixed, unsure: true });
  ids['believes'] = quote('Trump believes «this devastation must cease.»', ['[Witkoff] also mentioned', 'witkoff'], ['mentioned'], mixed);
  ids['devastation'] = quote('«this devastation must cease.»', ['that [Trump] believes', 'trump'], ['believes'], { medium: 'thought' });
  quote(
    '«while peace is not guaranteed, it cannot be achieved without the advancements made today.»',
    ['[Kushner] remarked', 'kushner'],
    ['Kushner [remarked]'],
    mixed,
  );
  ids['tangible'] = quote(
    '«These are not mere statements. There are tangible commitments: a joint declaration from all coalition nations and a trilateral statement from France, Britain, and Ukraine,»',
    ['Ukraine,» [he] said', 'zelensky'],
    ['Ukraine,» he [said]'],
  );
  quote('«the territorial question,»', ['[Zelensky] pointed', 'zelensky'], ['pointed out'], mixed);
  ids['candid'] = quote(
    '«We can arrive at a peace agreement only if Putin is willing to make compromises. We must be candid—despite Russia’s statements, Putin does not appear ready for peace. Recent developments suggest otherwise,»',
    ['However, [he] cautioned', 'starmer'],
    ['cautioned', 'emphasized'],
  );
  ids['determination'] = quote('«This only strengthens our determination,»', ['determination,» [he] added', 'starmer'], ['he [added]']);
  ids['compromises'] = quote('«We will certainly need to make compromises,»', ['compromises,» [he] said in', 'merz'], ['he [said] in']);
  quote('«textbook diplomatic solutions»', ['compromises,» [he] said in', 'merz'], ['acknowledging'], mixed);
  quote(
    '«I cannot envision a scenario where the United States would be compelled to violate Danish sovereignty.»',
    ['[Macron] remarked on', 'macron'],
    ['Macron [remarked] on'],
  );
  for (const term of ['«support»', '«several thousand»', '«operational alignment»', '«land options»', '«military hubs»'])
    tag('QUOTED_TERM', term);
  tag('QUOTED_TERM', '«strong»', { roles: { speaker: [['[French President Emmanuel Macron] announced', 'macron']] } });
  desk.reject('004', 'QUOTE', '«several thousand»', 'quote.before');
  desk.reject('004', 'FACT', 'Europe’s deadliest conflict since World War II', 'fact.number');
  ids['approval'] = tag('STANCE', 'expressed approval of the outcomes', {
    attributes: { polarity: 'favor' },
    roles: { holder: [['[Zelensky] expressed', 'zelensky']], target: ['the outcomes'] },
  });
  tag('STANCE', 'whose country has been cautious about sending troops for a multinational force', {
    attributes: { polarity: 'mixed', explicitness: 'implicit', intensity: 'low' },
    roles: { holder: [['German Chancellor Friedrich Merz', 'merz']], target: [{ entity: 'troops' }] },
  });
  ids['delegates'] = tag('FACT', 'The meeting included delegates from 35 countries, including 27 leaders', {
    attributes: numerical,
    quantities: [
      ['35 countries', 35, 'exact', 'countries', 'delegations at the meeting'],
      ['27 leaders', 27, 'exact', 'leaders', 'leaders at the meeting'],
    ],
    roles: { event: [{ entity: 'summit' }] },
  });
  ids['occupies'] = tag('FACT', 'Russia occupies approximately 20% of Ukraine', {
    attributes: numerical,
    quantities: [['approximately 20%', 20, 'approx', '%', 'of the territory of Ukraine']],
    roles: { event: [{ entity: 'occupation' }] },
  });
  tag('FACT', 'German troops could participate in monitoring a ceasefire', {
    attributes: {
      ...{ attribution: 'attributed', certainty: 'possible', verdict: 'not_enough_evidence' },
      evidence: [{ url: 'https://example.org/bundestag', accessed: '2026-01', says: 'context', note: 'a mandate is needed first' }],
    },
    roles: { source: [['German Chancellor Friedrich Merz', 'merz']], event: [{ entity: 'summit' }] },
  });
  desk.relate('continues', ids['determination'], ids['candid']);
  desk.relate('nested_in', ids['devastation'], ids['believes']);
  desk.relate('evidence_for', ids['tangible'], ids['approval']);
}

/** Relates what the first annotator found to be the same, or different, across the articles. */
export function relateAcross(desk: Desk, ids: Ids): void {
  const relate = (type: string, from: string, to: string, more: Parameters<Desk['relate']>[3] = {}) =>
    desk.relate(type, ids[from] as string, ids[to] as string, more);
  relate('same_quote', 'asking', 'again');
  relate('same_quote', 'finished', 'completed', { attributes: { match: 'paraphrase' } });
  relate('contradicts', 'thirty', 'delegates', { attributes: { basis: 'number' }, note: 'Nations of the coalition or delegations?' });
  relate('not_same', 'leaders', 'delegates', { attributes: { why: 'different_event' } });
  relate('same_claim', 'twenty', 'control');
  relate('same_claim', 'twenty', 'occupies');
  relate('corroborates', 'signed', 'signed2');
  relate('corroborates', 'pledge', 'absent');
  relate('refines', 'control', 'occupies');
  relate('contradicts', 'about30', 'leaders', { override: 'Both count who came; the reader cannot tell the two summits apart' });
}
