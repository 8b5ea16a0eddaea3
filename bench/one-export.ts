import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatName } from '../core/formats/export-request.ts';
import { writeExport } from '../host/dataset/export-folder.ts';
import { zipExport } from '../host/dataset/export-zip.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { openProject } from '../host/storage/project.ts';

/**
 * One export in a process of its own, so that its memory is its own: `one-export.ts PROJECT FORMAT folder|zip [PLACE]`. Milliseconds and bytes, as
 * JSON. What it makes in the folder PLACE stays.
 */
const [project = '', name, kind, kept] = process.argv.slice(2);
const format = FormatName.parse(name);
const place = kept ?? (await mkdtemp(join(tmpdir(), 'pressmark-one-export-')));
const opened = await openProject(project, { readOnly: true });
const before = process.memoryUsage().rss;
const [begin, used] = [performance.now(), process.cpuUsage()];
if (kind === 'zip') await zipExport(opened, { format }, place);
else await writeExport(opened, { format }, join(place, 'dataset'), nodeFileSystem);
const time = performance.now() - begin;
const { user, system } = process.cpuUsage(used);
const memory = process.resourceUsage().maxRSS * 1024;
const made = { files: 0, bytes: 0 };
for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  made.files++;
  made.bytes += (await stat(join(entry.parentPath, entry.name))).size;
}
console.log(JSON.stringify({ time, cpu: (user + system) / 1000, before, memory, ...made }));
await opened.close();
if (!kept) await rm(place, { recursive: true });
