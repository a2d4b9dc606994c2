import {defineCommand} from '../command.ts';
import {examine} from '../doctor/examine.ts';
import {canRehearse} from '../doctor/row.ts';
import {doctorView} from '../doctor/view.ts';
import {exitCode} from '../exit-code.ts';
import {textOrJson} from '../format-option.ts';

export const doctor = defineCommand({
	name: 'doctor',
	takes: '',
	about:
		'Tries each thing that a lab needs on this machine: what it found, what is switched off without it, and the command that mends it.',
	examples: [['--format json', 'for programs: one object a row']],
	options: yargs => yargs.option('format', textOrJson),
	async run({format}, io) {
		const rows = await examine();
		const able = canRehearse(rows);
		io.out(
			format === 'json'
				? `${JSON.stringify({schema: 'firebreak/doctor/v1', able, rows}, null, '\t')}\n`
				: doctorView(rows),
		);
		return able ? exitCode.passed : exitCode.cannot;
	},
});
