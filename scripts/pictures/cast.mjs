// docs/firebreak.cast, and docs/cast.svg for where no cast is played: the console, recorded at its terminal while an
// attacker is loose, a policy comes into force, a workload is quarantined and a denial explained.
// Source: asciicast v2, https://docs.asciinema.org/manual/asciicast/v2/
import {writeFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {movingSvg} from '../../tui/moving-svg.ts';
import {runInTerminal} from './run-in-terminal.mjs';
import {createTerminal} from './terminal.mjs';

const size = {columns: 110, rows: 26};
/** So often a frame of the picture is taken, at most. */
const frameMs = 400;
const title = 'The console: an attack, a policy put in force in the middle of it, a quarantine, an explanation';

export async function makeCast() {
	const shell = "printf '$ npx firebreak console shop\\r\\n';";
	const run = runInTerminal(['console', 'shop'], {...size, shell});
	await run.until(/no attack so far/);
	await wait(1200);
	await run.type(['a'], 900);
	await run.type(['\r'], 700);
	await run.type(['\r'], 600);
	await run.type(['+', '+'], 400);
	await run.until(/lost \D*[1-9](\/| of )20/);
	await wait(200);
	await run.type(['p'], 700);
	await run.type(['\x1b[B', '\x1b[B'], 300);
	await run.type(['\r']);
	await run.until(/segmented is in force/);
	await run.until(/default/);
	await wait(1300);
	await run.type([' '], 600);
	await run.type([...':quarantine api.dev'], 50);
	await wait(500);
	await run.type(['\r']);
	await run.until(/was cut off/);
	await wait(2000);
	await run.type([...':explain wiki.dev db.prod 5432'], 50);
	await wait(500);
	await run.type(['\r']);
	await run.until(/DENIED/);
	// The rest of that frame.
	await wait(700);
	const told = withoutPauses([...run.told]);
	const endMs = told.at(-1)[0] + 3500;
	await run.type(['Q']);
	await run.ended;
	writeCast(told, endMs);
	writeFileSync('docs/cast.svg', movingSvg({frames: framesOf(told), lengthMs: endMs, title, stillMs: endMs}));
	return ['docs/firebreak.cast', 'docs/cast.svg'];
}

/** A machine may be busy: nobody waits for anything longer than that. */
const longestPauseMs = 1500;

function withoutPauses(told) {
	let lostMs = 0;
	return told.map(([atMs, text], at) => {
		lostMs += Math.max(0, atMs - (told[at - 1]?.[0] ?? 0) - longestPauseMs);
		return [atMs - lostMs, text];
	});
}

function writeCast(told, endMs) {
	const head = {version: 2, width: size.columns, height: size.rows, title, env: {TERM: 'xterm-256color'}};
	const events = [...told, [endMs, '']].map(([atMs, text]) => [Number((atMs / 1000).toFixed(3)), 'o', text]);
	writeFileSync('docs/firebreak.cast', `${[head, ...events].map(line => JSON.stringify(line)).join('\n')}\n`);
}

/** What stood on the terminal, some times a second. */
function framesOf(told) {
	const terminal = createTerminal(size.columns, size.rows);
	const frames = [];
	for (const [at, [atMs, text]] of told.entries()) {
		terminal.feed(text);
		const next = told[at + 1]?.[0] ?? Number.POSITIVE_INFINITY;
		const due = (frames.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) + frameMs;
		// What stays for a moment is shown, and what changes on the way to it is not.
		if (next - atMs > 60 && (atMs >= due || next > due))
			frames.push({atMs: Math.max(atMs, due), lines: terminal.lines()});
	}
	return [{...frames[0], atMs: 0}, ...frames.slice(1)];
}
