// A library has one door: the files that may import it. A path that ends in `/` is a folder. Where two floors need a
// library, its door lies on the lowest.

export const doors: Readonly<Record<string, readonly string[]>> = {
	'@balena/dockerignore': ['topologies/docker/'],
	blessed: ['tui/console/screen.ts'],
	'dns-packet': ['kernel/speech/dns.ts'],
	dockerode: ['topologies/docker/'],
	ink: ['tui/inline/ink-screen.ts'],
	'ipaddr.js': ['core/', 'kernel/sockaddr.ts'],
	// The helper is a process of its own: it loads libnftables and nothing else of ours.
	koffi: ['kernel/libc.ts', 'kernel/nft-helper.ts'],
	nunjucks: ['core/text/template.ts'],
	papaparse: ['core/inventory/csv-text.ts'],
	pg: ['kernel/speech/postgres-client.ts'],
	react: ['tui/inline/ink-screen.ts'],
	'redis-parser': ['kernel/speech/resp.ts'],
	ssh2: ['kernel/speech/'],
	'string-width': ['tui/width-of.ts'],
	yaml: ['core/files/', 'core/kubernetes/'],
	yargs: ['cli/command.ts'],
	// A schema stands where what it describes is read.
	zod: ['core/', 'scenarios/wire/', 'lab/', 'topologies/compose/', 'topologies/containerlab/'],
};
