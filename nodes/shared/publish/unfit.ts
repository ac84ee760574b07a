import type { Failure } from '../contract/failure';
import type { Platform } from '../contract/platform';
import type { Problem } from '../contract/problem';
import { failure } from '../errors/failure';

/** The failure of a post with these problems. Without a name, the failure is the node's. */
export function unfit(
	{ id, name, docs }: Pick<Platform, 'id'> & Partial<Pick<Platform, 'name' | 'docs'>>,
	problems: Problem[],
	remediation?: string,
): Failure {
	const [first, ...others] = problems;
	const more = others.length > 0 ? ` (and ${others.length} more)` : '';
	return failure({
		code: 'validation_failed',
		platform: id,
		...(first && { rule: first.rule }),
		...(docs && { docUrl: docs }),
		message: `${name ? `${name}: ` : ''}${first?.message ?? ''}${more}`,
		problems,
		...(remediation && { remediation }),
	});
}
