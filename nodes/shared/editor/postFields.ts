import type { INodeProperties } from 'n8n-workflow';

import type {
	CommentLimit,
	PollLimit,
	ScheduleLimit,
	TextLimit,
	TitleLimit,
} from '../contract/limits';
import type { Platform } from '../contract/platform';
import type { PostOption } from '../contract/postOption';
import { DAY, HOUR, MINUTE } from '../units';
import { fromVersion } from './versions';

/** Default voting time in minutes. */
export const POLL_MINUTES = DAY / MINUTE;

const HOUR_MINUTES = HOUR / MINUTE;
const DAY_MINUTES = DAY / MINUTE;

const hideTotalsField: INodeProperties = {
	displayName: 'Hide Results',
	name: 'hideTotals',
	type: 'boolean',
	default: false,
	description: 'Whether to hide the results until the poll has ended',
};

const multipleField: INodeProperties = {
	displayName: 'Multiple Choice',
	name: 'multiple',
	type: 'boolean',
	default: false,
	description: 'Whether people may choose more than one answer',
};

/** Options for the post fields in a platform's limits. */
export function postFields(platform: Platform): PostOption[] {
	const { title, schedule, poll, firstComment } = platform.limits;
	return [
		...(title ? [titleField(titleWords(title))] : []),
		...(schedule ? [scheduleField(scheduleWords(schedule))] : []),
		...(poll ? [pollField(poll, platform)] : []),
		...(firstComment ? [commentField(commentWords(firstComment))] : []),
	];
}

/** Post fields for several platforms at once; some platforms lack some of them. */
export const sharedPostFields: readonly PostOption[] = [
	titleField('Title of the post, where the platform has titles'),
	scheduleField(
		sentences('When the platforms publish the post', [
			'One that cannot schedule refuses it: use a Schedule Trigger or Wait node for it instead',
		]),
	),
	{
		...pollFrame('Poll to add to the post, where the platform has polls'),
		options: [
			pollGroup([
				answersField('One answer per line, two to four on most platforms'),
				minutesField('How long people may vote, where the platform leaves the choice'),
				hideTotalsField,
				multipleField,
				questionField('The question, where polls have one besides the text of the post'),
			]),
		],
	},
	commentField('Comment to add under the post once it is out, where the platform allows it'),
].map((one: PostOption) => fromVersion(1.1, one));

function titleField(description: string): PostOption {
	return { displayName: 'Title', name: 'title', type: 'string', default: '', description };
}

function scheduleField(description: string): PostOption {
	return {
		displayName: 'Schedule For',
		name: 'scheduledAt',
		type: 'dateTime',
		deciding: true,
		default: '',
		description,
	};
}

function commentField(description: string): PostOption {
	return {
		displayName: 'First Comment',
		name: 'firstComment',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		description,
	};
}

function titleWords({ of, note, required, ...limit }: TitleLimit): string {
	return sentences(`Title of ${of}${upTo(limit)}`, [
		required && 'The first line of the text if none is given',
		note,
	]);
}

function scheduleWords({ ahead: { min, max }, note }: ScheduleLimit): string {
	const window = max ? `${timeWords(min)} to ${timeWords(max)}` : `at least ${timeWords(min)}`;
	return sentences(`When the platform publishes the post, ${window} ahead`, [note]);
}

function commentWords({ note, ...limit }: CommentLimit): string {
	return sentences(`Comment to add under the post once it is out${upTo(limit)}`, [note]);
}

function pollField(limit: PollLimit, { limitsOf, threads }: Platform): PostOption {
	const { answers, answer, question, minutes, multiple, hideTotals, note } = limit;
	const counts = `${answers.min} to ${answers.max}`;
	const description = sentences(`Poll with ${counts} answers${upTo(answer, ' of')}`, [
		limitsOf !== undefined && 'Some accounts or servers have other limits',
		threads && 'In a thread the first post has it',
		note,
	]);
	return {
		...pollFrame(description),
		options: [
			pollGroup([
				answersField(`One answer per line, ${counts}${upTo(answer, ' of')}`),
				...(minutes ? [durationField(minutes)] : []),
				...(hideTotals ? [hideTotalsField] : []),
				...(multiple ? [multipleField] : []),
				...(question ? [questionField(`The question of the poll${upTo(question)}`)] : []),
			]),
		],
	};
}

function pollFrame(description: string): PostOption {
	return {
		displayName: 'Poll',
		name: 'poll',
		type: 'fixedCollection',
		placeholder: 'Add Poll',
		default: {},
		description,
	};
}

function pollGroup(values: INodeProperties[]) {
	return { displayName: 'Poll', name: 'poll', values };
}

function answersField(description: string): INodeProperties {
	return {
		displayName: 'Answers',
		name: 'answers',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description,
	};
}

function durationField(minutes: NonNullable<PollLimit['minutes']>): INodeProperties {
	if ('min' in minutes) {
		const { min, max } = minutes;
		const most = max > 2 * DAY_MINUTES ? max - (max % DAY_MINUTES) : max;
		const description = `How long people may vote, ${timeWords(min)} to ${timeWords(most)}`;
		return { ...minutesField(description), typeOptions: { minValue: min } };
	}
	const usual = minutes.includes(POLL_MINUTES) ? POLL_MINUTES : minutes[0];
	return {
		displayName: 'Duration',
		name: 'minutes',
		type: 'options',
		options: minutes.map((value) => ({ name: titled(timeWords(value)), value })),
		default: usual,
		description: 'How long people may vote',
	};
}

function minutesField(description: string): INodeProperties {
	return {
		displayName: 'Duration (Minutes)',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: POLL_MINUTES,
		description,
	};
}

function questionField(description: string): INodeProperties {
	return { displayName: 'Question', name: 'question', type: 'string', default: '', description };
}

function upTo({ max }: Partial<TextLimit>, before = ','): string {
	return max ? `${before} up to ${max.toLocaleString('en')} characters` : '';
}

/** The time in words, in the largest unit with a whole number. */
export function timeWords(minutes: number): string {
	const units = [
		[DAY_MINUTES, 'day'],
		[HOUR_MINUTES, 'hour'],
		[1, 'minute'],
	] as const;
	const [size, unit] = units.find(([one]) => minutes % one === 0)!;
	const count = minutes / size;
	return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

function titled(words: string): string {
	return words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** n8n ends a description with a period only if it has several sentences. */
function sentences(first: string, more: Array<string | boolean | undefined>): string {
	const others = more.filter(Boolean).map((one) => String(one).replace(/\.$/, ''));
	return others.length > 0 ? `${[first, ...others].join('. ')}.` : first;
}
