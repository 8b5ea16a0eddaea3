// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no place for
const outside = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const everyOutside = new RegExp(outside.source, 'g');

/** Whether XML 1.0 can hold `text` as it is; half surrogate pairs aside, for which see `Ledger.wellFormed`. */
export function fitsXml(text: string): boolean {
  return !outside.test(text);
}

/** `text` as the text of an element. What XML 1.0 has no place for is U+FFFD, one for each, so that offsets hold; `fitsXml` tells of it. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(everyOutside, '\ufffd')
    .replace(/[&<>\r]/g, (sign) => escapes[sign] as string);
}

/** `text` between the double quotes of an attribute. Line ends and tabs are escaped, since XML would make spaces of them. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replace(/["\t\n]/g, (sign) => escapes[sign] as string);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** An element: its attributes in the order given, without those that are null, and its content, which is XML already. */
export function element(name: string, attributes: Readonly<Record<string, string | number | null>>, content = ''): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === null ? '' : ` ${key}="${xmlAttribute(String(value))}"`))
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}
