// Imported by file, because the package's own entry needs a resolver that knows `exports`.
export { Lexicons, jsonToLex } from '../../../node_modules/@atproto/lexicon/dist/index.js';
export type { LexiconDoc } from '../../../node_modules/@atproto/lexicon/dist/index.js';
