export interface Problem {
	/** `platform.surface.check`, such as `x.text.length`. */
	rule: string;
	message: string;
	limit?: number | string;
	actual?: number | string;
	/** The platform would take it, but not as one expects. */
	warning?: true;
	/**
	 * What the post seems to lack: it may have it after all where something of it could not be read.
	 * Only between adapter and core.
	 */
	lacks?: 'text' | 'media' | 'target';
}
