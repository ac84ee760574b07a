import { writeFile } from 'node:fs/promises';

import { mp4Stream } from '../test/support/movieFixtures';

/** An MP4 of so many bytes that no platform finds too short. */
export async function writeFilm(file: string, bytes: number): Promise<void> {
	await writeFile(file, mp4Stream({ bytes, seconds: 10 }));
}
