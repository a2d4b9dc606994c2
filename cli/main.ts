// The door: finds the command, runs it, and turns whatever happens into an exit code.
import {commands} from './commands.ts';
import {asciiHere} from './console/terminal.ts';
import {type ExitCode, exitCode} from './exit-code.ts';
import {reportFailure, WordsError} from './failure.ts';
import {helpText} from './help.ts';
import {type Io, processIo} from './io.ts';

/** How long a command may take to give everything back after Ctrl-C; the kernel takes what is left. */
const graceMs = 3000;

/** The exit code of `words`, as a user types them after `firebreak`. Nothing is printed but by `io`. */
export async function runWords(words: readonly string[], io: Io): Promise<ExitCode> {
	try {
		return await dispatch(words, io);
	} catch (error) {
		return reportFailure(error, io);
	}
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
	if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
		const about = rest[0];
		if (about === undefined) {
			io.out(helpText());
			return exitCode.passed;
		}
		return dispatch([about, '--help'], io);
	}
	if (name === '--version' || name === '-v') {
		const {version} = await import('./version.ts');
		io.out(`${version()}\n`);
		return exitCode.passed;
	}
	const entry = commands.find(command => command.name === name);
	if (entry === undefined) throw await unknownCommand(name);
	return (await entry.load()).run(rest, io);
}

async function unknownCommand(name: string): Promise<WordsError> {
	const {didYouMean} = await import('../core/files/nearest.ts');
	const names = commands.map(command => command.name);
	return new WordsError(`there is no command ${JSON.stringify(name)}`, didYouMean(name, names));
}

/** Where the launcher of an older Node started this process: when that is killed, this ends too, and with it the lab. */
export function endWithParent(): void {
	process.once('disconnect', () => process.exit(exitCode.interrupted));
	process.channel?.unref();
}

/** Runs `words` on this process's streams and ends the process. */
export async function main(words: readonly string[]): Promise<void> {
	const interruption = new AbortController();
	let taker: ((signal: NodeJS.Signals) => void) | undefined;
	const interrupt = (signal: NodeJS.Signals): void => {
		if (taker !== undefined) {
			taker(signal);
			return;
		}
		if (interruption.signal.aborted) process.exit(exitCode.interrupted);
		interruption.abort();
		setTimeout(() => process.exit(exitCode.interrupted), graceMs);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
	endWithParent();
	const streams = processIo(interruption.signal, take => {
		taker = take;
		return () => {
			taker = undefined;
		};
	});
	const io = process.stdout.isTTY && asciiHere() ? (await import('./ascii-io.ts')).asciiIo(streams) : streams;
	const code = await runWords(words, io);
	process.exitCode = interruption.signal.aborted ? exitCode.interrupted : code;
	process.stdout.write('', () => process.stderr.write('', () => process.exit()));
}

if (import.meta.main) await main(process.argv.slice(2));
