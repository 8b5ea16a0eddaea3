import { expect, test } from 'vitest';
import { parseObject } from './strict-json.ts';

test('J8 a key __proto__ is refused at any depth, however it is spelled; the same word as a value is not', () => {
  for (const key of ['__proto__', '\\u005f_proto__', '_\\u005Fproto__', '__\\u0070roto__']) {
    expect(() => parseObject(`{"a":[{"b":{"${key}":{"isAdmin":true}}}]}`)).toThrow('__proto__');
    expect(parseObject(`{"a":["${key}"]}`)).toEqual({ a: ['__proto__'] });
  }
});
