// A container whose program ended, or does not do well: whose it is, what it said last, and what to do.
import type Docker from 'dockerode';
import {FirebreakError} from '../../core/model/failure.ts';
import type {Workload} from '../../core/model/topology.ts';
import {lastLines} from './container-logs.ts';

export async function containerExited(docker: Docker, id: string, {name}: Workload): Promise<FirebreakError> {
	const [lines, inspected] = await Promise.all([
		lastLines(docker, id),
		docker
			.getContainer(id)
			.inspect()
			.catch(() => undefined),
	]);
	const state = inspected?.State;
	const code =
		state === undefined ? '' : ` with exit code ${state.ExitCode}${state.OOMKilled ? ' (out of memory)' : ''}`;
	return new FirebreakError(
		'container-exited',
		`the program of ${name} ended${code}; ${said(lines)}`,
		`docker run --rm -it ${inspected?.Config.Image ?? ''} shows more. It starts when what stands under its needs: listens, so name there what it connects to at once`,
	);
}

export function notHealthy({name, image}: Workload, printed: string): FirebreakError {
	const lines = printed.split('\n').filter(Boolean);
	return new FirebreakError(
		'container-unhealthy',
		`the health check of ${name} fails though no policy is in force; ${said(lines)}`,
		`see its healthcheck: or the HEALTHCHECK of ${image ?? 'its image'}: it runs in the container, without any network but the lab's`,
	);
}

export const notWatched = ({name}: Workload): FirebreakError =>
	new FirebreakError(
		'container-unhealthy',
		`nobody looks at the health of ${name}, though it has a health check`,
		'Podman looks by timers of systemd: where there is none, give the workload healthcheck: none',
	);

const said = (lines: readonly string[]): string =>
	lines.length === 0 ? 'it printed nothing' : `it said last: ${lines.slice(-3).join(' / ')}`;
