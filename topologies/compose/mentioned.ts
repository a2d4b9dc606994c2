// Names of services in texts: what core/kubernetes/mentions.ts finds, and names that only Compose allows.
import type {ContainerText} from '../../core/kubernetes/container-texts.ts';
import {type Mention, mentionsOf} from '../../core/kubernetes/mentions.ts';

/** Variables whose value may be the bare name of a service, or a list of them. */
const hostVariable =
	/(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|SERVICE|BROKER|UPSTREAM|BACKEND|PEER|NODE|MASTER|PRIMARY|PROXY|URL|URI)S?$/i;

/** @param known - names of services and containers */
export const mentioned = (texts: readonly ContainerText[], known: readonly string[]): readonly Mention[] => {
	const odd = known.filter(name => /[A-Z_]|^\d/.test(name));
	return [...mentionsOf(texts), ...texts.flatMap(text => [...bareNames(text, known), ...oddNames(text, odd)])];
};

function bareNames({text, name, kind, where}: ContainerText, known: readonly string[]): readonly Mention[] {
	if (kind !== 'value' || name === null || !hostVariable.test(name)) return [];
	const words = text.split(/[\s,;]+/).filter(word => known.includes(word));
	return words.map(host => ({host, port: null, protocol: null, as: 'word', where}));
}

/** Names that are none of DNS: with a capital, an underscore, or a digit first. */
function oddNames({text, where}: ContainerText, names: readonly string[]): readonly Mention[] {
	if (text.length > 100_000) return [];
	return names.flatMap(host => {
		const pattern = new RegExp(`(?<![\\w.-])${host.replaceAll(/[.-]/g, '\\$&')}:(\\d{1,5})(?![\\w.:-])`, 'g');
		return [...text.matchAll(pattern)].map(
			([, port]): Mention => ({host, port: Number(port), protocol: null, as: 'address', where}),
		);
	});
}
