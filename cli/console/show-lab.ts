// The console on a lab: joins it, shows it, and asks at the end whether a lab that it booted itself shall stay.
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import {joinLab, takeDown} from '../../lab/labs.ts';
import {firstState} from '../../tui/console/first-state.ts';
import type {Draft} from '../../tui/console/state.ts';
import {begin} from '../../tui/console/world/begin.ts';
import type {ConsoleOptions} from '../commands/console.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {printable} from '../printable.ts';
import {policySources} from '../record/policy-sources.ts';
import {recordLab} from '../record/record-lab.ts';
import {type App, runApp} from './app.ts';
import {createEdits} from './edits.ts';
import {isShown, liveSource} from './live.ts';
import {asciiHere, colourHere} from './terminal.ts';

export async function showLab(
	{name, own}: {readonly name: string; readonly own: boolean},
	{record, seed, ascii}: ConsoleOptions,
	io: Io,
): Promise<ExitCode> {
	let hear = (_event: WatchEvent): void => undefined;
	using lab = await joinLab(name, event => hear(event));
	if (lab === undefined)
		throw new FirebreakError('engine-gone', `the lab ${name} is gone`, 'firebreak ls says what is up');
	const [{rehearsal, inForce}, {startedAt, compromised}] = await Promise.all([
		lab.ask('describe', {}),
		lab.ask('status', {}),
	]);
	const sources = policySources(rehearsal, inForce.stack);
	const beginning = {lab: name, rehearsal, startedAt, nowMs: Date.now() - startedAt, inForce, compromised};
	const spoken: string[] = [];
	await using _recording = await recordLab(name, record, text => void spoken.push(text));
	let gone = false;
	let app: App | undefined;
	hear = event => {
		if (isShown(event)) app?.hear(event);
	};
	lab.gone.then(() => {
		gone = true;
		app?.quit();
	});
	const edits = createEdits();
	using _told = {
		[Symbol.dispose]() {
			for (const text of leftOver(edits.close(), app?.state().draft ?? null)) io.err(`${printable(text)}\n`);
		},
	};
	await runApp({
		first: firstState(begin({...beginning, sources}), {ascii: ascii || asciiHere()}),
		source: liveSource({lab, rehearsal, seed, edits, io}),
		colour: colourHere(),
		title: `firebreak ${name}`,
		interrupted: io.interrupted,
		onStart(started) {
			app = started;
			lab.ask('watch', {}).catch(error => started.fail(error));
		},
	});
	for (const text of spoken) io.err(`${printable(text)}\n`);
	if (gone) {
		io.err(`the lab ${name} is gone\n`);
		return exitCode.cannot;
	}
	lab[Symbol.dispose]();
	if (own && !io.interrupted.aborted) {
		await takeDown(name);
		io.err(`${name} is down, since this console booted it; firebreak up keeps a lab\n`);
	} else io.err(`${name} is up still; firebreak down ${name} takes it down\n`);
	return exitCode.passed;
}

/** Where a user's work lies that nothing else would tell of. */
function leftOver(copies: readonly string[], draft: Draft | null): readonly string[] {
	const waiting = draft?.paths ?? [];
	return [
		...copies.map(path => `your edit lies in ${path}${waiting.includes(path) ? ', and is not in force' : ''}`),
		...waiting.filter(path => !copies.includes(path)).map(path => `what was edited in ${path} is not in force`),
	];
}
