// A native topology as files, none larger than may be read again.
import {renderYaml} from '../files/render-yaml.ts';
import {textLimits} from '../files/text-limits.ts';
import type {NativeFile} from './native-files.ts';
import type {NativeTopology} from './native-topology.ts';

/** Characters of JSON in a file; the same in YAML has hardly more, and its head has its place too. */
const mostInOne = textLimits.characters * 0.5;

/** One, or where there is too much for one `NAME-2.topology.yaml` and so on, which have workloads alone. */
export function topologyFiles(name: string, {value, notes}: NativeTopology): readonly NativeFile[] {
	const parts: [string, unknown][][] = [[]];
	let room = mostInOne;
	for (const entry of Object.entries(value.workloads as object)) {
		const size = JSON.stringify(entry).length;
		if (size > room && parts.at(-1)!.length > 0) {
			parts.push([]);
			room = mostInOne;
		}
		room -= size;
		parts.at(-1)!.push(entry as [string, unknown]);
	}
	return parts.map((entries, at) => {
		const [called, workloads] = [at === 0 ? name : `${name}-${at + 1}`, Object.fromEntries(entries)];
		const whole = at === 0 ? {...value, workloads} : {topology: called, workloads};
		return {path: `${called}.topology.yaml`, text: renderYaml(whole, at === 0 ? notes : [])};
	});
}
