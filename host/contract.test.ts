import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract, type Method } from '../core/contract.ts';
import type { Reply } from '../core/failure.ts';
import { defaultSettings } from '../core/settings.ts';
import { defaultSplitOptions } from '../core/splits/options.ts';
import type { Call } from './handlers/serve.ts';
import type { Host } from './host.ts';
import { type Loopback, startLoopback } from './loopback/http.ts';
import { doneGesture, hostOn, makeProject, temporaryFolder } from './testing/sample-host.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let article: string;
let loopback: Loopback;
const hosts: Host[] = [];
let memory: Call;
let http: Call;

beforeAll(async () => {
  folder = await temporaryFolder();
  const places = [`${folder.path}/memory`, `${folder.path}/over-http`] as const;
  await makeProject(places[0]);
  await cp(places[0], places[1], { recursive: true });
  const [first, second] = [await hostOn(places[0]), await hostOn(places[1])];
  hosts.push(first.host, second.host);
  article = first.project.articles()[0]?.id ?? '';
  loopback = await startLoopback({ host: second.host, tickets: second.tickets, pageFolder: folder.path });
  memory = first.host.call;
  http = callOver(loopback.url);
});

afterAll(async () => {
  await Promise.all(hosts.map((host) => host.close()));
  await loopback.close();
  await folder.remove();
});

