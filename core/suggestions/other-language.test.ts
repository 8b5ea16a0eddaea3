import { expect, test } from 'vitest';
import { found } from './testing/found.ts';

const spanish =
  'La presa cedió el jueves y causó al menos 45 muertos, según los servicios de emergencia de la región. «Oímos un estruendo», relató la maestra Petra Holm. El gobierno actuó «de inmediato», aseguró.';
const german =
  'Norhydro-Chef Tomas Reyl wies die Vorwürfe zurück: „Das haben wir geprüft.“ Laut Osei kostet die Reparatur 18 Millionen Dollar; Norhydro nannte 11 Millionen, und niemand in der Stadt war informiert.';
const chinese = '教师佩特拉·霍尔姆说:“我们听到一声巨响,水就来了。”反对党领袖马雷克·邓恩批评说“她早就知道”,政府称之为“谎言”。';

test.each([
  ['Spanish', spanish, ['«Oímos un estruendo»'], ['«de inmediato»']],
  ['German', german, ['„Das haben wir geprüft.“'], []],
  ['Chinese', chinese, ['“我们听到一声巨响,水就来了。”', '“她早就知道”'], ['“谎言”']],
])('W84 in %s what stands in marks is suggested, with nobody who says it', (_, text, quotes, terms) => {
  expect(found('QUOTE', text).map(({ spans, roles }) => [...spans, roles])).toEqual(quotes.map((quote) => [quote, {}]));
  expect(found('QUOTED_TERM', text).flatMap(({ spans }) => spans)).toEqual(terms);
  expect([...found('FACT', text), ...found('STANCE', text)]).toEqual([]);
});
