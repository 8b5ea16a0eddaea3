import { agreementOn } from '../../core/agreement/article-agreement.ts';
import { hasRead } from '../../core/agreement/cases.ts';
import type { Input, Output } from '../../core/contract.ts';
import { deciderOf } from '../../core/model/annotator.ts';
import type { Project } from '../storage/project.ts';
import { KeptAgreement } from './kept-agreement.ts';
import { registryOf } from './registry.ts';

type AgreementProject = Pick<
  Project,
  'articles' | 'annotators' | 'annotator' | 'codebook' | 'entities' | 'histories' | 'setsOf' | 'readArticle'
>;

// A page asks again where an answer ends, so that it can show progress and stop. Milliseconds, and articles.
const longest = 150;
const most = 200;

const allKept = new WeakMap<AgreementProject, KeptAgreement>();

function keptOf(project: AgreementProject): KeptAgreement {
  const kept = allKept.get(project) ?? new KeptAgreement();
  allKept.set(project, kept);
  return kept;
}

/**
 * How annotators agree, by listed article from the one after `after` on (null: from the first); those that less than two have worked on are left
 * out. `next` is the last article of the answer, and null when there is no more. What was computed is kept until the work on the article changes.
 * @throws AppError `corrupt`
 */
export async function readAgreement(project: AgreementProject, { after }: Input<'readAgreement'>): Promise<Output<'readAgreement'>> {
  const rest = project.articles().filter(({ id }) => after === null || id > after);
  const adjudicators = new Set(project.annotators.flatMap(({ id, role }) => (role === 'adjudicator' ? [id] : [])));
  const decider = deciderOf(project.annotators, project.annotator.id)?.id;
  const ground = { codebook: project.codebook.codebook, registry: await registryOf(project) };
  const kept = keptOf(project);
  kept.follow(JSON.stringify([project.codebook.version, [...adjudicators], decider]), await project.histories(), ground.registry);
  const compute = async (id: string) => {
    const all = await project.setsOf(id);
    const readings = all.filter((reading) => !adjudicators.has(reading.annotator) && hasRead(reading));
    if (readings.length < 2) return { found: null, readings: all };
    const { text } = await project.readArticle(id);
    const decided = all.find(({ annotator }) => annotator === decider) ?? null;
    return { found: agreementOn({ article: id, text, readings, decided }, ground), readings: all };
  };
  const begin = Date.now();
  const articles: Output<'readAgreement'>['articles'] = [];
  for (const [index, { id }] of rest.entries()) {
    const known = kept.of(id);
    const found = known === undefined ? await kept.keep(id, () => compute(id)) : known;
    if (found) articles.push(found);
    const isFull = articles.length >= most || Date.now() - begin > longest;
    if (isFull && index + 1 < rest.length) return { articles, next: id, searched: index + 1 };
  }
  return { articles, next: null, searched: rest.length };
}
