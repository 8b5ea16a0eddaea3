import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, HostEvent } from './contract.ts';
import { AppError, Failure, FailureCode } from './failure.ts';
import { defaultSettings, Settings } from './settings.ts';

/** The places in a schema where an object would let unknown fields through. */
function openObjects(schema: z.core.$ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const found: string[] = [];
  const walk = (node: unknown, place: string) => {
    if (typeof node !== 'object' || node === null) return;
    // An object either lists its fields and no others, or is a map whose values have a schema.
    if ('type' in node && node.type === 'object') {
      const more = 'additionalProperties' in node ? node.additionalProperties : true;
      if (more === true || ('properties' in node && more !== false)) found.push(place);
    }
    for (const [key, value] of Object.entries(node)) walk(value, `${place}/${key}`);
  };
  walk(json, '');
  return found;
}

describe('the contract', () => {
  test.each(Object.entries(contract))('M6 the call %s takes and gives exactly what it names, no field more', (_, { input, output }) => {
    expect(openObjects(input)).toEqual([]);
    expect(openObjects(output)).toEqual([]);
    expect(input.safeParse({ surprise: 1 }).success).toBe(false);
    expect(input.safeParse(null).success).toBe(false);
  });

  test('M6 the check itself sees an open object, however deep', () => {
    expect(openObjects(z.object({}))).toHaveLength(1);
    expect(openObjects(z.strictObject({ list: z.array(z.object({ a: z.string() })) }))).toHaveLength(1);
    expect(openObjects(z.strictObject({ map: z.record(z.string(), z.number()) }))).toEqual([]);
  });

  test('M7 an event is one of a closed list, and exactly what it names', () => {
    expect(openObjects(HostEvent)).toEqual([]);
    expect(HostEvent.safeParse({ event: 'closing' }).success).toBe(true);
    expect(HostEvent.safeParse({ event: 'closing', now: true }).success).toBe(false);
    expect(HostEvent.safeParse({ event: 'reboot' }).success).toBe(false);
  });

  test('M8 what can go wrong is a closed list of codes', () => {
    expect(FailureCode.options).toEqual([
      ...['bad-request', 'not-found', 'no-project', 'conflict', 'read-only', 'not-saved', 'corrupt'],
      ...['unsupported', 'encoding', 'too-large', 'newer-version', 'cancelled', 'internal'],
    ]);
    expect(Failure.safeParse({ code: 'oops', message: 'x', safe: 'y', next: 'z' }).success).toBe(false);
  });

  test('M9 a failure says what happened, what is safe and what to do next', () => {
    const error = new AppError('not-found', 'There is no article a1.', 'Choose another article.');
    expect(Failure.parse(error.failure)).toEqual({
      ...{ code: 'not-found', message: 'There is no article a1.', safe: 'Nothing was changed.', next: 'Choose another article.' },
    });
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('There is no article a1.');
  });

  test('M10 the settings that a person starts with are sound', () => {
    expect(Settings.parse(defaultSettings)).toEqual(defaultSettings);
  });

  test('M11 a record’s id is a plain name: nothing in it can lead out of a folder', () => {
    const { input } = contract.openArticle;
    expect(input.safeParse({ article: '000-2c23301dd0a18933-0123abcd' }).success).toBe(true);
    for (const article of ['', '.', '..', '../a', 'a/b', 'a\\b', 'a.txt', '-a', 'é', 'a\u0000', 'a'.repeat(101)]) {
      expect(input.safeParse({ article }).success, article).toBe(false);
    }
  });
});
