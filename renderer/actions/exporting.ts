import type { ExportProgress } from '../../core/contract/dataset.ts';
import type { ExportRequest } from '../../core/formats/export-request.ts';
import type { DatasetChoice, Exporting } from '../state/dataset-choice.ts';
import { failureOf } from '../state/notices.ts';
import type { Desk } from './desk.ts';

/** The dataset: choosing its contents, and the export, which continues while the user switches views. */
export function exportActions({ view, workspace }: Desk) {
  let stop: AbortController | null = null;
  const show = (state: Exporting | null) => view.set({ exporting: state });

  return {
    /** Changes the contents of the dataset. The outcome of the previous export no longer applies. */
    choose(change: Partial<DatasetChoice>): void {
      const { dataset, exporting: last } = view.store.getState();
      view.set({ dataset: { ...dataset, ...change }, exporting: last?.state === 'running' ? last : null });
    },

    /** Writes the dataset; only one export at a time. */
    async export(request: ExportRequest): Promise<void> {
      if (stop) return;
      const running = new AbortController();
      stop = running;
      show({ state: 'running', progress: null });
      const onProgress = (progress: ExportProgress) => show({ state: 'running', progress });
      try {
        const result = await workspace.exportDataset(request, { onProgress, signal: running.signal });
        show(result.kind === 'cancelled' ? null : { state: 'ended', result });
        if (result.kind === 'download') saveDownload(result.ticket, result.name);
        if (result.kind !== 'cancelled') view.say('The dataset is exported.');
      } catch (error) {
        const failure = failureOf(error);
        if (running.signal.aborted && failure.code === 'cancelled') {
          show(null);
          view.say('The export was cancelled. Nothing was written.');
        } else show({ state: 'failed', failure });
      } finally {
        stop = null;
      }
    },

    /** Cancels the running export. */
    cancel: (): void => stop?.abort(),
  };
}

/** Lets the browser download the file behind `ticket`. A browser's own download cannot carry the page's token, hence the one-use ticket. */
export function saveDownload(ticket: string, name: string): void {
  const link = document.createElement('a');
  link.href = `/download/${ticket}`;
  link.download = name;
  link.click();
}
