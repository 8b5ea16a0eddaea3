import { createContext, useContext } from 'react';
import type { Meaning } from '../../../core/comparison/meanings.ts';
import { type KeyPress, keyNamesOf } from '../../keys.ts';
import { useSession } from '../../session.tsx';
import type { CandidatePair } from './candidate-pairs.ts';

/** What one key says of a candidate. `isReversed` makes the second refine the first. */
export interface Judgement {
  readonly key: string;
  readonly meaning: Meaning;
  readonly isReversed: boolean;
  readonly said: string;
}

export const judgements: readonly Judgement[] = [
  { key: 'Enter', meaning: 'same', isReversed: false, said: 'The same.' },
  { key: 'x', meaning: 'apart', isReversed: false, said: 'Not the same; it is not offered again.' },
  { key: 'c', meaning: 'conflicts', isReversed: false, said: 'They conflict.' },
  { key: 'r', meaning: 'refines', isReversed: false, said: 'The first is more exact.' },
  { key: 'Shift-r', meaning: 'refines', isReversed: true, said: 'The second is more exact.' },
];

/** A judgement that a rule stands against until a reason is given. */
export interface Obstacle {
  readonly pair: string;
  readonly judgement: Judgement;
  readonly why: string;
}

/** Where the obstacle is kept while the reason is asked for. */
export const ObstacleContext = createContext<readonly [Obstacle | null, (obstacle: Obstacle | null) => void]>([null, () => undefined]);

/** Saying what a candidate is. The next one in the list is then current. */
export function useJudging(pairs: readonly CandidatePair[]) {
  const { actions, view } = useSession();
  const [, setObstacle] = useContext(ObstacleContext);
  const judge = async (pair: CandidatePair, judgement: Judgement, reason = ''): Promise<void> => {
    const { meaning, isReversed, said } = judgement;
    const [from, to] = isReversed ? [pair.other, pair.one] : [pair.one, pair.other];
    const at = pairs.findIndex(({ id }) => id === pair.id);
    // What follows may be settled by this judgement too.
    const rest = [...pairs.slice(at + 1), ...pairs.slice(0, Math.max(0, at)).reverse()].map(({ id }) => id);
    const judged = await actions.compare.judge(meaning, from, to, reason);
    if (judged.kind === 'needs-reason') return setObstacle({ pair: pair.id, judgement, why: judged.why });
    if (judged.kind === 'failed') return;
    setObstacle(null);
    actions.compare.show({ candidates: rest });
    view.say(`${said} One undo takes it back.`);
  };
  /** Handles a key for the current candidate. Returns whether it did. */
  const press = (event: KeyPress, pair: CandidatePair): boolean => {
    const names = keyNamesOf(event);
    const judgement = judgements.find(({ key }) => names.includes(key));
    if (judgement) void judge(pair, judgement);
    else if (names.includes('o')) actions.compare.open(pair.one);
    else if (names.includes('Shift-o')) actions.compare.open(pair.other);
    else return false;
    return true;
  };
  return { judge, press };
}
