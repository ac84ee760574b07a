import { describeReadBack } from './containersReadBack';
import * as world from './threadsSetup';

world.useThreads();

describeReadBack({
	name: 'Threads',
	world,
	usual: 'text',
	reads: ['status', 'list', 'own-replies'],
	late: ['text', 'carousel', 'reply'],
	equal: ['text', 'carousel'],
	found: ['text', 'image', 'carousel', 'reply'],
	unclear: [
		['carousel', 'cut-before', 'published'],
		['reply', 'cut-before', 'published'],
		// The video has no text, so any video could be it.
		['video', 'cut-after', 'outcome_unknown'],
	],
});
