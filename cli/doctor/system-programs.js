// The programs of the system that a lab needs, tried by asking each who it is, and the packages that bring them. Plain
// JavaScript: `npm start` runs it before anything is installed, under any Node since 18; types stand in the .d.ts.
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {delimiter, join} from 'node:path';

// `nft` in node_modules and busybox's `ip` are other programs of the same name: each must answer as the one meant.
export const systemPrograms = [
	{name: 'nft', asks: ['--version'], answers: /nftables v(\S+)/, purpose: 'the rules in the kernel'},
	{name: 'ip', asks: ['-Version'], answers: /iproute2-?(\S+)/, purpose: 'the namespaces of the workloads'},
	{name: 'unshare', asks: ['--version'], answers: /util-linux (\S+)/, purpose: 'the namespaces of the lab'},
];

// In this order: a machine with two of them has the first as its own.
const managers = [
	{name: 'apt-get', refresh: ['update'], install: ['install', '-y'], packages: {ip: 'iproute2'}},
	{name: 'dnf', refresh: null, install: ['install', '-y'], packages: {ip: 'iproute'}},
	{name: 'zypper', refresh: null, install: ['--non-interactive', 'install'], packages: {ip: 'iproute2'}},
	{name: 'pacman', refresh: null, install: ['-Sy', '--noconfirm'], packages: {ip: 'iproute2'}},
	{name: 'apk', refresh: null, install: ['add'], packages: {ip: 'iproute2'}},
];
const packageOf = (manager, program) => ({nft: 'nftables', unshare: 'util-linux', ...manager.packages})[program.name];

// Not the folders of node_modules, which `npm run` puts first; and those that an ordinary user's PATH may lack.
const folders = () => [
	...(process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '' && !folder.includes('node_modules')),
	'/usr/sbin',
	'/sbin',
	'/usr/local/sbin',
];
const places = name =>
	folders()
		.map(folder => join(folder, name))
		.filter(path => existsSync(path));

export function tryProgram({name, asks, answers}) {
	for (const path of places(name)) {
		const {stdout, stderr} = spawnSync(path, asks, {encoding: 'utf8', timeout: 5000});
		const version = answers.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1];
		if (version !== undefined) return {path, version: version.replace(/,$/, '')};
	}
	return undefined;
}

export const missingPrograms = () => systemPrograms.filter(program => tryProgram(program) === undefined);

const manager = () => managers.find(({name}) => places(name).length > 0);

export function installCommand(programs, user) {
	const found = manager();
	const packages = programs.map(program => packageOf(found ?? {packages: {ip: 'iproute2'}}, program));
	if (found === undefined) return `install ${packages.join(' and ')} by the package manager of this system`;
	const type = words => [...(user === 'root' ? [] : ['sudo']), found.name, ...words].join(' ');
	const install = type([...found.install, ...packages]);
	return found.refresh !== null && !hasLists() ? `${type(found.refresh)} && ${install}` : install;
}

/** A fresh Debian image knows no package before its first update. */
const hasLists = () =>
	existsSync('/var/lib/apt/lists') && readdirSync('/var/lib/apt/lists').some(file => file.includes('_Packages'));

export function installPrograms(programs) {
	const found = manager();
	if (found === undefined) return;
	const run = words =>
		spawnSync(found.name, words, {
			stdio: ['ignore', 2, 2],
			env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
		}).status === 0;
	const install = [...found.install, ...programs.map(program => packageOf(found, program))];
	// Fresh lists only where the old ones do not do: fetching them is the slow part.
	if (!run(install) && found.refresh !== null && run(found.refresh)) run(install);
}
