import type { AnnotationSet, Mention } from '../model/annotation.ts';
import { type Entity, entityOfMention, foldedName, type Registry } from '../model/entity.ts';
import { genderOf, isPronoun } from '../text/pronouns.ts';
import { quotedRanges } from '../text/quoted-ranges.ts';
import type { Range } from '../text/span.ts';
import { type NamedEntity, namesOf, plainName, withoutTitle } from './entity-names.ts';
import { governmentsAt } from './metonyms.ts';

/**
 * An entity that a mention may refer to, and why, in words for the user. `learn` is false if the words of the mention are not a name of the
 * entity.
 */
export interface EntityProposal {
  readonly entity: string;
  readonly name: string;
  readonly reason: string;
  readonly learn: boolean;
  /** 0 is the best. Proposals of equal rank are equally good. */
  readonly rank: number;
}

/** What proposals are based on: the article's text, the annotator's set on it, the registry and the requested entity types. */
export interface ProposalGround {
  readonly text: string;
  readonly set: AnnotationSet;
  readonly registry: Registry;
  readonly types: readonly string[];
}

// How far before a pronoun to look, in UTF-16 code units: two or three paragraphs of news.
const reach = 1500;

/** The entities that `mention` may be linked to, best first. If in doubt it proposes none rather than a wrong one. */
export function proposalsFor(ground: ProposalGround, mention: Mention): EntityProposal[] {
  const found = isPronoun(mention.span.text) ? pronounProposals(ground, mention) : nameProposals(ground, mention.span.text);
  return found.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
}

/** The proposal that a single key accepts: the best one, unless another is equally good. */
export function firstProposal(proposals: readonly EntityProposal[]): EntityProposal | null {
  const [best, next] = proposals;
  return best && best.rank !== next?.rank ? best : null;
}

function nameProposals(ground: ProposalGround, words: string): EntityProposal[] {
  const { registry, types } = ground;
  const names = namesOf(registry);
  const proposals = new Map<string, EntityProposal>();
  const gender = titleGender(words);
  const add = (found: readonly NamedEntity[], tier: number, reason: (found: NamedEntity) => string, learn = true) => {
    for (const each of found) {
      const { entity } = each;
      if (proposals.has(entity.id) || !types.includes(entity.type)) continue;
      if (gender && genderKnown(ground, entity, gender) === false) continue;
      const rank = 2 * tier + (isMeantHere(ground, entity) ? 0 : 1);
      proposals.set(entity.id, { entity: entity.id, name: entity.canonical, reason: reason(each), learn, rank });
    }
  };
  const called = names.called(words);
  const bare = foldedName(words.replace(/(?:['’]s|(?<=s)['’])$/u, ''));
  add(
    called.filter(({ name }) => foldedName(name) === bare),
    0,
    ({ name }) => `known as “${name}”`,
  );
  add(called, 1, ({ name }) => `“${name}” with another title or spelling`);
  add(
    names.surnamed(words).filter(({ entity }) => isNamedHere(ground, entity)),
    2,
    ({ entity }) => `same surname as ${entity.canonical}, who is named here`,
  );
  add(names.spelledLike(words), 3, ({ name }) => `spelt almost like “${name}”`);
  add(governmentsAt(plainName(words), registry), 4, () => 'a capital that stands for its government', false);
  return [...proposals.values()];
}

function pronounProposals(ground: ProposalGround, mention: Mention): EntityProposal[] {
  const { text, types } = ground;
  const { start, end, text: words } = mention.span;
  const quoted = quotedRanges(text);
  const isInside = (range: Range) => quoted.some((quotation) => quotation.start < range.start && range.end < quotation.end);
  if (/^(i|me|my|myself)$/i.test(words)) {
    const speaker = isInside({ start, end }) ? speakerAround(ground, mention) : null;
    return speaker && types.includes(speaker.type) ? [proposal(speaker, 'the speaker of this quotation', 0)] : [];
  }
  if (/^(who|whom|which)$/i.test(words)) {
    const before = candidatesBefore(ground, mention, quoted).find((each) => /^,?\s+$/.test(text.slice(each.end, start)));
    return before?.entity ? [proposal(before.entity, 'named just before', 0)] : [];
  }
  const gender = genderOf(words);
  // Inside a quotation, “he” is someone the speaker talks about. The text outside does not tell who.
  if (!gender || isInside({ start, end })) return [];
  const found: EntityProposal[] = [];
  for (const { entity } of candidatesBefore(ground, mention, quoted)) {
    // The nearest person named is not in the registry. Anyone named further back is not meant, so stop here.
    if (!entity) break;
    if (entity.type !== 'PERSON' || !types.includes('PERSON') || found.some((each) => each.entity === entity.id)) continue;
    if (genderKnown(ground, entity, gender) === false) continue;
    found.push(proposal(entity, found.length === 0 ? 'the nearest person named before' : 'named before', found.length));
    if (found.length === 3) break;
  }
  return found;
}

const proposal = ({ id, canonical }: Entity, reason: string, rank: number): EntityProposal => ({
  ...{ entity: id, name: canonical, reason, learn: false, rank },
});

