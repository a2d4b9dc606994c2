// What a lab could leave behind. Asked in a pid namespace of the test's own, so that nobody else's labs are seen.
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import {listLinks} from '../../kernel/rtnetlink.ts';
import {commandOf, others} from './processes.ts';

export interface Place {
	readonly processes: readonly string[];
	/** Network namespaces that some process is in or holds open. */
	readonly namespaces: readonly string[];
	readonly links: readonly string[];
	readonly mounts: readonly string[];
	/** Names in the folders that are watched. */
	readonly files: readonly string[];
}

/** What is here now. */
export const look = (folders: readonly string[]): Place => ({
	processes: others().map(pid => `${pid} ${commandOf(pid)}`),
	namespaces: [...new Set([process.pid, ...others()].flatMap(namespacesOf))].sort(),
	links: listLinks(),
	mounts: readFileSync('/proc/self/mountinfo', 'utf8').trim().split('\n').sort(),
	files: folders.flatMap(folder => readdirSync(folder, {recursive: true}).map(name => `${folder}/${name}`)).sort(),
});

/**
 * Waits until everything is as it was.
 *
 * @returns how long that took; what is left where it took longer than `mostMs`
 */
export async function untilAs(
	before: Place,
	folders: readonly string[],
	mostMs: number,
): Promise<{readonly ms: number; readonly left: Readonly<Partial<Place>> | null}> {
	const started = performance.now();
	for (;;) {
		const now = look(folders);
		const ms = performance.now() - started;
		const left = Object.entries(now).flatMap(([what, found]) => {
			const extra = (found as readonly string[]).filter(one => !before[what as keyof Place].includes(one));
			return extra.length === 0 ? [] : [[what, extra] as const];
		});
		if (left.length === 0) return {ms, left: null};
		if (ms > mostMs) return {ms, left: Object.fromEntries(left)};
		await wait(20);
	}
}

function namespacesOf(pid: number): readonly string[] {
	const names = (folder: string): readonly string[] => {
		try {
			return readdirSync(folder).map(name => `${folder}/${name}`);
		} catch {
			return [];
		}
	};
	return [`/proc/${pid}/ns/net`, ...names(`/proc/${pid}/fd`)].flatMap(link => {
		try {
			const target = readlinkSync(link);
			return target.startsWith('net:') ? [target] : [];
		} catch {
			return [];
		}
	});
}
