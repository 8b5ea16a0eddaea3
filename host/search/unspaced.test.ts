import { join } from 'node:path';
import { expect, test } from 'vitest';
import { understand } from '../../core/search/conditions.ts';
import { fieldsOf } from '../../core/search/fields.ts';
import { importText } from '../import/article-import.ts';
import { createProject, openProject } from '../storage/project.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { ProjectIndex } from './project-index.ts';
import { findArticles } from './search.ts';
import { Searches } from './searches.ts';

const text = '奥维尔大坝溃决\n\n州长表示,大坝的警报失灵。𠮷田村全部被淹,Orvel大坝停用。\n\nเขื่อนออร์เวลพัง';

test('F93 words are found within a line of a script that puts no spaces between them, whole ones alone, with the text as it is', async () => {
  const place = await temporaryFolder();
  const folder = join(place.path, 'project');
  await createProject(folder, { name: 'Dam', annotator: { name: 'Anna' } });
  const project = await openProject(folder);
  await importText(project, 'dam.txt', new TextEncoder().encode(text));
  const searches = new Searches(project);
  const index = ProjectIndex.open(null, project);
  try {
    const lines = async (words: string, kind: 'words' | 'beginning' | 'lemma' = 'words') =>
      (await searches.concordance({ kind, words }, null)).lines;
    const starts = async (...asked: Parameters<typeof lines>) => (await lines(...asked)).map(({ start }) => start);
    const dams = [...text.matchAll(/大坝/g)].map(({ index: at }) => at);
    expect(dams).toHaveLength(3);
    expect(await starts('大坝')).toEqual(dams);
    expect(await starts('大坝', 'beginning')).toEqual(dams);
    expect(await starts('大坝', 'lemma')).toEqual(dams);
    expect(await starts('坝大')).toEqual([]);
    expect(await starts('𠮷田')).toEqual([text.indexOf('𠮷')]);
    expect(await starts('พัง')).toEqual([text.indexOf('พัง')]);
    // A Latin word beside one is still whole, and only whole.
    expect(await starts('Orvel')).toEqual([text.indexOf('Orvel')]);
    expect(await starts('Orve')).toEqual([]);
    expect((await lines('警报'))[0]).toMatchObject({
      text: '警报',
      before: '州长表示,大坝的',
      after: '失灵。𠮷田村全部被淹,Orvel大坝停用。',
    });
    await index.sync();
    const { conditions } = understand('警报', fieldsOf(project.codebook.codebook));
    const [hit] = findArticles(index.database, conditions, 'anna', { skip: 0, limit: 9 }).found;
    expect(hit?.snippet).toMatchObject({ match: '警报' });
    expect(hit?.snippet?.after.startsWith('失灵。𠮷田村')).toBe(true);
  } finally {
    await index.close();
    await searches.close();
    await project.close();
    await place.remove();
  }
});