// The speaker of the smallest annotation around the mention.
function speakerAround({ set, registry }: ProposalGround, { id, span }: Mention): Entity | null {
  const around = [...set.annotations.values()]
    .filter(({ spans }) => spans.some(({ start, end }) => start <= span.start && span.end <= end))
    .sort((a, b) => lengthOf(a.spans) - lengthOf(b.spans));
  for (const annotation of around) {
    const target = annotation.roles.find(({ role }) => role === 'speaker')?.target;
    if (!target) continue;
    const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
    if (mention?.id === id) continue;
    const named = target.kind === 'entity' ? { id: annotation.id, entity: target.id } : mention;
    return (named && entityOfMention(registry, named)) ?? null;
  }
  return null;
}
const lengthOf = (spans: readonly Range[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0);

interface Candidate extends Range {
  /** Null for a person who is not in the registry. */
  readonly entity: Entity | null;
}

// People named before the mention, nearest first, outside quotations and excluding those that the mention itself speaks or contains.
function candidatesBefore(ground: ProposalGround, mention: Mention, quoted: readonly Range[]): Candidate[] {
  const { text, set, registry } = ground;
  const { start } = mention.span;
  const own = [...set.annotations.values()]
    .filter(({ roles }) => roles.some(({ target }) => target.kind === 'mention' && target.id === mention.id))
    .flatMap(({ spans }) => spans);
  const isOutside = (range: Range) => ![...quoted, ...own].some((other) => other.start <= range.start && range.end <= other.end);
  const from = Math.max(0, start - reach);
  const linked = [...set.mentions.values()].flatMap(({ id, entity, span }): Candidate[] => {
    const meant = entityOfMention(registry, { id, entity });
    return meant && !isPronoun(span.text) && span.end <= start && span.start >= from
      ? [{ start: span.start, end: span.end, entity: meant }]
      : [];
  });
  const read = namesIn(ground, text.slice(from, start)).map((each) => ({ ...each, start: each.start + from, end: each.end + from }));
  const isTaken = (range: Range) => linked.some((other) => other.start < range.end && range.start < other.end);
  return [...linked, ...read.filter((each) => !isTaken(each))].filter(isOutside).sort((a, b) => b.end - a.end);
}

// Names of the registry in `text`, and persons with a title who are not in it.
function namesIn({ registry }: ProposalGround, text: string): Candidate[] {
  const names = namesOf(registry);
  const found: Candidate[] = [];
  for (const run of text.matchAll(/\p{Lu}[\p{L}\p{M}.’'-]*(?:[ \u00a0]\p{Lu}[\p{L}\p{M}.’'-]*)*/gu)) {
    const words = [...run[0].matchAll(/[^ \u00a0]+/g)];
    const at = (word: RegExpMatchArray | undefined) => run.index + (word?.index ?? 0);
    let isKnown = false;
    for (let length = Math.min(5, words.length); length > 0 && !isKnown; length--) {
      for (let first = words.length - length; first >= 0 && !isKnown; first--) {
        const [head, tail] = [words[first], words[first + length - 1]];
        const [start, end] = [at(head), at(tail) + (tail?.[0].length ?? 0)];
        const name = run[0].slice(start - run.index, end - run.index).replace(/\.$/, '');
        const persons = [...names.called(name), ...(length === 1 ? names.surnamed(name) : [])].filter(
          ({ entity }) => entity.type === 'PERSON',
        );
        const ids = new Set(persons.map(({ entity }) => entity.id));
        if (ids.size === 1 && persons[0]) found.push({ start, end, entity: persons[0].entity });
        isKnown = ids.size > 0;
      }
    }
    const bare = withoutTitle(run[0]);
    if (!isKnown && bare !== run[0] && personTitle.test(run[0]))
      found.push({ start: run.index, end: run.index + run[0].length, entity: null });
  }
  return found;
}

const personTitle =
  /\b(Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|President|Chancellor|Minister|Secretary|Senator|Governor|Mayor|King|Queen|Prince|Princess|Pope|General)\b/;
const titlesOf = { he: /\b(mr|sir|lord|king|prince|baron)\b/i, she: /\b(mrs|ms|miss|dame|lady|queen|princess|baroness)\b/i };

function titleGender(words: string): 'he' | 'she' | null {
  return titlesOf.he.test(words) ? 'he' : titlesOf.she.test(words) ? 'she' : null;
}

// Whether the person has this `gender`, judged by their titles in the registry, or else in the article. Null if there are none.
function genderKnown({ text }: ProposalGround, { canonical, aliases }: Entity, gender: 'he' | 'she'): boolean | null {
  const known = gendersOf([canonical, ...aliases]);
  const surname = withoutTitle(canonical).split(/\s+/).at(-1) ?? '';
  const told = known.size > 0 ? known : gendersOf(titledNamesIn(text).filter((name) => name.split(/[ ’']/).includes(surname)));
  return told.size === 1 ? told.has(gender) : null;
}

const gendersOf = (names: readonly string[]) => new Set(names.map(titleGender).filter((each) => each !== null));

const titledName = /\b(?:Mr|Sir|Lord|King|Prince|Baron|Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Baroness)\.? (?:\p{Lu}[\p{L}’'-]* ?){1,3}/gu;
const titledNamesIn = (text: string): string[] => [...text.matchAll(titledName)].map(([name]) => name);

function isMeantHere({ set, registry }: ProposalGround, entity: Entity): boolean {
  for (const mention of set.mentions.values()) if (entityOfMention(registry, mention) === entity) return true;
  return false;
}

function isNamedHere(ground: ProposalGround, entity: Entity): boolean {
  return isMeantHere(ground, entity) || [entity.canonical, ...entity.aliases].some((name) => /\s/.test(name) && ground.text.includes(name));
}
