import { z } from 'zod';
import { Id } from './annotation.ts';

export const Annotator = z.strictObject({ id: Id, name: z.string().min(1), role: z.enum(['annotator', 'adjudicator']) });
export type Annotator = z.infer<typeof Annotator>;
