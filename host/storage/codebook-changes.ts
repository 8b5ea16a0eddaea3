import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { AppError } from '../../core/failure.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { gestureOf, mayTakeAway, nothingUsed, unrecorded, usedBy, withVersion } from './codebook-versions.ts';
import { notSaved, reasonOf } from './failures.ts';
import { isOtherGround } from './outside.ts';
import { readShared } from './parts.ts';
import type { CodebookRequest } from './project-interface.ts';
import type { ProjectState } from './project-state.ts';
import type { ProjectView } from './project-view.ts';
import { writeRecord } from './record-file.ts';

/** Changes the codebook, which the lead does for everybody. Calls must not overlap. */
export class CodebookChanges {
  readonly #state: ProjectState;
  readonly #project: ProjectView;

  constructor(state: ProjectState, project: ProjectView) {
    this.#state = state;
    this.#project = project;
  }

  /** See `Project.codebookAfter`. */
  async after(request: CodebookRequest): Promise<CodebookFile> {
    const { everybody, ground } = this.#state;
    if (!this.#state.isWhole) await this.#state.takeStock();
    const inUse = mayTakeAway(request) ? await usedBy(this.#project, await everybody.setsOnMissing()) : nothingUsed;
    const { codebookFile, annotator } = this.#state.parts;
    return withVersion(codebookFile, request, inUse, annotator.id, ground.now());
  }

  /** See `Project.changeCodebook`. */
  async change(request: CodebookRequest): Promise<Gesture> {
    const { layout, ground, parts } = this.#state;
    const known = parts.own.gestures.find(({ id }) => id === request.gesture);
    if (known) return known;
    this.#state.expectWritable();
    this.#state.expectLead('change the codebook');
    if (isOtherGround(parts, await readShared(layout, ground)))
      throw new AppError('conflict', 'The codebook was changed by another program.', 'Look at the new version, then change that one.');
    const file = await this.after(request);
    await parts.own.flush();
    try {
      await writeRecord(ground.fileSystem, layout.codebook, file);
    } catch (error) {
      throw notSaved(error, layout.named(layout.codebook), 'The codebook is as it was before.');
    }
    await this.#state.readAnew();
    await this.record();
    return gestureOf(file, file.versions.length, parts.annotator.id) as Gesture;
  }

  /**
   * Adds to the own history the changes of the codebook that it lacks. The codebook's file is the truth; the history catches up at the latest when
   * the project is opened again.
   */
  async record(): Promise<void> {
    if (this.#state.readOnly) return;
    const { own, annotator, codebookFile } = this.#state.parts;
    const { notices } = this.#state.ground;
    try {
      for (const gesture of unrecorded(codebookFile, annotator.id, (id) => own.seqOf(id) !== undefined)) {
        // If other steps came after it in the history meanwhile, it no longer fits as an undo or redo, so it is recorded as a plain step.
        await own.apply(gesture).catch((error: unknown) => {
          if (!(error instanceof AppError) || error.failure.code !== 'conflict') throw error;
          return own.apply({ ...gesture, undoes: null, redoes: null });
        });
      }
      notices.remove('codebook-history');
    } catch (error) {
      const message = `The codebook was changed, but its step could not be added to the history: ${reasonOf(error)}.`;
      const next = 'It is added when the project is opened again.';
      notices.add({ id: 'codebook-history', severity: 'warning', message, next });
    }
  }
}
