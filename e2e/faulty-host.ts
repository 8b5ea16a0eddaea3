import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { zipExport } from '../host/dataset/export-zip.ts';
import { openHost } from '../host/host.ts';
import { startLoopback } from '../host/loopback/http.ts';
import { createTickets, deliverByTicket } from '../host/loopback/tickets.ts';
import { openSettings } from '../host/settings.ts';
import { type FileSystem, nodeFileSystem } from '../host/storage/file-system.ts';
import { openProject } from '../host/storage/project.ts';

/**
 * The loopback host on a disk that is full for as long as the file `disk-full` lies in the folder given second. It is the product's
 * own host; only its file system port is wrapped.
 */
const [projectFolder, switchFolder] = process.argv.slice(2) as [string, string];

const refuseWhenFull = () => {
  if (existsSync(join(switchFolder, 'disk-full'))) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
};

const fillable: FileSystem = {
  ...nodeFileSystem,
  async open(path, mode) {
    const file = await nodeFileSystem.open(path, mode);
    return {
      write: async (bytes, offset, position) => {
        refuseWhenFull();
        return file.write(bytes, offset, position);
      },
      sync: () => file.sync(),
      size: () => file.size(),
      truncate: (size) => file.truncate(size),
      readAll: () => file.readAll(),
      read: (position, length) => file.read(position, length),
      close: () => file.close(),
    };
  },
};

const project = await openProject(projectFolder, { fileSystem: fillable });
const tickets = createTickets();
const settings = await openSettings(join(switchFolder, 'settings'));
const host = openHost({ project, settings, kind: 'loopback', version: 'test', deliver: deliverByTicket(tickets, zipExport) });
const { url } = await startLoopback({ host, tickets, pageFolder: join(import.meta.dirname, '..', 'out', 'renderer') });
console.log(url);
