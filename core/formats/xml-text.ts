// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no place for
const outside = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const everyOutside = new RegExp(outside.source, 'g');

// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const special = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f&<>\ud800-\udfff\ufffe\uffff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const specialInAttribute = /[\u0000-\u001f&<>"\ud800-\udfff\ufffe\uffff]/;

/** Whether XML 1.0 can hold `text` unchanged. Lone surrogates are not checked; see `Ledger.wellFormed`. */
export function fitsXml(text: string): boolean {
  return !outside.test(text);
}

/**
 * `text` as the text of an element. Each character that XML 1.0 cannot hold becomes one U+FFFD, so that offsets stay valid; `fitsXml` tells
 * whether there are any.
 */
export function xmlText(text: string): string {
  // A fast path, because most texts contain none of these.
  if (!special.test(text)) return text;
  return text
    .toWellFormed()
    .replace(everyOutside, '\ufffd')
    .replace(/[&<>\r]/g, (sign) => escapes[sign] as string);
}

/** `text` for an attribute in double quotes. Line ends and tabs are escaped, because XML would turn them into spaces. */
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

/** Attributes of an element, in this order. Null attributes are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null>>;

/** The start of an element, up to but not including the character that closes its tag. */
export function opening(name: string, attributes: XmlAttributes): string {
  let written = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) written += ` ${key}="${xmlAttribute(String(value))}"`;
  }
  return written;
}

/** An element with its content, which must already be XML. */
export function element(name: string, attributes: XmlAttributes, content = ''): string {
  const begun = opening(name, attributes);
  return content === '' ? `${begun}/>` : `${begun}>${content}</${name}>`;
}
