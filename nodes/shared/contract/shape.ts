type Kind = 'id' | 'text' | 'texts' | 'number' | 'boolean' | 'object';

/** Type of a value. A trailing `?` makes it optional. A list has the shape of its elements. */
export type Shape = Kind | `${Kind}?` | Shapes;

/** Properties of an object, by name. */
export interface Shapes {
	readonly [name: string]: Shape;
}
