// Which hosts and ports a container's environment, arguments and command name. Text only: what is behind the names says
// `dependencies.ts`.
import type {Place} from '../model/problem.ts';
import type {ContainerText} from './container-texts.ts';
import {hostName, isHostName} from './host-name.ts';

export interface Mention {
	/** A DNS name in lower case: `db`, `db.shop`, `db.shop.svc.cluster.local`. */
	readonly host: string;
	/** Null where none was named. */
	readonly port: number | null;
	readonly protocol: 'udp' | null;
	/**
	 * `address`: nothing but an address can be meant, so a name that is unknown is missing. `word`: could be something
	 * else, such as an image and its tag, so that it counts only where it fits a Service.
	 */
	readonly as: 'address' | 'word';
	readonly where: Place;
}

/** Every mention in `texts`, in their order. */
export const mentionsOf = (texts: readonly ContainerText[]): readonly Mention[] =>
	texts.flatMap(text => mentionsIn(text).map(mention => ({...mention, where: text.where})));

const url = /([a-z][a-z0-9+.-]*):\/\/([^\s"'<>/?#]+)/gi;
const hostAndPort = new RegExp(`(?<![\\w.@:/$-])(${hostName}):(\\d{1,5})(?![\\w.@:-])`, 'g');
const qualified = new RegExp(`(?<![\\w.@:/$-])(${hostName}\\.svc(?:\\.[a-z0-9-]+)*)(?![\\w.:@-])`, 'g');
const wholeAddress = new RegExp(`^(--?[\\w.-]+=)?${hostName}:\\d{1,5}(/\\S*)?$`);

/** Variables that hold an image's name or a version, which look like a host and a port. */
const imageVariable = /(IMAGE|TAG|VERSION|DIGEST)S?$/i;
/** Variables whose value may be a bare name of a Service. */
const bareVariable = /_(HOST|ADDR|URL|SERVICE)$/i;

type Bare = Omit<Mention, 'where'>;

function mentionsIn({text, name: variable, kind}: ContainerText): readonly Bare[] {
	if (text.length > 100_000 || (variable !== null && imageVariable.test(variable))) return [];
	const urls = [...text.matchAll(url)].flatMap(([, scheme, authority]) => ofUrl(scheme!.toLowerCase(), authority!));
	const rest = text.replaceAll(url, ' ');
	const whole =
		kind === 'value' &&
		text.trim() !== '' &&
		text
			.trim()
			.split(/[\s,;]+/)
			.every(part => wholeAddress.test(part));
	const pairs = [...rest.matchAll(hostAndPort)].map(([, host, port]): Bare => {
		const certain = whole || isQualified(host!);
		return {host: host!, port: Number(port), protocol: null, as: certain ? 'address' : 'word'};
	});
	const full = [...rest.matchAll(qualified)].map(
		([, host]): Bare => ({host: host!, port: null, protocol: null, as: 'address'}),
	);
	const word = text.trim();
	const bare = variable !== null && bareVariable.test(variable) && isHostName(word) && !isQualified(word);
	const single: Bare[] = bare ? [{host: word, port: null, protocol: null, as: 'word'}] : [];
	return [...urls, ...pairs, ...full, ...single].filter(({host}) => host !== 'localhost');
}

/** `scheme://user:password@a:1,b:2`: each host, with the scheme's own port where none is named. */
function ofUrl(scheme: string, authority: string): readonly Bare[] {
	// What ends a statement or a list around the URL is none of it: `proxy_pass http://api:8080;`.
	const bare = authority.replace(/[,;)\]}]+$/, '');
	const hosts = bare.slice(bare.lastIndexOf('@') + 1).split(',');
	return hosts.flatMap((one): readonly Bare[] => {
		const match = new RegExp(`^(${hostName})\\.?(?::(\\d{1,5}))?$`).exec(one);
		if (match === null) return [];
		const [, host, port] = match as unknown as [string, string, string | undefined];
		const named = port === undefined ? (schemePorts[scheme] ?? null) : Number(port);
		const certain = port !== undefined || isQualified(host);
		return [{host, port: named, protocol: scheme === 'udp' ? 'udp' : null, as: certain ? 'address' : 'word'}];
	});
}

const schemePorts: Readonly<Record<string, number>> = {
	http: 80,
	ws: 80,
	https: 443,
	wss: 443,
	postgres: 5432,
	postgresql: 5432,
	mysql: 3306,
	redis: 6379,
	mongodb: 27017,
	amqp: 5672,
	nats: 4222,
	ldap: 389,
};

const isQualified = (host: string): boolean => /\.svc(\.|$)/.test(host);
