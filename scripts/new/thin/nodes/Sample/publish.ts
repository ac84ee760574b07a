import type { Api } from '../shared/contract/api';
import type { Post, Published } from '../shared/contract/post';
import { linked } from '../shared/text/link';

/** TODO: the vendor's page on this request; requests before it are sent as `repeatable` */
export async function publish(api: Api, post: Post): Promise<Published> {
	const { id, url } = await api.publish<{ id: string; url: string }>({
		method: 'POST',
		path: '/posts',
		body: { text: linked(post) },
	});
	return { id, url };
}
