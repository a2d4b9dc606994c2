// Counts the test lines of TAP files and prints the closing line of a CI run: `N passed, N failed, N skipped`.
//
//   node scripts/count-tap.mjs FILE=EXIT-CODE …
//
// A run that ended in failure without a failed test of its own counts as one failure, and so does one without any test.
// Source: TAP 13, "test lines" and "directives".
import {readFileSync} from 'node:fs';
import {argv, exit, stdout} from 'node:process';

/** The counts of one run's output and exit code. */
export function countTap(output, exitCode) {
	const count = {passed: 0, failed: 0, skipped: 0};
	for (const text of output.split('\n')) {
		const line = /^(not )?ok\b(?:[^#\\]|\\.)*(?:# *(skip|todo))?/i.exec(text);
		if (line === null) continue;
		const [, not, directive] = line;
		if (directive !== undefined) count.skipped++;
		else if (not === undefined) count.passed++;
		else count.failed++;
	}
	const silent = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
	return silent ? {...count, failed: 1} : count;
}

if (import.meta.filename === argv[1]) {
	const counts = argv.slice(2).map(word => {
		const [file, exitCode] = word.split('=');
		return countTap(readFileSync(file, 'utf8'), Number(exitCode));
	});
	const sum = key => counts.reduce((total, count) => total + count[key], 0);
	stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
	exit(counts.length > 0 && sum('failed') === 0 ? 0 : 1);
}
