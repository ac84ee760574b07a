import nock from 'nock';

import { conversation, type Line } from '@/test/support/conversation';
import { jpeg } from '@/test/support/mediaFixtures';
import {
	CONTENT,
	creator,
	fromUrls,
	good,
	HOST,
	outcome,
	refusal,
	status,
	STATUS,
	tikTokNode,
} from './setup';

const FILE = 'https://files.example.org/a.jpg';
const taken: Line = ['POST', CONTENT, 200, good({ publish_id: 'p1' })];

const posting = () => {
	nock('https://files.example.org').get('/a.jpg').reply(200, jpeg(540, 960));
	const options = { privacy: 'PUBLIC_TO_EVERYONE' };
	return tikTokNode({ text: 'Hello', media: fromUrls(FILE), options });
};

describe('a publishing request without an answer', () => {
	it.each([
		[502, '<html>'],
		[504, { status: 504, error: 'Gateway Timeout' }],
	])('stays unknown without a publish_id, and is not sent again: %i %j', async (code, body) => {
		const talk = conversation(HOST, [creator(), ['POST', CONTENT, code, body], creator()]);
		const node = posting();
		expect(await outcome(node)).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		nock('https://files.example.org').get('/a.jpg').reply(200, jpeg(540, 960));
		expect(await outcome(node)).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		talk.done();
	});

	it('stays unknown where TikTok names no publish_id', async () => {
		const nameless: Line = ['POST', CONTENT, 200, good({})];
		const talk = conversation(HOST, [creator(), nameless]);
		expect(await outcome(posting())).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		talk.done();
	});

	it('is settled later by the publish_id, should the status not answer', async () => {
		const down: Line = ['POST', STATUS, 500, refusal('internal_error')];
		const talk = conversation(HOST, [
			creator(),
			taken,
			...Array<Line>(8).fill(down),
			creator(),
			status({ status: 'PUBLISH_COMPLETE', publicaly_available_post_id: ['75'] }),
			status({ status: 'PUBLISH_COMPLETE', publicaly_available_post_id: ['75'] }),
		]);
		const node = posting();
		expect(await outcome(node)).toMatchObject([{ error: { code: 'outcome_unknown' } }]);
		nock('https://files.example.org').get('/a.jpg').reply(200, jpeg(540, 960));
		expect(await outcome(node)).toMatchObject([{ id: '75', status: 'already_published' }]);
		expect(talk.requests.filter(({ path }) => path === CONTENT)).toHaveLength(1);
		talk.done();
	});
});
