// An attack that goes on while a console is measured: started by the keys that a person presses, and again when it is over.
import {setTimeout as wait} from 'node:timers/promises';
import {type AtPty, atPty} from './at-pty.ts';
import {program} from './up-lab.ts';

/** The screen that the figures are about. */
export const size = {columns: 160, rows: 45};

/** Every dependency was probed: of a thousand workloads some twenty thousand flows. */
const allProbed = /broken .* of \d+(?!.*probed)/;

/** Speeds up by so many keys: `+` doubles. */
export async function openConsole(lab: string, faster: number): Promise<AtPty> {
	const console = await atPty([program, 'console', lab], size);
	await console.until(/┤ 1 timeline ├/);
	await console.until(allProbed);
	for (let key = 0; key < faster; key++) await console.press('+', new RegExp(`speed ${2 ** (key + 1)}×`));
	return console;
}

/** Whoever fell before is healthy again, and the attacker of that scenario begins; all else that moved has come to rest. */
export async function attackAnew(console: AtPty, scenario: string): Promise<void> {
	if (isUnderWay(console)) await console.press(':stop\r', /· stopped/);
	await console.press('r', /Make the lab as it came up/);
	await console.press('y', /is as it was at the start/);
	await console.until(allProbed);
	await console.press(`:attack ${scenario}\r`, underWay);
}

const underWay = /under way/;
const isUnderWay = (console: AtPty): boolean => console.screen().some(row => underWay.test(row));

/** Waits so long, and lets no attack stay over meanwhile. */
export async function attackedFor(console: AtPty, scenario: string, ms: number): Promise<void> {
	for (const until = performance.now() + ms; performance.now() < until; ) {
		await wait(Math.min(1000, Math.max(1, until - performance.now())));
		if (!isUnderWay(console)) await attackAnew(console, scenario);
	}
}
