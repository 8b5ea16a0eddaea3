import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatName } from '../core/export-request.ts';
import { importText } from '../host/article-import.ts';
import { previewExport } from '../host/dataset-export.ts';
import { zipExport } from '../host/export-zip.ts';
import { type FileSystem, nodeFileSystem } from '../host/storage/file-system.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { generated } from './corpus.ts';
import { gesturesFor, runsIn } from './scene.ts';

/**
 * Exports a project of many articles as the loopback host does, each format in a process of its own, so that its memory is its own:
 * `npm run bench:export [articles] [formats, with commas between]`. Figures are in README.md.
 */
const [first = '10000', second = 'jsonl,csv,huggingface,brat'] = process.argv.slice(2);
const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);

// Making the project is not measured, so nothing waits for the disk there.
const hasty: FileSystem = {
  ...nodeFileSystem,
  open: async (path, mode) => {
    const file = await nodeFileSystem.open(path, mode);
    return {
      write: (bytes, offset, position) => file.write(bytes, offset, position),
      read: (position, length) => file.read(position, length),
      size: () => file.size(),
      truncate: (size) => file.truncate(size),
      readAll: () => file.readAll(),
      close: () => file.close(),
      sync: async () => undefined,
    };
  },
  syncFolder: async () => undefined,
};

if (first === '--measure') await measure(second, FormatName.parse(process.argv[4]));
else await compare(Number(first), second.split(','));

/** One article of four has ten annotations. */
async function compare(articles: number, formats: readonly string[]): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'pressmark-export-bench-'));
  try {
    const folder = join(home, 'project');
    await createProject(folder, { name: 'Benchmark', annotator: { id: 'bench', name: 'Bench' } });
    const project = await openProject(folder, { fileSystem: hasty });
    const corpus = generated(500);
    let size = 0;
    for (let index = 0; index < articles; index++) {
      const text = corpus.text();
      size += Buffer.byteLength(text);
      const { meta } = await importText(project, `article-${index}.txt`, new TextEncoder().encode(text));
      if (index % 4 > 0) continue;
      for (const gesture of gesturesFor(meta.id, text, runsIn(text, 10), 'bench')) await project.apply(gesture);
    }
    await project.close();
    console.log(`${articles} articles, ${megabytes(size)} MB of text, ${Math.ceil(articles / 4) * 10} annotations`);
    for (const format of formats) {
      const script = process.argv[1] ?? '';
      const { stdout, stderr, status } = spawnSync(process.execPath, [script, '--measure', folder, format], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      const { open, preview, zip, bytes, before, peak } = JSON.parse(stdout) as Measured;
      const speed = (size / 1_000_000 / (zip / 1000)).toFixed(1);
      const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
      console.log(
        `${format}: opened in ${seconds(open)}; preview ${seconds(preview)}; zip ${seconds(zip)}, ${speed} MB of text a second, ${megabytes(bytes)} MB; ` +
          `memory ${megabytes(before)} MB once open, ${megabytes(peak)} MB at most`,
      );
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Times in milliseconds, the rest in bytes. */
interface Measured {
  readonly open: number;
  readonly preview: number;
  readonly zip: number;
  readonly bytes: number;
  readonly before: number;
  readonly peak: number;
}

async function measure(folder: string, format: FormatName): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'pressmark-zip-bench-'));
  const start = performance.now();
  const project = await openProject(folder, { readOnly: true });
  const opened = performance.now();
  const before = process.memoryUsage().rss;
  const { bytes } = await zipExport(project, { format }, place);
  const zipped = performance.now();
  await previewExport(project, { format });
  const previewed = performance.now();
  const peak = process.resourceUsage().maxRSS * 1024;
  const measured: Measured = { open: opened - start, zip: zipped - opened, preview: previewed - zipped, bytes, before, peak };
  console.log(JSON.stringify(measured));
  await project.close();
  await rm(place, { recursive: true });
}
