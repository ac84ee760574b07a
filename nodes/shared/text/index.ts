export { count, excess } from './count';
export { split, type Split, type SplitOptions } from './split';
