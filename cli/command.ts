// A command: what its help says, the options it takes, and what it does. A command is one file of `commands/`, loaded
// when called, and yargs is loaded with it.
import type {Argv} from 'yargs';

export type {Argv};

import {didYouMean} from '../core/files/nearest.ts';
import type {ExitCode} from './exit-code.ts';
import {WordsError} from './failure.ts';
import type {Io} from './io.ts';

export interface CommandSpec<Options> {
	readonly name: string;
	/** What stands after the name: `[dir]`. */
	readonly takes: string;
	/** The first lines of its help. */
	readonly about: string;
	/** Words of the command, and what they do. */
	readonly examples: readonly (readonly [string, string])[];
	/** Takes any number of words, or of some option: an option that is none of those may stand once. */
	readonly several?: boolean;
	/** Declares positionals and options. */
	options(yargs: Argv): Argv<Options>;
	/** Prints by `io` alone. What it throws is told by `reportFailure`. */
	run(options: Options, io: Io): Promise<ExitCode>;
}

export interface Command {
	/** `words` are those after the command's name. Throws WordsError when they are wrong. */
	run(words: readonly string[], io: Io): Promise<ExitCode>;
}

export const defineCommand = <Options>(spec: CommandSpec<Options>): Command => ({
	async run(words, io) {
		const parsed = await parse(spec, words);
		if (parsed.kind === 'options') return spec.run(parsed.options, io);
		io.out(`${parsed.text}\n`);
		return 0;
	},
});

type Words<Options> =
	| {readonly kind: 'options'; readonly options: Options}
	| {readonly kind: 'help'; readonly text: string};

async function parse<Options>(spec: CommandSpec<Options>, words: readonly string[]): Promise<Words<Options>> {
	const {default: yargs} = await import('yargs');
	let known: readonly string[] = [];
	let arrays: readonly string[] = [];
	const parser = yargs()
		.scriptName(`firebreak ${spec.name}`)
		.locale('en')
		.command(`$0 ${spec.takes}`.trimEnd(), spec.about, builder => {
			const built = spec.options(builder);
			const declared = (built as unknown as {getOptions(): {key: object; array: readonly string[]}}).getOptions();
			known = Object.keys(declared.key);
			arrays = [...declared.array, ...[...spec.takes.matchAll(/(\w+)\.\./g)].map(match => match[1]!)];
			return built;
		})
		.strict()
		.version(false)
		.help()
		.parserConfiguration({'duplicate-arguments-array': spec.several === true})
		.wrap(Math.min(100, process.stderr.columns ?? 100));
	for (const [example, meaning] of spec.examples) parser.example(`firebreak ${spec.name} ${example}`, meaning);
	let outcome: Words<Options> | undefined;
	const typed = words.map(word => (word === '-' ? dash : word));
	await parser.parseAsync(typed, {}, (error, options, output) => {
		if (error) {
			const message = error.message.replaceAll(dash, '-');
			throw new WordsError(`firebreak ${spec.name}: ${lowerFirst(message)}`, mend(message, known, spec));
		}
		if (output === '') refuseTwice(options as object, arrays, spec);
		outcome = output === '' ? {kind: 'options', options: withDashes(options as Options)} : {kind: 'help', text: output};
	});
	return outcome!;
}

/** Where any number is taken of something, yargs gathers twice of anything. @throws WordsError */
function refuseTwice<Options>(options: object, arrays: readonly string[], {name}: CommandSpec<Options>): void {
	for (const [key, value] of Object.entries(options))
		if (Array.isArray(value) && key !== '_' && !arrays.includes(key))
			throw new WordsError(`firebreak ${name}: --${key} stands twice`, 'say it once');
}

/** Stands for the word `-` while yargs reads: it takes that for an option without a name, and its place for empty. */
const dash = '\u0001-';

const withDashes = <Options>(options: Options): Options =>
	Object.fromEntries(
		Object.entries(options as object).map(([key, value]) => [
			key,
			value === dash ? '-' : Array.isArray(value) ? value.map(one => (one === dash ? '-' : one)) : value,
		]),
	) as Options;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function mend<Options>(message: string, known: readonly string[], spec: CommandSpec<Options>): string {
	const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
	const near =
		unknown === undefined
			? ''
			: didYouMean(
					unknown,
					known.filter(name => name.length > 1),
				);
	return near.startsWith('did you mean ')
		? near.replace('did you mean ', 'did you mean --')
		: `firebreak ${spec.name} --help`;
}
