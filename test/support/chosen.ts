import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Platform } from '../../nodes/shared/contract/platform';

/** Options without a default, which an author must choose; takes the last known value of each. */
export const chosen = ({ options }: Platform): IDataObject =>
	Object.fromEntries(
		(options as INodeProperties[])
			.filter(({ type, default: value }) => type === 'options' && value === '')
			.map(({ name, options: values = [] }) => [
				name,
				(values.at(-1) as INodePropertyOptions | undefined)?.value ?? 'chosen',
			]),
	);
