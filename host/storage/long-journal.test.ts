import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Gesture } from '../../core/steps/edit.ts';
import { journalLine, parseJournal } from './journal-lines.ts';
import { sha256 } from './strict-json.ts';
import { diskWith, journalPath, textOn } from './testing/bench.ts';

const { disk } = await diskWith(['add', 'both', 'entity', 'undo', 'redo', 'note']);
const gestures = parseJournal(Buffer.from(textOn(disk, journalPath) ?? '')).entries.map(({ gesture }) => gesture);
const line = (seq: number, text: string) => Buffer.from(`{"seq":${seq},"sha256":"${sha256(text)}","gesture":${text}}\n`);
const linesOf = (bytes: number) => {
  const lines: Uint8Array[] = [];
  for (let size = 0; size < bytes; size += lines.at(-1)?.length ?? 0) {
    const gesture = gestures[lines.length % gestures.length] as Gesture;
    lines.push(journalLine({ seq: lines.length + 1, gesture: { ...gesture, id: `g${lines.length}` } }));
  }
  return lines;
};

describe('a long journal', () => {
  const short = linesOf(2000);
  const long = linesOf(2_100_000);

  test('J124 what does not fit is told of a long journal as it is of a short one', () => {
    const text = JSON.stringify(gestures[0]);
    const spoilt = [
      text.replace('"edits":[', '"edits":[{},'),
      text.replace('"id":', '"more":1,"id":'),
      text.replace(/"start":\d+/, '"start":-1'),
      text.replace(/"start":\d+/, '"start":0.5'),
      text.replace(/"spans":\[.*?\]/, '"spans":[]'),
      text.replace('"annotator":"ann"', '"annotator":"../ann"'),
      text.replace(/"edits":.*/, '"edits":[],"undoes":null,"redoes":null}'),
    ];
    for (const each of spoilt) {
      expect(each).not.toBe(text);
      const reasonAfter = (lines: readonly Uint8Array[]) => {
        const { damage, entries } = parseJournal(Buffer.concat([...lines, line(lines.length + 1, each)]));
        expect(entries).toHaveLength(lines.length);
        return damage?.reason;
      };
      const reason = reasonAfter(short);
      expect(reason).toEqual(expect.any(String));
      expect(reasonAfter(long)).toBe(reason);
    }
  });

  test('J124 what an older program left out is filled in alike in a journal that is long, short, or was checked before', () => {
    const gesture = gestures.find(({ edits }) => edits.some(({ record }) => record === 'entity'));
    const older = JSON.stringify(gesture).replaceAll(',"moved":{}', '');
    expect(older).not.toBe(JSON.stringify(gesture));
    for (const lines of [short, long]) {
      const bytes = Buffer.concat([...lines, line(lines.length + 1, older)]);
      for (const checked of [0, bytes.length]) {
        const { entries, damage } = parseJournal(bytes, checked);
        expect(damage).toBeNull();
        expect(entries.at(-1)?.gesture).toEqual(gesture);
      }
    }
  });

  test('J124 nothing else is left to the schema to fill in', () => {
    const filled = new Set<string>();
    JSON.stringify(z.toJSONSchema(Gesture), (name, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'default' in value) filled.add(name);
      return value;
    });
    // What comes to this has to come to `completed` (core/steps/edit.ts) too.
    expect([...filled]).toEqual(['moved']);
  });
});
