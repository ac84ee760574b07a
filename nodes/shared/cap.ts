import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { refuse } from './failure';
import type { Account, Platform } from './platform';

interface CapState extends IDataObject {
	/** Times of posts (epoch ms) by account. */
	crosspostCap?: Record<string, number[]>;
}

/**
 * A user's own limit on a platform that bills per post, kept in the workflow's static data, which all
 * its nodes share. n8n saves that at the end of an execution, and not in manual runs.
 */
export function capOf(fn: IExecuteFunctions, platform: Platform, options: IDataObject) {
	const { cap } = platform;
	const most = Number(options.cap ?? cap?.posts ?? 0);
	if (!cap || most <= 0) return { check: () => {}, count: () => {} };
	const state = fn.getWorkflowStaticData('global') as CapState;
	const posts = (state.crosspostCap ??= {});
	const recent = ({ id }: Account) => {
		const since = DateTime.utc().minus({ days: cap.days }).toMillis();
		return (posts[`${platform.id}:${id}`] ?? []).filter((time) => time > since);
	};
	return {
		check: (account: Account) => {
			const used = recent(account);
			if (used.length < most) return;
			refuse({
				code: 'quota_exceeded',
				platform: platform.id,
				rule: `${platform.id}.post.cap`,
				message: `${platform.name}: ${used.length} posts by ${account.name} in ${cap.days} days, and this node's cap is ${most}`,
				remediation: 'Raise Post Cap in the options, or set it to 0 to post without one.',
				retryAt: DateTime.fromMillis(used[used.length - most])
					.plus({ days: cap.days })
					.toUTC()
					.toISO() as string,
			});
		},
		count: (account: Account) => {
			posts[`${platform.id}:${account.id}`] = [...recent(account), DateTime.utc().toMillis()];
		},
	};
}
