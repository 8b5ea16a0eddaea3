import { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { type DatasetTask, readDataset } from './read-dataset.ts';
import { type ReadingTask, readFile } from './read-file.ts';

// No reader fetches anything. If one ever tried to, it would fail here.
Socket.prototype.connect = () => {
  throw new Error('reading a file needs no network');
};
globalThis.fetch = async () => {
  throw new Error('reading a file needs no network');
};

// PDF.js leaves promises behind that nobody awaits, and some fail only long after the file has been answered. The outcome of reading the file is
// reported anyway. An unhandled rejection must not end the thread, because the next file would be lost with it.
process.on('unhandledRejection', () => undefined);

parentPort?.on('message', async (task: ReadingTask | DatasetTask) => {
  parentPort?.postMessage('files' in task ? await readDataset(task) : await readFile(task));
});
