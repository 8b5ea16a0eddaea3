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

/**
 * Delivers an exported dataset to the person: with a folder dialog in the desktop app, as a one-use download over loopback. Cancelled work leaves
 * nothing behind.
 */
export type Deliver = (project: Project, request: ExportRequest, work: Work) => Promise<Output<'exportDataset'>>;

/** Delivers a backup to the person in the same ways; without `text` it does not contain the articles. */
export type DeliverBackup = (project: Project, text: boolean, work: Work) => Promise<Output<'backupProject'>>;

export interface HostOptions {
  /** The open project. The host closes it. */
  readonly project: Project;
  readonly settings: SettingsStore;
  readonly kind: 'electron' | 'loopback';
  readonly version: string;
  readonly deliver: Deliver;
  /** Without it, the page cannot make backups. */
  readonly deliverBackup?: DeliverBackup;
  /** The other projects, and the window that opens one next to this one or instead of it. Without it, this project is the only one. */
  readonly others?: { readonly home: Home; readonly window: HomeWindow };
  /** The name of the person's account on this computer; by default as the system gives it. */
  readonly account?: string;
  /** The folder for what can be rebuilt, such as the search index. Without it, the index is kept in memory. */
  readonly cache?: string;
  /** The folder for earlier states of projects. Without it, none are kept. */
  readonly earlier?: string;
  /** The time, ISO 8601. */
  readonly now?: () => string;
  /** How many milliseconds the lease waits for a holder whose event stream ended; 5000 by default. */
  readonly graceMs?: number;
  /** Receives internal errors, described for developers; stderr by default. */
  readonly log?: (line: string) => void;
}

/** What the handlers work on. */
export interface Desk extends HostOptions {
  readonly lease: Lease;
  readonly account: string;
  /** Files that were sent but not imported yet. */
  readonly staging: Staging;
  /** Exports and previews in progress. */
  readonly jobs: Jobs;
  /** Splits that are being planned. */
  readonly splitJobs: SplitJobs;
  /** The index that searches are answered from. */
  readonly searches: Searches;
  /** Articles of an import that was interrupted before they were listed. */
  readonly unlisted: Unlisted;
  notices(): readonly Notice[];
  /** Resolves once the project is open as the annotator that the person last worked as here, and is being watched for outside changes. */
  begun(): Promise<void>;
  /** Resolves once everybody's work has been read too. */
  whole(): Promise<void>;
  /** Tells all pages except `page` which articles changed outside of them; null means everything. */
  outside(articles: readonly string[] | null, page?: string): void;
  /** Changes the settings that the host itself keeps. A failure to save them is reported in a notice. */
  remember(change: Partial<Pick<Settings, 'annotator' | 'recent'>>): Promise<void>;
  /** Called when a page wrote `gesture`; tells each other page once. */
  written(page: string, gesture: Gesture): void;
  /** Called when an article was imported. */
  imported(summary: ArticleSummary): void;
  saveSettings(settings: Settings): Promise<void>;
}
