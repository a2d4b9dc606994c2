// A difference of two folders: every pair whose connections changed, from what to what, and which workloads came or went.
import {type PortSet, renderPorts, samePorts} from '../../core/reach/port-set.ts';
import {holdsAll, isRange, parseSpan, renderSpan, splitAt} from './address-spans.ts';
import type {Case, Corpus} from './corpus.ts';
import {parsePortSet} from './expected-lines.ts';
import type {Named} from './judge-connlist.ts';
import type {Judgement} from './judgement.ts';
import {type OpenBetween, openBetween} from './open-between.ts';
import {type Peers, peersByName} from './peers.ts';
import {exceptingPods, type Policed, subjectOf} from './subject.ts';

/** One line: `diff-type: changed, source: …, destination: …, ref1: …, ref2: …[, workloads-diff-info: …]`. */
interface Change {
	readonly type: string;
	readonly source: string;
	readonly destination: string;
	readonly before: PortSet;
	readonly after: PortSet;
	/** `[workload or workloads] … added|removed`, sorted by name. */
	readonly workloads: string;
}

const written =
	/^diff-type: (added|removed|changed), source: (.+?), destination: (.+?), ref1: (.+?), ref2: (.+?)(?:, workloads-diff-info: workloads? (.+))?$/;

export function judgeDiff(corpus: Corpus, one: Case): Judgement {
	const changes = corpus.read(one.expected).split('\n').flatMap(parseChange);
	const read = (folder: 'dir1' | 'dir2'): Policed =>
		subjectOf(
			corpus,
			one.input.filter(file => file.includes(`/input/${folder}/`)),
		);
	const [before, after] = [read('dir1'), read('dir2')];
	const judged = compareDiff(exceptingPods(before, [after.topology]), exceptingPods(after, [before.topology]), changes);
	return {...judged, otherReading: compareDiff(before, after, changes).differences.length > 0};
}

function parseChange(line: string): readonly Change[] {
	const match = written.exec(line.replaceAll('[External]', '').trim());
	if (match === null) {
		if (line.startsWith('diff-type')) throw new Error(`${line} is no line of a difference`);
		return [];
	}
	const [, type, source, destination, before, after, workloads] = match as unknown as string[];
	const [names = '', verb = ''] = /^(.*) (added|removed)$/.exec(workloads ?? '')?.slice(1) ?? [];
	return [
		{
			type: type!,
			source: source!,
			destination: destination!,
			before: parsePortSet(before!),
			after: parsePortSet(after!),
			workloads: workloads === undefined ? '' : `${names.split(' and ').sort().join(' and ')} ${verb}`,
		},
	];
}

interface Side {
	readonly product: OpenBetween;
	readonly peers: Peers;
}

function compareDiff(before: Policed, after: Policed, changes: readonly Change[]): Judgement {
	const names = changes.flatMap(({source, destination}) => [source, destination]);
	const [first, second] = [before, after].map(
		(subject): Side => ({product: openBetween(subject), peers: peersByName(subject.topology, names)}),
	) as [Side, Side];
	const everyone = [...new Set([...first.peers.keys(), ...second.peers.keys()])];
	const spans = splitAt([
		...names.filter(isRange).map(parseSpan),
		...[first, second].flatMap(({product}) => product.spans),
	]).filter(span => ![first, second].some(({product}) => product.owned(span)));
	const far = spans.map((span): Named => ({name: renderSpan(span), peer: {kind: 'beyond', span}}));
	const near = everyone.map((name): Named => ({name, peer: {kind: 'workloads', workloads: []}}));
	const expected = changeOf(changes);
	const differences: string[] = [];
	let checked = 0;
	const compare = (source: Named, destination: Named): void => {
		const change = expected(source, destination);
		const [was, is] = [first, second].map(side => openAt(side, source, destination)) as [PortSet, PortSet];
		const got = samePorts(was, is)
			? 'no change'
			: changeText({was, is}, cameOrWent(source, destination, first, second));
		const should = change === undefined ? 'no change' : changeText({was: change.before, is: change.after}, change);
		checked++;
		if (got !== should) differences.push(`${source.name} => ${destination.name}: expected ${should}, got ${got}`);
	};
	for (const source of near)
		for (const destination of [...near, ...far]) {
			if (source === destination) continue;
			compare(source, destination);
			if (destination.peer.kind === 'beyond') compare(destination, source);
		}
	for (const name of names) if (!isRange(name) && !everyone.includes(name)) differences.push(`no workload is ${name}`);
	return {checked, differences};
}

/** The same text for the same change, whatever named it. */
const changeText = (
	{was, is}: {readonly was: PortSet; readonly is: PortSet},
	{type, workloads}: {readonly type?: string; readonly workloads: string},
): string =>
	`${type ?? (was.length === 0 ? 'added' : is.length === 0 ? 'removed' : 'changed')} ${renderPorts(was)} -> ${renderPorts(is)}${workloads === '' ? '' : `, ${workloads}`}`;

/** What is open in one of the folders; nothing where one of the peers is not in it. @throws Error where replicas differ */
function openAt({product, peers}: Side, source: Named, destination: Named): PortSet {
	const ends = [source, destination].map(({name, peer}) =>
		peer.kind === 'beyond' ? peer : {kind: 'workloads' as const, workloads: peers.get(name) ?? []},
	);
	const openings = product.of(ends[0]!, ends[1]!);
	const open = openings[0]?.open ?? [];
	if (openings.some(one => !samePorts(one.open, open)))
		throw new Error(`replicas differ between ${source.name} and ${destination.name}`);
	return open;
}

function cameOrWent(source: Named, destination: Named, first: Side, second: Side): {readonly workloads: string} {
	const own = [source, destination].filter(({peer}) => peer.kind === 'workloads').map(({name}) => name);
	const only = (side: Side, other: Side): readonly string[] =>
		own.filter(name => side.peers.has(name) && !other.peers.has(name)).sort();
	const [went, came] = [only(first, second), only(second, first)];
	return {
		workloads: came.length > 0 ? `${came.join(' and ')} added` : went.length > 0 ? `${went.join(' and ')} removed` : '',
	};
}

/** The change that the lines have for a pair, at most one. */
function changeOf(changes: readonly Change[]): (source: Named, destination: Named) => Change | undefined {
	const matches = (name: string, {name: own, peer}: Named): boolean =>
		peer.kind === 'beyond' ? isRange(name) && holdsAll(parseSpan(name), peer.span) : name === own;
	return (source, destination) =>
		changes.find(change => matches(change.source, source) && matches(change.destination, destination));
}
