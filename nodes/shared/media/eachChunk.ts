/**
 * Hands on each chunk with its number, `atOnce` of them at a time, while the next ones are being
 * read; not more than that stand in memory. The first failure ends it.
 */
export async function eachChunk(
	source: AsyncGenerator<Buffer>,
	atOnce: number,
	send: (chunk: Buffer, index: number) => Promise<unknown>,
): Promise<void> {
	let count = 0;
	const worker = async () => {
		for (;;) {
			// A generator answers in the order in which it is asked.
			const index = count++;
			const { done, value } = await source.next();
			if (done) return;
			await send(value, index);
		}
	};
	try {
		await Promise.all(Array.from({ length: atOnce }, worker));
	} finally {
		await source.return(undefined);
	}
}
