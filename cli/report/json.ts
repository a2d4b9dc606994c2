// For programs. Nothing in it can move a terminal's cursor, should somebody look at it there.
import type {LabEvent} from '../../core/contracts/event.ts';
import type {RehearsalReport} from '../../core/contracts/report.ts';
import {formulas} from '../../core/measure/formulas.ts';

/** One object, schema `firebreak/rehearsal/v1`, with the formulas of its measures; ends in a newline. */
export const renderJson = (report: RehearsalReport): string =>
	`${safe(JSON.stringify({...report, formulas: Object.fromEntries(formulas.map(({name, formula}) => [name, formula]))}, null, '\t'))}\n`;

/** What a command says of what it did: one object with a `schema`; ends in a newline. */
export const renderValue = <T extends {readonly schema: string}>(value: T): string =>
	`${safe(JSON.stringify(value, null, '\t'))}\n`;

/** One event on a line of its own. */
export const renderEvent = (event: LabEvent): string => `${safe(JSON.stringify(event))}\n`;

/** Events in their order, one a line. */
export const renderNdjson = (events: readonly LabEvent[]): string => events.map(renderEvent).join('');

/** JSON with every character that moves a cursor escaped: by itself it leaves the higher control characters and the marks of direction as they are. */
export const safe = (json: string): string =>
	json.replaceAll(
		/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
