import { authorIn, commentable, encoded, ownPostIn, postIn } from '@/nodes/LinkedIn/urns';

const ORGANIZATION = { urn: 'urn:li:organization:1001' };

it.each([
	['1001', ORGANIZATION],
	[' urn:li:organization:1001 ', ORGANIZATION],
	['urn%3Ali%3Aorganization%3A1001', ORGANIZATION],
	['https://www.linkedin.com/company/1001/admin/dashboard/', ORGANIZATION],
	['https://www.linkedin.com/company/crosspost-works/?a=b', { vanityName: 'crosspost-works' }],
	['https://de.linkedin.com/school/works', { vanityName: 'works' }],
	['urn:li:person:a-B_1', { urn: 'urn:li:person:a-B_1' }],
	['crosspost-works', undefined],
	['urn:li:page:1', undefined],
	['https://example.com/company/1001', undefined],
	['', undefined],
])('takes %s for an author: %j', (given, author) => expect(authorIn(given)).toEqual(author));

it.each([
	['urn:li:share:73', 'urn:li:share:73'],
	['urn%3Ali%3AugcPost%3A73', 'urn:li:ugcPost:73'],
	['https://www.linkedin.com/feed/update/urn:li:share:73/', 'urn:li:share:73'],
	['https://www.linkedin.com/feed/update/urn:li:ugcPost:73?a=b', 'urn:li:ugcPost:73'],
	['https://www.linkedin.com/posts/alice_share-what-you-know-ugcPost-73-Ab1c', 'urn:li:ugcPost:73'],
	['https://www.linkedin.com/posts/alice_hello-share-73-Ab1c/', 'urn:li:share:73'],
	['73', undefined],
	['https://www.linkedin.com/in/alice', undefined],
	[undefined, undefined],
])('takes %s for a post: %s', (given, urn) => expect(postIn(given)).toBe(urn));

it('knows activities, but not as posts to read or change', () => {
	const url = 'https://www.linkedin.com/posts/alice_hello-activity-73-Ab1c';
	expect(postIn(url)).toBe('urn:li:activity:73');
	expect(ownPostIn(url)).toBeUndefined();
	expect(commentable(url)).toEqual({ urn: 'urn:li:activity:73', post: 'urn:li:activity:73' });
});

it('answers comments below the post they are on', () => {
	const urn = 'urn:li:comment:(urn:li:activity:73,74)';
	expect(commentable(urn)).toEqual({ urn, post: 'urn:li:activity:73' });
	expect(encoded(urn)).toBe('urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A73%2C74%29');
	expect(commentable(encoded(urn))).toEqual({ urn, post: 'urn:li:activity:73' });
	expect(() => commentable('73')).toThrow('"73" is not the URN or URL of a post');
});
