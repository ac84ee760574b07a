/** One line of the bench's table: ratios measured in one run. */
export interface Row {
	name: string;
	figures: string;
	wanted: string;
	passed: boolean;
}
