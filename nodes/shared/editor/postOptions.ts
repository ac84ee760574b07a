import type { INodeProperties } from 'n8n-workflow';

import type { PostOption } from '../contract/postOption';

const longTextOption: INodeProperties = {
	displayName: 'When Text Is Too Long',
	name: 'longText',
	type: 'options',
	options: [
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Fail without sending anything, and tell by how much the text is too long',
		},
		{
			name: 'Split Into Thread',
			value: 'thread',
			description: 'Publish several posts, each as a reply to the one before',
		},
	],
	default: 'refuse',
	description: 'What to do if the text is longer than the platform allows',
};

/** Options of platforms with threads. */
export const threadOptions: readonly INodeProperties[] = [
	longTextOption,
	{
		displayName: 'Number Split Posts',
		name: 'numbering',
		type: 'boolean',
		default: true,
		description: 'Whether to end each part of a split text with its number, such as (2/5)',
	},
];

/** Options with the same meaning on every platform. */
export const commonOptions: readonly INodeProperties[] = [
	...threadOptions,
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.guid }}',
		description:
			'A name of your own for this post. Any later run with the same key does not publish it again and gives the status "already_published". Each item needs a key of its own.',
	},
	{
		displayName: 'Remember',
		name: 'remember',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5000,
		description:
			'How many of its posts this node remembers, to know them again; the oldest are forgotten first. Manual runs count too.',
	},
	{
		displayName: 'Wait for Processing (Seconds)',
		name: 'processingWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description:
			'How long to wait for the platform to process media. After that the result has the status "processing", and Post: Resume finishes it.',
	},
	{
		displayName: 'Wait for Rate Limit (Seconds)',
		name: 'rateLimitWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 60,
		description:
			'How long to wait in total for rate limits. After that the post fails as "rate_limited", with the time to retry at.',
	},
];

/** Option that refers to a post. */
export function postReference(displayName: string, name: string, description: string): PostOption {
	return {
		displayName,
		name,
		type: 'string',
		deciding: true,
		default: '',
		placeholder: 'e.g. https://example.com/post/1',
		description,
	};
}
