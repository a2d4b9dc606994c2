import type {Dependency} from '../model/topology.ts';

/** `worker.prod -> queue.prod:5672/tcp`: how reports and expectations name a dependency. */
export const dependencyText = ({from, to, port, protocol}: Dependency): string =>
	`${from} -> ${to}:${port}/${protocol}`;
