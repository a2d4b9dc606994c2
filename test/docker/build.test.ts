// Images that a topology has built: once, by what is in their folder, and said why where they cannot be.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {ensureMinimalImage} from '../../topologies/docker/minimal-image.ts';
import {docker, engine, run, titled} from './engine.ts';

async function buildOf(t: ExecutionContext, lines: readonly string[], files: Readonly<Record<string, string>> = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'fb-build-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	const base = await ensureMinimalImage(await engine(), () => undefined);
	mkdirSync(join(folder, 'own'));
	// The folder differs from run to run, so that it is really built.
	const all = {Dockerfile: [`FROM ${base}`, ...lines].join('\n'), marker: folder, ...files};
	for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, 'own', name), text);
	writeFileSync(join(folder, 'rehearsal.yaml'), 'rehearsal: b\ntopology: b.topology.yaml\ncandidates: {}\n');
	const image = '{ build: ./own, args: { who: me } }';
	writeFileSync(
		join(folder, 'b.topology.yaml'),
		`topology: b\nruntime: docker\nworkloads:\n  a: { image: ${image}, healthcheck: { test: [test, -e, /well], interval: 0.5, retries: 40 } }\n  b: {}\n`,
	);
	return folder;
}

docker(titled('an image is built with its arguments and without what is ignored, and never twice'), async t => {
	t.timeout(90_000);
	const folder = await buildOf(
		t,
		['ARG who', 'COPY . /in', 'RUN echo "$who" > /who', 'CMD ["sh", "-c", "sleep 1; touch /well; exec sleep 1000"]'],
		{'.dockerignore': 'secret*\n', 'secret.env': 'x', ['long'.repeat(40)]: 'y'},
	);
	const first = await run('up', folder, '--name', 'built');
	t.is(first.code, 0, first.error);
	t.regex(first.error, /^ {2}image +building \.\/own\n(.*\n)* {2}image +built \.\/own in \d+ steps · \d/m);
	const script = 'cat /who; ls -a /in; test -e /well && echo well';
	const {out} = await run('exec', 'a', '--lab', 'built', '--', 'sh', '-c', script);
	t.deepEqual(
		out.split('\n').filter(Boolean).sort(),
		['.', '..', '.dockerignore', 'Dockerfile', 'long'.repeat(40), 'marker', 'me', 'well'].sort(),
	);
	await run('down', 'built');
	const second = await run('up', folder, '--name', 'built');
	await run('down', 'built');
	t.is(second.code, 0, second.error);
	t.notRegex(second.error, /building/);
	const client = await engine();
	const ours = await client.listImages({filters: {label: ['firebreak.image=built']}});
	for (const {Id} of ours) await client.getImage(Id).remove({force: true});
});

docker(
	titled('a build that fails ends with 3 and the last lines that it printed, before anything is booted'),
	async t => {
		t.timeout(60_000);
		const {code, error} = await run('up', await buildOf(t, ['RUN echo compiling; echo no such header >&2; exit 4']));
		t.is(code, 3, error);
		t.regex(error, /the image of a cannot be built in \.\/own; it said last:\n/);
		// Docker gives no order to what was said to two streams.
		for (const said of [/^ *compiling$/m, /^ *no such header$/m]) t.regex(error, said);
		t.regex(error, /(code:|status) 4\n {2}mend: docker build \/.*\/own /);
		t.notRegex(error, /booting/);
	},
);
