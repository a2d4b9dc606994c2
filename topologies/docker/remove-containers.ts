// Takes away the containers of one engine, known by its label and by nothing else.
import type Docker from 'dockerode';
import {containerLabels} from './container-spec.ts';
import {dockerFailure, statusOf} from './docker-failure.ts';
import {eachOf} from './each-of.ts';

/** Gone meanwhile, and going already. */
const asGood: ReadonlySet<number | undefined> = new Set([404, 409]);

/**
 * Ends and removes them with their anonymous volumes, whatever they are doing.
 *
 * @returns how many there were
 * @throws FirebreakError `docker-refused`, `docker-gone`
 */
export async function removeContainers(docker: Docker, engine: string): Promise<number> {
	try {
		const found = await ofEngine(docker, engine);
		await eachOf(found, ({Id}) =>
			docker
				.getContainer(Id)
				.remove({force: true, v: true})
				.catch(error => {
					if (!asGood.has(statusOf(error))) throw error;
				}),
		);
		return found.length;
	} catch (error) {
		throw dockerFailure(
			error,
			'remove the containers of a lab',
			`docker rm -f -v $(docker ps -aq -f label=${containerLabels.engine}=${engine})`,
		);
	}
}

/** All of them, in whatever state. */
export const ofEngine = (docker: Docker, engine: string) =>
	docker.listContainers({all: true, filters: {label: [`${containerLabels.engine}=${engine}`]}});
