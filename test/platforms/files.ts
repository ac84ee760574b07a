import type { IDataObject } from 'n8n-workflow';

import type { FileSetup } from './record';
import { jpeg, mp4 } from '../support/mediaFixtures';

/** Files and parameters of the posts that a real n8n sends. */
export const picture = (name: string): FileSetup => ({
	name: `${name}.jpg`,
	type: 'image/jpeg',
	bytes: jpeg(1080, 1080),
});

const film = (width: number, height: number): FileSetup => ({
	name: 'film.mp4',
	type: 'video/mp4',
	bytes: mp4({ width, height, seconds: 6, bytes: 2_000_000 }),
});
export const upright = () => film(1080, 1920);
export const wide = () => film(1280, 720);

export const options = (given: IDataObject) => ({ parameters: { options: given } });

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
