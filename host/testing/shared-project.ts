import { cp, rm } from 'node:fs/promises';
import { afterEach, beforeEach } from 'vitest';
import type { HostEvent } from '../../core/contract.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { Host } from '../host.ts';
import { checkProject } from '../storage/check.ts';
import { openProject, type Project } from '../storage/project.ts';
import type { Author } from '../storage/testing/author.ts';
import { hostOn, makeProject, temporaryFolder } from './sample-host.ts';

/**
 * A project on a real disk that several people share, created for each test of a file. It can be opened here by hosts, and as a copy on another
 * computer. Everything opened is closed after the test.
 */
export function sharedProject() {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let hosts: Host[] = [];
  const place = () => `${folder.path}/project`;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await makeProject(place());
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()));
    await folder.remove();
  });
  return {
    /** The folder that contains the project. */
    get folder(): string {
      return folder.path;
    },
    /** The folder of the project. */
    get place(): string {
      return place();
    },
    /** The journal of an annotator, here or in another copy. */
    journal: (annotator: string, at = place()): string => `${at}/annotators/${annotator}/journal.jsonl`,
    /** What the check finds wrong. */
    async problems(): Promise<string[]> {
      const found: string[] = [];
      for await (const problem of checkProject(place())) found.push(problem);
      return found;
    },
    /** A host on the project, after page `a` has opened it. */
    async opened() {
      const made = await hostOn(place());
      hosts = [...hosts, made.host];
      await made.host.call('openWorkspace', { page: 'a' });
      return made;
    },
    /** Copies the project as another computer of the same people has it, and runs `work` on the copy. Returns the path of the copy. */
    async elsewhere(work: (project: Project) => Promise<void>, annotator = 'anna'): Promise<string> {
      const copy = `${folder.path}/elsewhere`;
      await rm(copy, { recursive: true, force: true });
      await cp(place(), copy, { recursive: true });
      const project = await openProject(copy, { annotator });
      await work(project);
      await project.close();
      return copy;
    },
  };
}

/** The answer to a call of page `a`. @throws Error for a failure */
export async function called<T>(host: Host, method: string, input: object): Promise<T> {
  const reply = await host.call(method, { page: 'a', ...input });
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value as T;
}

/** Resolves to the first event for which `wanted` is true. */
export function heard(host: Host, wanted: (event: HostEvent) => boolean): Promise<HostEvent> {
  return new Promise((resolve) => {
    const stop = host.listen(null, (event) => {
      if (!wanted(event)) return;
      stop();
      resolve(event);
    });
  });
}

/** Whether an event says that the project was changed from outside. */
export const isOutside = ({ event }: HostEvent): boolean => event === 'outside';

/** Adds an annotation to the first article, made by `author`. Its id and the id of the step begin with `prefix`. */
export async function tagged(project: Project, author: Author, prefix: string): Promise<Gesture> {
  const [article] = project.articles();
  const { text } = await project.readArticle(article?.id ?? '');
  const made = author.gesture('add', article?.id ?? '', text) as Gesture;
  const renamed: Gesture = JSON.parse(JSON.stringify(made).replaceAll('"a1"', `"${prefix}-a1"`).replaceAll('"g1"', `"${prefix}-g1"`));
  await project.apply(renamed);
  return renamed;
}
