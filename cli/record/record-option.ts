// `--record FILE`: the one option of every command that runs something.
import type {Argv} from '../command.ts';

export const withRecord = <Options>(yargs: Argv<Options>) =>
	yargs.option('record', {
		type: 'string',
		describe: 'writes what happens to this file, to be played by firebreak console FILE; a recording there is replaced',
	});
