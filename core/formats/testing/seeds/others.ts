import type { Desk } from './desk.ts';

/** The second annotator's work on 000, 003 and 004: other boundaries, other values, fewer annotations. */
export function annotateSecond(desk: Desk): void {
  const zelensky = (place: string) => [[place, 'zelensky']] as const;
  desk.tag('000', 'QUOTE', '“[90% ready].”', { attributes: { type: 'direct' }, roles: { speaker: zelensky('in which [he] claimed') } });
  desk.tag(
    '000',
    'QUOTE',
    '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”',
    {
      roles: { speaker: zelensky('yet,” [he] said'), cue: ['he [said].\nA'], addressee: ['all our partners'] },
    },
  );
  desk.tag(
    '000',
    'QUOTE',
    '[“As long as we don’t have such security guarantees—legally binding, supported by parliaments, supported by the United States Congress—this question cannot be answered,”]',
    {
      roles: { speaker: zelensky('answered,” [he] said'), cue: ['he [said]. “Even'] },
    },
  );
  desk.tag('000', 'QUOTED_TERM', '“huge step forward,”', { attributes: { kind: 'scare' }, note: 'Two words and a comma: no quote?' });
  desk.tag('000', 'STANCE', 'as a “huge step forward,”', {
    attributes: { polarity: 'mixed', explicitness: 'implicit' },
    roles: { holder: [{ entity: 'zelensky' }], target: [{ entity: 'troops' }] },
  });
  desk.tag('000', 'FACT', '“Coalition of the Willing” comprising 30 nations', {
    attributes: { claim_type: 'numerical' },
    quantities: [['[30] nations', 30, 'exact', 'nations', '']],
  });
  desk.done('000');
  desk.tag('003', 'STANCE', 'Zelenskiy needs to carefully weigh what is realistically on the table', {
    attributes: { polarity: 'neutral' },
    roles: { holder: ['Military experts'], target: [['[Zelenskiy] needs', 'zelenskiy']] },
  });
  desk.tag(
    '004',
    'QUOTE',
    '«We can arrive at a peace agreement only if Putin is willing to make compromises. We must be candid—despite Russia’s statements, Putin does not appear ready for peace. Recent developments suggest otherwise,»',
    {
      roles: { speaker: [['However, [he] cautioned', 'starmer']], cue: ['cautioned'] },
    },
  );
  desk.tag('004', 'QUOTE', '«this devastation must cease.»', {
    attributes: { type: 'mixed', wording: 'likely_translated' },
    roles: { speaker: [['that [Trump] believes', 'trump']], cue: ['mentioned'] },
  });
  desk.tag('004', 'FACT', 'The meeting included delegates from 35 countries', {
    attributes: { claim_type: 'numerical', verdict: 'conflicting_evidence' },
    quantities: [['35 countries', 35, 'exact', 'countries', 'delegations']],
    roles: { event: [{ entity: 'summit' }] },
  });
  desk.reject('004', 'QUOTE', '«critical issue»', 'quote.before');
}

/** The adjudicator's work on 000: the final annotations. The first of them came from an imported file. */
export function adjudicate(desk: Desk): void {
  desk.tag('000', 'QUOTE', '“90% ready.”', {
    attributes: { type: 'mixed' },
    roles: { speaker: [['in which [he] claimed', 'zelensky']], cue: ['he [claimed] a peace'] },
    origin: { kind: 'import', format: 'jsonl', file: 'round-1, "final".jsonl' },
  });
  desk.tag(
    '000',
    'QUOTE',
    '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”',
    {
      roles: { speaker: [['yet,” [he] said', 'zelensky']], cue: ['he [said].\nA'] },
    },
  );
  desk.tag('000', 'STANCE', 'described the UK-French commitment as a “huge step forward,”', {
    attributes: { polarity: 'favor', intensity: 'high' },
    roles: { holder: [['While [Mr Zelensky] described', 'zelensky']], target: [{ entity: 'troops' }] },
    note: '“Commitment” is the deployment.',
  });
  desk.done('000');
}
