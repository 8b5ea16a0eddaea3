import type { Random } from '../random.ts';

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const oneOf = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)] as T;

const bytes = new TextEncoder();
// Spoilt text is always passed on as UTF-8, in which a lone surrogate does not survive.
const encode = (text: string): Uint8Array => bytes.encode(text);
const decode = (content: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);

const oddBytes = [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x2d, 0x30, 0x3c, 0x5b, 0x7b, 0x7f, 0x80, 0xc0, 0xed, 0xff];

/** `content` with up to eight bytes or runs of bytes changed, inserted, removed, doubled, or cut off. */
export function spoiltBytes(content: Uint8Array, random: Random): Uint8Array {
  let spoilt = Uint8Array.from(content);
  for (let blows = 1 + below(random, 8); blows > 0; blows--) {
    const at = below(random, spoilt.length + 1);
    const length = below(random, 24);
    const put = (middle: Uint8Array, gone: number) => {
      spoilt = joined(spoilt.subarray(0, at), middle, spoilt.subarray(at + gone));
    };
    switch (below(random, 7)) {
      case 0:
        if (at < spoilt.length) spoilt[at] = below(random, 256);
        break;
      case 1:
        if (at < spoilt.length) spoilt[at] = (spoilt[at] ?? 0) ^ (1 << below(random, 8));
        break;
      case 2:
        put(Uint8Array.of(oneOf(random, oddBytes)), below(random, 2));
        break;
      case 3:
        put(new Uint8Array(0), length);
        break;
      case 4:
        put(spoilt.slice(at, at + length * 4), 0);
        break;
      case 5:
        put(spoilt.slice(below(random, spoilt.length + 1)).subarray(0, length), length);
        break;
      default:
        if (below(random, 4) === 0) spoilt = spoilt.slice(0, at);
    }
  }
  return spoilt;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Strings that mean something to some format, or should mean nothing to any. */
export const scraps: readonly string[] = [
  ...['', ' ', '\t', '\n', '\r', '\r\n', '\0', '\u00a0', '\u2028', '\u202e', '\ufeff', '\ufffe', '\u{1f4aa}', '\u0301', 'İ', 'ß'],
  ...['0', '-1', '-0', '1e9', '1e400', '00', '0x10', 'NaN', 'Infinity', '4294967296', '9007199254740993', '9'.repeat(400), '1.5'],
  ...['"', "'", '`', '\\', '\\u0000', '\\ud800', '{', '}', '[', ']', '(', ')', '<', '>', ':', ';', ',', '|', '=', '/', '#', '*', '%', '&'],
  ...['null', 'true', 'undefined', '{}', '[]', '[[', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length'],
  ...[
    'T1',
    'T1;T2',
    'R1',
    'E1',
    '#1',
    'A1',
    'B-X',
    'I-X',
    'O',
    '_',
    '-DOCSTART-',
    '#Text=',
    '#T_SP=',
    '../',
    '..\\',
    '/etc/passwd',
    'C:\\',
  ],
  ...['<!DOCTYPE a>', '<!ENTITY a "b">', '&a;', '&#0;', '&#xd800;', '<![CDATA[', ']]>', '<!--', '-->', '<?', '</a>', '<a b="', '<script>'],
  ...['=1+1', '@SUM(A1)', '+1', '-1+1', '%PDF-', 'PK\x03\x04', 'charset=klingon', 'Content-Type:', '\r\n\r\n', 'boundary=', 'base64'],
  ...[
    '2026-13-45',
    '../..',
    '2026/2025',
    'speaker:',
    'layer:',
    '-',
    'has:note',
    '"a',
    'javascript:alert(1)',
    '$&',
    '(a+)+$',
    'a'.repeat(3000),
  ],
];

const token = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/** `content`, read as text, with up to six words, characters or lines swapped, doubled, removed or replaced. */
export function spoiltText(content: Uint8Array, random: Random): Uint8Array {
  const lines = below(random, 3) === 0;
  const text = decode(content);
  const parts = lines ? text.split(/(?<=\n)/) : (text.match(token) ?? []);
  for (let blows = 1 + below(random, 6); blows > 0; blows--) {
    const at = below(random, parts.length + 1);
    switch (below(random, 5)) {
      case 0:
        parts[at] = oneOf(random, scraps);
        break;
      case 1:
        parts.splice(at, 0, oneOf(random, scraps));
        break;
      case 2:
        parts.splice(at, 1 + below(random, 4));
        break;
      case 3:
        parts.splice(at, 0, ...parts.slice(below(random, parts.length + 1)).slice(0, 6));
        break;
      default: {
        const other = below(random, parts.length + 1);
        [parts[at], parts[other]] = [parts[other] ?? '', parts[at] ?? ''];
      }
    }
  }
  return encode(parts.join(''));
}

const deep = '\u0000deep\u0000';
const oddValues: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    '',
    ' ',
    '0',
    'constructor',
    '__proto__',
    '\u{1f4aa}',
    '2026-13-45',
    'javascript:alert(1)',
    '../../x',
    'x'.repeat(3000),
  ],
  ...[0, -1, 1.5, 1e308, 2 ** 31, 2 ** 53, [], {}, [[]], [null], [{}], { length: 3 }, { toString: 1, valueOf: null }, deep],
];

