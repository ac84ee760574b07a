import type { IDataObject } from 'n8n-workflow';

type Answer = IDataObject | null;

/** Answers with status 200 that contain an error, and the part that users should read. */
export const REFUSALS: Array<[string, IDataObject, string]> = [
	[
		'an error by name',
		{ error: 'invalid_grant', error_description: 'The code was redeemed.' },
		'invalid_grant: The code was redeemed.',
	],
	[
		'an error with fields',
		{ error: { message: 'Bad code', type: 'OAuthException', code: 100, fbtrace_id: 'A1' } },
		'OAuthException: 100: Bad code',
	],
	[
		'fields for an error',
		{ error_type: 'OAuthException', code: 400, error_message: 'Bad code' },
		'OAuthException: Bad code',
	],
	[
		'an error among data',
		{ data: { error_code: 10_007, description: 'Code expired', captcha: '' }, message: 'error' },
		'10007: Code expired',
	],
	[
		'an error beside an empty token',
		{ access_token: '', error: 'invalid_client' },
		'invalid_client',
	],
	['a list of errors', { errors: [{ message: 'Not today' }] }, 'Not today'],
];

/** Answers with status 200 that contain neither a token nor an error. */
export const NOTHINGS: Array<[string, Answer]> = [
	['nothing', {}],
	['null', null],
	['an empty token', { access_token: '' }],
	['a number', { access_token: 7 }],
	['no error either', { error: '', error_code: 0 }],
];
