import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { givenText } from './given-text.ts';

const read = (bytes: Uint8Array) => givenText({ path: 'a.txt', bytes });

it('X73 the text of a given file is told to the letter, but for a byte order mark', () => {
  for (const text of ['', 'one\r\ntwo 💪\u2028\ufeff', '\ufffd']) {
    expect(read(Buffer.from(text))).toBe(text);
    expect(read(Buffer.from(`\ufeff${text}`))).toBe(text);
  }
});

it('X73 a file that is not in UTF-8 is a problem with its line', () => {
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc3, 0x28]]) {
    const problem = read(Uint8Array.from([...Buffer.from('one\n💪 '), ...bytes]));
    expect(problem).toMatchObject({ file: 'a.txt', line: 2, code: 'encoding' });
  }
});
