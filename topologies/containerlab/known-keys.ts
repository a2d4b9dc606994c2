// The keys that containerlab's file may have. Source: containerlab, schemas/clab.schema.json.
import {checkKeys} from '../../core/assembly/check-keys.ts';
import {asMap} from '../../core/assembly/fill-in.ts';
import type {Document} from '../../core/files/document.ts';
import type {Problem} from '../../core/model/problem.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const topKeys = words('name prefix mgmt settings topology debug version');

const topologyKeys = words('defaults kinds groups nodes links');

const nodeKeys = words(`
	SANs aliases auto-remove binds cap-add certificate cgroup-parent cmd components config cpu cpu-set credentials devices dns
	enforce-startup-config entrypoint env env-files exec extras group healthcheck image image-pull-policy kernel kind labels
	license memory mgmt-ipv4 mgmt-ipv6 mgmt_ipv4 mgmt_ipv6 network-mode ports position publish restart-policy runtime sandbox
	shm-size ssh startup-config startup-delay stages suppress-startup-config sysctls tmpfs type ulimits user volumes wait-for`);

const linkKeys = words(`
	type endpoints endpoint labels vars mtu ipv4 ipv6 mac host-interface mode remote vni udp-port dst-udp-port src-udp-port
	parent-interface name impairments enabled`);

/** Every key of the file that it may not have. */
export function checkClabKeys(document: Document): {
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
} {
	const at = (path: readonly string[]): Readonly<Record<string, unknown>> =>
		path.reduce<Readonly<Record<string, unknown>>>((map, key) => asMap(map[key]) ?? {}, asMap(document.value) ?? {});
	const check = (path: readonly string[], of: string, known: readonly string[]) =>
		checkKeys({document, path, of}, at(path), known);
	const definitions = ['kinds', 'groups', 'nodes'].flatMap(section =>
		Object.keys(at(['topology', section])).map(name => check(['topology', section, name], name, nodeKeys)),
	);
	const written = at(['topology']).links;
	const links = Array.isArray(written)
		? written.map((link, index) =>
				checkKeys({document, path: ['topology', 'links', String(index)], of: 'a link'}, asMap(link) ?? {}, linkKeys),
			)
		: [];
	const all = [
		check([], 'a containerlab file', topKeys),
		check(['topology'], 'topology', topologyKeys),
		check(['topology', 'defaults'], 'defaults', nodeKeys),
		...definitions,
		...links,
	];
	return {problems: all.flatMap(one => one.problems), warnings: all.flatMap(one => one.warnings)};
}
