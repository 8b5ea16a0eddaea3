import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { planSuperseding, supersede } from '../core/articles/superseding.ts';
import { contract, type Input, type Method, type Output } from '../core/contract.ts';
import type { Reply } from '../core/failure.ts';
import { emptySet, setFromRecord } from '../core/model/annotation.ts';
import type { ListedMeta } from '../core/model/article.ts';
import { resolveArticle } from '../core/model/article-record.ts';
import { defaultCodebook } from '../core/model/default-codebook.ts';
import { applyEdits, type Edit, emptyWork, type Work } from '../core/steps/edit.ts';
import { tag } from '../core/steps/gestures.ts';
import type { Host } from './host.ts';
import { type Loopback, startLoopback } from './loopback/http.ts';
import { hostOn, makeProject, temporaryFolder } from './testing/sample-host.ts';

let folder: { path: string; remove(): Promise<void> };
let host: Host;
let loopback: Loopback;

beforeAll(async () => {
  folder = await temporaryFolder();
  const project = join(folder.path, 'p');
  await makeProject(project);
  const opened = await hostOn(project);
  host = opened.host;
  loopback = await startLoopback({ host, tickets: opened.tickets, pageFolder: folder.path });
});

afterAll(async () => {
  await loopback.close();
  await host.close();
  await folder.remove();
});

/** Calls over HTTP as the page does. @throws Error with the failure's message */
async function call<M extends Method>(method: M, input: Input<M>, bytes?: Uint8Array<ArrayBuffer>): Promise<Output<M>> {
  const { origin, hash } = new URL(loopback.url);
  const response = await fetch(`${origin}/api/${method}`, {
    method: 'POST',
    headers: {
      origin,
      authorization: `Bearer ${hash.replace('#token=', '')}`,
      ...(bytes
        ? { 'content-type': 'application/octet-stream', 'x-pressmark-input': encodeURIComponent(JSON.stringify(input)) }
        : { 'content-type': 'application/json' }),
    },
    body: bytes ?? JSON.stringify(input),
  });
  const reply = (await response.json()) as Reply;
  if (!reply.ok) throw new Error(reply.error.message);
  return contract[method].output.parse(reply.value) as Output<M>;
}

test('R35 an article with 20,000 annotations is tagged in one step and replaced in one step over loopback', async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `Line ${at} says that the minister of number ${at * 7} said it.`);
  const text = `${lines.join('\n')}\n`;
  const newText = `Corrected.\n${text}`;
  const page = 'p1';
  await call('openWorkspace', { page });
  const metas: ListedMeta[] = [];
  for (const [name, content] of [
    ['old.txt', text],
    ['new.txt', newText],
  ] as const) {
    const { summary } = await call('importArticle', { page, name }, new TextEncoder().encode(content));
    metas.push(summary.meta);
  }
  const [from, to] = metas as [ListedMeta, ListedMeta];
  const now = '2026-11-20T10:00:00.000Z';
  let count = 0;
  const newId = () => `r${++count}`;
  let work: Work = { ...emptyWork, sets: new Map([from, to].map(({ id }) => [id, emptySet(id)])) };
  const step = async (edits: Edit[]) => {
    const gesture = { id: newId(), annotator: 'anna', time: now, command: 'test.step', title: 'Step', edits, undoes: null, redoes: null };
    work = applyEdits(work, edits);
    await call('apply', { page, gesture });
    return JSON.stringify(gesture).length;
  };
  const scene = { text, work, registry: new Map(), codebook: defaultCodebook, codebookVersion: 1, annotator: 'anna', now, newId };
  let start = 0;
  const tagged = lines.flatMap(({ length }) => {
    const range = { start, end: start + length };
    start += length + 1;
    return tag({ ...scene, article: from.id }, 'QUOTE', [range]).edits;
  });
  expect(await step(tagged)).toBeGreaterThan(8_000_000);
  const set = work.sets.get(from.id);
  if (!set) throw new TypeError('no set');
  const plan = planSuperseding(set, text, to.id, newText);
  expect(plan.lost).toEqual([]);
  const resolved = [from, to].map((meta) => resolveArticle(meta, [])) as [
    ReturnType<typeof resolveArticle>,
    ReturnType<typeof resolveArticle>,
  ];
  const size = await step(supersede({ work, registry: new Map(), annotator: 'anna', now, newId }, plan, new Set(), ...resolved));
  expect(size).toBeGreaterThan(16_000_000);
  const read = await call('openArticle', { article: to.id });
  expect(setFromRecord(read.set).annotations.size).toBe(20_000);
});
