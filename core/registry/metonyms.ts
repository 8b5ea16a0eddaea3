import type { Entity, Registry } from '../model/entity.ts';
import { type NamedEntity, plainName } from './entity-names.ts';

// Capitals that news uses for their governments, with words in the names of these governments.
const capitals: Readonly<Record<string, readonly string[]>> = {
  ankara: ['turkish', 'turkey', 'turkiye'],
  athens: ['greek', 'greece'],
  beijing: ['chinese', 'china'],
  berlin: ['german', 'germany'],
  bern: ['swiss', 'switzerland'],
  brussels: ['european union', 'european commission', 'eu'],
  budapest: ['hungarian', 'hungary'],
  cairo: ['egyptian', 'egypt'],
  canberra: ['australian', 'australia'],
  copenhagen: ['danish', 'denmark'],
  delhi: ['indian', 'india'],
  'new delhi': ['indian', 'india'],
  dublin: ['irish', 'ireland'],
  helsinki: ['finnish', 'finland'],
  islamabad: ['pakistani', 'pakistan'],
  jerusalem: ['israeli', 'israel'],
  kyiv: ['ukrainian', 'ukraine'],
  kiev: ['ukrainian', 'ukraine'],
  london: ['british', 'uk', 'united kingdom', 'downing street'],
  madrid: ['spanish', 'spain'],
  minsk: ['belarusian', 'belarus'],
  moscow: ['russian', 'russia', 'kremlin'],
  oslo: ['norwegian', 'norway'],
  ottawa: ['canadian', 'canada'],
  paris: ['french', 'france', 'elysee'],
  pyongyang: ['north korean', 'north korea'],
  riyadh: ['saudi', 'saudi arabia'],
  rome: ['italian', 'italy'],
  seoul: ['south korean', 'south korea'],
  stockholm: ['swedish', 'sweden'],
  tehran: ['iranian', 'iran'],
  tokyo: ['japanese', 'japan'],
  vienna: ['austrian', 'austria'],
  warsaw: ['polish', 'poland'],
  washington: ['us', 'american', 'united states', 'white house'],
};

/** The organisations in the registry that are the government of a capital. `capital` is a plain name (entity-names.ts). */
export function governmentsAt(capital: string, registry: Registry): NamedEntity[] {
  const words = Object.hasOwn(capitals, capital) ? capitals[capital] : undefined;
  if (!words) return [];
  const isGovernment = (name: string) => {
    const plain = plainName(name).replace(/^the /, '');
    const isSeat = /^(kremlin|white house|downing street|elysee|european (union|commission)|eu)$/.test(plain);
    return (isSeat || /\b(government|administration)\b/.test(plain)) && words.some((word) => new RegExp(`\\b${word}\\b`).test(plain));
  };
  const found = ({ mergedInto, removed, type, canonical, aliases }: Entity) =>
    !mergedInto && !removed && type === 'ORGANISATION' ? [canonical, ...aliases].find(isGovernment) : undefined;
  return [...registry.values()].flatMap((entity) => {
    const name = found(entity);
    return name === undefined ? [] : [{ entity, name }];
  });
}
