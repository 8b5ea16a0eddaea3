import type { Annotation, AttributeValue, Trail } from '../model/annotation.ts';
import type { Attribute } from '../model/codebook.ts';
import type { LayerStep } from './codebook-file.ts';

/** The parts of an annotation or relation that the codebook governs. For a relation, `layer` is the type and there are no roles. */
export interface Coding {
  readonly layer: string;
  readonly attributes: Annotation['attributes'];
  readonly roles: Annotation['roles'];
  readonly was: readonly Trail[];
}

/** `coding` after one migration step, or itself if the step concerns another layer or has nothing to change. */
export function afterStep(coding: Coding, step: LayerStep): Coding {
  switch (step.step) {
    case 'rename-layer':
    case 'map-layer':
      return coding.layer === step.from ? { ...coding, layer: step.to } : coding;
    case 'split-layer': {
      const value = coding.attributes[step.attribute];
      const moves = coding.layer === step.layer && typeof value === 'string' && step.values.includes(value);
      return moves ? { ...coding, layer: step.into } : coding;
    }
    case 'rename-role':
    case 'map-role':
      return coding.layer === step.layer ? { ...coding, roles: rolesAfter(coding.roles, step) } : coding;
    default:
      return coding.layer === step.layer ? attributeAfter(coding, step) : coding;
  }
}

type RoleStep = Extract<LayerStep, { step: 'rename-role' | 'map-role' }>;
type AttributeStep = Exclude<LayerStep, RoleStep | { step: 'rename-layer' | 'map-layer' | 'split-layer' }>;

function rolesAfter(roles: Coding['roles'], { from, to }: RoleStep): Coding['roles'] {
  return roles.flatMap((filler) => (filler.role !== from ? [filler] : to === null ? [] : [{ ...filler, role: to }]));
}

function attributeAfter(coding: Coding, step: AttributeStep): Coding {
  if (step.step === 'rename-attribute') {
    const value = coding.attributes[step.from];
    return value === undefined ? coding : withAttribute(withAttribute(coding, step.from, null), step.to, value);
  }
  const value = coding.attributes[step.attribute];
  switch (step.step) {
    case 'convert-attribute':
      return value === undefined ? coding : withAttribute(coding, step.attribute, converted(value, step.from, step.to));
    case 'drop-attribute':
      return withAttribute(coding, step.attribute, null);
    case 'rename-value':
    case 'map-value':
      return value === step.from ? withAttribute(coding, step.attribute, step.to) : coding;
    case 'set-default':
      return value === undefined ? withAttribute(coding, step.attribute, step.value) : coding;
  }
}

/** `coding` with `value` for the attribute `name`; null removes it. */
export function withAttribute(coding: Coding, name: string, value: AttributeValue | null): Coding {
  const { [name]: _, ...rest } = coding.attributes;
  return { ...coding, attributes: value === null ? rest : { ...rest, [name]: value } };
}

/** The steps that undo `step`, provided nothing was lost. Empty for a step that merges or removes; what it lost is in the trail. */
export function inverseOf(step: LayerStep): LayerStep[] {
  switch (step.step) {
    case 'rename-layer':
    case 'rename-attribute':
    case 'rename-value':
    case 'rename-role':
    case 'convert-attribute':
      return [{ ...step, from: step.to, to: step.from } as LayerStep];
    case 'split-layer':
      return [{ step: 'rename-layer', from: step.into, to: step.layer }];
    default:
      return [];
  }
}

/** Converts `value` from one type to another without loss, or returns it as it is if that is not possible. */
function converted(value: AttributeValue, from: Attribute['type'], to: Attribute['type']): AttributeValue {
  if (to === 'list' && typeof value === 'string') return [value];
  if (from === 'list' && Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  if ((to === 'text' || to === 'enum') && typeof value !== 'object') return String(value);
  if (to === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (to === 'number' && typeof value === 'string' && String(Number(value)) === value) return Number(value);
  return value;
}
