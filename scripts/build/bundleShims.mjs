// Replaces globals that n8n forbids in shipped code; only bundle.js uses it.
export const bundleGlobals = {};

export function noTimer() {
	throw new Error('Bundled code has no timers');
}
