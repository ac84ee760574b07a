import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { Failure } from '../contract/failure';
import type { Platform } from '../contract/platform';
import type { Account } from '../contract/post';
import type { Problem } from '../contract/problem';
import { failure } from '../errors/failure';

interface CapState extends IDataObject {
	/** Epoch ms of posts by account. */
	crosspostCap?: Record<string, number[]>;
}

/** The problem of a used-up cap, and the failure that it causes. */
export interface Excess {
	cause: Failure;
	problem: Problem;
}

export interface PostCap {
	/**
	 * Whether this many posts fit even if all counted posts are one account's. The account is then
	 * not needed.
	 */
	surelyFits(posts: number): boolean;
	/** The excess of this many further posts; undefined if they fit. */
	excess(account: Account, posts: number): Excess | undefined;
	count(account: Account): void;
}

/**
 * The user's limit of posts on a platform that charges per post. It is stored in the workflow's
 * static data, which all its nodes share. n8n saves that at the end of an execution, but not after
 * manual runs.
 */
export function postCapOf(
	fn: IExecuteFunctions,
	platform: Platform,
	options: IDataObject,
): PostCap {
	const { cap } = platform;
	const most = Number(options.cap ?? cap?.posts ?? 0);
	if (!cap || most <= 0) {
		return { surelyFits: () => true, excess: () => undefined, count: () => {} };
	}
	const state = fn.getWorkflowStaticData('global') as CapState;
	const nameOf = ({ id }: Account) => `${platform.id}:${id}`;
	const recent = (name: string) => {
		const since = DateTime.utc().minus({ days: cap.days }).toMillis();
		return (state.crosspostCap?.[name] ?? []).filter((time) => time > since);
	};
	const ofAll = () =>
		Object.keys(state.crosspostCap ?? {})
			.filter((name) => name.startsWith(`${platform.id}:`))
			.flatMap(recent);
	return {
		surelyFits: (posts) => ofAll().length + posts <= most,
		excess: (account, posts) => {
			const used = recent(nameOf(account));
			const over = used.length + posts - most;
			if (over <= 0) return undefined;
			const problem = {
				rule: `${platform.id}.post.cap`,
				message: `${used.length} posts by ${account.name} in ${cap.days} days and ${posts} to come, and Post Cap allows ${most} in this workflow`,
				limit: most,
				actual: used.length + posts,
			};
			// Undefined if the parts alone exceed the cap, because waiting cannot help.
			const first = used.at(over - 1);
			const lifted = first && DateTime.fromMillis(first, { zone: 'utc' }).plus({ days: cap.days });
			const cause = failure({
				code: 'quota_exceeded',
				platform: platform.id,
				rule: problem.rule,
				message: `${platform.name}: ${problem.message}`,
				remediation: 'Raise Post Cap in the options, or set it to 0 to post without one.',
				problems: [problem],
				...(lifted && { retryAt: lifted.toISO() as string }),
			});
			return { cause, problem };
		},
		count: (account) => {
			const name = nameOf(account);
			const times = [...recent(name), DateTime.utc().toMillis()];
			// Replaces the whole object, because n8n does not detect deeper changes.
			state.crosspostCap = { ...state.crosspostCap, [name]: times };
		},
	};
}
