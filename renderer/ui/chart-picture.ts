const looks = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'color'];

/** A chart as a standalone SVG document, with the relevant style sheet rules written into it, on the background `ground`. `title` is its name. */
export function svgText(chart: SVGSVGElement, title: string, ground: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const made = [copy, ...copy.querySelectorAll('*')];
  for (const [index, element] of [chart, ...chart.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(element);
    const twin = made[index];
    for (const look of looks) {
      const value = style.getPropertyValue(look);
      if (value) twin?.setAttribute(look, value);
    }
    for (const name of ['tabindex', 'role', 'data-part', 'data-tone', 'data-hue', 'class']) twin?.removeAttribute(name);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('role', 'img');
  copy.setAttribute('aria-label', title);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: ground })) paper.setAttribute(name, value);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** Renders an SVG document of this size in CSS pixels as a PNG at double resolution. @throws Error if the browser cannot draw it */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(width * 2, height * 2);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, width * 2, height * 2);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}
