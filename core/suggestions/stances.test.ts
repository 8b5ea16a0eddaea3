import { describe, expect, test } from 'vitest';
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
