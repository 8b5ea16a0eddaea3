/** Plain data for `yamlText`: texts, numbers, booleans, lists and records. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

/**
 * `value` as block YAML that versions 1.1 and 1.2 read the same way. Every text that is more than a word is in double quotes, so that none is read
 * as a boolean, a number or a date, and what PyYAML refuses is escaped. Each item of a list under the key `flow` takes one line. Ends with a line
 * end.
 */
export function yamlText(value: { readonly [key: string]: Yaml }, flow: string): string {
  const lines = (part: Yaml): string[] => {
    if (isList(part)) {
      return part.flatMap((item) => {
        const [first = '', ...rest] = isLeaf(item) ? [leaf(item)] : lines(item);
        return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
      });
    }
    return Object.entries(part as { readonly [key: string]: Yaml }).flatMap(([key, item]) => {
      const name = word(key);
      if (isLeaf(item)) return [`${name}: ${leaf(item)}`];
      if (isList(item)) return [`${name}:`, ...(key === flow ? item.map((one) => `- ${inFlow(one)}`) : lines(item))];
      return [`${name}:`, ...lines(item).map((line) => `  ${line}`)];
    });
  };
  return `${lines(value).join('\n')}\n`;
}

function inFlow(value: Yaml): string {
  if (isLeaf(value)) return leaf(value);
  if (isList(value)) return `[${value.map(inFlow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${word(key)}: ${inFlow(item)}`);
  return `{${entries.join(', ')}}`;
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);
const isLeaf = (value: Yaml) => typeof value !== 'object' || Object.keys(value).length === 0;

function leaf(value: Yaml): string {
  if (typeof value === 'string') return word(value);
  return typeof value === 'object' ? (isList(value) ? '[]' : '{}') : String(value);
}

// Words that a reader of version 1.1 takes for yes, no or null.
const reserved = /^(true|false|yes|no|on|off|y|n|null)$/i;

const word = (text: string) => (/^[A-Za-z][A-Za-z0-9_-]*$/.test(text) && !reserved.test(text) ? text : quoted(text));

// A JSON string is also a YAML string. The escaped characters are not printable in YAML, or end a line there, or would begin a tag in viewers that
// show the front matter of a Markdown file as Markdown.
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|<(?=[A-Za-z/!?])/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
