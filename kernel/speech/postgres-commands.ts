import {answerQuery, describeAnswer, rowsOfAnswer} from './postgres-answers.ts';
import {cstrings, errorMessage, type Incoming, message} from './postgres-messages.ts';

/** ReadyForQuery, outside of a transaction. */
export const ready = message('Z', Buffer.from('I'));

const statementDescription = message('t', Buffer.alloc(2));
const nothing = Buffer.alloc(0);

/** One client's queries after its login, simple and extended. Each message has its answer, so that no client waits. */
export class Commands {
	readonly #hostname: string;
	/** The last statement that was parsed; clients of the lab hold one at a time. */
	#statement = '';
	/** After an error of the extended protocol everything up to Sync is skipped. */
	#skipping = false;

	constructor(hostname: string) {
		this.#hostname = hostname;
	}

	answer({type, body}: Incoming): Buffer {
		if (this.#skipping && type !== 'S') return nothing;
		switch (type) {
			case 'Q':
				return this.#query(cstrings(body)[0] ?? '');
			case 'P':
				this.#statement = body.toString('utf8', body.indexOf(0) + 1).split('\0')[0]!;
				return message('1');
			case 'B':
				return message('2');
			case 'D':
				return Buffer.concat([body[0] === 0x53 ? statementDescription : nothing, this.#described()]);
			case 'E':
				return this.#rows();
			case 'C':
				return message('3');
			case 'H':
				return nothing;
			case 'S':
				this.#skipping = false;
				return ready;
			default:
				return this.#refuse(type);
		}
	}

	#query(text: string): Buffer {
		const answer = answerQuery(text, this.#hostname);
		if (answer === null) return Buffer.concat([message('I'), ready]);
		const described = answer.kind === 'command' ? nothing : describeAnswer(answer);
		return Buffer.concat([described, rowsOfAnswer(answer), ready]);
	}

	#described(): Buffer {
		const answer = answerQuery(this.#statement, this.#hostname);
		return answer === null ? message('n') : describeAnswer(answer);
	}

	#rows(): Buffer {
		const answer = answerQuery(this.#statement, this.#hostname);
		return answer === null ? message('I') : rowsOfAnswer(answer);
	}

	/** A function call ('F') is answered as a query is; all else belongs to the extended protocol. */
	#refuse(type: string): Buffer {
		const error = errorMessage('ERROR', '0A000', 'the postgres of a lab answers queries only');
		this.#skipping = type !== 'F';
		return type === 'F' ? Buffer.concat([error, ready]) : error;
	}
}
