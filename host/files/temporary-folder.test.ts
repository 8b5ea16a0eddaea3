import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeTemporary, temporaryFolder } from './temporary-folder.ts';

test('H66 a temporary folder is removed with all in it, and one that cannot be removed ends nothing', async () => {
  const folder = await temporaryFolder('test');
  writeFileSync(join(folder, 'a'), 'a');
  removeTemporary(folder);
  expect(existsSync(folder)).toBe(false);
  // No system has a folder of this name: its removal fails, as that of one which is in use does elsewhere.
  expect(() => removeTemporary(`${folder}\0`)).not.toThrow();
});
