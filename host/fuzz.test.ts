import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seed, soak, tell } from '../core/testing/soak.ts';
import { articleParsers } from './testing/fuzz/articles.ts';
import { datasetParsers, recogniser } from './testing/fuzz/datasets.ts';
import { projectParsers } from './testing/fuzz/project-files.ts';
import { fuzz, type Parser } from './testing/fuzz/run.ts';
import { wordParsers } from './testing/fuzz/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'pressmark-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function expectTyped(rule: string, parser: Parser): Promise<void> {
  const runs = soak(2000, 100_000);
  const before = process.cpuUsage();
  const { taken, slowest, heaviest } = await fuzz(parser, runs, seed);
  const milliseconds = Math.round(process.cpuUsage(before).user / 1000);
  tell(`${rule} ${parser.name}`, {
    inputs: runs,
    taken,
    'ms at most': Math.ceil(slowest),
    'MB at most': Math.ceil(heaviest),
    'ms of processor': milliseconds,
  });
  expect(taken).toBeGreaterThan(0);
}

const named = (parsers: readonly Parser[]) => parsers.map((parser) => [parser.name, parser] as const);
const hours = 10 * 3_600_000;

test.each(named(articleParsers))(
  'I27 whatever is in the file, the reader of %s gives well-formed articles or a refusal in words',
  (_, parser) => expectTyped('I27', parser),
  hours,
);

test.each(named([...datasetParsers, recogniser]))(
  'I60 whatever is in the files, %s is read whole or refused in words, in good time and memory',
  (_, parser) => expectTyped('I60', parser),
  hours,
);

test.each(named(wordParsers))(
  'I61 whatever is typed or dropped, %s is read or told what is wrong with it',
  (_, parser) => expectTyped('I61', parser),
  hours,
);

test.each(named(await projectParsers(folder)))(
  'I62 whatever became of the disk, %s is read or told to be damaged in words',
  (_, parser) => expectTyped('I62', parser),
  hours,
);