/** A call as the page makes it. */
function callOver(url: string): Call {
  const { origin, hash } = new URL(url);
  const common = { origin, authorization: `Bearer ${hash.slice('#token='.length)}` };
  return async (method, input, bytes) => {
    const file = { 'content-type': 'application/octet-stream', 'x-pressmark-input': encodeURIComponent(JSON.stringify(input)) };
    const headers = { ...common, ...(bytes ? file : { 'content-type': 'application/json' }) };
    const body = bytes ? new Uint8Array(bytes) : JSON.stringify(input);
    const response = await fetch(`${origin}/api/${method}`, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    return (await response.json()) as Reply;
  };
}

/** The two projects lie in two folders, by which they have their keys, and tickets are random; all else must be equal. */
function comparable(reply: Reply): unknown {
  return JSON.parse(
    JSON.stringify(reply)
      .replaceAll(`${folder.path}/memory`, 'PLACE')
      .replaceAll(`${folder.path}/over-http`, 'PLACE')
      .replace(/"ticket":"[\w-]{43}"/, '"ticket":"TICKET"')
      .replaceAll(/"at-[0-9a-f]{24}"/g, '"KEY"'),
  );
}

const datasetLine = `${JSON.stringify({
  ...{ schema: 'qds/1.0', doc_id: 'd', offset_unit: 'unicode_code_point', text: 'Bo 💪 said “no”.', text_sha256: null },
  annotations: [{ id: 'quote-of-bo', layer: 'QUOTE', spans: [{ start: 10, end: 14, text: '“no”' }], attributes: { type: 'direct' } }],
})}\n`;
const unfit = {
  format: 'pressmark-labels',
  version: 1,
  layers: { QUOTE: { to: 'SHOUT', attributes: {}, roles: {} } },
  relations: {},
  entityTypes: {},
};
const text = (words: string) => new TextEncoder().encode(words);
const rename = { change: 'rename-layer', layer: 'QUOTE', to: 'SAYING' };
const changing = { page: 'p1', what: { kind: 'change', changes: [rename] } };
const halves = { ...defaultSplitOptions, fractions: { train: 0.5, validation: 0, test: 0.5 } };
const tooMuch = { ...halves, fractions: { train: 0.8, validation: 0.8, test: 0.8 } };
const restoring = { state: '2026-11-20T10-00-00-000Z', gesture: 'r1', title: 'Restore it', what: { kind: 'all' } };
const settings = { ...defaultSettings, theme: 'dark' };

// In this order, each upon what those before have done. What is expected is the code of a failure, or that it went well.
const calls: [method: Method, what: string, input: () => unknown, bytes: Uint8Array | undefined, expected: string][] = [
  ['openWorkspace', 'the first page', () => ({ page: 'p1' }), undefined, 'ok'],
  ['openWorkspace', 'a second page', () => ({ page: 'p2' }), undefined, 'ok'],
  ['openWorkspace', 'a page without a name', () => ({}), undefined, 'bad-request'],
  ['openArticle', 'one that is there', () => ({ article }), undefined, 'ok'],
  ['openArticle', 'one that is not', () => ({ article: 'gone-00000000' }), undefined, 'not-found'],
  ['openArticle', 'a path', () => ({ article: '../../etc' }), undefined, 'bad-request'],
  ['articleHoldings', 'of one that is there', () => ({ article }), undefined, 'ok'],
  ['articleHoldings', 'of one that is not', () => ({ article: 'gone-00000000' }), undefined, 'not-found'],
  ['apply', 'a gesture', () => ({ page: 'p1', gesture: doneGesture('g1', article) }), undefined, 'ok'],
  ['apply', 'the same again', () => ({ page: 'p1', gesture: doneGesture('g1', article) }), undefined, 'ok'],
  ['readHistory', 'what stands', () => ({ at: 1, towards: 'past' }), undefined, 'ok'],
  ['readHistory', 'of nowhere', () => ({ at: -1, towards: 'past' }), undefined, 'bad-request'],
  ['apply', 'one whose ground has changed', () => ({ page: 'p1', gesture: doneGesture('g2', article) }), undefined, 'conflict'],
  ['apply', 'one from a page that only reads', () => ({ page: 'p2', gesture: doneGesture('g3', article) }), undefined, 'read-only'],
  ['openArticle', 'the edited one', () => ({ article }), undefined, 'ok'],
  ['importArticle', 'a file', () => ({ page: 'p1', name: 'Élysée “1”.txt' }), text('Leaders met.\r\nThey “agreed”.\n'), 'ok'],
  ['importArticle', 'the same again', () => ({ page: 'p1', name: 'Élysée “1”.txt' }), text('Leaders met.\r\nThey “agreed”.\n'), 'ok'],
  ['importArticle', 'no text', () => ({ page: 'p1', name: 'x.txt' }), Uint8Array.of(0x50, 0xff, 0xfe, 0x00, 0x80), 'unsupported'],
  ['importArticle', 'from a page that only reads', () => ({ page: 'p2', name: 'x.txt' }), text('New.'), 'read-only'],
  ['unlistedArticles', 'of which there are none', () => ({}), undefined, 'ok'],
  ['stageFile', 'a web page', () => ({ page: 'p1', name: 'folder/pledge.html' }), text('<h1>A pledge</h1><p>Leaders met.</p>'), 'ok'],
  ['stageFile', 'from a page that only reads', () => ({ page: 'p2', name: 'x.html' }), text('New.'), 'read-only'],
  ['previewStaged', 'a web page', () => ({ page: 'p1', file: 'file-1', options: {} }), undefined, 'ok'],
  ['previewStaged', 'what does not wait', () => ({ page: 'p1', file: 'file-9', options: {} }), undefined, 'not-found'],
  ['importStaged', 'without a line', () => ({ page: 'p1', file: 'file-1', articles: [{ index: 0, leftOut: [0] }] }), undefined, 'ok'],
  ['importStaged', 'the same again', () => ({ page: 'p1', file: 'file-1', articles: [] }), undefined, 'not-found'],
  ['lookAtDataset', 'where none was staged', () => ({ page: 'p1', map: null }), undefined, 'ok'],
  ['stageFile', 'a dataset', () => ({ page: 'p1', name: 'release/documents.jsonl' }), text(datasetLine), 'ok'],
  ['lookAtDataset', 'that was staged', () => ({ page: 'p1', map: null }), undefined, 'ok'],
  ['lookAtDataset', 'with a map that does not fit', () => ({ page: 'p1', map: unfit }), undefined, 'bad-request'],
  [
    'importDataset',
    'from a page that only reads',
    () => ({ page: 'p2', map: null, gesture: 'i1', keepsAnnotators: false }),
    undefined,
    'read-only',
  ],
  ['importDataset', 'that was staged', () => ({ page: 'p1', map: null, gesture: 'i1', keepsAnnotators: false }), undefined, 'ok'],
  ['importDataset', 'that waits no longer', () => ({ page: 'p1', map: null, gesture: 'i2', keepsAnnotators: false }), undefined, 'ok'],
  ['discardStaged', 'of which there are none', () => ({ page: 'p1' }), undefined, 'ok'],
  [
    'findOccurrences',
    'words in all articles',
    () => ({ query: 'Paris', matchCase: true, wholeWords: true, after: null, only: null }),
    undefined,
    'ok',
  ],
  [
    'findOccurrences',
    'no words',
    () => ({ query: '', matchCase: true, wholeWords: true, after: null, only: null }),
    undefined,
    'bad-request',
  ],
  ['countMentions', 'in all articles', () => ({ after: null }), undefined, 'ok'],
  ['countMentions', 'after a path', () => ({ after: '../x' }), undefined, 'bad-request'],
  ['listMentions', 'of an entity', () => ({ of: { kind: 'entity', entity: 'e1' }, after: null }), undefined, 'ok'],
  ['listMentions', 'without a link', () => ({ of: { kind: 'unlinked', words: 'he' }, after: null }), undefined, 'ok'],
  ['listMentions', 'of nothing', () => ({ of: {}, after: null }), undefined, 'bad-request'],
  [
    'searchAnnotations',
    'by words',
    () => ({ query: 'who', layers: ['QUOTE'], annotator: 'anna', after: { article, skip: 0 } }),
    undefined,
    'ok',
  ],
  ['searchAnnotations', 'after no place', () => ({ query: '', layers: [], annotator: null, after: article }), undefined, 'bad-request'],
  ['readAnnotations', 'that are gone', () => ({ ends: [{ article, annotation: 'gone' }] }), undefined, 'ok'],
  ['readAnnotations', 'of a path', () => ({ ends: [{ article: '../x', annotation: 'a' }] }), undefined, 'bad-request'],
  ['listToComplete', 'in all articles', () => ({ after: null }), undefined, 'ok'],
  ['listExperience', 'of all articles', () => ({ after: null, since: '2026-01-01T00:00:00.000Z' }), undefined, 'ok'],
  ['listExperience', 'since no time', () => ({ after: null, since: 'May' }), undefined, 'bad-request'],
  ['readAgreement', 'on all articles', () => ({ after: null }), undefined, 'ok'],
  ['readAgreement', 'after a path', () => ({ after: '../x' }), undefined, 'bad-request'],
  ['listComparable', 'in all articles', () => ({ after: null }), undefined, 'ok'],
  ['listComparable', 'after a path', () => ({ after: '../x' }), undefined, 'bad-request'],
  ['compareArticles', 'one with one that is gone', () => ({ articles: [article, 'gone'] }), undefined, 'ok'],
  ['compareArticles', 'a path', () => ({ articles: ['../x'] }), undefined, 'bad-request'],
  ['listToComplete', 'after a path', () => ({ after: '../x' }), undefined, 'bad-request'],
  ['previewCodebook', 'a rename', () => ({ version: 1, changes: [rename], after: null }), undefined, 'ok'],
  ['previewCodebook', 'of another version', () => ({ version: 7, changes: [rename], after: null }), undefined, 'conflict'],
  [
    'previewCodebook',
    'an unsound one',
    () => ({ version: 1, changes: [{ ...rename, to: 'FACT' }], after: null }),
    undefined,
    'bad-request',
  ],
  ['changeCodebook', 'a rename', () => ({ ...changing, version: 1, gesture: 'c1' }), undefined, 'ok'],
  ['changeCodebook', 'the same again', () => ({ ...changing, version: 1, gesture: 'c1' }), undefined, 'ok'],
  ['changeCodebook', 'an old version', () => ({ ...changing, version: 1, gesture: 'c2' }), undefined, 'conflict'],
  ['changeCodebook', 'undoing it', () => ({ ...changing, version: 2, gesture: 'c3', what: { kind: 'undo', of: 'c1' } }), undefined, 'ok'],
  ['changeCodebook', 'from a page that only reads', () => ({ ...changing, page: 'p2', version: 3, gesture: 'c4' }), undefined, 'read-only'],
  ['codebookVersions', 'all', () => ({}), undefined, 'ok'],
  ['layerExamples', 'of a layer', () => ({ layer: 'QUOTE' }), undefined, 'ok'],
  ['layerExamples', 'of none', () => ({ layer: 'RUMOUR' }), undefined, 'not-found'],
  ['search', 'words', () => ({ query: 'troops', what: ['articles', 'annotations'], skip: 0, limit: 5 }), undefined, 'ok'],
  ['search', 'more than can be shown', () => ({ query: '', what: ['articles'], skip: 0, limit: 9999 }), undefined, 'bad-request'],
  ['searchKeys', 'of a layer', () => ({ query: 'layer:quote' }), undefined, 'ok'],
  ['tally', 'by layer', () => ({ query: '', by: ['layer', 'role:speaker'] }), undefined, 'ok'],
  ['tally', 'by what is no dimension', () => ({ query: '', by: ["layer'; drop table articles"] }), undefined, 'bad-request'],
  ['concordance', 'of words', () => ({ of: { kind: 'words', words: 'no such word' }, after: null }), undefined, 'ok'],
  ['progress', 'of all', () => ({ query: '' }), undefined, 'ok'],
  ['progressByArticle', 'of all', () => ({ query: '' }), undefined, 'ok'],
  ['previewExport', 'jsonl', () => ({ page: 'p1', job: 'j1', request: { format: 'jsonl' } }), undefined, 'ok'],
  ['previewExport', 'csv', () => ({ page: 'p1', job: 'j1', request: { format: 'csv' } }), undefined, 'ok'],
  ['previewExport', 'an unknown format', () => ({ page: 'p1', job: 'j1', request: { format: 'xml' } }), undefined, 'bad-request'],
  ['exportDataset', 'jsonl', () => ({ page: 'p1', job: 'j2', request: { format: 'jsonl' } }), undefined, 'ok'],
  ['backupProject', 'with its articles', () => ({ page: 'p1', job: 'j7', text: true }), undefined, 'ok'],
  ['backupProject', 'to a place', () => ({ page: 'p1', job: 'j8', text: true, place: '/tmp' }), undefined, 'bad-request'],
  ['cancelJob', 'that has ended', () => ({ page: 'p1', job: 'j2' }), undefined, 'ok'],
  ['previewSplits', 'as usual', () => ({ page: 'p1', options: null, anew: false }), undefined, 'ok'],
  ['previewSplits', 'of parts that are too many', () => ({ page: 'p1', options: tooMuch, anew: false }), undefined, 'bad-request'],
  ['publishSplits', 'as usual', () => ({ page: 'p1', options: null, anew: false, instead: null }), undefined, 'ok'],
  ['publishSplits', 'as if none were', () => ({ page: 'p1', options: null, anew: false, instead: null }), undefined, 'conflict'],
  [
    'publishSplits',
    'from a page that only reads',
    () => ({ page: 'p2', options: null, anew: true, instead: null }),
    undefined,
    'read-only',
  ],
  ['previewSplits', 'other than published', () => ({ page: 'p2', options: halves, anew: false }), undefined, 'conflict'],
  ['previewSplits', 'in their place', () => ({ page: 'p2', options: halves, anew: true }), undefined, 'ok'],
  ['withdrawSplits', 'others', () => ({ page: 'p1', published: 'never' }), undefined, 'conflict'],
  ['withdrawSplits', 'those', () => ({ page: 'p1', published: '2026-11-20T10:00:00.000Z' }), undefined, 'ok'],
  ['stateLicence', 'in words', () => ({ page: 'p1', licence: ' CC-BY-4.0 ' }), undefined, 'ok'],
  ['stateLicence', 'from a page that only reads', () => ({ page: 'p2', licence: null }), undefined, 'read-only'],
  ['addAnnotator', 'Ben', () => ({ page: 'p1', name: ' Ben ', role: 'annotator' }), undefined, 'ok'],
  ['addAnnotator', 'Ben again', () => ({ page: 'p1', name: 'ben', role: 'annotator' }), undefined, 'conflict'],
  ['addAnnotator', 'from a page that only reads', () => ({ page: 'p2', name: 'Cleo', role: 'adjudicator' }), undefined, 'read-only'],
  ['addAnnotator', 'as a boss', () => ({ page: 'p1', name: 'Dora', role: 'boss' }), undefined, 'bad-request'],
  ['renameAnnotator', 'the current one', () => ({ page: 'p1', name: 'Anna B.' }), undefined, 'ok'],
  ['renameAnnotator', 'to nothing', () => ({ page: 'p1', name: ' ' }), undefined, 'bad-request'],
  ['switchAnnotator', 'to nobody', () => ({ page: 'p1', annotator: 'nobody' }), undefined, 'not-found'],
  ['switchAnnotator', 'to Ben', () => ({ page: 'p1', annotator: 'ben' }), undefined, 'ok'],
  ['apply', 'a gesture of the one before', () => ({ page: 'p1', gesture: doneGesture('g5', article) }), undefined, 'bad-request'],
  ['changeCodebook', 'by somebody else than the lead', () => ({ ...changing, version: 3, gesture: 'c5' }), undefined, 'read-only'],
  ['openArticle', 'with what the other wrote', () => ({ article }), undefined, 'ok'],
  ['listArticles', 'all there are', () => ({}), undefined, 'ok'],
  ['readProgress', 'with what was worked on', () => ({}), undefined, 'ok'],
  ['readOthers', 'of an article', () => ({ article }), undefined, 'ok'],
  ['switchAnnotator', 'back', () => ({ page: 'p1', annotator: 'anna' }), undefined, 'ok'],
  ['reread', 'everything', () => ({ page: 'p1' }), undefined, 'ok'],
  ['listConflicts', 'of which there are none', () => ({ page: 'p1' }), undefined, 'ok'],
  ['mergeConflicts', 'of which there are none', () => ({ page: 'p1' }), undefined, 'ok'],
  ['mergeConflicts', 'from a page that only reads', () => ({ page: 'p2' }), undefined, 'read-only'],
  ['listEarlier', 'of which there are none', () => ({ page: 'p2' }), undefined, 'ok'],
  ['compareEarlier', 'that is not kept', () => ({ state: '2026-11-20T10-00-00-000Z' }), undefined, 'not-found'],
  ['differencesEarlier', 'of a path', () => ({ state: '../x', article }), undefined, 'bad-request'],
  ['differencesEarlier', 'that is not kept', () => ({ state: 'x', article: null }), undefined, 'not-found'],
  ['restoreEarlier', 'from a page that only reads', () => ({ page: 'p2', ...restoring }), undefined, 'read-only'],
  ['restoreEarlier', 'that is not kept', () => ({ page: 'p1', ...restoring }), undefined, 'not-found'],
  ['openHome', 'from a project', () => ({ page: 'p1' }), undefined, 'ok'],
  ['openKnown', 'a project that was never open', () => ({ page: 'p1', project: 'id-77' }), undefined, 'not-found'],
  ['openKnown', 'a path', () => ({ page: 'p1', project: '../other' }), undefined, 'bad-request'],
  ['openKnown', 'by its id', () => ({ page: 'p1', project: 'id-1' }), undefined, 'ok'],
  ['openFolder', 'that is no project', () => ({ page: 'p1', typed: '~/nothing' }), undefined, 'not-found'],
  ['openFolder', 'by a dialog that there is not', () => ({ page: 'p1', typed: null }), undefined, 'bad-request'],
  ['createProject', 'a new one', () => ({ page: 'p1', name: 'Vote', folder: 'Vote', elsewhere: false }), undefined, 'ok'],
  ['createProject', 'where one is', () => ({ page: 'p1', name: 'Vote', folder: 'Vote', elsewhere: false }), undefined, 'bad-request'],
  ['createProject', 'in a path', () => ({ page: 'p1', name: 'Vote', folder: '../Vote', elsewhere: false }), undefined, 'bad-request'],
  ['forgetProject', 'that was never open', () => ({ page: 'p1', project: 'id-77' }), undefined, 'ok'],
  ['sendPiece', 'of what is no zip', () => ({ page: 'p1', of: { kind: 'backup' }, name: 'a.zip', offset: 0 }), text('PK'), 'ok'],
  ['sendPiece', 'out of turn', () => ({ page: 'p1', of: { kind: 'backup' }, name: 'a.zip', offset: 9 }), text('x'), 'bad-request'],
  ['lookAtBackup', 'that is none', () => ({ page: 'p1', job: 'j9' }), undefined, 'corrupt'],
  ['restoreBackup', 'that is none', () => ({ page: 'p1', job: 'j10', folder: 'Back', elsewhere: false }), undefined, 'corrupt'],
  ['discardBackup', 'that was sent', () => ({ page: 'p1' }), undefined, 'ok'],
  ['lookAtBackup', 'that is gone', () => ({ page: 'p1', job: 'j11' }), undefined, 'not-found'],
  ['showHome', 'from a project', () => ({ page: 'p1' }), undefined, 'ok'],
  ['leaveProject', 'that others show', () => ({ page: 'p1' }), undefined, 'ok'],
  ['takeOver', 'by the second page', () => ({ page: 'p2' }), undefined, 'ok'],
  ['apply', 'from the page that was taken over', () => ({ page: 'p1', gesture: doneGesture('g4', article) }), undefined, 'read-only'],
  ['saveSettings', 'new ones', () => ({ settings }), undefined, 'ok'],
  ['saveSettings', 'unknown ones', () => ({ settings: { ...settings, more: 1 } }), undefined, 'bad-request'],
  ['openWorkspace', 'after all that', () => ({ page: 'p3' }), undefined, 'ok'],
];

test.each(calls)(
  'H43 %s (%s) gives the same reply by memory and by HTTP, and it fits the contract',
  async (method, _, input, bytes, expected) => {
    const [first, second] = [await memory(method, input(), bytes), await http(method, input(), bytes)];
    expect(comparable(second)).toEqual(comparable(first));
    expect(first.ok ? 'ok' : first.error.code).toBe(expected);
    if (first.ok) expect(contract[method].output.parse(first.value)).toEqual(first.value);
  },
);

test('H43 every method of the contract is called above', () => {
  expect([...new Set(calls.map(([method]) => method))].sort()).toEqual(Object.keys(contract).sort());
});

test('A30 a backup is downloaded by its ticket, once, and is the project', async () => {
  const reply = await http('backupProject', { page: 'p1', job: 'j9', text: false });
  const made = contract.backupProject.output.parse(reply.ok ? reply.value : null);
  expect(made).toMatchObject({ kind: 'download', name: 'Élysée-co-without-articles.zip' });
  // Above, two articles were imported that nothing lists.
  const isNotListed = expect.stringMatching(/^articles\/.* is not listed, since its import was broken off; /);
  expect(made).toMatchObject({ problems: [isNotListed, isNotListed] });
  const address = new URL(`/download/${made.kind === 'download' ? made.ticket : ''}`, loopback.url);
  const zip = Buffer.from(await (await fetch(address)).arrayBuffer());
  expect([zip.includes('project.pressmark'), zip.includes('text.txt')]).toEqual([true, false]);
  expect((await fetch(address)).status).toBe(404);
});

test('H16 an export is downloaded by its ticket, once', async () => {
  const reply = await http('exportDataset', { page: 'p1', job: 'j3', request: { format: 'csv' } });
  const { ticket, name } = contract.exportDataset.output.parse(reply.ok ? reply.value : null) as { ticket: string; name: string };
  expect(name).toBe('Élysée-co-csv.zip');
  const address = new URL(`/download/${ticket}`, loopback.url);
  const zip = new Uint8Array(await (await fetch(address)).arrayBuffer());
  expect([...zip.slice(0, 4)]).toEqual([0x50, 0x4b, 0x03, 0x04]);
  expect((await fetch(address)).status).toBe(404);
});
