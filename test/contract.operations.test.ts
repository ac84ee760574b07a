import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../nodes/shared/contract/http';
import type { Operation } from '../nodes/shared/contract/operation';
import type { Platform } from '../nodes/shared/contract/platform';
import { fieldsOf } from '../nodes/shared/editor/describe';
import { platforms } from './platforms/asked';
import { filled, operated } from './support/operations';

/**
 * Checks every field of every operation with values that an expression may give by accident: none
 * is sent as if it were intended.
 */
const EXPRESSION = '={{ $json.value }}';

const NOTHING = [undefined, null, '', '  '];
const NO_VALUES = [{}, { a: 1 }, [{ a: 1 }]];
const ADDRESSES = ['../v26.0/100_77', '..', '.', '1789?b=c', '1789#b', 'a/b', 'a\ud83d\0b'];
const VALUES = [...NOTHING, ...NO_VALUES, ...ADDRESSES, [], [1, 2], 'false', 7, 2 ** 60, NaN];

/** Fields that control reading; an empty value counts as the default. */
const READING = ['returnAll', 'limit', 'simplify'];
/** Field types that always have a value. */
const FILLED = ['options', 'boolean', 'number'];

interface Field {
	platform: Platform;
	operation: Operation;
	property: INodeProperties;
	/** Whether the field is directly in the node, not inside another field. */
	isOuter: boolean;
	/** The parameters with this value in the field. */
	given(value: unknown): IDataObject;
}

/** The fields of an operation, including nested ones. */
function fieldsIn(platform: Platform, operation: Operation): Field[] {
	return fieldsOf(platform, operation).flatMap((property) => {
		const { name, type, options = [] } = property;
		const known = { platform, operation };
		const own = { ...known, property, isOuter: true };
		const inner = type === 'collection' ? (options as INodeProperties[]) : [];
		return [
			{ ...own, given: (value) => ({ [name]: filled(property, value) }) as IDataObject },
			...inner.map((one) => ({
				...{ ...known, property: one, isOuter: false },
				given: (value: unknown) => ({ [name]: { [one.name]: value } }) as IDataObject,
			})),
		] as Field[];
	});
}

const operations = platforms.flatMap((platform) =>
	platform.operations.map((operation) => ({ platform, operation })),
);
const nameOf = ({ platform, operation }: Pick<Field, 'platform' | 'operation'>) =>
	`${platform.name} ${operation.resource}.${operation.operation}`;
const fields = operations.flatMap(({ platform, operation }) => fieldsIn(platform, operation));
/** Test rows of these fields: a name and the field. */
const rows = (meant: (field: Field) => boolean) =>
	fields
		.filter(meant)
		.map((field) => [`${nameOf(field)} ${field.property.displayName}`, field] as const);

async function coming({ platform, operation, given }: Field, value: unknown) {
	const json = (value === undefined ? {} : { value }) as IDataObject;
	return await operated(platform, operation, given(EXPRESSION), json);
}

