// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no place for
const outside = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const everyOutside = new RegExp(outside.source, 'g');

// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const special = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f&<>\ud800-\udfff\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const specialInAttribute = /[\u0000-\u001f&<>"\ud800-\udfff\ufffe\uffff]/;

/** Whether XML 1.0 can hold `text` as it is; half surrogate pairs aside, for which see `Ledger.wellFormed`. */
export function fitsXml(text: string): boolean {
  return !outside.test(text);
}

/** `text` as the text of an element. What XML 1.0 has no place for is U+FFFD, one for each, so that offsets hold; `fitsXml` tells of it. */
export function xmlText(text: string): string {
  // Most texts hold nothing of the kind.
  if (!special.test(text)) return text;
  return text
    .toWellFormed()
    .replace(everyOutside, '\ufffd')
    .replace(/[&<>\r]/g, (sign) => escapes[sign] as string);
}

/** `text` between the double quotes of an attribute. Line ends and tabs are escaped, since XML would make spaces of them. */
function xmlAttribute(text: string): string {
  if (!specialInAttribute.test(text)) return text;
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

/** Attributes of an element, in this order; those that are null are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null>>;

/** The beginning of an element up to the sign that closes its tag. */
export function opening(name: string, attributes: XmlAttributes): string {
  let written = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) written += ` ${key}="${xmlAttribute(String(value))}"`;
  }
  return written;
}

/** An element with its content, which is XML already. */
export function element(name: string, attributes: XmlAttributes, content = ''): string {
  const begun = opening(name, attributes);
  return content === '' ? `${begun}/>` : `${begun}>${content}</${name}>`;
}
