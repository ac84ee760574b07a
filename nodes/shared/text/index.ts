export { count, excess } from './count';
export type { Excess, TextRule, TextUnit } from './rule';
export { split, type Split, type SplitOptions } from './split';
