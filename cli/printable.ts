// What a user wrote is printed through here.
export {printable} from '../core/text/printable.ts';
