import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { readable, writable } from './boards';
import {
	NO_PIN,
	NO_SECTION,
	NOT_PERMITTED,
	SCOPES,
	TRIAL,
	invalid,
	jsonBody,
	may,
	user,
} from './errors';
import { pageOf } from './listing';
import type { Board, Pin, Server } from './model';
import { ID, text } from './rules';
import { sourceOf } from './sources';

type Fields = Record<string, unknown>;

const READ = ['boards:read', 'pins:read'];
const WRITE = ['boards:read', 'boards:write', 'pins:read', 'pins:write'];

/** Five pictures of 20 MiB in base64. */
const LARGEST = 135 * 1024 * 1024;

export function pinRoutes(server: Server): Route[] {
	const onBoard = '/v5/boards/:board/pins';
	const inSection = '/v5/boards/:board/sections/:section/pins';
	return [
		{
			...route('publish', 'POST', '/v5/pins', async (call) => await create(server, call)),
			text: LARGEST,
		},
		route('list', 'GET', '/v5/pins', (call) => listOwn(server, call)),
		route('get', 'GET', '/v5/pins/:pin', (call) => ({
			status: 200,
			json: pinEntity(server, visible(server, call)),
		})),
		route('update', 'PATCH', '/v5/pins/:pin', (call) => update(server, call)),
		route('delete', 'DELETE', '/v5/pins/:pin', (call) => remove(server, call)),
		route('board.pins', 'GET', onBoard, (call) => listBoard(server, call)),
		route('section.pins', 'GET', inSection, (call) => listBoard(server, call)),
	];
}

async function create(server: Server, call: Call): Promise<Reply> {
	const account = user(server, call, WRITE);
	const { environment, settings } = server;
	if (environment === 'production' && settings.tier === 'trial') return TRIAL;
	const body = jsonBody(call);
	const board = writable(server, call, text(body, 'board_id', { needed: true, pattern: ID })!);
	if (board.privacy === 'SECRET' && !may(call, 'pins:write_secret')) return SCOPES;
	const said = saidOf(body);
	const sectionId = sectionOf(board, body);
	const source = await sourceOf(server, call, body);
	const pin = newPin(server, { ...said, account, boardId: board.id, sectionId, ...source });
	pin.options = { ...optionsOf(pin), ...source.more };
	return { status: 201, json: pinEntity(server, pin) };
}

