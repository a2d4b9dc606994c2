import type {Service} from '../../../core/model/topology.ts';
import {dnsSpeech, type Lookup} from '../../../kernel/speech/dns.ts';
import {httpSpeech} from '../../../kernel/speech/http-server.ts';
import {plainSpeech} from '../../../kernel/speech/plain-server.ts';
import {postgresSpeech} from '../../../kernel/speech/postgres-server.ts';
import {redisSpeech} from '../../../kernel/speech/redis-server.ts';
import type {Login, Speech} from '../../../kernel/speech/speech.ts';
import {sshSpeech} from '../../../kernel/speech/ssh-server.ts';

/** What the protocols need to know of their workload. */
export interface ProtocolOptions {
	readonly hostname: string;
	readonly logins: readonly Login[];
	/** Private key of the lab's ssh servers, PEM. */
	readonly hostKey: string;
	/** The names that a dns service answers for. */
	readonly lookup: Lookup;
	/** What the ssh command `firebreak-look` prints. */
	readonly look: () => string;
}

/** The protocol of a service on tcp. What is not built is a plain listener. */
export function speechOf({speaks}: Pick<Service, 'speaks'>, options: ProtocolOptions): Speech {
	switch (speaks) {
		case 'ssh':
			return sshSpeech(options);
		case 'http':
			return httpSpeech(options);
		case 'postgres':
			return postgresSpeech(options);
		case 'redis':
			return redisSpeech(options);
		case 'dns':
			return dnsSpeech(options.lookup);
		case 'tcp':
		case 'udp':
			return plainSpeech({...options, asksLogin: false});
		case 'mysql':
		case 'smb':
		case 'ldap':
		case 'kafka':
			return plainSpeech({...options, asksLogin: true});
		default:
			return speaks satisfies never;
	}
}
