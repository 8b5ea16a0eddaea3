import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { Output } from '../../core/contract.ts';
import type { Notice } from '../../core/failure.ts';
import type { ExportRequest } from '../../core/formats/export-request.ts';
import type { Settings } from '../../core/settings.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { SplitJobs } from '../dataset/split-jobs.ts';
import type { Home, HomeWindow } from '../home/home.ts';
import type { Staging } from '../import/staging.ts';
import type { Unlisted } from '../import/unlisted.ts';
import type { Jobs, Work } from '../jobs.ts';
import type { Lease } from '../lease.ts';
import type { Searches } from '../search/searches.ts';
import type { SettingsStore } from '../settings.ts';
import type { Project } from '../storage/project.ts';

/** How an exported dataset reaches the person: a folder dialog in the desktop app, a one-use download over loopback. Work that is ended leaves nothing. */
export type Deliver = (project: Project, request: ExportRequest, work: Work) => Promise<Output<'exportDataset'>>;

/** How a backup reaches the person, in the same ways; without `text` the articles stay out of it. */
export type DeliverBackup = (project: Project, text: boolean, work: Work) => Promise<Output<'backupProject'>>;

export interface HostOptions {
  /** The open project. The host closes it. */
  readonly project: Project;
  readonly settings: SettingsStore;
  readonly kind: 'electron' | 'loopback';
  readonly version: string;
  readonly deliver: Deliver;
  /** Without it no backup can be made from the page. */
  readonly deliverBackup?: DeliverBackup;
  /** The other projects, and how one comes up beside or in the place of this one; without it this project is the only one. */
  readonly others?: { readonly home: Home; readonly window: HomeWindow };
  /** The name of the person's account on this computer, as the system gives it by default. */
  readonly account?: string;
  /** The folder for what can be made anew, such as the search index; without one it is kept in memory. */
  readonly cache?: string;
  /** The folder for earlier states of projects; without one none are kept. */
  readonly earlier?: string;
  /** The time, ISO 8601. */
  readonly now?: () => string;
  /** Milliseconds that the lease waits for a holder whose event stream ended; 5000 by default. */
  readonly graceMs?: number;
  /** Takes what goes wrong inside, in words for whoever mends it; stderr by default. */
  readonly log?: (line: string) => void;
}

/** What the handlers work on. */
export interface Desk extends HostOptions {
  readonly lease: Lease;
  readonly account: string;
  /** Files that were given and not yet imported. */
  readonly staging: Staging;
  /** Exports and previews that are being made. */
  readonly jobs: Jobs;
  /** Splits that are being planned. */
  readonly splitJobs: SplitJobs;
  /** The index that searches are answered from. */
  readonly searches: Searches;
  /** Articles of an import that was broken off before they were listed. */
  readonly unlisted: Unlisted;
  notices(): readonly Notice[];
  /** Resolves once the project is open as the annotator that the person last was here, and is watched. */
  begun(): Promise<void>;
  /** Resolves once everybody's work is read too. */
  whole(): Promise<void>;
  /** Tells all pages but `page` what changed outside of them; null means everything. */
  outside(articles: readonly string[] | null, page?: string): void;
  /** Changes those of the settings that the host keeps. What cannot be kept is told in a notice. */
  remember(change: Partial<Pick<Settings, 'annotator' | 'recent'>>): Promise<void>;
  /** A page wrote `gesture`; the others hear of it once. */
  written(page: string, gesture: Gesture): void;
  /** An article was imported. */
  imported(summary: ArticleSummary): void;
  saveSettings(settings: Settings): Promise<void>;
}
