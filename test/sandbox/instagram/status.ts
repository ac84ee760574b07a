import { DAY } from '../kit/clock';
import type { Container, ContainerStatus, Server } from './model';

/** Whether some of its bytes are still missing. */
export function isAwaited({ upload }: Container): boolean {
	return upload !== undefined && !upload.digest;
}

export function statusOf({ clock }: Server, container: Container): ContainerStatus {
	if (container.published) return 'PUBLISHED';
	if (clock.now() - container.createdAt >= DAY) return 'EXPIRED';
	const busy = container.fetching || isAwaited(container) || container.pollsLeft > 0;
	if (busy) return 'IN_PROGRESS';
	return container.error ? 'ERROR' : 'FINISHED';
}

/** The text of the status read; only this text contains the subcode of an error. */
export function statusText(server: Server, container: Container): string {
	const status = statusOf(server, container);
	const texts: Record<ContainerStatus, string> = {
		IN_PROGRESS: 'In Progress: Media is still being processed.',
		FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
		ERROR: `Error: Media upload has failed with error code ${container.error}`,
		EXPIRED: 'Expired: The container was not published within 24 hours.',
		PUBLISHED: 'Published: Media has already been published.',
	};
	return texts[status];
}
