import type { GraphOptions, GraphServer, GraphState, Rupload } from '../graph';
import type { SandboxMedia, SandboxPost } from '../kit/types';

export interface FacebookOptions extends GraphOptions {
	/** Number of status reads that report a finished video as in processing; 1 if left out. */
	polls?: number;
	/** Size of the parts that the platform asks for; 4 MiB if left out. */
	chunk?: number;
}

export type PostKind = 'feed' | 'video' | 'reel' | 'story';

export interface FacebookPost extends SandboxPost {
	/** Id of the Page. */
	page: string;
	kind: PostKind;
	published: boolean;
	/** Unix seconds. */
	scheduled?: number;
	video?: string;
}

export interface FacebookPhoto extends SandboxMedia {
	page: string;
	createdAt: number;
	temporary: boolean;
	/** The post that shows it. */
	post?: string;
}

export type VideoEdge = 'videos' | 'video_reels' | 'video_stories';

export interface FacebookVideo {
	id: string;
	page: string;
	edge: VideoEdge;
	/** The upload session of a video in parts. */
	session?: string;
	upload: Rupload;
	createdAt: number;
	pollsLeft: number;
	title: string;
	error?: { code: number; message: string };
	post?: FacebookPost;
}

export interface FacebookComment {
	id: string;
	on: string;
	page: string;
	from: { id: string; name: string };
	message: string;
	createdAt: string;
	hidden: boolean;
	parent?: string;
}

export interface FacebookState extends GraphState {
	posts: FacebookPost[];
	deleted: FacebookPost[];
	photos: FacebookPhoto[];
	videos: FacebookVideo[];
	comments: FacebookComment[];
	/** Adds a comment by somebody else. */
	addComment(comment: { on: string; from: string; message: string }): FacebookComment;
}

export interface Server extends GraphServer {
	settings: GraphServer['settings'] & { polls: number; chunk: number };
	state: FacebookState;
}

export function find(state: FacebookState, id: string | undefined): FacebookPost | undefined {
	return state.posts.find((post) => post.id === id);
}
