import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The hook of electron-builder between packing and signing: sets every fuse of the program as fuses.json says, and reads them back. The build fails
 * for a fuse that fuses.json does not name, a program without fuses, or a fuse that does not have its value afterwards.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string }, executableName?: string } }} context
 */
export default async function flipFusesOf({ appOutDir, electronPlatformName, packager }) {
  const { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } = await import('@electron/fuses');
  const plan = JSON.parse(readFileSync(join(import.meta.dirname, 'fuses.json'), 'utf8'));
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  for (const name of Object.keys(plan)) if (!names.includes(name)) throw new Error(`fuses.json names ${name}, which is no fuse`);
  const program = programIn(appOutDir, electronPlatformName, packager);
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // The change invalidates Electron's own signature for Apple processors, and a real one follows. Only a Mac can sign.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin' && process.platform === 'darwin',
    ...Object.fromEntries(names.map((name) => [FuseV1Options[name], plan[name]])),
  });
  const wire = await getCurrentFuseWire(program);
  for (const name of names) {
    const wanted = plan[name] ? FuseState.ENABLE : FuseState.DISABLE;
    if (wire[FuseV1Options[name]] !== wanted)
      throw new Error(`the fuse ${name} is ${wire[FuseV1Options[name]]} in ${program}, not ${wanted}`);
  }
  console.log(`  • fuses are set and read back  ${names.map((name) => `${name}=${plan[name] ? 'on' : 'off'}`).join(' ')}`);
}

function programIn(folder, platform, { appInfo, executableName }) {
  if (platform === 'darwin') return join(folder, `${appInfo.productFilename}.app`);
  return join(folder, platform === 'win32' ? `${appInfo.productFilename}.exe` : executableName);
}
