// A process that runs under `node --inspect`, asked about itself. Source: Chrome DevTools Protocol, Runtime and HeapProfiler.

export interface Inspected extends Disposable {
	/** The value of an expression in it. */
	evaluate<T>(expression: string): Promise<T>;
	/** Everything that nobody holds is gone when this resolves. */
	collectGarbage(): Promise<void>;
}

interface Answer {
	readonly id: number;
	readonly error?: unknown;
	readonly result: {readonly result?: {readonly value?: unknown}; readonly exceptionDetails?: unknown};
}

export async function inspect(url: string): Promise<Inspected> {
	const socket = new WebSocket(url);
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve, {once: true});
		socket.addEventListener('error', () => reject(new Error(`nobody at ${url}`)), {once: true});
	});
	const waiting = new Map<number, (answer: Answer) => void>();
	socket.addEventListener('message', ({data}) => {
		const answer = JSON.parse(String(data)) as Answer;
		waiting.get(answer.id)?.(answer);
		waiting.delete(answer.id);
	});
	let last = 0;
	const ask = async (method: string, params: object = {}): Promise<Answer['result']> => {
		const id = ++last;
		socket.send(JSON.stringify({id, method, params}));
		const {error, result} = await new Promise<Answer>(resolve => waiting.set(id, resolve));
		const wrong = error ?? result.exceptionDetails;
		if (wrong !== undefined) throw new Error(`${method}: ${JSON.stringify(wrong)}`);
		return result;
	};
	return {
		async evaluate<T>(expression: string) {
			return (await ask('Runtime.evaluate', {expression, returnByValue: true})).result?.value as T;
		},
		async collectGarbage() {
			await ask('HeapProfiler.collectGarbage');
		},
		[Symbol.dispose]: () => socket.close(),
	};
}
