import type {Dependency} from '../model/topology.ts';

/** `worker.prod -> queue.prod:5672/tcp`: how reports and expectations name a dependency; port 0 is one that nobody named. */
export const dependencyText = ({from, to, port, protocol}: Dependency): string =>
	port === 0 ? `${from} -> ${to}` : `${from} -> ${to}:${port}/${protocol}`;
