import type { IDataObject } from 'n8n-workflow';

import { platformPlans } from './crosspost';
import type { Plan } from './values';

const everywhere = Object.keys(platformPlans);
const everyEvent = ['scope.missing', 'token.expiring', 'token.refreshed', 'token.revoked'];
const pollTimes = { item: [{ mode: 'everyX', value: 6, unit: 'hours' }] };
const watching = (parameters: IDataObject) => ({ pollTimes, ...parameters });

const operations = {
	facebookOperations: [
		...['comment.create', 'comment.delete', 'comment.getAll', 'comment.setVisibility'],
		...['page.getInsights', 'post.getInsights', 'post.publish'],
	],
	instagramOperations: [
		...['account.insights', 'comment.create', 'comment.delete', 'comment.getAll'],
		...['comment.hide', 'comment.reply', 'post.delete', 'post.insights', 'post.publish'],
	],
	linkedInOperations: ['organization.getAll', 'post.get', 'post.getAll', 'post.publish'],
	mastodonOperations: ['post.publish'],
	pinterestOperations: ['post.publish'],
	threadsOperations: ['post.delete', 'post.publish', 'reply.getAll'],
	tikTokOperations: ['post.get', 'post.getAll', 'post.publish'],
	xOperations: ['post.publish'],
};

export const crosspostTrigger: Plan = {
	'Watch all': watching({ platforms: everywhere }),
	'Watch everything': watching({
		...{ platforms: everywhere, events: everyEvent, daysBefore: '14, 7, 1' },
		...operations,
	}),
	...Object.fromEntries(
		everyEvent.map((event) => [
			`Watch for ${event}`,
			watching({ platforms: ['linkedIn', 'x'], events: [event] }),
		]),
	),
	'Watch other connections': watching({
		...{ platforms: ['facebook', 'instagram', 'mastodon', 'threads'] },
		...{ facebookAuthentication: 'accessToken', instagramAuthentication: 'facebookLogin' },
		...{ mastodonAuthentication: 'accessToken', threadsAuthentication: 'accessToken' },
	}),
	'Watch a pasted token': watching({
		...{ platforms: ['instagram'], instagramAuthentication: 'accessToken' },
	}),
};
