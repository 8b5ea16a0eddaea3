import { axisX, axisY, barX, barY, cell, plot, stackX, text } from '@observablehq/plot';

/** One bar, part of a bar, or cell: its position, its count, and its accessible name. */
export interface ChartPart {
  readonly id: string;
  readonly row: string;
  /** The column of a cell, or the name of a part of a bar; empty if there is only one. */
  readonly column: string;
  readonly count: number;
  readonly name: string;
  /** Its colour: a hue of the codebook, or a tone of the chart. */
  readonly hue?: string | undefined;
  /** The text on it, if there is room. For a single bar, the text next to it with the number. */
  readonly caption?: string | undefined;
  readonly tone?: 'plain' | 'none' | 'good' | 'begun' | 'rest' | undefined;
}

/** What to draw. `rows` and `columns` are in display order. Names may be any text. */
export interface Drawing {
  readonly kind: 'bars' | 'columns' | 'stack' | 'grid';
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly parts: readonly ChartPart[];
}

const letter = 6.7;
const longest = 30;
const widest = 76;
const short = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1).toWellFormed()}…` : name);
const shown = (count: number) => count.toLocaleString('en');

/**
 * Draws a chart `width` CSS pixels wide. Colours and type come from the page's style sheets. The style element that Observable Plot would add is
 * left out, because the page's content security policy forbids it. Elements of parts carry the id in `data-part`.
 */
export function drawChart(drawing: Drawing, width: number): SVGSVGElement {
  const made = plot({ ...optionsOf(drawing, width), width, label: null, figure: false }) as SVGSVGElement;
  for (const style of made.querySelectorAll('style')) style.remove();
  const selector = drawing.kind === 'grid' ? 'g[aria-label="cell"] rect' : 'g[aria-label="bar"] rect';
  const marks = [...made.querySelectorAll<SVGRectElement>(selector)];
  const most = Math.max(1, ...drawing.parts.map(({ count }) => count));
  for (const mark of marks) {
    // Plot sets the index of its datum on each mark.
    const part = drawing.parts[Number(Reflect.get(mark, '__data__'))];
    if (!part) continue;
    mark.dataset['part'] = part.id;
    if (part.hue) mark.dataset['hue'] = part.hue;
    mark.dataset['tone'] = part.tone ?? 'plain';
    if (drawing.kind === 'grid') mark.setAttribute('fill-opacity', String(0.08 + (0.32 * part.count) / most));
    mark.setAttribute('aria-label', part.name);
    mark.setAttribute('role', 'button');
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    title.textContent = part.name;
    mark.replaceChildren(title);
  }
  if (drawing.kind === 'stack') {
    for (const caption of made.querySelectorAll<SVGTextElement>('g[aria-label="text"] text')) {
      caption.dataset['on'] = drawing.parts[Number(Reflect.get(caption, '__data__'))]?.tone ?? 'plain';
    }
  }
  made.setAttribute('role', 'group');
  // Screen readers announce the parts; everything else would be repetition.
  for (const group of made.children) if (!group.querySelector('[data-part]')) group.setAttribute('aria-hidden', 'true');
  return made;
}

function optionsOf({ kind, rows, columns, parts }: Drawing, width: number): Parameters<typeof plot>[0] {
  const left = Math.min(width * 0.42, 14 + letter * Math.max(3, ...rows.map((row) => short(row).length)));
  const side = [axisY({ anchor: 'left', tickSize: 0, tickFormat: short, fontSize: 12, label: null })];
  const narrow = Math.max(4, Math.floor(left / letter) - 2);
  const fitting = (name: string) => (short(name).length > narrow ? `${short(name).slice(0, narrow - 1)}…` : short(name));
  if (kind === 'columns') {
    const isTilted = columns.length * 62 > width;
    const axis = axisX({ anchor: 'bottom', tickSize: 0, fontSize: 12, label: null, tickRotate: isTilted ? -45 : 0 });
    return {
      ...{
        height: isTilted ? 230 : 200,
        marginLeft: 8,
        marginRight: Math.max(8, width - 8 - columns.length * widest),
        marginTop: 22,
        marginBottom: isTilted ? 58 : 28,
      },
      ...{ x: { type: 'band', domain: columns, padding: 0.25 }, y: { axis: null, label: null } },
      marks: [
        barY(parts, { x: 'column', y: 'count' }),
        text(parts, { x: 'column', y: 'count', text: ({ count }: ChartPart) => shown(count), dy: -9, fontSize: 12 }),
        axis,
      ],
    };
  }
  if (kind === 'grid') {
    const top = 14 + Math.min(110, letter * 0.75 * Math.max(3, ...columns.map((column) => Math.min(18, column.length))));
    // The name of the last column leans out over its cell.
    const reach = letter * 0.8 * Math.min(18, columns.at(-1)?.length ?? 0);
    const right = Math.max(24, reach - (width - left - reach) / Math.max(1, columns.length) / 2);
    return {
      ...{ height: top + rows.length * 28 + 6, marginLeft: left, marginRight: right, marginTop: top, marginBottom: 4, padding: 0.06 },
      ...{ x: { type: 'band', domain: columns, label: null }, y: { type: 'band', domain: rows, label: null } },
      marks: [
        cell(parts, { x: 'column', y: 'row' }),
        text(parts, { x: 'column', y: 'row', text: ({ count }: ChartPart) => shown(count), fontSize: 12 }),
        axisY({ anchor: 'left', tickSize: 0, tickFormat: fitting, fontSize: 12, label: null }),
        axisX({
          anchor: 'top',
          tickSize: 0,
          tickFormat: (name: string) => (name.length > 18 ? `${name.slice(0, 17)}…` : name),
          fontSize: 12,
          tickRotate: -40,
          label: null,
        }),
      ],
    };
  }
  const sums = rows.map((row) => {
    const own = parts.filter((part) => part.row === row);
    const told = own.map(({ caption }) => caption && ` · ${caption}`).join('');
    return { row, count: own.reduce((sum, { count }) => sum + count, 0), told };
  });
  const right = kind === 'bars' ? 96 : 52;
  return {
    ...{ height: rows.length * 27 + 8, marginLeft: left, marginRight: right, marginTop: 4, marginBottom: 4 },
    ...{ x: { axis: null, label: null }, y: { type: 'band', domain: rows, padding: 0.28, label: null } },
    marks: [
      barX(parts, { x: 'count', y: 'row' }),
      kind === 'stack'
        ? text(parts, stackX({ x: 'count', y: 'row', text: captionOf(sums, width - left - right), fontSize: 12 }))
        : text(sums, {
            x: 'count',
            y: 'row',
            text: ({ count, told }: (typeof sums)[number]) => shown(count) + told,
            textAnchor: 'start',
            dx: 6,
            fontSize: 12,
          }),
      ...(left < 14 + letter * 8 ? side : [axisY({ anchor: 'left', tickSize: 0, tickFormat: fitting, fontSize: 12, label: null })]),
    ],
  };
}

// Adds a caption if its part of the bar is wide enough. `room` is the width of the longest bar, in CSS pixels.
function captionOf(sums: readonly { readonly count: number }[], room: number) {
  const most = Math.max(1, ...sums.map(({ count }) => count));
  return ({ count, caption = '' }: ChartPart) => ((count / most) * room > letter * caption.length + 8 ? caption : '');
}
