import { refuse, type Call, type Reply, type Route } from '../kit/types';
import { route } from '../kit/router';
import { NOT_PERMITTED, NO_BOARD, SCOPES, invalid, jsonBody, may, problem, user } from './errors';
import { pageOf } from './listing';
import type { Board, Server } from './model';
import { ID, choice, text } from './rules';

const PRIVACY = ['PUBLIC', 'PROTECTED', 'SECRET'] as const;
const FILTERS: Record<string, readonly string[]> = {
	ALL: PRIVACY,
	PUBLIC: ['PUBLIC'],
	PROTECTED: ['PROTECTED'],
	SECRET: ['SECRET'],
	PUBLIC_AND_SECRET: ['PUBLIC', 'SECRET'],
};

export function boardRoutes(server: Server): Route[] {
	const sections = '/v5/boards/:board/sections';
	return [
		route('boards', 'GET', '/v5/boards', (call) => list(server, call)),
		route('board.create', 'POST', '/v5/boards', (call) => create(server, call)),
		route('board', 'GET', '/v5/boards/:board', (call) => ({
			status: 200,
			json: shown(server, readable(server, call)),
		})),
		route('sections', 'GET', sections, (call) =>
			pageOf(call, readable(server, call).sections, (section) => ({ ...section })),
		),
		route('section.create', 'POST', sections, (call) => createSection(server, call)),
	];
}

function list(server: Server, call: Call): Reply {
	const account = user(server, call, ['boards:read']);
	const filter = call.query.get('privacy') ?? 'ALL';
	const wanted = FILTERS[filter];
	if (!wanted) return invalid(`'${filter}' is not one of [${Object.keys(FILTERS).join(', ')}]`);
	const visible = server.world.boards.filter(
		(board) =>
			board.account === account &&
			wanted.includes(board.privacy) &&
			(board.privacy !== 'SECRET' || may(call, 'boards:read_secret')),
	);
	return pageOf(call, visible, (board) => shown(server, board));
}

/** Returns a board that may be read; for others a secret board does not exist. */
export function readable(server: Server, call: Call, scopes = ['boards:read']): Board {
	const account = user(server, call, scopes);
	const board = found(server, call.params.board ?? '');
	const hidden = board.privacy === 'SECRET' && board.account !== account;
	if (hidden) return refuse(NO_BOARD);
	if (board.privacy === 'SECRET' && !may(call, 'boards:read_secret')) return refuse(SCOPES);
	return board;
}

/** Returns a board to which the account may add Pins. */
export function writable(server: Server, call: Call, id: string): Board {
	const board = found(server, id);
	if (board.account !== call.token?.account)
		return refuse(board.privacy === 'SECRET' ? NO_BOARD : NOT_PERMITTED);
	if (board.privacy === 'SECRET' && !may(call, 'boards:write_secret')) return refuse(SCOPES);
	return board;
}

function found({ world }: Server, id: string): Board {
	if (!ID.test(id)) return invalid(`'${id}' does not match '${ID.source}'`);
	return world.boards.find((board) => board.id === id) ?? refuse(NO_BOARD);
}

function create(server: Server, call: Call): Reply {
	const account = user(server, call, ['boards:read', 'boards:write']);
	const body = jsonBody(call);
	const name = text(body, 'name', { needed: true })!;
	if (!name.trim()) return invalid("'name' is too short, constraint: minLength=1");
	const privacy = (choice(body, 'privacy', PRIVACY) ?? 'PUBLIC') as Board['privacy'];
	if (privacy === 'SECRET' && !may(call, 'boards:write_secret')) return SCOPES;
	const board = newBoard(server, {
		account,
		name,
		privacy,
		description: text(body, 'description'),
	});
	return { status: 201, json: shown(server, board) };
}

export function newBoard(server: Server, board: Partial<Board>): Board {
	const fresh: Board = {
		id: server.newId(),
		account: server.settings.accounts[0]!,
		name: 'Board',
		description: null,
		privacy: 'PUBLIC',
		is_ads_only: false,
		createdAt: new Date(server.clock.now()).toISOString(),
		sections: [],
		...board,
	};
	server.world.boards.push(fresh);
	return fresh;
}

function createSection(server: Server, call: Call): Reply {
	user(server, call, ['boards:read', 'boards:write']);
	const board = writable(server, call, call.params.board ?? '');
	const name = text(jsonBody(call), 'name', { needed: true, max: 180 })!;
	if (!name) return problem(400, 400, 'Invalid board section parameters.');
	const section = { id: server.newId(), name };
	board.sections.push(section);
	return { status: 201, json: section };
}

function shown({ world }: Server, board: Board) {
	const { account, createdAt, sections: _sections, ...rest } = board;
	return {
		...rest,
		owner: { username: account },
		pin_count: world.posts.filter(({ boardId }) => boardId === board.id).length,
		follower_count: 0,
		collaborator_count: 0,
		media: { image_cover_url: null, pin_thumbnail_urls: [] },
		created_at: createdAt.slice(0, 19),
	};
}
