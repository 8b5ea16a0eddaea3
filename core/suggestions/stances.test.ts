import { describe, expect, test } from 'vitest';
import { suggest } from './index.ts';
import { found } from './testing/found.ts';

const stances = (text: string) =>
  found('STANCE', text).map(({ spans, roles, attributes }) => [spans.join(), roles['holder'], roles['target'], attributes['polarity']]);

describe('stances', () => {
  test.each([
    ['Ana Ruiz welcomed the plan for the town.', 'welcomed the plan for the town', 'the plan for the town', 'favor'],
    ['Ana Ruiz has rejected the plan.', 'rejected the plan', 'the plan', 'against'],
    ['Ana Ruiz called for a new vote.', 'called for a new vote', 'a new vote', 'favor'],
    ['Ana Ruiz warned against a new vote.', 'warned against a new vote', 'a new vote', 'against'],
    ['Ana Ruiz expressed approval of the outcome.', 'expressed approval of the outcome', 'the outcome', 'favor'],
    [
      'Ana Ruiz described the plan as a “huge step forward,” and left.',
      'described the plan as a “huge step forward,”',
      'the plan',
      'favor',
    ],
    ['Ana Ruiz called the plan a “disaster for the town”.', 'called the plan a “disaster for the town”', 'the plan', 'against'],
    ['Ana Ruiz said that the council must pay for it.', 'the council must pay for it', 'the council must pay for it', 'favor'],
    ['Ana Ruiz did not support the plan.', 'support the plan', 'the plan', 'against'],
  ])('Z14 a verb of attitude has holder, target and direction: %s', (text, span, target, polarity) => {
    expect(stances(text)).toEqual([[span, 'Ana Ruiz', target, polarity]]);
  });

  test.each([
    ['Ana Ruiz backed the plan.', 'backed the plan', 'the plan', 'favor'],
    ['Ana Ruiz voted against the bill.', 'voted against the bill', 'the bill', 'against'],
    ['Ana Ruiz came out in favour of the rebels.', 'came out in favour of the rebels', 'the rebels', 'favor'],
    ['Ana Ruiz threw her weight behind the bid.', 'threw her weight behind the bid', 'the bid', 'favor'],
    ['Ana Ruiz ruled out a tax rise.', 'ruled out a tax rise', 'a tax rise', 'against'],
    ['Ana Ruiz opposes the closing of a plant.', 'opposes the closing of a plant', 'the closing of a plant', 'against'],
    [
      'Ana Ruiz condemned the town’s ‘shameful’ silence.',
      'condemned the town’s ‘shameful’ silence',
      'the town’s ‘shameful’ silence',
      'against',
    ],
    ['Ana Ruiz warned against “rash steps”.', 'warned against “rash steps”', '“rash steps”', 'against'],
    ['Ana Ruiz is against the plan.', 'is against the plan', 'the plan', 'against'],
    ['Ana Ruiz is not in favour of the plan.', 'is not in favour of the plan', 'the plan', 'against'],
    ['Ana Ruiz has been critical of the war.', 'been critical of the war', 'the war', 'against'],
    ['Ana Ruiz is opposed to a ban.', 'is opposed to a ban', 'a ban', 'against'],
  ])('W98 a verb with its particle, or what somebody is said to be, tells an attitude: %s', (text, span, target, polarity) => {
    expect(stances(text)).toEqual([[span, 'Ana Ruiz', target, polarity]]);
  });

  test('W98 a group may hold it, the verb may look like a noun, and of a thing called “it” that is told too, less surely', () => {
    expect(stances('The charity backs the project.')).toEqual([['backs the project', 'The charity', 'the project', 'favor']]);
    expect(stances('The seamen’s union backed it.')).toEqual([['backed it', 'The seamen’s union', 'it', 'favor']]);
    const [surely, less] = ['the plan', 'it'].map((target) => suggest(`Ana Ruiz backed ${target}.`)[0]?.confidence ?? 0);
    expect(less).toBeLessThan(surely as number);
    expect(less).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    ['it is denied', 'Ana Ruiz is not against the plan.'],
    ['a thing is against it', 'The match is against Rovers.'],
    ['nobody is', 'It is against the law.'],
    ['something moves', 'Ana Ruiz came against the wind and backed into a parked car.'],
    ['someone stands somewhere', 'Ana Ruiz threw the ball behind the goal.'],
    ['a title is defended', 'Rovers defended the title.'],
    ['a claim is said to be untrue', 'Ana Ruiz rejected the criticism.'],
    ['a court judges', 'The court dismissed the appeal.'],
    ['it is only possible', 'Ana Ruiz might support the plan.'],
    ['a verb rules', 'Ana Ruiz ruled that the plan was legal.'],
  ])('W98 there is none where %s', (_, text) => expect(stances(text)).toEqual([]));

  test.each([
    ['Critics of the plan were heard.', 'Critics of the plan', 'Critics', 'the plan', 'against'],
    ['Ana Ruiz, a fierce critic of the plan, was heard.', 'critic of the plan', 'Ana Ruiz', 'the plan', 'against'],
    ['Ana Ruiz is a supporter of the plan.', 'supporter of the plan', 'Ana Ruiz', 'the plan', 'favor'],
    ['The union’s opposition to the plan is well known.', 'opposition to the plan', 'The union', 'the plan', 'against'],
    ['The TUC, which opposes the plan, was heard.', 'opposes the plan', 'The TUC=TUC', 'the plan', 'against'],
    ['The Liberals, who are in favour of the plan, were heard.', 'are in favour of the plan', 'The Liberals=Liberals', 'the plan', 'favor'],
  ])(
    'W99 supporters, critics, somebody’s support or opposition, and a relative clause about a name tell an attitude: %s',
    (text, span, holder, target, polarity) => {
      expect(stances(text)).toEqual([[span, holder, target, polarity]]);
    },
  );

  test.each([
    ['nobody is named for it', 'Support for the plan fell to 22 per cent.'],
    ['it was given up', 'The union dropped its opposition to the plan.'],
    ['there are none', 'No opponents of the plan came.'],
    ['somebody stands against somebody', 'Her opponent in the vote was Tom Berg.'],
    ['the clause only tells which', 'A group that opposes the plan was heard.'],
    ['the clause only tells who', 'The officials who oppose the plan were heard.'],
  ])('W99 there is none where %s', (_, text) => expect(stances(text)).toEqual([]));

  test('Z14 intensity and condition are read from the words', () => {
    const attributes = (text: string) => found('STANCE', text)[0]?.attributes;
    expect(attributes('Ana Ruiz strongly rejected the plan.')).toMatchObject({
      intensity: 'high',
      conditional: false,
      explicitness: 'explicit',
    });
    expect(attributes('Ana Ruiz backed out but supported the plan if a deal is reached.')).toMatchObject({
      intensity: 'medium',
      conditional: true,
    });
  });

  test.each([
    ['nobody holds it', 'The plan was rejected.'],
    ['its target is not said', 'Ana Ruiz supported him.'],
    ['a thing would hold it', 'The roof supports the tower.'],
    ['it is denied and so open', 'Ana Ruiz did not reject the plan.'],
    ['someone may only come to it', 'Ana Ruiz met the council to support the plan.'],
    ['it must not be', 'Ana Ruiz said that the council must not pay for it.'],
    ['a noun only looks like it', 'Ana Ruiz renewed her calls for a vote.'],
    ['it is asked', 'Do supporters of Ana Ruiz support the plan?'],
    ['it is only supposed', 'If Ana Ruiz supports the plan, it will pass.'],
    ['it is avoided', 'Ana Ruiz avoided criticizing the plan.'],
    ['it tells two sides apart', 'Ana Ruiz and Tom Berg had opposing views on the plan.'],
    ['another is blamed for it', 'Ana Ruiz was angry with Tom Berg for embracing the plan.'],
    ['somebody is only spoken to', 'Ana Ruiz urged the council to pay.'],
    ['the description judges nothing', 'Ana Ruiz described the plan as a long text.'],
  ])('Z14 there is none where %s', (_, text) => expect(stances(text)).toEqual([]));
});
