export { RichText } from '@atproto/api/dist/rich-text/rich-text.js';
