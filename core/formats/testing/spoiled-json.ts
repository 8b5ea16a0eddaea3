import fc from 'fast-check';

// Stands for lists nested so deeply that they can only be written as text.
const deep = 'lists without end';
const levels = 20_000;
const odd: readonly unknown[] = [
  ...[null, true, '', 'constructor', '__proto__', 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], '\ud800', 'x'.repeat(2000)],
  ...[deep, { length: 3 }, { toString: 1, valueOf: null }, JSON.parse('{"__proto__":{"start":0},"constructor":1}')],
];

// Copy it, so that a later change neither affects other places nor creates a cycle.
const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** JSON texts like `json`, each with up to three values replaced by another type, dropped or duplicated, or with the text cut short. */
export function spoiledJson(json: string): fc.Arbitrary<string> {
  const change = fc.record({ at: fc.nat(), by: fc.nat(odd.length + 1) });
  return fc.tuple(fc.array(change, { minLength: 1, maxLength: 3 }), fc.nat(9), fc.nat(json.length)).map(([changes, sort, cut]) => {
    if (sort === 0) return json.slice(0, cut);
    const root: { value: unknown } = { value: JSON.parse(json) };
    for (const { at, by } of changes) {
      const places = placesIn(root);
      const place = places[at % places.length];
      if (!place) continue;
      const { holder, key } = place;
      if (by < odd.length) holder[key] = copy(odd[by]);
      else if (by === odd.length) delete holder[key];
      else if (Array.isArray(holder)) holder.push(copy(holder[Number(key)]));
    }
    return (JSON.stringify(root.value) ?? '').replaceAll(`"${deep}"`, '['.repeat(levels) + ']'.repeat(levels));
  });
}

type Holder = Record<string, unknown>;

function placesIn(root: object): { holder: Holder; key: string }[] {
  const found: { holder: Holder; key: string }[] = [];
  const open: object[] = [root];
  for (let holder = open.pop(); holder; holder = open.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      found.push({ holder: holder as Holder, key });
      if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return found;
}
