/** A reason why the platform would refuse the post, or a warning. */
export interface Problem {
	/** `platform.surface.check`, such as `x.text.length`. */
	rule: string;
	message: string;
	limit?: number | string;
	actual?: number | string;
	/** The platform accepts the post, but the result may surprise the user. */
	warning?: true;
	/**
	 * What the post lacks. The core drops the problem if that part of the post could not be read, and
	 * never shows this property.
	 */
	lacks?: 'text' | 'media' | 'target';
}
