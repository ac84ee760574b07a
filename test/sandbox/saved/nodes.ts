import type { INodeType } from 'n8n-workflow';

import { Bluesky } from '@/nodes/Bluesky/Bluesky.node';
import { Crosspost } from '@/nodes/Crosspost/Crosspost.node';
import { CrosspostTrigger } from '@/nodes/CrosspostTrigger/CrosspostTrigger.node';
import { Facebook } from '@/nodes/Facebook/Facebook.node';
import { Instagram } from '@/nodes/Instagram/Instagram.node';
import { LinkedIn } from '@/nodes/LinkedIn/LinkedIn.node';
import { Mastodon } from '@/nodes/Mastodon/Mastodon.node';
import { Pinterest } from '@/nodes/Pinterest/Pinterest.node';
import { Threads } from '@/nodes/Threads/Threads.node';
import { TikTok } from '@/nodes/TikTok/TikTok.node';
import { X } from '@/nodes/X/X.node';

const CLASSES = [
	...[Bluesky, Crosspost, CrosspostTrigger, Facebook, Instagram, LinkedIn],
	...[Mastodon, Pinterest, Threads, TikTok, X],
];

/** All nodes of the pack by name. */
export const nodeTypes: Record<string, INodeType> = Object.fromEntries(
	CLASSES.map((Class) => {
		const type: INodeType = new Class();
		return [type.description.name, type];
	}),
);
