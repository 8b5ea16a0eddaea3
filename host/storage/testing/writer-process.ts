import { flushCompileCache } from 'node:module';
import { openProject } from '../project.ts';
import { Author, type Step } from './author.ts';
import { annotator, first } from './scenario.ts';

// A process that edits the project in its first argument endlessly and prints the id of each gesture once it is acknowledged. Its purpose is to be
// killed.
// A killed process leaves no compile cache to the next one, which then starts much more slowly.
flushCompileCache();
const project = await openProject(process.argv[2] ?? '');
if (project.readOnly) throw new Error('the project is read-only');
const author = new Author(annotator);
for (const gesture of project.gestures()) author.accept(gesture);
author.count = 1000 * (author.accepted.length + 1);
const steps: readonly Step[] = ['add', 'both', 'note', 'undo', 'add', 'remove', 'redo', 'both', 'undo', 'redo'];
for (let round = 0; ; round++) {
  const gesture = author.gesture(steps[round % steps.length] ?? 'add', first.id, first.text);
  if (!gesture) continue;
  await project.apply(gesture);
  author.accept(gesture);
  process.stdout.write(`${gesture.id}\n`);
  if (round % 3 === 0) await project.flush();
}
