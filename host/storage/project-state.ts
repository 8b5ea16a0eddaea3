import { dequal } from 'dequal';
import { Everybody } from './everybody.ts';
import { notTheLead, readOnlyFailure } from './failures.ts';
import type { Layout } from './layout.ts';
import { articlesMissing, missingId } from './outside.ts';
import { type Ground, type Parts, type PartsOptions, readParts } from './parts.ts';
import { RecentTexts } from './recent-texts.ts';

/** The state of an open project: its parts as they were last read, everybody's work, and whether anything may be changed. */
export class ProjectState {
  readonly layout: Layout;
  readonly ground: Ground;
  readonly everybody: Everybody;
  /** The texts that recent gestures were checked against. */
  readonly texts = new RecentTexts();
  #parts: Parts;
  #isWhole = false;
  #isClosed = false;

  constructor(layout: Layout, ground: Ground, parts: Parts) {
    this.layout = layout;
    this.ground = ground;
    this.#parts = parts;
    this.everybody = new Everybody(layout, ground, () => this.#parts);
  }

  get parts(): Parts {
    return this.#parts;
  }

  /** Whether everybody's work has been read. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Forbids all further changes. */
  close(): void {
    this.#isClosed = true;
  }

  get readOnly(): boolean {
    return !this.ground.mayWrite || !this.#parts.isWritable || this.#parts.own.isDamaged || this.#isClosed;
  }

  /** Throws if the project cannot be changed. @throws AppError `read-only`, with the reason */
  expectWritable(): void {
    if (!this.readOnly) return;
    const { own, isWritable } = this.#parts;
    throw readOnlyFailure({ isClosed: this.#isClosed, isDamaged: own.isDamaged, isWritable, isReader: this.ground.isReader });
  }

  /** Throws unless the lead is at work; `what` begins the sentence that says that only the lead may do this. @throws AppError `read-only` */
  expectLead(what: string): void {
    const { annotator, annotators, info } = this.#parts;
    if (annotator.id !== info.lead) throw notTheLead(annotators.find(({ id }) => id === info.lead)?.name, what);
  }

  /** Replaces these parts and keeps all others. */
  amend(parts: Partial<Parts>): void {
    this.#parts = { ...this.#parts, ...parts };
  }

  /** Reads the project again, for another annotator if one is given. @throws AppError `not-found`, `corrupt`, `newer-version` */
  async readAnew(options: PartsOptions = {}, annotator = this.#parts.annotator.id): Promise<void> {
    this.#parts = await readParts(this.layout, this.ground, annotator, options);
    this.texts.clear();
    this.everybody.forget();
    if (this.#isWhole) await this.takeStock();
  }

  /** Reads everybody's work, and reports articles that somebody worked on but that are missing. @throws AppError `corrupt`, `newer-version` */
  async takeStock(): ReturnType<Everybody['takeStock']> {
    const stock = await this.everybody.takeStock();
    this.#isWhole = true;
    const { notices } = this.ground;
    const notice = articlesMissing(this.everybody.missing());
    const told = notices.list.find(({ id }) => id === missingId);
    if (!notice) notices.remove(missingId);
    else if (!dequal(told, notice)) notices.add(notice);
    return stock;
  }
}
