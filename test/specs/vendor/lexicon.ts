// By its file: the package's own entry is for resolvers that know `exports`.
export { Lexicons, jsonToLex } from '../../../node_modules/@atproto/lexicon/dist/index.js';
export type { LexiconDoc } from '../../../node_modules/@atproto/lexicon/dist/index.js';
