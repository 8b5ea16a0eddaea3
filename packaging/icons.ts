import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';

/** Draws the icons of the installers from their SVGs: renderer/icon.svg for the app, icons/project.svg for project files. */
const here = import.meta.dirname;
const icons = join(here, 'icons');
const sources = { app: join(dirname(here), 'renderer', 'icon.svg'), project: join(icons, 'project.svg') };

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 256];
// The types of an .icns that hold a PNG, by the size of the picture. The same size serves both for itself and for half of it on a high-density
// screen.
const appleTypes: readonly (readonly [type: string, size: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];
// On a Mac an app's square leaves a margin, so that all apps look equally large: 824 of 1024.
const appleMargin = 100 / 1024;

const browser = await chromium.launch(launchOptions());
try {
  mkdirSync(join(icons, 'linux'), { recursive: true });
  for (const size of linuxSizes) writeFileSync(join(icons, 'linux', `${size}x${size}.png`), await drawn(browser, sources.app, size, 0));
  for (const [name, margin] of [['app', appleMargin] as const, ['project', 0] as const]) {
    const source = sources[name];
    const small = await Promise.all(windowsSizes.map((size) => drawn(browser, source, size, 0)));
    writeFileSync(join(icons, `${name}.ico`), ico(windowsSizes, small));
    const large = await Promise.all(appleTypes.map(([, size]) => drawn(browser, source, size, margin)));
    writeFileSync(join(icons, `${name}.icns`), icns(large));
  }
} finally {
  await browser.close();
}

/** A PNG of `size` pixels a side, with `margin`, a share of the size, left free on every side. */
async function drawn(browser: Browser, source: string, size: number, margin: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = `data:image/svg+xml;base64,${readFileSync(source).toString('base64')}`;
  const inner = size * (1 - 2 * margin);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh"><img src="${svg}" width="${inner}" height="${inner}">`,
  );
  await page.locator('img').evaluate('(image) => image.decode()');
  const picture = await page.screenshot({ omitBackground: true });
  await page.close();
  return picture;
}

/** An .ico of PNGs: a header of 6 bytes, an entry of 16 for each, then the pictures. */
function ico(sizes: readonly number[], pictures: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach((picture, index) => {
    const entry = 6 + 16 * index;
    const size = sizes[index] ?? 0;
    // 0 means 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(picture.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += picture.length;
  });
  return Buffer.concat([head, ...pictures]);
}

/** An .icns of PNGs: its name and length, then each picture preceded by its type and a length that includes these 8 bytes. */
function icns(pictures: readonly Buffer[]): Buffer {
  const parts = pictures.map((picture, index) => {
    const head = Buffer.alloc(8);
    head.write(appleTypes[index]?.[0] ?? '', 'latin1');
    head.writeUInt32BE(picture.length + 8, 4);
    return Buffer.concat([head, picture]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
