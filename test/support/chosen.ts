import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Platform } from '../../nodes/shared/contract/platform';

/** What an author must choose, since its default is nothing: the last of its values, as far as known. */
export const chosen = ({ options }: Platform): IDataObject =>
	Object.fromEntries(
		(options as INodeProperties[])
			.filter(({ type, default: value }) => type === 'options' && value === '')
			.map(({ name, options: values = [] }) => [
				name,
				(values.at(-1) as INodePropertyOptions | undefined)?.value ?? 'chosen',
			]),
	);
