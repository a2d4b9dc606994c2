// The console and its terminal: whatever ends or pauses it, the terminal is as it was before, and the lab stays.
import {chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {shellWords} from '../../lab/shell-words.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {checkout, firebreak} from './firebreak.ts';
import {inShellOf, type Shell} from './in-shell.ts';
import {whyNoTmux} from './in-tmux.ts';

const reason = whyNoPackets() ?? whyNoTmux();
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const live = reason === null ? test.serial : test.serial.skip;
const folder = mkdtempSync(join(tmpdir(), 'firebreak-terminal-'));
const env = {XDG_RUNTIME_DIR: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8', PS1: '$ ', ENV: '', TMPDIR: folder};
const program = (...words: readonly string[]): string =>
	shellWords([process.execPath, '--no-warnings', join(checkout, words[0]!), ...words.slice(1)]);
const theConsole = program('cli/main.ts', 'console', 'blue');
const inShell = inShellOf(folder, env);
const drawn = ['alternate screen', 'mouse', 'keypad', 'no cursor'];

test.before(async () => {
	if (reason !== null) return;
	const {code, error} = await firebreak(['up', 'two-tier', '--name', 'blue'], {env});
	if (code !== 0) throw new Error(error);
});
test.after.always(async () => {
	if (reason === null) await firebreak(['down', '--all'], {env});
	rmSync(folder, {recursive: true, force: true});
});

/** What the terminal was before, and is after `end`, which ends the console with that code and says that. */
async function isRestored(
	t: ExecutionContext,
	shell: Shell,
	{line, end, code, says}: {line: string; end: () => void | Promise<void>; code: number; says: RegExp},
): Promise<void> {
	const before = await shell.settings('before');
	shell.run(line);
	await shell.until(/timeline/);
	t.deepEqual(shell.modes(), drawn);
	await end();
	t.regex(await shell.until(/^code \d+$/m), new RegExp(`^code ${code}$`, 'm'));
	t.regex(shell.screen(), says);
	t.deepEqual(shell.modes(), []);
	t.is(await shell.settings('after'), before);
}

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGINT'])
	live(titled(`${signal} gives the terminal back, and the lab stays`), t =>
		inShell(t, async shell => {
			await isRestored(t, shell, {
				line: theConsole,
				end: () => shell.kill(signal),
				code: 130,
				says: /blue is up still/,
			});
			t.is((await firebreak(['exec', 'web.prod', '--lab', 'blue', '--', 'true'], {env})).code, 0);
		}),
	);

live(titled('kill -9 leaves the lab as it was, and a terminal that reset makes usable'), t =>
	inShell(t, async shell => {
		const before = await shell.settings('before');
		shell.run(theConsole);
		await shell.until(/timeline/);
		shell.kill('SIGKILL');
		await shell.until(/code 137/);
		t.true(shell.modes().includes('mouse'));
		t.is((await firebreak(['exec', 'web.prod', '--lab', 'blue', '--', 'true'], {env})).code, 0);
		// Enter is raw still: Ctrl-J ends the line.
		shell.type('reset');
		shell.press('C-j');
		await shell.until(/^[$#]$/m);
		shell.type('clear; echo works $((40 + 2))');
		shell.press('Enter');
		await shell.until(/^works 42$/m);
		t.false(shell.modes().includes('mouse'));
		t.false(shell.modes().includes('no cursor'));
		t.is(await shell.settings('after').then(isCanonical), isCanonical(before));
	}),
);

/** ICANON and ECHO of c_lflag, the fourth figure of stty -g. Source: stty(1), termios.h of Linux. */
const isCanonical = (settings: string): boolean => (Number.parseInt(settings.split(':')[3]!, 16) & 0o12) === 0o12;

for (const where of ['key', 'tick', 'timer', 'promise'])
	live(titled(`an error thrown in a ${where} gives the terminal back before it is told`), t =>
		inShell(t, shell =>
			isRestored(t, shell, {
				line: program('test/system/fixtures/console-throws.ts', where),
				end: () => shell.press('b'),
				code: 70,
				says: new RegExp(`a bug of Firebreak[\\s\\S]*thrown in a ${where}`),
			}),
		),
	);

live(titled('Ctrl-Z stops it with the terminal as it was, and fg draws it again at the size of now'), t =>
	inShell(t, async shell => {
		const before = await shell.settings('before');
		shell.run(theConsole);
		await shell.until(/timeline/);
		shell.press('C-z');
		await shell.until(/^code/m);
		t.deepEqual(shell.modes(), []);
		t.is(await shell.settings('stopped'), before);
		shell.resize(120, 36);
		shell.type('fg');
		shell.press('Enter');
		await shell.until(/^┌.{118}┐\n(.*\n){34}└.{118}┘$/m);
		t.deepEqual(shell.modes(), drawn);
		shell.press('2');
		await shell.until(/by the model/);
		shell.kill('SIGSTOP');
		await shell.until(/Stopped \(signal\)/);
		// Nobody could give the terminal back: keys are raw still.
		shell.type('fg');
		shell.press('C-j');
		await shell.until(/┐\n(.*\n){34}└.{118}┘$/m);
		t.deepEqual(shell.modes(), drawn);
		shell.press('Q');
		await shell.until(/^blue is up still/m);
		t.is(await shell.settings('after'), before);
	}),
);

live(titled('an editor and a shell have the terminal for themselves, and the console comes back'), t =>
	inShell(t, async shell => {
		const before = await shell.settings('before');
		const settings = join(folder, 'settings');
		const editor = join(folder, 'editor');
		writeFileSync(
			editor,
			`#!/bin/sh\nstty -g > ${settings}\necho editing; read word\nsed -i "s/^rules:/rules:\\n  - allow: $word\\n    from: {app: build}\\n    on: [postgres]/" "$1"\n`,
		);
		chmodSync(editor, 0o755);
		shell.run(`env VISUAL= EDITOR=${editor} ${theConsole}`);
		await shell.until(/timeline/);
		shell.press('p', 'Down', 'Enter');
		await shell.until(/is in force \(/);
		shell.press('e');
		await shell.until(/^editing/m);
		t.deepEqual(shell.modes(), []);
		t.is(readFileSync(settings, 'utf8'), before);
		// Ctrl-C is not the console's now, nor is what is typed.
		shell.type('everything');
		shell.press('Enter');
		await shell.until(/opens 1, closes 0[\s\S]*build\.dev ▸ db\.dev/);
		t.deepEqual(shell.modes(), drawn);
		shell.press('y');
		await shell.until(/is in force as it was edited/);
		shell.press('e');
		await shell.until(/^editing/m);
		shell.press('C-c');
		await shell.until(/ended with 130: nothing is applied/);
		shell.press('u');
		await shell.until(/is in force again/);
		shell.press('Down', 's');
		await shell.until(/root of .* in the lab blue/);
		t.deepEqual(shell.modes(), []);
		shell.type('exit');
		shell.press('Enter');
		await shell.until(/back from/);
		shell.press('s');
		await shell.until(/root of .* in the lab blue/);
		shell.kill('SIGTERM');
		await shell.until(/^code 130$/m);
		t.regex(shell.screen(), /your edit lies in .*\.policy\.yaml/);
		t.deepEqual(shell.modes(), []);
		t.is(await shell.settings('after'), before);
		t.is(readdirSync(folder).filter(name => name.startsWith('firebreak-edit-')).length, 1);
	}),
);

live(titled('the mouse chooses, and the wheel scrolls, also where much comes in one piece'), t =>
	inShell(t, async shell => {
		shell.run(theConsole);
		await shell.until(/timeline/);
		const find = (what: string): readonly [number, number] => {
			const lines = shell.screen().split('\n');
			const row = lines.findIndex(line => line.includes(what));
			return [lines[row]!.indexOf(what) + 1, row + 1];
		};
		const press = (what: string): string => `\x1b[<0;${find(what).join(';')}M\x1b[<0;${find(what).join(';')}m`;
		shell.type(press('2 matrix'));
		await shell.until(/┤.2 matrix ├/);
		shell.type(`${press('db ')}${press('web ')}3`);
		await shell.until(/│ web\.prod[\s\S]*│ /);
		await shell.until(/┤.3 flows ├/);
		shell.press('8', '?');
		await shell.until(/more lines below/);
		const before = Number(/(\d+) more lines/.exec(shell.screen())![1]);
		shell.type('\x1b[<65;10;10M'.repeat(5));
		await shell.until(new RegExp(`${before - 5} more lines`));
		shell.type('\x1b[<0;1;1M');
		const last = await shell.until(/┤.8 log ├(?![\s\S]*more lines below)/);
		t.regex(last, /│ web\.prod {2}healthy/);
		shell.press('Q');
		await shell.until(/^code 0$/m);
	}),
);

for (const [title, variables] of [
	['a terminal that is dumb', {TERM: 'dumb'}],
	['a screen reader', {ACCESSIBLE: '1'}],
	['Ink’s word for a screen reader', {INK_SCREEN_READER: 'true'}],
] as const)
	live(titled(`${title} is told of watch, and nothing is booted`), t =>
		inShell(t, async shell => {
			const words = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
			shell.run(`env ${words.join(' ')} ${program('cli/main.ts', 'console', 'shop')}`);
			t.regex(await shell.until(/^code \d+$/m), /mend: firebreak watch[\s\S]*^code 2$/m);
			t.notRegex((await firebreak(['ls'], {env})).out, /shop/);
		}),
	);

test('without a terminal it says to use watch', async t => {
	const {code, out, error} = await firebreak(['console', 'shop'], {env: {...env, ACCESSIBLE: ''}});
	t.is(code, 2);
	t.is(out, '');
	t.regex(error, /^the console needs a terminal\n {2}mend: firebreak watch/);
});
