// A recorder of a lab that is up: a client of its own, which hears what all others do there.
import {FirebreakError} from '../../core/model/failure.ts';
import {joinLab} from '../../lab/labs.ts';
import {version} from '../version.ts';
import {policySources} from './policy-sources.ts';
import {type Recorder, startRecorder} from './recorder.ts';

/**
 * Records until it is disposed of, or the lab is gone: what was told before that is in the file then.
 *
 * @param path - `--record`; undefined: nothing is recorded
 * @throws FirebreakError `no-recording`, `engine-gone`
 */
export async function recordLab(
	name: string,
	path: string | undefined,
	say: (text: string) => void,
): Promise<AsyncDisposable> {
	if (path === undefined) return {[Symbol.asyncDispose]: async () => undefined};
	let recorder: Recorder | undefined;
	const lab = await joinLab(name, event => recorder?.tell(event));
	if (lab === undefined)
		throw new FirebreakError('engine-gone', `the lab ${name} is gone`, 'firebreak ls says what is up');
	try {
		const [{rehearsal, inForce}, {startedAt, compromised}] = await Promise.all([
			lab.ask('describe', {}),
			lab.ask('status', {}),
		]);
		const sources = Object.fromEntries(policySources(rehearsal, inForce.stack));
		const nowMs = Date.now() - startedAt;
		const head = {version: version(), lab: name, rehearsal, startedAt, nowMs, inForce, compromised, sources};
		recorder = startRecorder(path, head, {say});
		await lab.ask('watch', {});
	} catch (error) {
		lab[Symbol.dispose]();
		throw error;
	}
	lab.gone.then(() => recorder?.[Symbol.dispose]());
	return {
		async [Symbol.asyncDispose]() {
			// Its answer comes behind every event before it.
			await lab.ask('status', {}).catch(() => undefined);
			lab[Symbol.dispose]();
			recorder?.[Symbol.dispose]();
		},
	};
}
