// The services that would be started: by profile, and with at least one replica.
import type {Problem} from '../../core/model/problem.ts';
import type {ComposeService} from './compose-service.ts';
import type {ComposeProject} from './project.ts';

export interface ActiveServices {
	readonly active: ReadonlyMap<string, ComposeService>;
	readonly warnings: readonly Problem[];
}

/**
 * Services without profiles are always on, others where one of theirs is; `*` is all of them. COMPOSE_PROFILES counts
 * where no profile is given.
 *
 * Source: compose-spec, "Profiles".
 */
export function activeServices({services, variables}: ComposeProject, given: readonly string[]): ActiveServices {
	const profiles = given.length > 0 ? given : (variables('COMPOSE_PROFILES') ?? '').split(',').map(one => one.trim());
	const active = new Map<string, ComposeService>();
	const warnings: Problem[] = [];
	const off = new Map<string, ComposeService[]>();
	const leaveOut = ({name, where}: ComposeService, why: string): unknown =>
		warnings.push({where, what: `${name} is left out: ${why}`, mend: ''});
	for (const [name, service] of services) {
		const {profiles: its, replicas, networkMode} = service;
		const isOn = its.length === 0 || profiles.includes('*') || its.some(one => profiles.includes(one));
		if (!isOn) off.set(its.join(' and '), [...(off.get(its.join(' and ')) ?? []), service]);
		else if (replicas === 0) leaveOut(service, 'it has 0 replicas');
		else if (networkMode?.value === 'none') leaveOut(service, 'it has no network, so that nobody reaches it');
		else active.set(name, service);
	}
	for (const [profile, its] of off) {
		const names = its.length > 4 ? `${its.length} services` : its.map(({name}) => name).join(', ');
		const what = `${names} ${its.length > 1 ? 'are' : 'is'} left out, of the profile ${profile}`;
		warnings.push({where: its[0]!.where, what, mend: `--profile ${its[0]!.profiles[0]} takes them in`});
	}
	return {active, warnings};
}
