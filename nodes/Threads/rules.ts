import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isAddress } from './address';
import { isFirst, topicOf, type Options } from './options';
import { linkAttachmentOf, textOf } from './text';

const LINKS = 5;
const TOPIC = 50;

/** What Threads refuses beyond sizes: https://developers.facebook.com/docs/threads/posts */
export function check(post: Post): Problem[] {
	return [...linkProblems(post), ...(isFirst(post) ? optionProblems(post) : [])];
}

/** The attached link counts with those in the text. */
function linkProblems(post: Post): Problem[] {
	const attached = linkAttachmentOf(post);
	const inText = textOf(post).match(/https?:\/\/\S+/giu) ?? [];
	const actual = new Set([...inText, ...(attached ? [attached] : [])]).size;
	return [
		...(actual > LINKS
			? [problem('links.count', `${actual} different links, at most ${LINKS}`, LINKS, actual)]
			: []),
		...(post.link && !/^https?:\/\/\S+$/i.test(post.link)
			? [problem('link.url', `"${post.link}" is not a URL`, 'http(s) URL', post.link)]
			: []),
	];
}

function optionProblems({ options }: Post): Problem[] {
	const { quote = '', replyTo = '' } = options as Options;
	return [
		...topicProblems(topicOf(options as Options)),
		...addressProblems('quote', quote),
		...addressProblems('replyTo', replyTo),
	];
}

function topicProblems(topic: string): Problem[] {
	const actual = lengthOf(topic);
	return [
		...(actual > TOPIC
			? [
					problem(
						'topic.length',
						`The topic tag has ${actual} characters, at most ${TOPIC}`,
						TOPIC,
						actual,
					),
				]
			: []),
		...(/[.&]/.test(topic)
			? [
					problem(
						'topic.characters',
						'A topic tag cannot have "." or "&" in it',
						'no . or &',
						topic,
					),
				]
			: []),
	];
}

function addressProblems(option: string, given: string): Problem[] {
	if (given.trim() === '' || isAddress(given)) return [];
	const message = `"${given}" is neither the ID nor the URL of a Threads post`;
	return [problem(`${option}.address`, message, 'ID or URL', given)];
}

function problem(
	check: string,
	message: string,
	limit: Problem['limit'],
	actual: Problem['actual'],
) {
	return { rule: `threads.${check}`, message, limit, actual };
}

function lengthOf(text: string) {
	return [...text].length;
}
