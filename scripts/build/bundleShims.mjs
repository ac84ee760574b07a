// Stands in for what n8n forbids in shipped code; used by bundle.js alone.
export const bundleGlobals = {};

export function noTimer() {
	throw new Error('Bundled code has no timers');
}
