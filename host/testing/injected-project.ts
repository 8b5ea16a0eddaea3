import type { Codebook } from '../../core/model/codebook.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { newEntity, resolveRegistry } from '../../core/model/entity.ts';
import { applyEdits, type Edit, emptyWork, type Gesture, type Work } from '../../core/steps/edit.ts';
import { fillRole, setNote, tag } from '../../core/steps/gestures.ts';
import { injections } from '../../core/testing/injections.ts';
import { createProject, openProject } from '../storage/project.ts';

const time = '2026-11-20T10:00:00.000Z';
const nth = (index: number): string => injections[index % injections.length] as string;

/** The title of the article that contains all of the strings. */
export const allTogether = 'All together';

/** The default codebook with each of its titles and helps replaced by one of the strings. */
function injectedCodebook(): Codebook {
  let next = 0;
  const put = () => nth(next++);
  return {
    ...defaultCodebook,
    layers: defaultCodebook.layers.map((layer) => ({
      ...layer,
      title: put(),
      help: put(),
      examples: [{ text: put(), note: put() }],
      attributes: layer.attributes.map((attribute) => ({ ...attribute, title: put(), help: put() })),
      roles: layer.roles.map((role) => ({ ...role, title: put(), help: put() })),
    })),
    relations: defaultCodebook.relations.map((relation) => ({ ...relation, title: put(), help: put() })),
    entityTypes: defaultCodebook.entityTypes.map((type) => ({ ...type, title: put() })),
  };
}

/**
 * Creates a project in `folder` with the strings in every place: as name and title, source, address, language and text of an article, as a quote with
 * a note, a speaker and the speaker's entity with aliases and notes; all of them together in a last article; and as the names of the project, its
 * annotators and its codebook.
 */
export async function makeInjectedProject(folder: string): Promise<void> {
  let number = 0;
  const fixed = { now: () => time, newId: () => `id-${++number}` };
  await createProject(
    folder,
    { name: `${nth(0)}${nth(8)}${nth(13)}`, annotator: { id: 'anna', name: nth(9) }, codebook: injectedCodebook() },
    fixed,
  );
  const project = await openProject(folder, fixed);
  const { codebook, version } = project.codebook;
  let work: Work = emptyWork;
  const apply = async (edits: readonly Edit[], title: string) => {
    const gesture: Gesture = {
      ...{ id: `g${++number}`, annotator: project.annotator.id, time, command: 'test', title },
      ...{ edits: [...edits], undoes: null, redoes: null },
    };
    await project.apply(gesture);
    work = applyEdits(work, edits);
  };
  for (const [index, payload] of injections.entries()) {
    const text = `${payload} spoke on Monday.\n“${payload}” is what was said.\n`;
    const { meta } = await project.addArticle({
      originalName: `${String(index).padStart(2, '0')} ${payload.replaceAll('/', '∕')}.txt`,
      text,
      original: Buffer.from(text),
      facts: { title: payload, source: payload, date: '2026', url: payload, language: null, headings: [] },
    });
    const entity = newEntity(`entity-${index}`, 'anna', 'PERSON', payload, time);
    const named = {
      ...entity,
      fields: { ...entity.fields, notes: { value: payload, time } },
      aliases: { [`${payload} again`]: { value: true, time } },
    };
    await apply([{ record: 'entity', id: named.id, before: null, after: named }], payload);
    const scene = () => ({
      ...{ article: meta.id, text, work, registry: resolveRegistry(work.entities.values()), codebook, codebookVersion: version },
      ...{ annotator: 'anna', now: time, newId: () => `i${++number}` },
    });
    const start = text.indexOf('“') + 1;
    const { edits, id } = tag(scene(), index % 3 === 2 ? 'STANCE' : 'QUOTE', [{ start, end: start + payload.length }]);
    await apply(edits, payload);
    await apply(setNote(scene(), id, payload), payload);
    const filled = fillRole(scene(), id, index % 3 === 2 ? 'holder' : 'speaker', { start: 0, end: payload.length }, false);
    const linked = filled.map((edit) =>
      edit.record === 'mention' && edit.after ? { ...edit, after: { ...edit.after, entity: named.id } } : edit,
    );
    await apply(linked, payload);
  }
  const all = injections.map((injection) => `“${injection}” was said.`).join('\n');
  const facts = { title: allTogether, source: null, date: null, url: null, language: null, headings: [] };
  const { meta } = await project.addArticle({ originalName: 'all.txt', text: all, original: Buffer.from(all), facts });
  for (const injection of injections) {
    const scene = () => ({
      ...{ article: meta.id, text: all, work, registry: resolveRegistry(work.entities.values()), codebook, codebookVersion: version },
      ...{ annotator: 'anna', now: time, newId: () => `i${++number}` },
    });
    const start = all.indexOf(`“${injection}”`) + 1;
    const { edits, id } = tag(scene(), 'QUOTE', [{ start, end: start + injection.length }]);
    await apply(edits, injection);
    await apply(setNote(scene(), id, injection), injection);
  }
  for (const name of [nth(1), nth(10), nth(14)]) await project.addAnnotator(name.slice(0, 80));
  await project.close();
}
