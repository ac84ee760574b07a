import type { StoredToken, DerivedTokens } from '../contract/session';

/** The derived tokens stored in a token's metadata. */
export function derivedTokensOf(storedToken: StoredToken): DerivedTokens {
	const makers = new Map<string, () => Promise<string>>();
	const underWay = new Map<string, Promise<string>>();
	const replaced = new Map<string, string>();
	const kept = () => storedToken.metadata().secrets ?? {};

	const made = async (name: string, make: () => Promise<string>) => {
		const secret = await make();
		await storedToken.note({ secrets: { ...kept(), [name]: secret } });
		return secret;
	};
	const remade = async (refused: string) => {
		const name = Object.keys(kept()).find((one) => kept()[one] === refused);
		const make = name === undefined ? undefined : makers.get(name);
		const secret = name !== undefined && make ? await made(name, make) : refused;
		if (secret !== refused) replaced.set(refused, secret);
		return secret;
	};
	return {
		derive: async (name, make) => {
			makers.set(name, make);
			return kept()[name] ?? (await made(name, make));
		},
		current: (secret) => replaced.get(secret) ?? secret,
		renew: async (refused) => {
			const making = underWay.get(refused) ?? remade(refused);
			underWay.set(refused, making);
			return (await making) !== refused;
		},
		secrets: () => [...Object.values(kept()), ...replaced.keys()],
	};
}
