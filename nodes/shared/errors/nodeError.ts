import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import type { Failure } from '../contract/failure';

/** The error for n8n's editor: the message says what happened, the description what to do. */
export function toNodeError(node: INode, failed: Failure, itemIndex: number) {
	const shown = { message: failed.message, description: describeFailure(failed), itemIndex };
	const error =
		failed.httpStatus === undefined
			? new NodeOperationError(node, failed.message, shown)
			: new NodeApiError(node, asJson(failed), {
					...shown,
					httpCode: String(failed.httpStatus),
				});
	// n8n replaces a message that contains a network error code by its own advice to try again.
	error.message = failed.message;
	error.context = { ...error.context, itemIndex, failure: { ...failed } };
	return error;
}

function describeFailure(failed: Failure) {
	const problems = (failed.problems ?? [])
		.filter(({ warning }) => !warning)
		.map(({ rule, message }) => `${message} [${rule}]`);
	const retry = failed.retryAt ? ` Try again after ${failed.retryAt}.` : '';
	return [...problems, `${failed.remediation}${retry} (${failed.code})`].join('\n');
}

function asJson(failed: Failure): JsonObject {
	return JSON.parse(JSON.stringify(failed)) as JsonObject;
}
