// A service on top of the one that it extends, or that another file says more about.
// Source: compose-spec, "Extends" and "Merge".
import type {ComposeService} from './compose-service.ts';

/** `own` where it says something; lists of ports are joined, maps merged by key. Profiles are not inherited by `extends`. */
export function mergeService(base: ComposeService, own: ComposeService): ComposeService {
	return {
		name: own.name,
		where: own.where,
		image: own.image ?? base.image,
		command: own.command ?? base.command,
		entrypoint: own.entrypoint ?? base.entrypoint,
		environment: new Map([...base.environment, ...own.environment]),
		envFiles: [...base.envFiles, ...own.envFiles],
		exposed: [...base.exposed, ...own.exposed],
		published: [...base.published, ...own.published],
		dependsOn: new Map([...base.dependsOn, ...own.dependsOn]),
		links: new Map([...base.links, ...own.links]),
		externalLinks: [...base.externalLinks, ...own.externalLinks],
		networks: own.networks === null ? base.networks : new Map([...(base.networks ?? []), ...own.networks]),
		networkMode: own.networkMode ?? (own.networks === null ? base.networkMode : null),
		secrets: new Map([...base.secrets, ...own.secrets]),
		configs: new Map([...base.configs, ...own.configs]),
		labels: new Map([...base.labels, ...own.labels]),
		profiles: [...new Set([...base.profiles, ...own.profiles])],
		replicas: own.replicas ?? base.replicas,
		build: own.build ?? base.build,
		volumes: [...new Map([...base.volumes, ...own.volumes].map(one => [one.value.target, one])).values()],
		healthCheck: own.healthCheck ?? base.healthCheck,
		restarts: own.restarts || base.restarts,
		otherNames: [...new Set([...base.otherNames, ...own.otherNames])],
	};
}
