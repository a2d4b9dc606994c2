// What a command in a workload is started by: util-linux has them all, but some distributions cut it in pieces.
import {runProgram} from './program.ts';
import {ok, type Row} from './row.ts';

const programs = ['nsenter', 'setpriv', 'prlimit', 'script'] as const;

/** A row of what `shell`, `exec` and `run:` need besides a lab. */
export async function tryShells(): Promise<Row> {
	const tried = await Promise.all(programs.map(async name => ({name, ...(await runProgram(name, ['--version']))})));
	const missing = tried.filter(one => !one.ok).map(({name}) => name);
	if (missing.length === 0) return ok('shells', `${programs.join(', ')} of util-linux`);
	return {
		name: 'shells',
		state: 'missing',
		needed: false,
		found: `no ${missing.join(', ')}`,
		off: 'no firebreak shell, exec or run: in a workload',
		mend: 'install util-linux whole (Debian: util-linux and bsdutils; Fedora: util-linux and util-linux-script)',
	};
}