/** Whether a request contains something that must never be sent; queries and bodies are encoded. */
function unsound({ url, ...call }: Call): boolean {
	const { pathname, search, hash } = new URL(url);
	const sent = JSON.stringify([url, call.query, call.form, call.body]);
	return (
		/undefined|NaN|\[object|%5Bobject|\\u0000|\\ud83d/.test(sent) ||
		/\/\.{1,2}(?:\/|$)/.test(url) ||
		/\/\/|\/null|%2e|%2f|%3f/i.test(pathname) ||
		`${search}${hash}`.includes('b=c') ||
		hash !== ''
	);
}

const isChange = ({ method = 'GET' }: Call) => method !== 'GET';

/** Whether the value is refused with the field's name, before any request. */
async function isRefused(field: Field, value: unknown) {
	const { calls, failed } = await coming(field, value);
	const { displayName } = field.property;
	return (
		failed?.code === 'validation_failed' &&
		String(failed.message).includes(displayName) &&
		calls.length === 0
	);
}

async function unrefused(field: Field, values: unknown[]): Promise<unknown[]> {
	const left: unknown[] = [];
	for (const value of values) if (!(await isRefused(field, value))) left.push(value);
	return left;
}

it.each(operations.map((one) => [nameOf(one), one] as const))(
	'%s is done with what is meant',
	async (_name, { platform, operation }) => {
		const { calls, failed } = await operated(platform, operation);
		expect(failed).toBeUndefined();
		expect(calls.filter(unsound)).toEqual([]);
	},
);

it.each(rows(() => true))('%s sends nothing by accident', async (_name, field) => {
	const wrong: unknown[] = [];
	for (const value of VALUES) {
		const { calls, failed } = await coming(field, value);
		const sent = calls.filter((call) => unsound(call) || (failed && isChange(call)));
		const code = failed?.code ?? 'validation_failed';
		if (sent.length > 0 || code !== 'validation_failed') wrong.push({ value, sent, code });
	}
	expect(wrong).toEqual([]);
});

it.each(rows(({ property }) => property.type !== 'collection'))(
	'%s takes no object',
	async (_name, field) => {
		expect(await unrefused(field, NO_VALUES)).toEqual([]);
	},
);

const isNeeded = ({ property: { type, name, required }, isOuter }: Field) =>
	isOuter && !READING.includes(name) && (required === true || FILLED.includes(type));

it.each(rows(isNeeded))('%s does not come to nothing', async (_name, field) => {
	expect(await unrefused(field, NOTHING)).toEqual([]);
});

it.each(rows(({ property: { name } }) => ['board', 'section', 'author'].includes(name)))(
	'%s is not oneself, or left out, where it came to nothing',
	async (_name, field) => {
		expect(await unrefused(field, NOTHING)).toEqual([]);
	},
);

it.each(rows(({ property: { required } }) => required === true))(
	'%s is needed although nobody touched it',
	async (_name, { platform, operation, property, given }) => {
		const { name, default: usual, type } = property;
		// A required field with a default is tested with an empty value.
		const isFilled = type === 'multiOptions' || (typeof usual === 'string' && usual !== '');
		const empty = isFilled
			? given(type === 'multiOptions' ? [] : '')
			: { [name]: usual as IDataObject };
		const { calls, failed } = await operated(platform, operation, empty);
		const message = expect.stringContaining(property.displayName) as unknown;
		expect(failed).toMatchObject({ code: 'validation_failed', message });
		expect(calls).toEqual([]);
	},
);

it.each(rows(({ property }) => property.type === 'boolean'))(
	'%s takes the words true and false',
	async (_name, field) => {
		for (const value of [true, false]) {
			const { calls } = await coming(field, value);
			expect((await coming(field, String(value))).calls).toEqual(calls);
		}
		expect(await unrefused(field, ['yes', 1])).toEqual([]);
	},
);

it.each(rows(({ property: { type } }) => ['options', 'multiOptions'].includes(type)))(
	'%s takes only what may be chosen',
	async (_name, field) => {
		expect(await unrefused(field, ['../me/accounts', ['../me/accounts'], 'other'])).toEqual([]);
	},
);

it.each(rows(({ property }) => property.type === 'dateTime'))(
	'%s says what is no time',
	async (_name, field) => {
		const { calls, failed } = await coming(field, 'soon');
		const message = expect.stringContaining('soon') as unknown;
		expect(failed).toMatchObject({ code: 'validation_failed', message });
		expect(calls).toEqual([]);
	},
);

it.each(rows(({ property }) => property.name === 'limit'))(
	'%s is a whole number from one on',
	async (_name, field) => {
		expect(await unrefused(field, ['x', 0, '0', -1, 1.5, '1e400', true])).toEqual([]);
		const { calls, failed } = await coming(field, '7');
		expect(failed).toBeUndefined();
		expect(calls).toEqual((await coming(field, 7)).calls);
	},
);

it.each(rows(({ property }) => /\b(?:Link|URL)$/.test(property.displayName)))(
	'%s takes addresses on the web only',
	async (_name, field) => {
		expect(await unrefused(field, ['file:///etc/passwd', 'https://a:b@c.example', 7])).toEqual([]);
	},
);
