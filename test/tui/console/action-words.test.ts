// The lines that the palette shows are typed into the commands themselves: their parsers must take them.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {commands} from '../../../cli/commands.ts';
import {commandNamed} from '../../../tui/console/commands/run-command.ts';
import {actionWords, commandLine} from '../../../tui/console/palette/action-words.ts';
import {parsePalette} from '../../../tui/console/palette/palette.ts';
import {sameLine} from '../../../tui/console/palette/same-line.ts';
import type {Action} from '../../../tui/console/state.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {capturedIo} from '../../cli/captured-io.ts';
import {applied, atTheEnd, start, stateOf} from './shop-story.ts';

// No lab of this machine is looked at.
const empty = mkdtempSync(join(tmpdir(), 'firebreak-words-'));
process.env.XDG_RUNTIME_DIR = empty;
test.after.always(() => rmSync(empty, {recursive: true}));

const zones = stateOf(fold(start, [applied('zones', 1)]));
const state = {...stateOf(atTheEnd), earlier: [{...zones.world.policy, sources: zones.world.sources}]};

const actions: readonly (readonly [Action, string])[] = [
	[
		{kind: 'attack', scenario: 'ransomware', foothold: 'wiki.dev'},
		'firebreak attack ransomware --lab shop --foothold wiki.dev',
	],
	[{kind: 'attack', scenario: 'thief', foothold: null}, 'firebreak attack thief --lab shop'],
	[{kind: 'apply', candidate: 'segmented', observe: false}, 'firebreak apply segmented --lab shop'],
	[{kind: 'apply', candidate: 'zones', observe: true}, 'firebreak apply zones --observe --lab shop'],
	[
		{kind: 'apply-files', files: ['/tmp/it is/mine.policy.yaml']},
		"firebreak apply '/tmp/it is/mine.policy.yaml' --lab shop",
	],
	[{kind: 'undo'}, 'firebreak apply zones --lab shop'],
	[{kind: 'shell', workload: 'wiki.dev'}, 'firebreak exec wiki.dev --lab shop -- sh'],
	[{kind: 'probe'}, 'firebreak probe --lab shop'],
	[{kind: 'reset'}, 'firebreak reset --lab shop'],
];

for (const [action, line] of actions)
	test(`${line} is taken by its command`, async t => {
		const words = actionWords(state, action)!;
		t.is(commandLine(words), line);
		const io = capturedIo();
		const [name, ...rest] = words;
		const command = await commands.find(one => one.name === name)!.load();
		// Wrong words throw; these are understood, and all that is missing is the lab.
		t.is(await command.run(rest, io), 2);
		t.regex(io.stderr, /^--lab:1:1: no lab named shop is up/);
		t.is(io.stderr.trim().split('\n').length - 2, 1, io.stderr);
	});

test('the line under explain is taken by its command, and answers', async t => {
	const asked = ['wiki.dev', 'db.prod', '5432'];
	const words = commandNamed('explain')!.line!(state, asked)!;
	t.is(sameLine(state, parsePalette(`explain ${asked.join(' ')}`, state)), commandLine(words));
	t.deepEqual(words.slice(0, 4), ['explain', 'wiki.dev', 'db.prod', '5432']);
	t.deepEqual(words.slice(-2), ['--candidate', 'segmented']);
	const io = capturedIo();
	const command = await commands.find(one => one.name === 'explain')!.load();
	t.is(await command.run(words.slice(1), io), 0);
	t.regex(io.stdout, /environments do not mix/);
});

test('a line is shown for what the palette would do, and none where no command does it', t => {
	const lineOf = (text: string) => sameLine(state, parsePalette(text, state));
	t.is(lineOf('observe'), 'firebreak apply segmented --observe --lab shop');
	t.is(lineOf('reset'), 'firebreak reset --lab shop', 'although it asks first');
	for (const text of ['quarantine wiki.dev', 'pause', 'edit', 'zoom prod', 'quit', '', 'nonsense', 'apply nonsense'])
		t.is(lineOf(text), null, text);
});

test('what is in force from a file is no candidate that a command could name', t => {
	const {policy} = state.world;
	const own = {...state, world: {...state.world, policy: {...policy, name: 'mine'}}};
	t.is(actionWords(own, {kind: 'apply', candidate: 'mine', observe: true}), null);
	t.is(actionWords({...own, earlier: []}, {kind: 'undo'}), null);
});

test('a word that a shell would take for something else stands in quotes', t => {
	t.is(commandLine(['apply', "it's; rm -rf $HOME"]), "firebreak apply 'it'\\''s; rm -rf $HOME'");
});
