// What listens at a host: what its image is known for, what it exposes, and what it publishes.
import {imageListeners} from '../../core/assembly/image-ports.ts';
import type {Listener} from '../../core/assembly/parts.ts';
import type {ComposeHost} from './compose-host.ts';

/** Of all services that share the host's network. What is published on the loopback only is open inside all the same. */
export const hostListeners = ({services}: ComposeHost): readonly Listener[] =>
	services.flatMap(({image, exposed, published}) => [
		...imageListeners(image),
		...exposed,
		...published.map(({value: {protocol, port, lastPort}}) => ({protocol, port, lastPort, name: null, speaks: null})),
	]);

/** Whether it listens there. */
export const covers = (listeners: readonly Listener[], port: number, protocol: Listener['protocol']): boolean =>
	listeners.some(one => one.protocol === protocol && one.port <= port && port <= one.lastPort);
