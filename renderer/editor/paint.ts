import type { DecorationAttrs } from 'prosemirror-view';
import type { Hue } from '../../core/model/codebook.ts';
import { type Cover, type DrawnAnnotation, isBox, isLine, type Look, type Piece } from './pieces.ts';

/** Height of a lane of underlines in CSS pixels. editor.css makes room for them. */
const laneHeight = 7;

const ink = (hue: Hue) => `var(--hue-${hue})`;
const tint = (hue: Hue) => `var(--hue-${hue}-tint)`;

// A single mark of one of these looks the same everywhere, so the style sheet defines it. Elements that share a style are much cheaper for a browser.
const plainLooks: readonly Look[] = ['tint', 'underline', 'double'];

/**
 * The attributes of the element around `piece`: the ids of its annotations, shortest first; its look as classes and as background layers in
 * `--marks`, or as look and hue if it is a single plain mark; and a description as its title. Only backgrounds and shadows are used, so that marks
 * do not move the text.
 */
export function attributesOf(piece: Piece, active: string | null, hovered: string | null): DecorationAttrs {
  const classes: string[] = [];
  const styles: string[] = [];
  const { covers, lanes, roles, washes } = piece;
  const plain = plainIn(piece);
  if (covers.length > 0) classes.push('annotated');
  if (covers.length > 0 && !plain) {
    styles.push(`--marks: ${layersOf(covers).join(', ')}`, ...(lanes > 0 ? [`--room: ${lanes * laneHeight}px`] : []));
    if (covers.some((cover) => isBox(cover.annotation) && cover.starts)) classes.push('box-start');
    if (covers.some((cover) => isBox(cover.annotation) && cover.ends)) classes.push('box-end');
  }
  const ringed = covers.find(({ annotation }) => annotation.id === active) ?? covers.find(({ annotation }) => annotation.id === hovered);
  if (ringed) {
    classes.push(ringed.annotation.id === active ? 'active' : 'hovered');
    if (ringed.starts) classes.push('ring-start');
    if (ringed.ends) classes.push('ring-end');
    styles.push(`--ring: ${ink(ringed.annotation.hue)}`);
  }
  const fillers = roles.filter(({ line }) => line !== 'tied');
  if (fillers.length > 0) classes.push('role', fillers.some(({ line }) => line === 'solid') ? 'role-solid' : 'role-dotted');
  if (roles.length > fillers.length) classes.push('tied');
  classes.push(...washes);
  const title = [...new Set([...roles.map((role) => role.title), ...covers.map(({ annotation }) => annotation.label)])].join('\n');
  return {
    class: classes.join(' '),
    ...(covers.length > 0 ? { 'data-annotations': covers.map(({ annotation }) => annotation.id).join(' ') } : {}),
    ...(styles.length > 0 ? { style: styles.join('; ') } : {}),
    ...(title ? { title } : {}),
    ...(plain ? { 'data-look': plain.look, 'data-hue': plain.hue } : {}),
  };
}

function plainIn({ covers: [first, ...others], lanes }: Piece): DrawnAnnotation | null {
  if (!first || others.length > 0 || first.lane > 0) return null;
  return plainLooks.includes(first.annotation.look) && lanes === (isLine(first.annotation) ? 1 : 0) ? first.annotation : null;
}

/** The style of a block whose underlines take `lanes` lanes. One lane fits between normal lines; more need extra room. */
export function blockStyle(lanes: number): string {
  return `--more: ${(lanes - 1) * laneHeight + 2}px`;
}

function layersOf(covers: readonly Cover[]): string[] {
  const lines = covers.filter(({ annotation }) => isLine(annotation)).map(lineOf);
  const boxes = covers.filter(({ annotation }) => isBox(annotation)).flatMap(boxOf);
  const tints = covers.filter(({ annotation }) => annotation.look === 'tint');
  return [...lines, ...boxes, ...(tints.length > 0 ? [groundOf(tints)] : [])];
}

function lineOf({ annotation: { look, hue }, lane }: Cover): string {
  const height = look === 'double' ? 6 : 3;
  const colour = ink(hue);
  const image =
    look === 'double' ? `linear-gradient(${colour} 0 2px, transparent 2px 4px, ${colour} 4px)` : `linear-gradient(${colour}, ${colour})`;
  return `${image} left 0 bottom calc(var(--room) - ${lane * laneHeight + height}px) / 100% ${height}px no-repeat`;
}

// A dash pattern for each look that a suggestion would get, so that it can be recognised without its colour.
const suggestedDashes: Readonly<Partial<Record<Look, readonly [dash: number, period: number]>>> = { double: [13, 17], box: [4, 9] };

function boxOf({ annotation: { look, becomes, hue }, lane, starts, ends }: Cover): string[] {
  const isSuggested = look === 'suggested';
  const colour = isSuggested ? `color-mix(in srgb, ${ink(hue)} 85%, transparent)` : look === 'dashed' ? 'var(--muted)' : ink(hue);
  const [dash, period] = isSuggested ? (suggestedDashes[becomes ?? 'tint'] ?? [6, 9]) : look === 'dashed' ? [4, 7] : [1.5, 3.5];
  const along = (angle: string) => `repeating-linear-gradient(${angle}, ${colour} 0 ${dash}px, transparent ${dash}px ${period}px)`;
  // For nested boxes, each further lane is drawn a little further in.
  const inset = lane * 2;
  const below = `calc(var(--room) + ${inset}px)`;
  const side = `1px calc(100% - var(--room) - ${2 * inset}px) no-repeat`;
  const foot = becomes === 'underline' ? 2 : 1;
  // A filled corner distinguishes a suggestion from the work of others without relying on colour.
  const corner = `linear-gradient(135deg, ${colour} 50%, transparent 50%) left ${inset}px top ${inset}px / 6px 6px no-repeat`;
  return [
    ...(isSuggested && starts ? [corner] : []),
    `${along('90deg')} left 0 top ${inset}px / 100% 1px no-repeat`,
    `${along('90deg')} left 0 bottom ${below} / 100% ${foot}px no-repeat`,
    ...(starts ? [`${along('180deg')} left ${inset}px top ${inset}px / ${side}`] : []),
    ...(ends ? [`${along('180deg')} right ${inset}px top ${inset}px / ${side}`] : []),
  ];
}

// Where tints overlap, their colours are mixed, and each further one darkens the result, so that all ends stay visible. Text keeps a contrast of
// 4.5:1.
function groundOf(tints: readonly Cover[]): string {
  const [first, ...rest] = tints.map(({ annotation }) => annotation.hue);
  if (!first) return 'none';
  const mixed = rest.reduce((colour, hue) => `color-mix(in srgb, ${colour}, ${tint(hue)})`, tint(first));
  const share = Math.min(rest.length * 12, 24);
  const ground = share === 0 ? mixed : `color-mix(in srgb, ${mixed}, ${ink(first)} ${share}%)`;
  return `${ground} content-box`;
}
