// A postgres that real clients can log in to: startup and SCRAM-SHA-256 here, the queries in postgres-commands.ts.
// Source: PostgreSQL documentation, "Message Flow".
import {randomBytes} from 'node:crypto';
import {serverVersion} from './postgres-answers.ts';
import {Commands, ready} from './postgres-commands.ts';
import {cstring, cstrings, errorMessage, type Incoming, int32, MessageReader, message} from './postgres-messages.ts';
import {type Challenge, challenge, createVerifier, finish, type Verifier} from './scram.ts';
import {hangUp, type Login, type Speech} from './speech.ts';

export interface PostgresOptions {
	readonly hostname: string;
	readonly logins: readonly Login[];
}

/** The verifiers of a user: never none, and all with one salt. */
type Verifiers = (user: string) => readonly Verifier[];

const requests = {cancel: 80877102, ssl: 80877103, gss: 80877104};
const mechanism = 'SCRAM-SHA-256';
const parameters = {server_version: serverVersion, client_encoding: 'UTF8', standard_conforming_strings: 'on'};

/** What a client is told after its login. */
const welcome = Buffer.concat([
	message('R', int32(0)),
	...Object.entries(parameters).map(([name, value]) => message('S', cstring(name), cstring(value))),
	message('K', int32(1), int32(1)),
	ready,
]);

/** One client: a state, and the answer to each message in it. */
class Conversation {
	readonly #reader = new MessageReader();
	readonly #verifiers: Verifiers;
	readonly #commands: Commands;
	#state: 'startup' | 'first' | 'last' | 'ready' | 'over' = 'startup';
	#user = '';
	#candidates: readonly Verifier[] = [];
	#challenge: Challenge | null = null;

	constructor(hostname: string, verifiers: Verifiers) {
		this.#verifiers = verifiers;
		this.#commands = new Commands(hostname);
	}

	/** What is sent for these bytes, and whether that is the end. */
	read(chunk: Buffer): {readonly answer: Buffer; readonly over: boolean} {
		const answers: Buffer[] = [];
		this.#reader.push(chunk);
		while (this.#state !== 'over') {
			const next = this.#reader.next();
			if (next === 'wait') break;
			answers.push(next === 'garbage' ? this.#fail('08P01', 'invalid message length') : this.#handle(next));
		}
		return {answer: Buffer.concat(answers), over: this.#state === 'over'};
	}

	#handle(incoming: Incoming): Buffer {
		if (this.#state === 'startup') return this.#start(incoming.body);
		if (incoming.type === 'X') return this.#end();
		if (this.#state === 'ready') return this.#commands.answer(incoming);
		if (incoming.type !== 'p') return this.#fail('08P01', 'expected a SASL response');
		return this.#state === 'first' ? this.#first(incoming.body) : this.#last(incoming.body);
	}

	#start(body: Buffer): Buffer {
		const code = body.readUInt32BE(0);
		if (code === requests.ssl || code === requests.gss) return Buffer.from('N');
		if (code === requests.cancel) return this.#end();
		if (code >>> 16 !== 3) return this.#fail('0A000', 'unsupported frontend protocol: this server speaks 3.0');
		const words = cstrings(body.subarray(4));
		const names = words.filter((_, at) => at % 2 === 0);
		this.#reader.expectTypes();
		this.#user = words[names.indexOf('user') * 2 + 1] ?? '';
		if (!names.includes('user') || this.#user === '') return this.#fail('28000', 'no user name in startup packet');
		this.#state = 'first';
		const ask = message('R', int32(10), cstring(mechanism), cstring(''));
		const newer = names.filter(name => name.startsWith('_pq_.'));
		if ((code & 0xffff) === 0 && newer.length === 0) return ask;
		return Buffer.concat([message('v', int32(0), int32(newer.length), ...newer.map(cstring)), ask]);
	}

	#first(body: Buffer): Buffer {
		const end = body.indexOf(0);
		if (end === -1 || body.length < end + 5 || body.toString('utf8', 0, end) !== mechanism) {
			return this.#fail('08P01', 'client selected an invalid SASL authentication mechanism');
		}
		this.#candidates = this.#verifiers(this.#user);
		const text = body.toString('utf8', end + 5);
		const made = challenge(text, this.#candidates[0]!, randomBytes(18).toString('base64'));
		if (made === undefined) return this.#fail('08P01', 'malformed SCRAM message');
		this.#challenge = made;
		this.#state = 'last';
		return message('R', int32(11), Buffer.from(made.text));
	}

	#last(body: Buffer): Buffer {
		const text = body.toString('utf8');
		const proofs = this.#candidates.map(verifier => finish(text, this.#challenge!, verifier));
		const proof = proofs.find(made => made !== undefined);
		if (proof === undefined) return this.#fail('28P01', `password authentication failed for user "${this.#user}"`);
		this.#state = 'ready';
		return Buffer.concat([message('R', int32(12), Buffer.from(proof)), welcome]);
	}

	#fail(code: string, text: string): Buffer {
		this.#state = 'over';
		return errorMessage('FATAL', code, text);
	}

	#end(): Buffer {
		this.#state = 'over';
		return Buffer.alloc(0);
	}
}

const keepVerifiers = (logins: readonly Login[]): Verifiers => {
	const salt = randomBytes(16);
	const made = new Map<Login, Verifier>();
	// Who has no login is led through the exchange all the same, as PostgreSQL does, and fails at its end.
	const nobody: Login = {user: '', kind: 'password', material: randomBytes(16).toString('hex')};
	const verifierOf = (login: Login): Verifier => {
		const verifier = made.get(login) ?? createVerifier(login.material, salt);
		made.set(login, verifier);
		return verifier;
	};
	return user => {
		const own = logins.filter(login => login.kind === 'password' && login.user === user);
		return (own.length > 0 ? own : [nobody]).map(verifierOf);
	};
};

/** A postgres server with exactly these users (passwords only). Without a login it refuses everybody with 28P01. */
export function postgresSpeech({hostname, logins}: PostgresOptions): Speech {
	const verifiers = keepVerifiers(logins);
	return socket => {
		const conversation = new Conversation(hostname, verifiers);
		socket.on('data', chunk => {
			const {answer, over} = conversation.read(chunk);
			if (answer.length > 0) socket.write(answer);
			if (over) hangUp(socket);
		});
		socket.resume();
	};
}
