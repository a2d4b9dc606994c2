// Which hosts and ports a container's environment, arguments and command name. Text only: what is behind the names says
// `dependencies.ts`.
import type {Place} from '../model/problem.ts';
import type {Path} from './manifests.ts';
import type {Container} from './pod-schema.ts';
import type {PodTemplate} from './pods.ts';

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

/** Every mention of a template's containers, init containers included, in their order. */
export function mentionsOf({spec, manifest, path}: PodTemplate): readonly Mention[] {
	return (['initContainers', 'containers'] as const).flatMap(field =>
		(spec[field] ?? []).flatMap((container, at) =>
			textsOf(container).flatMap(({text, name, path: inner}) => {
				const where = manifest.place([...path, field, at, ...inner]);
				return mentionsIn(text, name).map(mention => ({...mention, where}));
			}),
		),
	);
}

interface Text {
	readonly text: string;
	/** Of the variable; null for arguments. */
	readonly name: string | null;
	readonly path: Path;
}

/** Texts with `$(NAME)` replaced as the kubelet does, and `FOO_HOST` joined with its sibling `FOO_PORT`. */
function textsOf({env, args, command}: Container): readonly Text[] {
	const values = new Map<string, string>();
	const expand = (text: string): string => text.replaceAll(/\$\(([\w.-]+)\)/g, (all, name) => values.get(name) ?? all);
	for (const {name, value} of env ?? []) if (typeof value === 'string') values.set(name, expand(value));
	const variables = [...(env ?? []).entries()].flatMap(([at, {name, value}]) => {
		const own = values.get(name);
		if (own === undefined || typeof value !== 'string') return [];
		const port = isHostName(own.trim()) ? siblingPort(name, values) : undefined;
		const text = port === undefined ? own : `${own.trim()}:${port}`;
		return [{text, name, path: ['env', at, 'value']}];
	});
	const words = (['command', 'args'] as const).flatMap(field =>
		[...((field === 'command' ? command : args) ?? []).entries()].flatMap(([at, word]) =>
			typeof word === 'string' ? [{text: expand(word), name: null, path: [field, at]}] : [],
		),
	);
	return [...variables, ...words];
}

const hostVariable = /^(.*?)_?(SERVICE_HOST|HOSTNAME|HOST|ADDRESS|ADDR|SERVICE|SERVER|ENDPOINT)$/i;

function siblingPort(name: string, values: ReadonlyMap<string, string>): string | undefined {
	const stem = hostVariable.exec(name)?.[1];
	if (stem === undefined) return undefined;
	const siblings = stem === '' ? ['PORT'] : [`${stem}_PORT`, `${stem}PORT`, `${stem}_SERVICE_PORT`];
	return siblings.map(sibling => values.get(sibling) ?? '').find(port => /^\d{1,5}$/.test(port));
}

const label = '[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?';
const hostName = `${label}(?:\\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*`;
const url = /([a-z][a-z0-9+.-]*):\/\/([^\s"'<>/?#]+)/gi;
const hostAndPort = new RegExp(`(?<![\\w.@:/$-])(${hostName}):(\\d{1,5})(?![\\w.@:-])`, 'g');
const qualified = new RegExp(`(?<![\\w.@:/$-])(${hostName}\\.svc(?:\\.[a-z0-9-]+)*)(?![\\w.:@-])`, 'g');
const wholeAddress = new RegExp(`^(--?[\\w.-]+=)?${hostName}:\\d{1,5}(/\\S*)?$`);
const isHostName = (text: string): boolean => new RegExp(`^${hostName}$`).test(text) && text !== 'localhost';

/** Variables that hold an image's name or a version, which look like a host and a port. */
const imageVariable = /(IMAGE|TAG|VERSION|DIGEST)S?$/i;
/** Variables whose value may be a bare name of a Service. */
const bareVariable = /_(HOST|ADDR|URL|SERVICE)$/i;

type Bare = Omit<Mention, 'where'>;

function mentionsIn(text: string, variable: string | null): readonly Bare[] {
	if (text.length > 100_000 || (variable !== null && imageVariable.test(variable))) return [];
	const urls = [...text.matchAll(url)].flatMap(([, scheme, authority]) => ofUrl(scheme!.toLowerCase(), authority!));
	const rest = text.replaceAll(url, ' ');
	const whole =
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
	const hosts = authority.slice(authority.lastIndexOf('@') + 1).split(',');
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
