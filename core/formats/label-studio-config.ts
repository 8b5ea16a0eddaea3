import type { Attribute, Codebook, Hue, Layer, Role } from '../model/codebook.ts';
import { mentionLayer } from './document.ts';
import { element } from './xml-text.ts';

/** The names of the tag that contains the text, and of the one that labels its regions. */
export const textTag = 'text';
export const labelTag = 'label';
/** Tags for a whole task: who annotated it, and whether they are done. */
export const annotatorTag = 'annotator';
export const doneTag = 'done';
/** The relation from a fragment to the next one. Names of roles and relation types never contain a hyphen. */
export const nextFragment = 'next-fragment';

/** What a control under a region contains, if its tag alone does not tell. It is the third part of its name. */
export type ControlKind = 'boolean' | 'list' | 'quantity' | 'evidence' | 'filler';

// Names in a codebook contain no hyphen, so the parts can be told apart.
const controlName = /^([A-Za-z][A-Za-z0-9_]*)-([A-Za-z][A-Za-z0-9_]*)(?:-(boolean|list|quantity|evidence|filler))?$/;

/** The parts of the name of a control that Pressmark made; null for others. */
export function controlNamed(name: string): { layer: string; field: string; kind: ControlKind | null } | null {
  const parts = controlName.exec(name);
  return parts && { layer: parts[1] as string, field: parts[2] as string, kind: (parts[3] as ControlKind | undefined) ?? null };
}

/** The name of the control for an attribute of a layer. */
export function attributeControl(layer: string, { name, type }: Pick<Attribute, 'name' | 'type'>): string {
  const kind = type === 'boolean' || type === 'list' || type === 'quantity' || type === 'evidence' ? `-${type}` : '';
  return `${layer}-${name}${kind}`;
}

/** The name of the control for fillers of a role without words in the text. */
export const fillerControl = (layer: string, role: string) => `${layer}-${role}-filler`;

/** The name of the control for the entity of a mention. */
export const entityControl = `${mentionLayer}-entity`;

const backgrounds: Readonly<Record<Hue, string>> = {
  ...{ yellow: '#f2c94c', orange: '#f2994a', red: '#eb5757', purple: '#9b51e0' },
  ...{ blue: '#2f80ed', teal: '#2aa198', green: '#27ae60', grey: '#828282' },
};

/**
 * The labelling interface for `codebook` (Label Studio tags): a label for each layer with its key and colour, controls under a region for the
 * fields of its layer, and relations for roles, for the codebook's relation types, and from fragment to fragment.
 */
export function labelingConfig(codebook: Codebook): string {
  const roles = codebook.layers.flatMap((layer) => layer.roles.filter(takesRegions).map(({ name }) => name));
  const relations = [...new Set([nextFragment, ...roles, ...codebook.relations.map(({ id }) => id)])];
  const labels = codebook.layers.map(({ id, key, hue, title }) =>
    element('Label', { value: id, hotkey: key, background: backgrounds[hue], hint: title }),
  );
  const mention = element('Label', { value: mentionLayer, background: '#56ccf2', hint: 'Mention' });
  // The controls are next to the text and stay visible. Below a long article nobody would find them.
  const lines = [
    '<View style="display: flex; gap: 1.5em; align-items: flex-start">',
    '  <!-- Paste this into the settings of a project, under Labeling Interface, Code; then import the tasks. -->',
    `  ${element('Relations', {}, relations.map((value) => `\n    ${element('Relation', { value })}`).join(''))}`,
    '  <View style="flex: 2">',
    `  ${element('Labels', { name: labelTag, toName: textTag }, [...labels, mention].map((label) => `\n    ${label}`).join(''))}`,
    `  ${element('Text', { name: textTag, value: '$text', granularity: 'symbol', saveTextResult: 'yes' })}`,
    '  </View>',
    '  <View style="flex: 1; position: sticky; top: 0; max-height: 85vh; overflow-y: auto">',
    ...codebook.layers.map((layer) => `  ${layerView(layer)}`),
    `  ${regionView(mentionLayer, [header('Mention: entity'), control('TextArea', entityControl, mentionLayer, { maxSubmissions: 1 })])}`,
    `  ${header('Annotator')}${element('TextArea', { name: annotatorTag, toName: textTag, maxSubmissions: 1, editable: 'true', rows: 1 })}`,
    `  ${element('Choices', { name: doneTag, toName: textTag }, element('Choice', { value: doneTag }))}`,
    '  </View>',
    '</View>',
  ];
  return `${lines.join('\n')}\n`;
}

function layerView({ id, title, attributes, roles }: Layer): string {
  const controls = [
    ...attributes.flatMap((attribute) => [header(`${title}: ${attribute.title}`), attributeTag(id, attribute)]),
    ...roles
      .filter(holdsFillers)
      .flatMap((role) => [header(`${title}: ${role.title} (not in the text)`), control('TextArea', fillerControl(id, role.name), id)]),
  ];
  return regionView(id, controls);
}

const isRegion = (target: string) => target === 'mention' || target === 'annotation';
const takesRegions = ({ targets }: Role) => targets.some(isRegion);
const holdsFillers = ({ targets }: Role) => !targets.every(isRegion);

function attributeTag(layer: string, attribute: Attribute): string {
  const name = attributeControl(layer, attribute);
  switch (attribute.type) {
    case 'enum':
      return choices(name, layer, attribute.values);
    case 'boolean':
      return choices(name, layer, ['true', 'false']);
    case 'number':
      return control('Number', name, layer);
    case 'text':
    case 'date':
      return control('TextArea', name, layer, { maxSubmissions: 1 });
    case 'list':
    case 'quantity':
    case 'evidence':
      return control('TextArea', name, layer);
  }
}

const header = (value: string) => element('Header', { value, size: 5 });

function choices(name: string, layer: string, values: readonly string[]): string {
  const inside = values.map((value) => element('Choice', { value })).join('');
  return control('Choices', name, layer, { choice: 'single-radio', showInline: 'true' }, inside);
}

function control(tag: string, name: string, layer: string, more: Readonly<Record<string, string | number>> = {}, inside = ''): string {
  const text = tag === 'TextArea' ? { editable: 'true', rows: 1 } : {};
  return element(tag, { name, toName: textTag, perRegion: 'true', whenTagName: labelTag, whenLabelValue: layer, ...text, ...more }, inside);
}

function regionView(layer: string, controls: readonly string[]): string {
  return element(
    'View',
    { visibleWhen: 'region-selected', whenTagName: labelTag, whenLabelValue: layer },
    `\n    ${controls.join('\n    ')}\n  `,
  );
}
