import { z } from 'zod';

/** One call of the contract. `takesBytes` marks calls that carry the raw bytes of a file next to their input. */
export const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, takesBytes = false) => ({
  input,
  output,
  takesBytes,
});

/** The input of a call without parameters, or the output of a call without a result. */
export const nothing = z.strictObject({});
