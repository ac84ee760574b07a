import type { Post } from '../shared/contract/post';
import type { Problem } from '../shared/contract/problem';
import { isFirst } from '../shared/publish/isFirst';
import { problemsOf } from '../shared/publish/problems';
import { isAddress } from './address';
import { topicOf, type Options } from './options';
import { linkAttachmentOf, textOf } from './text';

const LINKS = 5;
const TOPIC = 50;

const { when, over } = problemsOf('threads');

/** Finds what Threads refuses beyond sizes: https://developers.facebook.com/docs/threads/posts */
export function check(post: Post): Problem[] {
	return [...linkProblems(post), ...(isFirst(post) ? optionProblems(post) : [])];
}

/** The attached link counts together with those in the text. */
function linkProblems(post: Post): Problem[] {
	const { link } = post;
	const attached = linkAttachmentOf(post);
	const inText = textOf(post).match(/https?:\/\/\S+/giu) ?? [];
	const count = new Set([...inText, ...(attached ? [attached] : [])]).size;
	return [
		...over(count, LINKS, 'links.count', `${count} different links, at most ${LINKS}`),
		...when(link && !/^https?:\/\/\S+$/i.test(link), 'link.url', `"${link}" is not a URL`, {
			limit: 'http(s) URL',
			actual: link,
		}),
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
	const { length } = [...topic];
	const message = `The topic tag has ${length} characters, at most ${TOPIC}`;
	const characters = 'A topic tag cannot have "." or "&" in it';
	return [
		...over(length, TOPIC, 'topic.length', message),
		...when(/[.&]/.test(topic), 'topic.characters', characters, {
			limit: 'no . or &',
			actual: topic,
		}),
	];
}

function addressProblems(option: string, given: string): Problem[] {
	const isWrong = given.trim() !== '' && !isAddress(given);
	const message = `"${given}" is neither the ID nor the URL of a Threads post`;
	return when(isWrong, `${option}.address`, message, { limit: 'ID or URL', actual: given });
}
