import { existsSync } from 'node:fs';
import { answerCheck } from '../specs/answers';
import { specsFolder } from '../specs/model';
import { boardNamed, call, idOf, IMAGE, pin, sandbox } from './pinterestSetup';
import { ask, basic, consent, formOf, mp4, type Ask } from './plainHttp';

const there = existsSync(specsFolder());

(there ? it : it.skip)('Pinterest answers as its OpenAPI file says', async () => {
	const check = answerCheck('pinterest', specsFolder());
	const wrong: string[] = [];
	const held = async (answer: ReturnType<typeof ask>) => {
		const { status, body } = await answer;
		const { operation, method, path } = sandbox.requests.at(-1)!;
		const problems = check({ method, path: path.replace('/v5', ''), status, body });
		wrong.push(...problems.map((problem) => `${operation} ${status}: ${problem}`));
		return await answer;
	};
	const talk = async (path: string, asked: Ask = {}) => await held(call(path, asked));

	const redirect_uri = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
	const query = {
		client_id: 'pinterest-client',
		redirect_uri,
		response_type: 'code',
		scope: 'pins:read',
	};
	const code = (await consent(`${sandbox.url}/oauth/`, query)).searchParams.get('code')!;
	const trade = async (form: Record<string, string>) =>
		await held(
			ask(`${sandbox.url}/v5/oauth/token`, {
				form,
				headers: basic('pinterest-client', 'pinterest-secret'),
			}),
		);
	const { body: first } = await trade({ grant_type: 'authorization_code', code, redirect_uri });
	const { refresh_token } = first as { refresh_token: string };
	await trade({ grant_type: 'refresh_token', refresh_token });
	await trade({ grant_type: 'refresh_token', refresh_token });

	await talk('/user_account');
	await talk('/boards');
	await talk('/boards', { json: { name: 'New', description: 'Things' } });
	const { id: board, sections } = boardNamed('Travel');
	await talk(`/boards/${board}`);
	await talk(`/boards/${board}/sections`, { json: { name: 'Chile' } });
	await talk(`/boards/${board}/sections`);
	const made = await held(
		pin({ board_id: board, board_section_id: sections[0]!.id, title: 'Lake' }),
	);
	const item = { content_type: 'image/png', data: IMAGE.toString('base64') };
	await held(pin({ media_source: { source_type: 'multiple_image_base64', items: [item, item] } }));
	await held(pin({ board_id: '1' }));
	await held(pin({ title: 1 }));

	const registered = await talk('/media', { json: { media_type: 'video' } });
	const { media_id, upload_url, upload_parameters } = registered.body as {
		media_id: string;
		upload_url: string;
		upload_parameters: Record<string, string>;
	};
	await ask(upload_url, {
		form: formOf({ ...upload_parameters, file: [mp4(), 'video/mp4', 'a.mp4'] }),
	});
	for (let read = 0; read < 2; read += 1) await talk(`/media/${media_id}`);
	await held(
		pin({ media_source: { source_type: 'video_id', media_id, cover_image_key_frame_time: 0 } }),
	);

	const place = `/pins/${idOf(made)}`;
	await talk(place);
	await talk(place, { method: 'PATCH', json: { title: 'Sea' } });
	await talk('/pins');
	await talk(`/boards/${board}/pins`);
	await talk(`/boards/${board}/sections/${sections[0]!.id}/pins`);
	const day = new Date().toISOString().slice(0, 10);
	await talk(`${place}/analytics?start_date=${day}&end_date=${day}&metric_types=SAVE,VIDEO_START`);
	await talk(place, { method: 'DELETE' });
	await talk(place);
	expect(wrong).toEqual([]);
	expect(sandbox.state.posts.length).toBe(2);
});
