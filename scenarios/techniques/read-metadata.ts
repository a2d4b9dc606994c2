import {isIPv4} from '../../core/attack/sweep-addresses.ts';
import type {Technique} from '../../core/contracts/technique.ts';
import {metadataService} from '../../core/model/metadata-service.ts';
import {learnedFromReply} from './learned.ts';
import {sortActions} from './targets.ts';

/** One conversation with the metadata service of clouds from each pivot with an IPv4 address; nobody can ask for another. */
export const readMetadata: Technique = {
	name: 'read-metadata',
	attack: {technique: 'T1552.005', tactic: 'TA0006', title: 'Unsecured Credentials: Cloud Instance Metadata API'},
	describes: {
		wire: 'HTTP from a pivot to 169.254.169.254: a listing of credentials, then each of them as JSON.',
		seen: 'A request to the metadata service from a machine whose programs do not ask it for credentials.',
		cleanup: 'Nothing: the service only answers.',
	},
	plan: ({pivots, done}) =>
		sortActions(
			pivots
				.filter(({addresses}) => addresses.some(isIPv4))
				.map(({hostname}) => ({
					key: `read-metadata ${hostname}`,
					technique: 'read-metadata' as const,
					from: hostname,
					to: metadataService.address,
					...metadataService,
					secret: null,
					speaks: null,
				})),
		).filter(({key}) => !done.has(key)),
	async perform({key, from, to}, number, network) {
		const attempt = {action: number, from, to, protocol: metadataService.protocol, port: metadataService.port};
		return learnedFromReply(await network.talk(attempt, {kind: 'metadata'}), to, key);
	},
};
