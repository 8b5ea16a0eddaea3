import { type Command, InvalidArgumentError } from 'commander';
import { defaultSplitOptions, Fractions, GroupBy, type SplitOptions } from '../core/splits/options.ts';

/** What a person specified about splits on the command line. */
export interface SplitFlags {
  readonly split?: Fractions;
  readonly group?: readonly GroupBy[];
  readonly stratify?: true;
}

/** Adds the options about splits to a command. */
export function addSplitOptions(command: Command): Command {
  return command
    .option('--split <parts>', 'parts for train, validation and test, such as 0.8,0.1,0.1', parts)
    .option('--group <by>', `keep together, beside near-duplicates, articles with the same: ${GroupBy.options.join(', ')}`, groupings)
    .option('--stratify', 'balance the layers over the splits instead of going by hash (for small datasets)');
}

/** The split options that a person asked for; null if they specified nothing about splits. */
export function splitOptionsFrom({ split, group, stratify }: SplitFlags): SplitOptions | null {
  if (split === undefined && group === undefined && stratify === undefined) return null;
  const asked = [...defaultSplitOptions.group, ...(group ?? [])];
  return {
    fractions: split ?? defaultSplitOptions.fractions,
    group: GroupBy.options.filter((by) => asked.includes(by)),
    stratify: stratify ?? false,
  };
}

function parts(value: string): Fractions {
  const numbers = value.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [train, validation, test] = numbers;
  const found = Fractions.safeParse({ train, validation, test });
  if (numbers.length !== 3 || !found.success)
    throw new InvalidArgumentError('It must be three parts that add up to 1, such as 0.8,0.1,0.1.');
  return found.data;
}

function groupings(value: string): GroupBy[] {
  return value.split(',').map((part) => {
    const known = GroupBy.safeParse(part.trim());
    if (!known.success) throw new InvalidArgumentError(`There are ${GroupBy.options.join(', ')}.`);
    return known.data;
  });
}
