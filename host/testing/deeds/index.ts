import { FormatName } from '../../../core/formats/export-request.ts';
import { openProject } from '../../storage/project.ts';
import { Author } from '../../storage/testing/author.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { annotator, first, folder, makeProject, second, testOptions } from '../../storage/testing/scenario.ts';
import type { Deed } from '../trials.ts';
import { articleChanges, articleImport } from './articles.ts';
import { backups, conflictMerge, lookingOutside } from './copies.ts';
import { datasetImport, exports } from './datasets.ts';
import { diskAfter, doSteps } from './on-a-disk.ts';
import { closing, creation, openings, saving } from './opening.ts';
import { codebookChanges, datasetSettings, people, settings } from './settings.ts';

/** Every deed of the product that touches a disk; the exports once for each format and each kind of place. New ones belong here. */
export async function wholeProduct(): Promise<Deed[]> {
  // A closed project with an article and some work on it.
  const disk = emptyDisk();
  await makeProject(disk);
  const author = new Author(annotator);
  const project = await openProject(folder, testOptions(disk));
  await project.addArticle(first);
  await doSteps(project, author, ['add', 'both', 'note', 'undo']);
  await project.close();
  const twoArticles = await diskAfter(disk, (opened) => opened.addArticle(second));
  return [
    creation(),
    ...openings(disk, twoArticles),
    saving(disk, author),
    await closing(disk, author),
    articleImport(disk),
    await datasetImport(disk),
    ...articleChanges(disk),
    ...datasetSettings(twoArticles),
    ...codebookChanges(disk),
    ...people(disk),
    await conflictMerge(disk, author),
    lookingOutside(disk),
    ...FormatName.options.flatMap((format) => exports(twoArticles, format)),
    ...(await backups(twoArticles)),
    settings(),
  ];
}
