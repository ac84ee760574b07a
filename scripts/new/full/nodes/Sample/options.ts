import type { PostOption } from '../shared/contract/postOption';

/** TODO: what no other platform asks, with a link to the vendor's page */
export const sampleOptions: PostOption[] = [];
