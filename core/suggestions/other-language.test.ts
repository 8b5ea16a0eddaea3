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

const spoken = (text: string) => found('QUOTE', text).map(({ spans }) => spans);
const story = 'La maestra esperaba en la puerta de la casa de su hermana, que vivía en el puerto desde hacía muchos años.';

test.each([
  ['with a narrator', '—No lo sabe nadie —dijo Ana—. Ni siquiera el alcalde.', ['—No lo sabe nadie', 'Ni siquiera el alcalde.']],
  ['with one at the end', '—No lo sabe nadie —dijo Ana.', ['—No lo sabe nadie']],
  ['in French', '— Personne ne le sait encore, dit-elle.', ['— Personne ne le sait encore,']],
  ['with marks in it', '—Dijo «no» tres veces —contestó Ana.', ['—Dijo «no» tres veces']],
])('W101 a paragraph that begins with a dash is spoken, without what the narrator puts in: %s', (_, line, spans) => {
  expect(spoken(`${story}\n\n${line}\n\n${story}`)).toEqual([spans]);
});

test('W101 a dialogue of several such paragraphs needs no narrator', () => {
  const lines = '—¿Quién lo sabe ahora?\n—Nadie lo sabe todavía.';
  expect(spoken(`${story}\n${lines}`)).toEqual([['—¿Quién lo sabe ahora?'], ['—Nadie lo sabe todavía.']]);
});

test.each([
  ['a list', '— tres barcos de pesca\n— dos casas junto al puerto'],
  ['a signature', '«Nadie lo sabe todavía.»\n\n— Ana Ruiz, alcaldesa del puerto'],
  ['a dash alone in the text', '— La casa de la hermana era vieja.'],
  ['a list with hyphens', '- Tres barcos de pesca.\n- Dos casas junto al puerto.'],
])('W101 %s is no dialogue', (_, lines) => {
  expect(
    spoken(`${story}\n\n${lines}`)
      .flat()
      .filter((words) => /^[—-]/.test(words)),
  ).toEqual([]);
});
