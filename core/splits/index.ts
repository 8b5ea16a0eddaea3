export { type SplitDocument, splitDocument } from './document.ts';
export { Assignment, areSameOptions, defaultSplitOptions, Fractions, GroupBy, SplitName, SplitOptions } from './options.ts';
export { planSplits, type SplitGround, type SplitPlan } from './plan.ts';
export { PublishedSplits } from './published.ts';
export { SplitReport } from './report.ts';
