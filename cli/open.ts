import type { Command } from 'commander';
import { accountName, placesOf, sampleFolder } from '../host/places.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { openProject } from '../host/storage/project.ts';
import { startDesktop } from './desktop.ts';
import { projectFolder, seedsFolder } from './places.ts';
import { serveInBrowser } from './serve.ts';

/** Adds `pressmark open`. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .summary('open a project in its window')
    .description(
      'Opens a project (or the Project home, if you name none) in the desktop window, or in the browser where no window can be opened.',
    )
    .argument('[project]', 'the folder of a project, or its project.pressmark')
    .option('--sample', 'open the sample project, made in your projects folder the first time')
    .addHelpText('after', '\nExamples:\n  $ pressmark open ~/summit\n  $ pressmark open --sample\n');
  command.action(async (named: string | undefined, options: { sample?: true }) => {
    if (named !== undefined && options.sample) command.error('error: name a project folder or give --sample, not both');
    const folder = await folderToOpen(named, options.sample === true);
    const desktop = await startDesktop(folder);
    if (desktop.started) {
      process.exitCode = await desktop.exit;
      return;
    }
    console.error(desktop.reason);
    await serveInBrowser(folder, { port: 0, open: true });
  });
}

// Opens the project once, so that problems with it are reported before the window starts. The window is a separate program that takes the lock
// itself.
async function folderToOpen(named: string | undefined, isSample: boolean): Promise<string | null> {
  if (named === undefined && !isSample) return null;
  const folder = named === undefined ? sampleFolder(placesOf()) : projectFolder(named);
  const project = await (named === undefined
    ? openOrCreateSample(folder, seedsFolder, accountName())
    : openProject(folder, { whole: false, cache: placesOf().cache }));
  await project.close();
  return folder;
}