/** The texts of a Pin, checked by length. */
function saidOf(body: Fields) {
	return {
		text: text(body, 'description', { max: 800 }) ?? '',
		title: text(body, 'title', { max: 100 }),
		link: text(body, 'link', { max: 2048 }),
		altText: text(body, 'alt_text', { max: 500 }),
		dominantColor: text(body, 'dominant_color', { pattern: /^#[0-9a-fA-F]{6}$/ }),
	};
}

function sectionOf(board: Board, body: Fields): string | null {
	const id = text(body, 'board_section_id', { pattern: ID });
	if (id === null) return null;
	return board.sections.some((section) => section.id === id) ? id : refuse(NO_SECTION);
}

export function newPin(server: Server, pin: Partial<Pin>): Pin {
	const id = server.newId();
	const fresh: Pin = {
		id,
		account: server.settings.accounts[0]!,
		text: '',
		url: `${server.url}/pin/${id}/`,
		createdAt: new Date(server.clock.now()).toISOString(),
		media: [],
		options: {},
		boardId: server.world.boards[0]?.id ?? '',
		sectionId: null,
		title: null,
		link: null,
		altText: null,
		dominantColor: null,
		mediaType: 'image',
		...pin,
	};
	server.world.posts.push(fresh);
	return fresh;
}

/** Further fields of the page for people, besides text and media. */
function optionsOf({ title, link, altText, boardId, sectionId, dominantColor }: Pin) {
	const all = {
		title,
		link,
		alt_text: altText,
		board_id: boardId,
		board_section_id: sectionId,
		dominant_color: dominantColor,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function listOwn(server: Server, call: Call): Reply {
	const account = user(server, call, READ);
	const own = server.world.posts.filter(
		(pin) => pin.account === account && shows(server, call, pin),
	);
	return pageOf(call, own.reverse(), (pin) => pinEntity(server, pin));
}

function listBoard(server: Server, call: Call): Reply {
	const board = readable(server, call, READ);
	const { section } = call.params;
	if (section && !board.sections.some(({ id }) => id === section)) return NO_SECTION;
	const pins = server.world.posts.filter(
		({ boardId, sectionId }) => boardId === board.id && (!section || sectionId === section),
	);
	return pageOf(call, pins.reverse(), (pin) => pinEntity(server, pin));
}

function shows({ world }: Server, call: Call, { boardId }: Pin): boolean {
	const board = world.boards.find(({ id }) => id === boardId);
	if (board?.privacy !== 'SECRET') return true;
	return board.account === call.token?.account && may(call, 'pins:read_secret');
}

export function visible(server: Server, call: Call, scopes = READ): Pin {
	user(server, call, scopes);
	const { pin: id = '' } = call.params;
	if (!ID.test(id)) return invalid(`'${id}' does not match '${ID.source}'`);
	const pin = server.world.posts.find((one) => one.id === id);
	return pin && shows(server, call, pin) ? pin : refuse(NO_PIN);
}

function own(server: Server, call: Call): Pin {
	const pin = visible(server, call, WRITE);
	return pin.account === call.token?.account ? pin : refuse(NOT_PERMITTED);
}

function update(server: Server, call: Call): Reply {
	const pin = own(server, call);
	const body = jsonBody(call);
	const id = text(body, 'board_id', { pattern: ID }) ?? pin.boardId;
	const board = writable(server, call, id);
	const said = saidOf({ ...body, dominant_color: pin.dominantColor });
	const fields = {
		...('title' in body && { title: said.title }),
		...('description' in body && { text: said.text }),
		...('link' in body && { link: said.link }),
		...('alt_text' in body && { altText: said.altText }),
		...('board_section_id' in body && { sectionId: sectionOf(board, body) }),
	};
	const moved = id !== pin.boardId && !('board_section_id' in body);
	Object.assign(pin, { ...(moved && { sectionId: null }), ...fields, boardId: id });
	pin.options = { ...pin.options, ...optionsOf(pin) };
	return { status: 200, json: pinEntity(server, pin) };
}

function remove(server: Server, call: Call): Reply {
	const pin = own(server, call);
	const { world } = server;
	world.posts.splice(world.posts.indexOf(pin), 1);
	world.deleted.push(pin);
	return { status: 204 };
}

const CREATIVE = { image: 'REGULAR', multiple_images: 'CAROUSEL', video: 'VIDEO' };

function pinEntity(server: Server, pin: Pin) {
	const { world, settings } = server;
	const board = world.boards.find(({ id }) => id === pin.boardId);
	return {
		id: pin.id,
		created_at: pin.createdAt.slice(0, 19),
		title: pin.title,
		description: pin.text || null,
		link: pin.link,
		alt_text: pin.altText,
		dominant_color: pin.dominantColor ?? '#6E7874',
		board_id: pin.boardId,
		board_section_id: pin.sectionId,
		board_owner: { username: board?.account ?? settings.accounts[0] },
		parent_pin_id: null,
		creative_type: CREATIVE[pin.mediaType],
		is_owner: true,
		is_standard: true,
		has_been_promoted: false,
		pin_metrics: null,
		media: mediaEntity(server, pin),
	};
}

function mediaEntity({ url }: Server, { mediaType, media }: Pin) {
	const image = (id: string) => ({
		'600x': { width: 600, height: 900, url: `${url}/i/600x/${id}.jpg` },
	});
	if (mediaType === 'multiple_images')
		return {
			media_type: mediaType,
			items: media.map(({ id }) => ({ item_type: 'image', images: image(id) })),
		};
	const images = image(media[0]?.id ?? '0');
	if (mediaType === 'image') return { media_type: mediaType, images };
	// Unknown until the video has been processed.
	const unknown = { duration: null, height: null, width: null, video_url: null };
	return { media_type: mediaType, images, cover_image_url: images['600x'].url, ...unknown };
}
