import { explainBy } from '../shared/errors/explainBy';

/** TODO: the vendor's page on errors, and the envelope, which no other answer has */
export const explain = explainBy({
	envelope: ({ error }, { status }) =>
		status >= 400 && typeof error === 'string' ? { codes: [error], message: error } : undefined,
	byCode: {},
});
