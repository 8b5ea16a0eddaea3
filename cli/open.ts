import type { Command } from 'commander';
import { accountName, placesOf, sampleFolder } from '../host/places.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { openProject } from '../host/storage/project.ts';
import { startDesktop } from './desktop.ts';
import { projectFolder, seedsFolder } from './places.ts';
import { serveProject } from './serve.ts';

/** Adds `pressmark open`. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .summary('open a project in its window')
    .description('Opens a project in the desktop window or, where there can be none, in the browser.')
    .argument('[project]', 'the folder of a project, or its project.pressmark')
    .option('--sample', 'open the sample project, made in your projects folder the first time')
    .addHelpText('after', '\nExamples:\n  $ pressmark open ~/summit\n  $ pressmark open --sample\n');
  command.action(async (named: string | undefined, options: { sample?: true }) => {
    if ((named === undefined) === (options.sample === undefined)) command.error('error: name a project folder or give --sample');
    const folder = named === undefined ? sampleFolder(placesOf()) : projectFolder(named);
    const project = await (named === undefined ? openOrCreateSample(folder, seedsFolder, accountName()) : openProject(folder));
    // The window is a program of its own, which takes the project's lock itself.
    await project.close();
    const desktop = await startDesktop(folder);
    if (desktop.started) {
      process.exitCode = await desktop.exit;
      return;
    }
    console.error(desktop.reason);
    await serveProject(await openProject(folder), { port: 0, open: true });
  });
}
