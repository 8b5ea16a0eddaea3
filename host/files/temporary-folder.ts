import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a folder among the system's temporary files that only this person may read. `purpose` becomes a part of its name. */
export function temporaryFolder(purpose: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `pressmark-${purpose}-`));
}

/** Removes such a folder and everything in it. Files that another program holds open stay until the system clears its temporary files. */
export function removeTemporary(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The work with the folder is done. A virus scanner that reads it must not end the host, nor make a restored project count as failed.
  }
}