type Holder = Record<string, unknown>;

/**
 * JSON, or lines of JSON, with up to four of its values replaced with others from it or odd ones, dropped, doubled or renamed. Like spoiltText if it
 * is not JSON.
 */
export function spoiltJson(content: Uint8Array, random: Random): Uint8Array {
  const text = decode(content);
  const roots: unknown[] = [];
  try {
    roots.push(JSON.parse(text));
  } catch {
    try {
      for (const line of text.split('\n')) if (line.trim() !== '') roots.push(JSON.parse(line));
    } catch {
      return spoiltText(content, random);
    }
  }
  const isLines = roots.length !== 1 || !text.trimEnd().includes('\n');
  const root = { roots };
  for (let blows = 1 + below(random, 4); blows > 0; blows--) {
    const places = placesIn(root);
    const { holder, key } = oneOf(random, places);
    const other = oneOf(random, places);
    switch (below(random, 6)) {
      case 0:
      case 1:
        // A copy, so that later changes do not reach the list of odd values.
        holder[key] = structuredCopy(oneOf(random, oddValues));
        break;
      case 2:
        holder[key] = structuredCopy(other.holder[other.key]);
        break;
      case 3:
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
        break;
      case 4:
        if (Array.isArray(holder)) holder.push(structuredCopy(holder[Number(key)]));
        else Object.defineProperty(holder, oneOf(random, [other.key, '__proto__', 'constructor', 'x']), { ...plain, value: holder[key] });
        break;
      default:
        if (typeof holder[key] === 'string') holder[key] = decode(spoiltText(encode(holder[key]), random));
        else if (typeof holder[key] === 'number') holder[key] = (holder[key] as number) + oneOf(random, [-1, 1, 0.5, 1000, -1e9]);
    }
  }
  const told = (value: unknown) =>
    (JSON.stringify(value) ?? 'null').replaceAll(JSON.stringify(deep), () => nest(oneOf(random, [65, 20_000])));
  return encode(isLines ? root.roots.map((value) => `${told(value)}\n`).join('') : told(root.roots[0]));
}

const plain = { configurable: true, enumerable: true, writable: true } as const;
const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const structuredCopy = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null'));

function placesIn({ roots }: { readonly roots: unknown[] }): { holder: Holder; key: string }[] {
  const found: { holder: Holder; key: string }[] = [];
  const open: object[] = [roots];
  for (let holder = open.pop(); holder; holder = open.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      found.push({ holder: holder as Holder, key });
      if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return found.length > 0 ? found : placesIn({ roots: [''] });
}
