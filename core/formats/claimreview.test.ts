import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { newEntity } from '../model/entity.ts';
import { claimreview } from './claimreview.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';

const text = 'Rents rose 12%, Ruiz said. “No,” she </script> added.';

async function reviewsOf(facts: readonly Record<string, unknown>[]) {
  const given = project(
    text,
    {
      mentions: [{ id: 'm', article: 'doc', annotator: 'anna', span: { start: 16, end: 20, text: 'Ruiz' }, entity: 'ruiz' }],
      annotations: [
        annotation('q', text, [{ start: 27, end: 32 }]),
        ...facts.map((more, index) => annotation(`f${index}`, text, [{ start: 0, end: 14 }], { layer: 'FACT', ...more })),
      ],
      decisions: [],
    },
    { entities: [newEntity('ruiz', 'anna', 'PERSON', 'Ana Ruiz', time), newEntity('summit', 'anna', 'EVENT', 'The summit', time)] },
  );
  const [article] = given.articles;
  const meta = {
    ...(article?.meta as NonNullable<typeof article>['meta']),
    source: 'The Paper',
    url: 'https://example.org/a',
    date: '2026-11-20',
  };
  const { files, outcome } = await exported(
    claimreview,
    sourceFrom({ ...given, articles: [{ meta, textFile: 'doc' }] }, () => hashOf(createHash('sha256'))),
  );
  const file = files.get('claimreview.jsonld') ?? '';
  return { file, reviews: JSON.parse(file)['@graph'] as Record<string, unknown>[], losses: outcome.losses };
}

it('X121 a fact with a verdict is a review of its claim: rating, who claimed it, where, and what the verdict rests on', async () => {
  const roles = [
    { role: 'source', target: { kind: 'mention', id: 'm' } },
    { role: 'event', target: { kind: 'entity', id: 'summit' } },
  ];
  const evidence = [
    { url: 'https://example.org/e?q="a b"', accessed: '2026-11-21', says: 'refutes', note: 'table 3' },
    { url: 'the ledger of rents', accessed: '', says: 'context', note: '' },
  ];
  const attributes = { verdict: 'refuted', attribution: 'attributed', evidence, justification: 'It rose by 2%.' };
  const { reviews, file } = await reviewsOf([{ attributes, roles, spans: [{ start: 0, end: 14, text: 'Rents rose 12%' }] }]);
  expect(JSON.parse(file)['@context']).toBe('https://schema.org');
  expect(reviews).toEqual([
    {
      '@type': 'ClaimReview',
      '@id': 'urn:pressmark:f0',
      datePublished: time,
      claimReviewed: 'Rents rose 12%',
      author: { '@type': 'Person', name: 'Anna' },
      publisher: { '@type': 'Organization', name: 'Project' },
      reviewRating: { '@type': 'Rating', ratingValue: 1, bestRating: 5, worstRating: 1, alternateName: 'Refuted' },
      citation: [
        { '@type': 'CreativeWork', url: 'https://example.org/e?q=%22a%20b%22', description: 'refutes; read 2026-11-21; table 3' },
        { '@type': 'CreativeWork', description: 'the ledger of rents; context' },
      ],
      reviewBody: 'It rose by 2%.',
      itemReviewed: {
        '@type': 'Claim',
        author: { '@type': 'Person', name: 'Ana Ruiz' },
        datePublished: '2026-11-20',
        about: [{ '@type': 'Event', name: 'The summit' }],
        appearance: {
          ...{ '@type': 'NewsArticle', url: 'https://example.org/a', headline: 'Title', datePublished: '2026-11-20' },
          publisher: { '@type': 'Organization', name: 'The Paper' },
        },
      },
    },
  ]);
});

it('X121 what the article says by itself its publisher claims; who is not known claims nothing', async () => {
  const unlinked = [{ role: 'source', target: { kind: 'annotation', id: 'q' } }];
  const { reviews } = await reviewsOf([
    { attributes: { verdict: 'supported', attribution: 'asserted' } },
    { attributes: { verdict: 'supported', attribution: 'attributed' } },
    { attributes: { verdict: 'supported', attribution: 'attributed' }, roles: unlinked },
  ]);
  const authors = reviews.map(({ itemReviewed }) => (itemReviewed as { author?: unknown }).author);
  expect(authors).toEqual([{ '@type': 'Organization', name: 'The Paper' }, undefined, undefined]);
});

it('X122 what nobody has verified is left out and named, as all else that a review cannot say', async () => {
  const { reviews, losses, file } = await reviewsOf([
    { attributes: { certainty: 'certain' } },
    { attributes: { verdict: 'not_enough_evidence' } },
    {
      attributes: { verdict: 'conflicting_evidence', certainty: 'certain' },
      note: 'see',
      spans: [{ start: 27, end: 45, text: '“No,” she </script' }],
    },
  ]);
  expect(reviews.map(({ '@id': id }) => id)).toEqual(['urn:pressmark:f2']);
  expect(file).not.toContain('</script');
  expect(reviews[0]?.['claimReviewed']).toBe('“No,” she </script');
  expect(losses).toEqual([
    { kind: 'annotations of the layer FACT with the verdict not_enough_evidence, which verifies nothing', count: 1 },
    { kind: 'annotations of the layer FACT without a verdict', count: 1 },
    { kind: 'annotations of the layer QUOTE without a verdict', count: 1 },
    { kind: 'entities of the registry (those who made a claim are named)', count: 2 },
    { kind: 'mentions', count: 1 },
    { kind: 'notes', count: 1 },
    { kind: 'places of claims in the articles', count: 1 },
    { kind: 'texts of articles (titles, publishers, days and addresses are with the claims)', count: 1 },
    { kind: 'values of FACT.certainty', count: 1 },
  ]);
});
