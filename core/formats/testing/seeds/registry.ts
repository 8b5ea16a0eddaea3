import { createEntity, mergeEntities, removeEntity, setAlias, setEntityField, setMember } from '../../../registry/registry-edits.ts';
import type { Desk, Newsroom } from './desk.ts';

interface Entry {
  readonly type: string;
  readonly canonical: string;
  readonly aliases?: readonly string[];
  readonly wikidata?: string;
  readonly date?: string;
  readonly roles?: readonly { readonly title: string; readonly organisation: string; readonly from: string | null; readonly to: null }[];
  readonly members?: readonly string[];
  readonly notes?: string;
}

const office = (title: string, organisation: string, from: string | null) => [{ title, organisation, from, to: null }];

const entries: Readonly<Record<string, Entry>> = {
  zelensky: {
    type: 'PERSON',
    canonical: 'Volodymyr Zelensky',
    wikidata: 'Q3874799',
    roles: office('President', 'Ukraine', '2019-05-20'),
  },
  starmer: {
    type: 'PERSON',
    canonical: 'Keir Starmer',
    wikidata: 'Q6383803',
    roles: office('Prime Minister', 'United Kingdom', '2024-07-05'),
  },
  macron: { type: 'PERSON', canonical: 'Emmanuel Macron', wikidata: 'Q3052772', roles: office('President', 'France', '2017-05-14') },
  trump: { type: 'PERSON', canonical: 'Donald Trump', wikidata: 'Q22686' },
  putin: { type: 'PERSON', canonical: 'Vladimir Putin', wikidata: 'Q7747' },
  witkoff: { type: 'PERSON', canonical: 'Steve Witkoff', roles: office('envoy', 'United States', null) },
  kushner: { type: 'PERSON', canonical: 'Jared Kushner' },
  merz: { type: 'PERSON', canonical: 'Friedrich Merz', roles: office('Chancellor', 'Germany', '2025-05-06') },
  rutte: { type: 'PERSON', canonical: 'Mark Rutte', roles: office('Secretary General', 'NATO', '2024-10') },
  foreman: { type: 'PERSON', canonical: 'John Foreman', notes: 'Former British defence attaché in Kyiv and Moscow; see "003".' },
  envoys: { type: 'ORGANISATION', canonical: 'US envoys', members: ['witkoff', 'kushner'] },
  us: { type: 'ORGANISATION', canonical: 'Government of the United States', aliases: ['US administration'] },
  russia: { type: 'ORGANISATION', canonical: 'Government of Russia' },
  ukraine: { type: 'ORGANISATION', canonical: 'Government of Ukraine' },
  coalition: { type: 'ORGANISATION', canonical: 'Coalition of the Willing', notes: '=SUM(members); 30 to 35 countries,\nby whose count?' },
  donbas: { type: 'PLACE', canonical: 'Donbas' },
  summit: { type: 'EVENT', canonical: 'Paris summit of the coalition, January 2026', date: '2026-01-06' },
  september: { type: 'EVENT', canonical: 'Paris summit of the coalition, September 2025', date: '2025-09-04' },
  occupation: { type: 'EVENT', canonical: 'Russian occupation of Ukrainian territory', date: '2014/..' },
  declaration: { type: 'DOCUMENT', canonical: 'Declaration of intent of the United Kingdom and France', date: '2026-01-06' },
  binding: { type: 'ISSUE', canonical: 'Security guarantees for Ukraine must be legally binding' },
  troops: { type: 'ISSUE', canonical: 'European troops should be deployed to Ukraine after a ceasefire' },
  withdrawal: { type: 'ISSUE', canonical: 'Ukraine should withdraw from the Donbas' },
};

/** The lead's registry. */
export function fillRegistry(room: Newsroom, lead: Desk): void {
  for (const [key, { type, canonical, aliases, members, ...fields }] of Object.entries(entries)) {
    const { id } = lead.registry((scene) => createEntity(scene, type, canonical));
    room.entities.set(key, id);
    for (const alias of aliases ?? []) lead.registry((scene) => setAlias(scene, id, alias, true));
    for (const member of members ?? []) lead.registry((scene) => setMember(scene, id, room.entities.get(member) as string, true));
    for (const [field, value] of Object.entries(fields))
      lead.registry((scene) => setEntityField(scene, id, field as 'notes', value as string));
  }
}

/** What a second annotator added: an existing person under another spelling, and something by mistake. */
export function addDoubles(room: Newsroom, second: Desk): void {
  room.entities.set('zelenskiy', second.registry((scene) => createEntity(scene, 'PERSON', 'Volodymyr Zelenskiy')).id);
  const { id } = second.registry((scene) => createEntity(scene, 'PLACE', 'the hall, "upstairs"'));
  second.registry((scene) => removeEntity(scene, id));
}

/** The lead finds the duplicate and merges it. */
export function mergeDoubles(room: Newsroom, lead: Desk): void {
  const [double, standing] = [room.entities.get('zelenskiy') as string, room.entities.get('zelensky') as string];
  lead.registry((scene) => mergeEntities(scene, [double], standing, { aliases: true }));
}
