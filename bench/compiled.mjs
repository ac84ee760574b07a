import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What `gulp benches` made of a file of this folder. */
export const compiled = (name) => require(`../.cache/bench/bench/${name}.js`);
