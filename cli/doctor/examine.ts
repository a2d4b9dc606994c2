// All rows, in the order in which a lab would need the things.
import {isRootless} from '../../lab/client.ts';
import {tryDocker} from './docker.ts';
import {tryLab} from './lab-trials.ts';
import {tryLimits} from './limits.ts';
import {tryNamespaces} from './namespaces.ts';
import {ok, type Row} from './row.ts';
import {tryShells} from './shells.ts';
import {installCommand, type SystemProgram, systemPrograms, tryProgram} from './system-programs.js';

const titles: Readonly<Record<string, string>> = {nft: 'nftables', ip: 'iproute2', unshare: 'util-linux'};

/** Tries everything on this machine; under a second. What it makes on the machine is gone when it resolves. */
export async function examine(): Promise<readonly Row[]> {
	if (process.platform !== 'linux') return [node(), notLinux()];
	const root = process.getuid?.() === 0;
	const [namespaces, lab, shells, docker] = await Promise.all([
		tryNamespaces(isRootless()),
		tryLab(isRootless()),
		tryShells(),
		tryDocker(root),
	]);
	const nested = lab.filter(row => row.name === 'a nested one');
	return [
		node(),
		...systemPrograms.map(program => programRow(program, root ? 'root' : 'ordinary')),
		namespaces,
		...nested,
		...lab.filter(row => !nested.includes(row)),
		...tryLimits(),
		shells,
		docker,
	];
}

const node = (): Row => ok('Node', `${process.versions.node} for ${process.platform} ${process.arch}`);

const notLinux = (): Row => ({
	name: 'Linux',
	state: 'missing',
	needed: true,
	found: `this is ${process.platform}`,
	off: 'no lab: namespaces and nftables are of the Linux kernel',
	mend: 'a Linux machine or virtual machine (WSL 2, Lima, Multipass)',
});

function programRow(program: SystemProgram, user: 'root' | 'ordinary'): Row {
	const name = titles[program.name] ?? program.name;
	const there = tryProgram(program);
	if (there !== undefined) return ok(name, `${there.version} at ${there.path}`);
	return {
		name,
		state: 'missing',
		needed: true,
		found: `no ${program.name} that answers ${program.asks.join(' ')}`,
		off: `no lab: it makes ${program.purpose}`,
		mend: installCommand([program], user),
	};
}
