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
		// Without words it may be any story.
		['story', 'cut-after', 'outcome_unknown'],
	],
});
