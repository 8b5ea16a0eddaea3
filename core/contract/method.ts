import { z } from 'zod';

/** One call of the contract. `takesBytes` marks those that carry a file's raw bytes beside their input. */
export const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, takesBytes = false) => ({
  input,
  output,
  takesBytes,
});

/** The input of a call that takes nothing, or the output of one that answers nothing. */
export const nothing = z.strictObject({});
