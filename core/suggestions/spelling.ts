/** `name` without what differs between spellings of one name: marks, case, and the ways to write a final y. */
export function skeleton(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/(?:iy|yy|ij|yi|ii|y|i)$/, 'y');
}
