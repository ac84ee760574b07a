import type { PostOption } from '../shared/contract/postOption';

/** TODO: options that only this platform has, with a link to the vendor's page */
export const sampleOptions: PostOption[] = [];
