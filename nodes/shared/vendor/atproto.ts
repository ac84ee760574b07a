export { detectFacets } from '@atproto/api/dist/rich-text/detection.js';
export { UnicodeString } from '@atproto/api/dist/rich-text/unicode.js';
