import type { Command } from 'commander';
import { formats } from '../core/formats/index.ts';

/** Adds `pressmark formats`. */
export function addFormats(program: Command): void {
  program
    .command('formats')
    .summary('list the formats of datasets')
    .description('Lists the formats that a dataset is exported in, and whether their annotations can be imported.')
    .option('--json', 'print one JSON object per line')
    .action(({ json }: { json?: boolean }) => {
      const width = Math.max(...formats.map(({ name }) => name.length));
      for (const { name, title, about, offsetUnit, canLeaveTextOut, tokeniser, read } of formats) {
        const ways = read ? ['export', 'import'] : ['export'];
        if (json)
          console.log(
            JSON.stringify({ name, title, about, ways, offset_unit: offsetUnit, tokeniser, can_leave_text_out: canLeaveTextOut }),
          );
        else console.log(`${name.padEnd(width)}  ${ways.join(', ').padEnd(14)}  ${about}`);
      }
    });
}
