import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/contract/api';
import { pinUrl } from './address';

/** A Pin as Pinterest returns it. */
export interface Pin extends IDataObject {
	id: string;
	created_at?: string;
	title?: string | null;
	description?: string | null;
	link?: string | null;
	alt_text?: string | null;
	board_id?: string;
	board_section_id?: string | null;
	media?: { media_type?: string };
}

export function shortPin(item: IDataObject, api: Api): IDataObject {
	const { id, title, description, link, alt_text, created_at, ...pin } = item as Pin;
	return {
		id,
		url: pinUrl(api, String(id)),
		text: description || title || '',
		title,
		link,
		altText: alt_text,
		boardId: pin.board_id,
		boardSectionId: pin.board_section_id,
		mediaType: pin.media?.media_type,
		createdAt: created_at,
	};
}
