import { join } from 'node:path';
import type { Command } from 'commander';
import { placesOf } from '../host/places.ts';
import { openOrCreateSample, sampleFolderName } from '../host/sample.ts';
import { openProject } from '../host/storage/project.ts';
import { startDesktop } from './desktop.ts';
import { personName, projectFolder, seedsFolder } from './places.ts';
import { serveProject } from './serve.ts';

/** Adds `pressmark open`. */
export function addOpen(program: Command): void {
  const command = program
    .command('open')
    .summary('open a project in its window')
    .description('Opens a project in the desktop window or, where there can be none, in the browser.')
    .argument('[project]', 'the folder of a project')
    .option('--sample', 'open the sample project, made in your projects folder the first time')
    .addHelpText('after', '\nExamples:\n  $ pressmark open ~/summit\n  $ pressmark open --sample\n');
  command.action(async (named: string | undefined, options: { sample?: true }) => {
    if ((named === undefined) === (options.sample === undefined)) command.error('error: name a project folder or give --sample');
    const folder = named === undefined ? join(placesOf().projects, sampleFolderName) : projectFolder(named);
    const project = await (named === undefined ? openOrCreateSample(folder, seedsFolder, personName()) : openProject(folder));
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
