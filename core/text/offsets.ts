/**
 * Offsets of one text in three units: UTF-16 code units (inside Pressmark), Unicode code points (most formats, Python) and UTF-8 bytes. Built once
 * for a text in linear time; every look-up takes constant time.
 */
export interface OffsetMap {
  /** Number of code points before UTF-16 `offset`. Both units of a surrogate pair give the count before the pair. */
  toCodePoint(offset: number): number;
  /** UTF-16 offset of the code point with this index. */
  fromCodePoint(index: number): number;
  /** Number of UTF-8 bytes before UTF-16 `offset`. */
  toByte(offset: number): number;
  /** Length of the text in code points. */
  readonly codePoints: number;
}

/** The offset map of `text`. Its methods throw RangeError for an offset outside `[0, length]`. */
export function offsetMap(text: string): OffsetMap {
  // The tables are built only when needed: most texts have no surrogate pairs, and bytes are rarely asked for.
  if (/[\ud800-\udfff]/.test(text)) return tables(text);
  const same = (offset: number): number => {
    if (!Number.isInteger(offset) || offset < 0 || offset > text.length) throw new RangeError(`offset ${offset} is outside the text`);
    return offset;
  };
  let full: OffsetMap | null = null;
  const toByte = (offset: number) => {
    full ??= tables(text);
    return full.toByte(offset);
  };
  return { toCodePoint: same, fromCodePoint: same, toByte, codePoints: text.length };
}

function tables(text: string): OffsetMap {
  const points = new Int32Array(text.length + 1);
  const bytes = new Int32Array(text.length + 1);
  const units: number[] = [];
  let point = 0;
  let byte = 0;
  for (let unit = 0; unit < text.length; ) {
    const code = text.codePointAt(unit) as number;
    const width = code > 0xffff ? 2 : 1;
    for (let i = 0; i < width; i++) {
      points[unit + i] = point;
      bytes[unit + i] = byte;
    }
    units.push(unit);
    point++;
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    unit += width;
  }
  points[text.length] = point;
  bytes[text.length] = byte;
  units.push(text.length);
  const at = (table: ArrayLike<number>, index: number): number => {
    const value = table[index];
    if (value === undefined) throw new RangeError(`offset ${index} is outside the text`);
    return value;
  };
  return {
    toCodePoint: (offset) => at(points, offset),
    fromCodePoint: (index) => at(units, index),
    toByte: (offset) => at(bytes, offset),
    codePoints: point,
  };
}
