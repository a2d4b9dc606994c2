// `npm run parity -- --seconds 600 --seed 1`: parity for as long as one likes, with the figure at its end.
import {parseArgs} from 'node:util';
import {parity} from './parity.ts';

const {values} = parseArgs({
	options: {
		seconds: {type: 'string', default: '60'},
		seed: {type: 'string', default: String(Date.now() % 1_000_000)},
		policies: {type: 'string', default: '10'},
		flows: {type: 'string', default: '150'},
	},
});
const end = performance.now() + Number(values.seconds) * 1000;
console.log(`seed ${values.seed}`);
const result = await parity({
	firstSeed: Number(values.seed),
	topologies: Number.POSITIVE_INFINITY,
	policies: Number(values.policies),
	flows: Number(values.flows),
	until: () => performance.now() > end,
});
for (const line of [...result.mismatches, ...result.inconclusive].slice(0, 40)) console.log(line);
const {cases, checked, denied, observed, mismatches, inconclusive} = result;
console.log(
	`${cases} cases, ${checked} flows, ${denied} denied, ${observed} observed: ${mismatches.length} mismatches, ${inconclusive.length} inconclusive`,
);
process.exitCode = mismatches.length + inconclusive.length === 0 ? 0 : 1;
