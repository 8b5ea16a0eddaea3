import { expect, test } from 'vitest';
import type { Handlers } from '../../core/contract.ts';
import { AppError, Failure } from '../../core/failure.ts';
import { serve } from './serve.ts';

const unused = async (): Promise<never> => {
  throw new Error('not to be called');
};
const handlers: Handlers = {
  openWorkspace: unused,
  openArticle: async ({ article }) => {
    if (article === 'gone') throw new AppError('not-found', 'There is no article gone.', 'Reload.');
    throw Object.assign(new Error(`ENOENT: /home/ann/secret/${article}`), { code: 'ENOENT' });
  },
  readHistory: unused,
  articleHoldings: unused,
  apply: unused,
  importArticle: unused,
  unlistedArticles: unused,
  stageFile: unused,
  previewStaged: unused,
  importStaged: unused,
  lookAtDataset: unused,
  importDataset: unused,
  discardStaged: unused,
  findOccurrences: unused,
  countMentions: unused,
  listMentions: unused,
  searchAnnotations: unused,
  readAnnotations: unused,
  listToComplete: unused,
  listExperience: unused,
  readAgreement: unused,
  listComparable: unused,
  compareArticles: unused,
  previewCodebook: unused,
  changeCodebook: unused,
  codebookVersions: unused,
  layerExamples: unused,
  search: unused,
  searchKeys: unused,
  tally: unused,
  progress: unused,
  progressByArticle: unused,
  concordance: unused,
  previewExport: unused,
  exportDataset: unused,
  backupProject: unused,
  cancelJob: unused,
  previewSplits: unused,
  publishSplits: unused,
  withdrawSplits: unused,
  stateLicence: unused,
  takeOver: async () => ({}),
  addAnnotator: unused,
  renameAnnotator: unused,
  switchAnnotator: unused,
  readOthers: unused,
  listArticles: unused,
  readProgress: unused,
  reread: unused,
  listConflicts: unused,
  mergeConflicts: unused,
  listEarlier: unused,
  compareEarlier: unused,
  differencesEarlier: unused,
  restoreEarlier: unused,
  openHome: unused,
  openKnown: unused,
  openFolder: unused,
  createProject: unused,
  forgetProject: unused,
  sendPiece: unused,
  lookAtBackup: unused,
  restoreBackup: unused,
  discardBackup: unused,
  showHome: unused,
  leaveProject: unused,
  saveSettings: unused,
};

const logged: string[] = [];
const call = serve(handlers, (line) => logged.push(line));

test.each(['nothing', 'constructor', '__proto__', 'toString', 'hasOwnProperty', ''])(
  'H40 the method %j, which the contract lacks, is a bad request',
  async (name) => {
    expect(await call(name, {})).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  },
);

test.each([
  [undefined],
  [null],
  ['p1'],
  [{}],
  [{ page: '' }],
  [{ page: '../p1' }],
  [{ page: ['p1'] }],
  [{ page: 'p1', more: 1 }],
  [JSON.parse('{"page":"p1","__proto__":{"x":1}}')],
])('H40 an input that does not fit (%j) is a bad request', async (input) => {
  expect(await call('takeOver', input)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});

test('H40 an input that fits gets its answer', async () => {
  expect(await call('takeOver', { page: 'p1' })).toEqual({ ok: true, value: {} });
});

test('H41 an expected failure is told as it is', async () => {
  expect(await call('openArticle', { article: 'gone' })).toEqual({
    ok: false,
    error: { code: 'not-found', message: 'There is no article gone.', safe: 'Nothing was changed.', next: 'Reload.' },
  });
});

test('H42 any other failure is told without its details, which are logged', async () => {
  const reply = await call('openArticle', { article: 'a1' });
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(Failure.safeParse(reply.ok ? null : reply.error).success).toBe(true);
  expect(JSON.stringify(reply)).not.toMatch(/secret|ENOENT|\bat /);
  expect(logged.at(-1)).toContain('/home/ann/secret/a1');
});
