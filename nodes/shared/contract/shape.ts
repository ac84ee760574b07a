type Kind = 'id' | 'text' | 'texts' | 'number' | 'boolean' | 'object';

/** What a value has to be; one that may be missing ends in `?`; a list is told by its elements. */
export type Shape = Kind | `${Kind}?` | Shapes;

/** What an object has to hold, by name. */
export interface Shapes {
	readonly [name: string]: Shape;
}
