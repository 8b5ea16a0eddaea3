import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { type DatasetTask, readDataset } from './read-dataset.ts';
import { type ReadingTask, readFile } from './read-file.ts';

// No reader fetches anything; should one ever try, it fails here.
Socket.prototype.connect = () => {
  throw new Error('reading a file needs no network');
};
globalThis.fetch = async () => {
  throw new Error('reading a file needs no network');
};

// PDF.js leaves promises behind that nobody waits for, and some fail only when the file has long been answered. What became of the
// file tells its own reading; a loose end must not end the thread, with which the next file would be lost.
process.on('unhandledRejection', () => undefined);

parentPort?.on('message', async (task: ReadingTask | DatasetTask) => {
  parentPort?.postMessage('files' in task ? await readDataset(task) : await readFile(task));
});
