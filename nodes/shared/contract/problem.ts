export interface Problem {
	/** `platform.surface.check`, such as `x.text.length`. */
	rule: string;
	message: string;
	limit?: number | string;
	actual?: number | string;
	/** The platform would take it, but not as one expects. */
	warning?: true;
}
