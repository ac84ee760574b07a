import { describeReadBack } from './containersReadBack';
import * as world from './instagramSetup';

world.useInstagram();

describeReadBack({
	name: 'Instagram',
	world,
	usual: 'image',
	reads: ['status', 'list', 'stories'],
	late: ['image', 'carousel', 'story'],
	equal: ['image', 'carousel', 'story'],
	found: ['image', 'reel', 'carousel'],
	unclear: [
		['carousel', 'cut-before', 'published'],
		['story', 'cut-before', 'published'],
		// A story has no text, so any story could be it.
		['story', 'cut-after', 'outcome_unknown'],
	],
});
