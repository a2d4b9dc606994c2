// Worlds in which a technique's wire part is all that it needs.
import {attackTopology, type Passes} from '../../builders/attack-world.ts';

/** A machine with secrets, and neighbours in two segments. */
export const world = attackTopology(
	{
		wiki: {holds: ['key', 'word'], knows: ['far'], needs: ['db:15432']},
		api: {services: ['weak http:8080', 'ssh:22']},
		db: {services: ['postgres:15432', 'ssh:22']},
		far: {services: ['http:80'], segment: 'other'},
	},
	{key: 'ssh-key api:ssh', word: 'password db:postgres'},
);
/** A cloud: a deploy server that a machine with credentials beside it stands next to. */
export const cloud = attackTopology(
	{
		wiki: {metadata: ['word'], holds: ['orders'], needs: ['db:3306', 'odd:80', 'web:22']},
		web: {services: ['ssh:22']},
		db: {services: ['mysql:3306', 'weak dns:53/udp']},
		odd: {services: ['tcp:80']},
	},
	{word: 'password', orders: 'orders-of-wiki web:ssh', factory: 'well-known db:mysql'},
);
/** A relay with an address in a second segment, a name server and a machine outside. */
export const beyond = attackTopology(
	{
		wiki: {holds: ['key'], needs: ['both:22', 'names:53/udp']},
		both: {services: ['ssh:22', 'http:80'], also: 'other', needs: ['far:8080']},
		far: {services: ['weak http:8080'], segment: 'other'},
		names: {services: ['dns:53/udp']},
		internet: {segment: 'wan', outside: true},
	},
	{key: 'ssh-key both:ssh'},
);
/** The wiki may not pass a gateway. */
export const within: Passes = (from, to) => from !== 'wiki' || to !== 'far';
