import { z } from 'zod';

type Step = string | number;

/**
 * Holds `value` against `schema`, as its own `safeParse` does. Where a list is expected, zod looks at the length of whatever stands there, and throws
 * for an object whose `length` is an object that cannot be compared.
 */
export function safeParsed<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const issue: z.core.$ZodIssue = { code: 'custom', path: [], message: 'it does not have the right form', input: value };
    return { success: false, error: new z.ZodError([issue]) as z.ZodError<z.output<S>> };
  }
}

/** The first thing that a schema found wrong in `value`, without a full stop: where it is, and what is expected there. */
export function misfitIn(value: unknown, { issues: [issue] }: z.core.$ZodError): string {
  return issue ? misfit(value, issue) : 'it does not have the right form';
}

/** Describes `issue`, which a schema found in `value`, in the same way: `layer “QUOTE”: look must be tint or box; it is “wavy”`. */
export function misfit(value: unknown, issue: z.core.$ZodIssue): string {
  const nearest = nearestIn(issue);
  if (nearest) return misfit(value, nearest);
  const path = issue.path.map((step): Step => (typeof step === 'number' ? step : String(step)));
  const last = path.at(-1);
  const isOfField = typeof last === 'string' && issue.code !== 'unrecognized_keys' && issue.code !== 'custom';
  const places = placesOf(value, isOfField ? path.slice(0, -1) : path);
  return [...(places.length > 0 ? [places.join(', ')] : []), told(issue, isOfField ? last : 'it', valueAt(value, path))].join(': ');
}

// For a value that may take several forms, returns the first problem with the form that is nearest to it. Null if no form has its basic type.
function nearestIn(issue: z.core.$ZodIssue): z.core.$ZodIssue | null {
  if (issue.code !== 'invalid_union') return null;
  const forms = issue.errors.filter(([first]) => first && !(first.path.length === 0 && first.code === 'invalid_type'));
  const [nearest] = forms.sort((one, other) => one.length - other.length);
  const first = nearest?.[0];
  return first ? { ...first, path: [...issue.path, ...first.path] } : null;
}

// What a single item of each list is called.
const ones: Readonly<Record<string, string>> = {
  ...{ versions: 'version', layers: 'layer', attributes: 'attribute', roles: 'role', relations: 'relation', entityTypes: 'entity type' },
  ...{ annotations: 'annotation', mentions: 'mention', spans: 'span', edits: 'edit', steps: 'step', values: 'value' },
};

function placesOf(value: unknown, path: readonly Step[]): string[] {
  const places: string[] = [];
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number') {
      const list = places.pop() ?? 'the list';
      const one = valueAt(value, path.slice(0, index + 1));
      const name = isRecord(one) ? (one['id'] ?? one['name']) : undefined;
      places.push(`${ones[list] ?? `${list}, number`} ${typeof name === 'string' ? `“${short(name)}”` : step + 1}`);
    } else places.push(step);
  }
  return places;
}

function told(issue: z.core.$ZodIssue, subject: string, found: unknown): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'unrecognized_keys') return `nothing called “${short(issue.keys[0] ?? '')}” belongs there`;
  if (found === undefined) return `${subject} is missing`;
  const isSize = (issue.code === 'too_small' || issue.code === 'too_big') && !isNumber(issue.origin);
  return `${subject} ${wanted(issue)}${isSize ? '' : `; it is ${shown(found)}`}`;
}

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be ${oneOf(issue.options)}`
        : `must be ${oneOf(kindsIn(issue.errors))}`;
    case 'too_small':
      if (isNumber(issue.origin)) return `must be ${issue.minimum} or more`;
      return issue.minimum > 1 ? `must hold ${issue.minimum} or more` : 'must not be empty';
    case 'too_big':
      return isNumber(issue.origin) ? `must be ${issue.maximum} or less` : 'is too long';
    default:
      return issue.message.startsWith('must ') ? issue.message : 'does not have the right form';
  }
}

const isNumber = (origin: string) => origin === 'number' || origin === 'int' || origin === 'bigint';

const kinds: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object' },
  ...{ record: 'an object', null: 'null' },
};

const kindsIn = (forms: readonly (readonly z.core.$ZodIssue[])[]): string[] => [
  ...new Set(forms.flatMap(([first]) => (first?.code === 'invalid_type' ? [kinds[first.expected] ?? first.expected] : []))),
];

function oneOf(options: readonly unknown[]): string {
  const names = options.map(String);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? 'something else');
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'an object';
  return typeof value === 'string' ? (value === '' ? 'empty' : `“${short(value)}”`) : String(value);
}

const short = (words: string): string => (words.length > 40 ? `${words.slice(0, 40).toWellFormed()}…` : words);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function valueAt(value: unknown, path: readonly Step[]): unknown {
  const isInside = (at: unknown): at is Record<Step, unknown> => typeof at === 'object' && at !== null;
  return path.reduce((at, step) => (isInside(at) && Object.hasOwn(at, step) ? at[step] : undefined), value);
}
