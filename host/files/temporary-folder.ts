import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder among the system's temporary files, which only this person may read. `purpose` is a part of its name. */
export function temporaryFolder(purpose: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `pressmark-${purpose}-`));
}

/** Removes such a folder with all that is in it. What another program holds on to stays, until the system clears its temporary files. */
export function removeTemporary(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // What was done with it is done: a virus scanner that looks at it must not end the host, nor make a restored project a failure.
  }
}
