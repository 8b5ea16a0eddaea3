import { realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { codeOf } from './file-system.ts';
import { sha256 } from './strict-json.ts';

/** The right to write in a project. The system releases it when the process ends, in whatever way. */
export interface Lock {
  release(): Promise<void>;
}

/** The lock of the project in `folder`, or null while another window or program holds it. */
export async function acquireLock(folder: string): Promise<Lock | null> {
  const address = addressOf(await realpath(folder), process.platform);
  const server =
    (await listen(address)) ?? (address.startsWith(tmpdir()) && (await removeDeadSocket(address)) ? await listen(address) : null);
  if (!server) return null;
  // Holding a lock must not keep the program alive.
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/**
 * The address of the lock for the project with this real path: an abstract socket on Linux and a named pipe on Windows, which the system releases
 * with the process; elsewhere a socket file in the folder for temporary files.
 */
export function addressOf(realPath: string, platform: NodeJS.Platform): string {
  const user = process.getuid?.() ?? userInfo().username;
  const name = `pressmark-${user}-${sha256(realPath).slice(0, 16)}`;
  if (platform === 'linux') return `\0${name}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (codeOf(error) === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

// A socket file stays when its process is killed; nobody answers on it any more.
async function removeDeadSocket(address: string): Promise<boolean> {
  const isDead = await new Promise<boolean>((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error) => resolve(codeOf(error) === 'ECONNREFUSED'));
  });
  if (isDead) await unlink(address);
  return isDead;
}
