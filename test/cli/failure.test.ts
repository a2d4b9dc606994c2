import test from 'ava';
import {reportFailure, WordsError} from '../../cli/failure.ts';
import {reportProblems} from '../../cli/problems.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import {capturedIo} from './captured-io.ts';

test('a machine that cannot is one line and the mend, exit 3', t => {
	const io = capturedIo();
	t.is(reportFailure(new FirebreakError('no-userns', 'no user namespaces', 'sudo sysctl x=1'), io), 3);
	t.is(io.stderr, 'no user namespaces\n  mend: sudo sysctl x=1\n');
	t.is(io.stdout, '');
});

test('wrong words are exit 2', t => {
	t.is(reportFailure(new WordsError('no such option', 'did you mean --seed?'), capturedIo()), 2);
});

test('a bug is exit 70, with its stack and that of its cause', t => {
	const io = capturedIo();
	t.is(reportFailure(new Error('impossible', {cause: new TypeError('the cause')}), io), 70);
	t.regex(io.stderr, /Error: impossible\n\s+at .*failure\.test\.ts/);
	t.regex(io.stderr, /caused by: TypeError: the cause/);
});

test('whatever breaks while it is interrupted is 130, not a bug', t => {
	const interruption = new AbortController();
	interruption.abort();
	t.is(reportFailure(new Error('torn down'), capturedIo(interruption.signal)), 130);
});

test('problems are sorted, counted, one a line, on stderr, exit 2', t => {
	const io = capturedIo();
	const problem = (line: number, what: string, mend = '') => ({where: {file: 'a.yaml', line, column: 2}, what, mend});
	t.is(reportProblems([problem(9, 'second'), problem(3, 'first', 'did you mean db?')], io), 2);
	t.is(io.stderr, 'a.yaml:3:2: first (did you mean db?)\na.yaml:9:2: second\n\n2 problems, nothing was booted\n');
	const single = capturedIo();
	reportProblems([problem(1, 'only')], single);
	t.regex(single.stderr, /\n1 problem, nothing was booted\n$/);
});

test('words of a user never reach the terminal as orders, and never make a line of their own', t => {
	const io = capturedIo();
	const what = 'label \u001b[2J\r\u009b31m\u202e\nfake:1:1: nothing is wrong';
	reportProblems([{where: {file: 'a.yaml', line: 1, column: 1}, what, mend: ''}], io);
	t.is(io.stderr.split('\n')[0], 'a.yaml:1:1: label \\u{1b}[2J\\u{d}\\u{9b}31m\\u{202e}\\nfake:1:1: nothing is wrong');
});
