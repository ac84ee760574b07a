import fc from 'fast-check';

/**
 * Uses the same inputs in every run of the tests. `npm run fuzz` uses more and new ones, and prints
 * the seed of a failure.
 */
const isOpen = process.env.FUZZ !== undefined;
fc.configureGlobal(
	isOpen ? { numRuns: Number(process.env.FUZZ) || 2000 } : { seed: 42, numRuns: 150 },
);

/** Arbitrary texts, and texts with special characters of links, markup, JSON and scripts. */
export const texts = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc
		.array(
			fc.oneof(
				fc.constantFrom(
					...[
						'@',
						'#',
						'.',
						' ',
						'\n',
						'/',
						':',
						'<',
						'>',
						'&',
						'"',
						"'",
						'\\',
						'(',
						')',
						'{',
						'}',
						'[',
						']',
						'|',
						'*',
						'_',
						'~',
					],
					...[
						'https://',
						'a.example',
						'@a.example',
						'bsky.social',
						'\u200d',
						'\ufe0f',
						'👍🏽',
						'\ud83d',
						'\u0000',
						'。',
						'日本語',
						'é',
						'e\u0301',
					],
				),
				fc.string({ maxLength: 5 }),
			),
			{ maxLength: 40 },
		)
		.map((parts) => parts.join('')),
);

/** Anything that a server may answer. */
export const bodies = fc.oneof(
	fc.jsonValue(),
	texts,
	fc.dictionary(
		fc.constantFrom(
			'error',
			'errors',
			'message',
			'code',
			'status',
			'data',
			'title',
			'detail',
			'type',
			'debug_info',
			'serviceErrorCode',
			'error_subcode',
		),
		fc.oneof(
			...[fc.jsonValue(), fc.integer(), fc.constant(null), fc.array(fc.jsonValue()), texts],
			// Property names that every object has.
			fc.constantFrom('constructor', '__proto__', 'toString', 'x/constructor'),
			fc.constantFrom({ code: 'constructor', message: 'toString' }, [{ code: 'valueOf' }]),
		),
		{ noNullPrototype: true },
	),
);
